import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccounts } from '../../server/src/people/index.ts'
import type { OrganisationKind, Role } from '../../server/src/platform/api.ts'
import { dayOf } from '../../server/src/platform/clock.ts'
import { anActor, aTestApp, type TestApp } from '../../server/src/platform/testing/index.ts'
import { inProcess } from './caller.ts'
import { learner, STAFF } from './cast.ts'
import { demoAccounts, seedTown, todaysExamination } from './town.ts'

const SEEDING = 120_000

/** The main nouns and the states in which a page should show something. */
const STATES: [table: string, states: string[]][] = [
  [
    'institutions.filings',
    ['drafted', 'proposed', 'agreed', 'submitted', 'returned', 'revised', 'filed', 'withdrawn'],
  ],
  ['training.classes', ['planned', 'announced', 'running', 'completed', 'reported', 'cancelled']],
  [
    'training.enrolments',
    ['registered', 'waiting', 'admitted', 'declined', 'withdrawn', 'completed', 'failed'],
  ],
  ['training.reports', ['drafted', 'submitted', 'returned', 'received']],
  ['training.certificates', ['issued', 'corrected', 'withdrawn']],
  ['exams.declaration_batches', ['drafted', 'submitted']],
  ['exams.declarations', ['drafted', 'submitted', 'qualified', 'refused', 'returned', 'withdrawn']],
  ['exams.sittings', ['planned', 'open', 'ended', 'scored', 'reported', 'cancelled']],
  [
    'certificates.result_reports',
    ['drafted', 'submitted', 'returned', 'confirmed', 'exported', 'national_returned', 'audited', 'issued'],
  ],
  ['certificates.level_certificates', ['issued', 'corrected', 'withdrawn']],
  ['rules.revisions', ['drafted', 'proposed', 'returned', 'withdrawn', 'confirmed']],
]

/** What reads the record behind a duty's link. */
const BEHIND: Record<string, [procedure: string, field: string | undefined]> = {
  '/training/reports': ['training.read-report', 'reportId'],
  '/training/classes': ['training.read-class', 'classId'],
  '/training/certificates': ['training.read-certificate', 'certificateId'],
  '/institutions/filings': ['institutions.read-filing', 'id'],
  '/rules/revisions': ['rules.revision', 'id'],
  '/institutions/settings': ['institutions.list-settings', undefined],
  '/exams/batches': ['exams.read-batch', 'batchId'],
  '/exams/declarations': ['exams.read-declaration', 'declarationId'],
  '/exams/sittings': ['exams.read-sitting', 'sittingId'],
  '/halls/arrangements': ['halls.read-arrangement', 'sittingId'],
  '/halls/families': ['halls.read-family', 'familyId'],
  '/certificates/reports': ['certificates.read-report', 'reportId'],
  '/certificates/issued': ['certificates.read', 'certificateId'],
}

// An ordinary day, and the worst one: a minute past midnight in the week of the National Day.
describe.each([
  [dayOf(new Date()), '09:00'],
  ['2026-10-05', '00:01'],
])('the town on %s at %s', (today, time) => {
  let app: TestApp
  const rows = async <T>(text: string) => (await sql.raw<T>(text).execute(app.db)).rows
  interface Office {
    id: string
    name: string
    kind: OrganisationKind
    provinceCode: string
    cityCode: string | null
  }
  const officers = (role: Role, office: Office) => inProcess(app, 'workbench', anActor(role, office))
  const officer = async (role: Role, name: string) => {
    const [office] = await rows<Office>(`select * from people.organisations where name = '${name}'`)
    if (!office) throw new Error(`no organisation ${name}`)
    return officers(role, office)
  }

  beforeAll(async () => {
    app = await aTestApp({ clockAt: today })
    app.clock.setDay(today, time)
    await seedTown(app)
  }, SEEDING)
  afterAll(() => app?.close())

  test.each(STATES)('holds %s in every state', async (table, states) => {
    const found = await rows<{ state: string }>(`select distinct state from ${table}`)
    expect(found.map((row) => row.state)).toEqual(expect.arrayContaining(states))
  })

  test('shows every verdict, every result, and each proposal that waits for a second person', async () => {
    const distinct = async (column: string, table: string) =>
      (await rows<Record<string, string>>(`select distinct ${column} as it from ${table}`)).map(
        (row) => row.it,
      )
    expect(await distinct('outcome', 'exams.declarations')).toEqual(
      expect.arrayContaining(['符合', '不符合', '材料不足', '需人工认定']),
    )
    expect(await distinct('result', 'exams.candidates where result is not null')).toEqual(
      expect.arrayContaining(['passed', 'failed', 'absent', 'misconduct']),
    )
    for (const table of [
      'exams.overrides where decision is null',
      'exams.score_corrections where decision is null',
      'certificates.certificate_changes where decision is null',
      'training.certificate_changes where decision is null',
      'platform.policy_settings where confirmed_at is null',
      "institutions.catalogue_entries e where name_flags <> '{}' and source like '演示%'",
      'institutions.catalogue_entries where ended_reason is not null',
      'people.account_holders where disabled_at is not null',
      'benefits.education_hours',
      'benefits.title_recognitions',
      'supervision.targets where city_code is not null',
    ]) {
      expect(await rows(`select from ${table} limit 1`), table).toHaveLength(1)
    }
  })

  test('points no duty at a record that its holder cannot open', async () => {
    const duties = await rows<Office & { link: string; role: Role }>(
      `select distinct d.link, d.holder_role as role, o.* from duties.duties d
       join people.organisations o on o.id = d.holder_organisation_id
       where d.fulfilled_at is null and d.cancelled_at is null`,
    )
    expect(duties.length).toBeGreaterThan(20)
    for (const { link, role, ...office } of duties) {
      const [, path = '', id] = /^(\/[a-z]+\/[a-z]+)(?:\/([0-9a-f-]{36}))?$/.exec(link) ?? []
      const behind = BEHIND[path]
      expect(behind, link).toBeDefined()
      const [procedure, field] = behind ?? ['', undefined]
      const answer = await officers(role, office).read(procedure, field ? { [field]: id } : {})
      expect(answer.status, `${role} ${link} ${JSON.stringify(answer.body)}`).toBe(200)
    }
  })

  test('shows the overdue training report at the desks of city and province', async () => {
    for (const desk of [
      await officer('city_officer', '武汉市人力资源和社会保障局（演示）'),
      await officer('provincial_officer', '湖北省人力资源和社会保障厅（演示）'),
    ]) {
      const { body } = await desk.read('duties.desk')
      const titles = body.supervised.rows.map((row: { title: string }) => row.title)
      expect(titles.join()).toContain('人工智能初级三班')
    }
  })

  test('has a lesson on at this hour whose door code can be shown, and one online lesson half watched', async () => {
    const manager = await officer('training_manager', '江城数字学院（演示）')
    const { body: classes } = await manager.read('training.list-classes', { state: 'running' })
    const { body } = await manager.read('training.read-timetable', { classId: classes.rows[0].id })
    const now = app.clock.now().toISOString()
    const on = body.lessons.find(
      (one: { mode: string; startsAt: string; endsAt: string }) =>
        one.mode === 'offline' && one.startsAt <= now && now < one.endsAt,
    )
    expect(on).toBeDefined()
    const door = await manager.read('training.show-door-code', { lessonId: on.id })
    expect(door.status, JSON.stringify(door.body)).toBe(200)
    const [half] = await rows<{ watched: number; length: number }>(
      `select max(a.credited_seconds) as watched, max(l.minutes * 60) as length
       from training.attendances a join training.lessons l on l.id = a.lesson_id where a.method = 'online'`,
    )
    expect(half).toEqual({ watched: 600, length: 1200 })
  })

  test('has a computer examination in the archive whose candidates look at their own attempts, and a joint one at two sites', async () => {
    const [holder] = await rows<{ personId: string }>(
      `select id as person_id from people.persons where name = '${learner(1).name}'`,
    )
    const me = inProcess(app, 'portal', anActor('learner', {}, { personId: holder?.personId ?? null }))
    const { body } = await me.read('halls.my-attempts')
    expect(body.rows).toMatchObject([{ part: 'theory', state: 'handed_in', published: true }])
    const replayed = await me.read('halls.my-replay', { attemptId: body.rows[0].id })
    expect(replayed.body.attempt).toMatchObject({ part: 'theory', state: 'handed_in' })
    expect(await rows(`select state from halls.arrangements a where archived_at is not null`)).toEqual([
      { state: 'archived' },
    ])
    const joint = await officer('provincial_officer', '安徽省人力资源和社会保障厅（演示）')
    const [family] = await rows<{ id: string }>(
      `select id from halls.families where province_code = '340000'`,
    )
    const { progress } = (await joint.read('halls.read-family', { familyId: family?.id })).body
    expect(progress.map((one: { cityName: string }) => one.cityName).sort()).toEqual(['合肥市', '芜湖市'])
    const { papers } = (await joint.read('halls.read-joint-papers', { familyId: family?.id })).body
    expect(papers).toMatchObject([{ importedByName: '潘皖', approvedByName: '汪徽' }])
  })

  test('has an examination of today whose door an invigilator can open, and says who sits where', async () => {
    const said = (await todaysExamination(app)) ?? ''
    expect(said.split('\n')).toHaveLength(7)
    for (const n of [51, 56]) expect(said).toContain(`${learner(n).name}  KC`)
    const [hall] = await rows<{ sittingId: string; hallId: string; accountId: string }>(
      `select i.sitting_id, i.hall_id, i.account_id from halls.invigilators i
       join exams.sittings t on t.id = i.sitting_id where t.title like '%今日机考%' and i.role = 'chief'`,
    )
    const [office] = await rows<Office>(
      `select * from people.organisations where name = '华中数字技术评价中心（演示）'`,
    )
    const { accountId = '', ...at } = hall ?? {}
    const chief = inProcess(app, 'workbench', { ...anActor('invigilator', office), accountId })
    const door = await chief.read('halls.list-door', { ...at, part: 'theory' })
    expect(door.body).toMatchObject({ state: 'waiting', open: { allowed: true }, counts: { expected: 6 } })
  })

  test('puts nothing in the future but plans', async () => {
    const now = app.clock.now().toISOString()
    expect(await rows(`select name, at from platform.audit_events where at > '${now}'`)).toEqual([])
    expect(await rows('select from graphile_worker.jobs')).toEqual([])
  })

  test('marks every organisation of its own as made up', async () => {
    const names = [
      ...(await rows<{ name: string }>('select name from people.organisations')),
      ...(await rows<{ name: string }>(
        "select organisation_name as name from institutions.catalogue_entries where source like '演示%'",
      )),
    ]
    expect(names.length).toBeGreaterThan(13)
    for (const { name } of names) expect(name).toMatch(/（演示）$/)
  })

  test('lets its learners sign in with the phone number of the cast', async () => {
    const codes = new Map<string, string>()
    const sms = { sendCode: async (phone: string, code: string) => Boolean(codes.set(phone, code)) }
    const { auth, signIn } = openAccounts(app, { sms })
    const { phone, name } = learner(30)
    const post = (path: string, body: object) =>
      auth.handler(
        new Request(`${app.config.publicUrl}/api/auth${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: app.config.publicUrl },
          body: JSON.stringify(body),
        }),
      )
    await post('/phone-number/send-otp', { phoneNumber: phone })
    const answer = await post('/phone-number/verify', { phoneNumber: phone, code: codes.get(phone) })
    const authorization = `Bearer ${answer.headers.get('set-auth-token')}`
    const request = { headers: { authorization } } as FastifyRequest
    expect(await signIn(request)).toMatchObject({ actor: { name, role: 'learner' } })
  })
})

test('prints every account of the cast and some learners at the start', () => {
  const said = demoAccounts()
  for (const one of STAFF) expect(said).toContain(one.key)
  expect(said).toContain(learner(30).phone)
})
