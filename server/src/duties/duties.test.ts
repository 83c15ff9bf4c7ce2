import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aSupervisedRegion, insertOrganisation } from '../people/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import { timeline } from '../platform/audit.ts'
import { ok } from '../platform/result.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { transact } from '../platform/transact.ts'
import { cancelDuty } from './cancel-duty.ts'
import { escalateDuties } from './escalate-duties.ts'
import { fulfilDuty } from './fulfil-duty.ts'
import { type OpenDutyInput, openDuty } from './open-duty.ts'
import { portalApi } from './portal-api.ts'
import { workbenchApi } from './workbench-api.ts'

let app: TestApp
let school: string
let manager: Actor
let wuhan: Actor
let yichang: Actor
let hubei: Actor
let serial = 0

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  const region = await aSupervisedRegion(app)
  const other = await aSupervisedRegion(app, '420000', '420500')
  const place = {
    name: '江城数字学院',
    kind: 'training_institution',
    provinceCode: '420000',
    cityCode: '420100',
  } as const
  school = await insertOrganisation(app, place)
  manager = anActor('training_manager', { ...place, id: school })
  wuhan = anActor('city_officer', { id: region.city })
  yichang = anActor('city_officer', { id: other.city, cityCode: '420500' })
  hubei = anActor('provincial_officer', { id: region.province })
})
afterAll(() => app.close())
beforeEach(() => app.clock.setDay('2026-03-02'))

async function open(input: Partial<OpenDutyInput> = {}) {
  serial += 1
  const duty: OpenDutyInput = {
    kind: 'training.submit-report',
    subject: `class:${serial}`,
    title: `报送培训情况 ${serial}`,
    link: `/training/classes/${serial}`,
    holder: { organisationId: school, role: 'training_manager' },
    startedOn: '2026-03-02',
    deadline: 'hubei.training-report',
    provinceCode: '420000',
    cityCode: '420100',
    actor: manager,
    ...input,
  }
  await transact(app.db, async (tx) => ok(await openDuty(tx, app, duty)))
  return duty
}

async function desk(actor: Actor) {
  const answer = await workbenchApi['duties.desk'].handle({ app, actor, files: [], ip: '' }, {})
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value
}
const titles = (found: { rows: { title: string }[] } | null) => found?.rows.map((row) => row.title) ?? []

describe('the desk', () => {
  test('does not show another organisation or another role what is not theirs', async () => {
    const duty = await open()
    expect(titles((await desk(anActor('teacher', { id: school }))).mine)).not.toContain(duty.title)
    expect(titles((await desk(anActor('training_manager'))).mine)).not.toContain(duty.title)
    expect(titles((await desk(manager)).mine)).toContain(duty.title)
  })

  test('does not show a supervisor what is not overdue, nor what is overdue in another city', async () => {
    const duty = await open()
    expect(titles((await desk(wuhan)).supervised)).not.toContain(duty.title)
    app.clock.setDay('2026-04-02')
    expect(titles((await desk(wuhan)).supervised)).toContain(duty.title)
    expect(titles((await desk(hubei)).supervised)).toContain(duty.title)
    expect(titles((await desk(yichang)).supervised)).not.toContain(duty.title)
    expect((await desk(manager)).supervised).toBeNull()
  })

  test('counts the 30 days of a training report from the day after completion', async () => {
    const duty = await open()
    const row = (await desk(manager)).mine.rows.find((one) => one.title === duty.title)
    expect(row).toMatchObject({
      dueOn: '2026-04-01',
      daysLeft: 30,
      unit: '自然日',
      clause: 'HB-4.3',
      state: 'open',
    })
    app.clock.setDay('2026-04-01')
    expect((await desk(manager)).mine.rows.find((one) => one.title === duty.title)).toMatchObject({
      daysLeft: 0,
      state: 'open',
    })
    app.clock.setDay('2026-04-02')
    expect((await desk(manager)).mine.rows.find((one) => one.title === duty.title)).toMatchObject({
      daysLeft: -1,
      state: 'overdue',
    })
  })

  test('invents no due day where the text sets none, and still names the clause', async () => {
    const duty = await open({ deadline: 'hubei.filing-receipt' })
    const row = (await desk(manager)).mine.rows.find((one) => one.title === duty.title)
    expect(row).toMatchObject({ dueOn: null, daysLeft: null, clause: 'HB-4.1', state: 'open' })
  })

  test('puts the most urgent first and what has no day last', async () => {
    const later = await open({ startedOn: '2026-03-01' })
    const sooner = await open({ startedOn: '2026-01-05' })
    const never = await open({ deadline: 'hubei.filing-receipt' })
    const order = titles((await desk(manager)).mine)
    expect(order.indexOf(sooner.title)).toBeLessThan(order.indexOf(later.title))
    expect(order.indexOf(later.title)).toBeLessThan(order.indexOf(never.title))
  })
})

describe('a duty', () => {
  test('is counted as the province has confirmed that it reads its clocks', async () => {
    // The 30th day falls on the National Day holiday: it moves on unless the province says otherwise.
    const before = await open({ startedOn: '2025-09-01' })
    await sql`insert into platform.regions (code, name) values ('420000', '湖北省') on conflict do nothing`.execute(
      app.db,
    )
    await sql`insert into platform.policy_settings (province_code, parameter, value, from_on, source, proposed_by,
        confirmed_by, confirmed_at, created_at)
      values ('420000', 'hubei.rolls-forward', 'false', '2025-01-01', '厅务会', '甲', '乙', now(), now())`.execute(
      app.db,
    )
    const after = await open({ startedOn: '2025-09-01' })
    await sql`delete from platform.policy_settings where parameter = 'hubei.rolls-forward'`.execute(app.db)
    const rows = (await desk(manager)).mine.rows
    const dueOn = (title: string) => rows.find((row) => row.title === title)?.dueOn
    expect([dueOn(before.title), dueOn(after.title)]).toEqual(['2025-10-09', '2025-10-01'])
  })
  test('is not opened twice for one holder on one record', async () => {
    const duty = await open()
    const again = await transact(app.db, async (tx) => ok(await openDuty(tx, app, duty)))
    expect(again).toMatchObject({ ok: true, value: { id: undefined } })
  })

  test('leaves the desk when fulfilled, can be opened anew, and tells how late it was', async () => {
    const duty = await open()
    app.clock.setDay('2026-04-05')
    const done = await transact(app.db, async (tx) =>
      ok(await fulfilDuty(tx, app, { kind: duty.kind, subject: duty.subject, actor: manager })),
    )
    expect(done).toMatchObject({ value: 1 })
    expect(titles((await desk(manager)).mine)).not.toContain(duty.title)
    const [fulfilled] = await timeline(app.db, duty.subject)
    expect(fulfilled).toMatchObject({ name: 'duty.fulfilled', data: { daysLate: 4 } })
    await open({ ...duty, title: '重新报送' })
    expect(titles((await desk(manager)).mine)).toContain('重新报送')
  })

  test('of one holder ends alone when only that holder is named', async () => {
    const subject = `filing:${serial + 1000}` as const
    const city = { organisationId: wuhan.organisation?.id ?? '', role: 'city_officer' } as const
    const province = { organisationId: hubei.organisation?.id ?? '', role: 'provincial_officer' } as const
    await open({ kind: 'receive', subject, holder: city, title: '市州受理' })
    await open({ kind: 'receive', subject, holder: province, title: '省厅受理' })
    await transact(app.db, async (tx) =>
      ok(await fulfilDuty(tx, app, { kind: 'receive', subject, holder: city, actor: wuhan })),
    )
    expect(titles((await desk(wuhan)).mine)).not.toContain('市州受理')
    expect(titles((await desk(hubei)).mine)).toContain('省厅受理')
    await transact(app.db, async (tx) =>
      ok(await cancelDuty(tx, app, { kind: 'receive', subject, reason: '备案撤回', actor: manager })),
    )
    expect(titles((await desk(hubei)).mine)).not.toContain('省厅受理')
  })

  test('is escalated once, on the record itself, when its day has passed', async () => {
    const duty = await open()
    app.clock.setDay('2026-04-02')
    expect(await escalateDuties(app)).toBeGreaterThan(0)
    expect(await escalateDuties(app)).toBe(0)
    const events = await timeline(app.db, duty.subject)
    expect(events.filter((one) => one.name === 'duty.escalated')).toHaveLength(1)
  })
})

test('a list is filtered by state and stays within the scope', async () => {
  const duty = await open({ title: '列表中的待办' })
  const list = async (actor: Actor, state?: 'open' | 'overdue') => {
    const input = workbenchApi['duties.list'].input.parse({ q: duty.title, ...(state ? { state } : {}) })
    const answer = await workbenchApi['duties.list'].handle({ app, actor, files: [], ip: '' }, input)
    return answer.ok ? answer.value.total : -1
  }
  expect(await list(yichang)).toBe(0)
  expect(await list(anActor('training_manager'))).toBe(0)
  expect(await list(wuhan)).toBe(1)
  expect(await list(manager, 'overdue')).toBe(0)
  expect(await list(manager, 'open')).toBe(1)
})

test('a learner sees own duties only', async () => {
  const mine = await portalApi['duties.mine'].handle(
    { app, actor: anActor('learner'), files: [], ip: '' },
    {},
  )
  expect(mine).toMatchObject({ ok: true, value: { total: 0 } })
})
