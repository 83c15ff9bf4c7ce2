import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Facts } from '../../../policy/src/index.ts'
import { aListedInstitution, aPublishedFee, type ListedInstitution } from '../institutions/fixtures.ts'
import { aPerson, aSupervisedRegion } from '../people/fixtures.ts'
import type { Actor, Level } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { addDays, dayOf, instantAt, type SettableClock } from '../platform/clock.ts'
import type { Result } from '../platform/result.ts'
import { anActor } from '../platform/testing/index.ts'
import { upsertTeacherMarks } from './attendance/store.ts'
import { proposeChange } from './certificates/change-certificate.ts'
import { issueCertificates } from './certificates/issue-certificates.ts'
import { announceClass } from './classes/announce-class.ts'
import type { HoursByKind } from './classes/class.ts'
import { planClass } from './classes/plan-class.ts'
import { startClass } from './classes/start-class.ts'
import { completeClass } from './completion/complete-class.ts'
import { enterScores } from './completion/enter-scores.ts'
import { decideEnrolments } from './enrolments/decide-enrolments.ts'
import { enrol } from './enrolments/enrol.ts'
import { registerTeacher } from './teachers/register-teacher.ts'
import { addLessons } from './timetable/add-lessons.ts'

type ClockedApp = App & { clock: SettableClock }

/** The value of a verb that the fixture expects to succeed. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`)
  return result.value
}

export interface TrainingWorld {
  institution: ListedInstitution
  manager: Actor
  city: Actor
  province: Actor
  otherManager: Actor
  occupationId: string
  level: Level
}

/** 8 学时 of 45 minutes, so that tests stay short; the province has confirmed it. */
export const FIXTURE_HOURS: HoursByKind = {
  theoryOnline: 2,
  theoryOffline: 2,
  practiceOnline: 0,
  practiceOffline: 4,
}

/** A listed institution in Wuhan with its supervisors, a published fee, and standard hours the province confirmed. */
export async function aTrainingWorld(
  app: App,
  options: { occupationId?: string; level?: Level; name?: string; withoutFee?: boolean } = {},
): Promise<TrainingWorld> {
  const occupationId = options.occupationId ?? 'ai'
  const level = options.level ?? '初级'
  const institution = await aListedInstitution(app, {
    occupationIds: [occupationId],
    ...(options.name ? { name: options.name } : {}),
  })
  const region = await aSupervisedRegion(app)
  await sql`
    insert into platform.policy_settings (province_code, parameter, occupation_id, level, value, from_on, source,
      proposed_by, confirmed_by, confirmed_at, created_at)
    select '420000', 'engineer.standard-hours', ${occupationId}, ${level}, '8'::jsonb, '2023-06-02', '试验设定', '甲', '乙',
           ${app.clock.now()}, ${app.clock.now()}
    where not exists (select from platform.policy_settings where parameter = 'engineer.standard-hours'
      and occupation_id = ${occupationId} and level = ${level})`.execute(app.db)
  if (!options.withoutFee) await aPublishedFee(app, institution, { occupationId, level })
  return {
    institution,
    manager: institution.actor,
    city: anActor('city_officer', { id: region.city }),
    province: anActor('provincial_officer', { id: region.province }),
    otherManager: (await aListedInstitution(app, { occupationIds: [occupationId] })).actor,
    occupationId,
    level,
  }
}

/** A plan received by province and city, from a week ago until half a year from now. */
export async function aFiledPlan(
  app: App,
  world: TrainingWorld,
  options: {
    plannedLearners?: number
    classes?: number
    hours?: HoursByKind
    state?: 'filed' | 'submitted'
  } = {},
): Promise<string> {
  const evaluator = await aListedInstitution(app, {
    catalogue: 'evaluation',
    occupationIds: [world.occupationId],
  })
  const today = app.clock.today()
  const state = options.state ?? 'filed'
  const plan = {
    classes: options.classes ?? 10,
    startsOn: addDays(today, -7),
    endsOn: addDays(today, 180),
    venue: {
      name: '光谷实训中心',
      provinceCode: '420000',
      cityCode: '420100',
      address: '高新大道 1 号',
      seats: 60,
    },
    hours: options.hours ?? FIXTURE_HOURS,
    teachers: [{ name: '周老师', qualification: '高级工程师', subject: '全部' }],
    equipment: '计算机六十台',
    content: '按国家职业标准',
    textbook: '',
    feeId: randomUUID(),
  }
  const { rows } = await sql<{ id: string }>`
    insert into institutions.filings (number, organisation_id, evaluation_organisation_id, province_code, city_code, year,
      title, occupation_id, level, planned_learners, plan, assessment_plan, state, round, created_by, created_at,
      updated_at, submitted_at, filed_at, filed_on)
    values (${`试-${randomUUID().slice(0, 8)}`}, ${world.institution.organisationId}, ${evaluator.organisationId}, '420000',
      '420100', ${Number(today.slice(0, 4))}, '试验培训计划', ${world.occupationId}, ${world.level},
      ${options.plannedLearners ?? 2000}, ${JSON.stringify(plan)}::jsonb, '{}'::jsonb, ${state}, 1, '试验',
      ${app.clock.now()}, ${app.clock.now()}, ${app.clock.now()}, ${state === 'filed' ? app.clock.now() : null},
      ${state === 'filed' ? today : null})
    returning id`.execute(app.db)
  return (rows[0] as { id: string }).id
}

/** A person in post in a digital job, not retired: the audience rule (HB-2) says yes. */
export async function aLearner(
  app: App,
  options: { name?: string; facts?: Partial<Pick<Facts, 'employment' | 'retirement'>> } = {},
): Promise<Actor> {
  const person = await aPerson(app, options.name ? { name: options.name } : {})
  const facts = options.facts ?? {
    employment: [{ status: '在岗', from: '2024-01-01', employer: '江城数据公司' }],
    retirement: { retired: false },
  }
  const rows = [
    ...(facts.employment ?? []).map((one) => ({ kind: 'employment', value: one as unknown })),
    ...(facts.retirement ? [{ kind: 'retirement', value: facts.retirement as unknown }] : []),
  ]
  await sql`
    insert into people.person_facts (person_id, kind, value, proof, stated_by, created_at)
    select ${person.id}, r.kind, r.value, '自述', '本人', ${app.clock.now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, value jsonb)`.execute(app.db)
  return anActor('learner', {}, { personId: person.id, name: person.name })
}

export interface ClassFixture {
  world: TrainingWorld
  classId: string
  announcementId: string
  teacherId: string
  lessons: { theoryOnline: string; theoryOffline: string; practiceOffline: string }
  learners: { actor: Actor; enrolmentId: string }[]
}

type ClassStage = 'planned' | 'announced' | 'admitted' | 'running' | 'assessed' | 'completed' | 'certified'
const STAGES: ClassStage[] = [
  'planned',
  'announced',
  'admitted',
  'running',
  'assessed',
  'completed',
  'certified',
]

/**
 * A class at a stage, brought there by the verbs: one lesson of each kind in the coming week, `learners` who enrolled.
 * From `assessed` on the clock stands after the last lesson, everybody attended all and passed.
 */
export async function aClass(
  app: ClockedApp,
  options: {
    state?: ClassStage
    world?: TrainingWorld
    learners?: number
    capacity?: number
    name?: string
  } = {},
): Promise<ClassFixture> {
  const state = options.state ?? 'planned'
  const reached = (stage: ClassStage) => STAGES.indexOf(state) >= STAGES.indexOf(stage)
  const world = options.world ?? (await aTrainingWorld(app))
  const { manager } = world
  const today = app.clock.today()
  const filingId = await aFiledPlan(app, world)
  const { id: classId } = value(
    await planClass(app, manager, {
      filingId,
      name: options.name ?? '人工智能初级 1 班',
      capacity: options.capacity ?? 40,
      startsOn: today,
      endsOn: addDays(today, 60),
      passMarkTenths: 600,
    }),
  )
  const { id: teacherId } = value(
    await registerTeacher(app, manager, {
      name: '周老师',
      qualifications: [
        {
          kind: 'title',
          level: '副高级',
          occupationId: null,
          specialty: '计算机',
          documentNumber: null,
          obtainedOn: '2015-01-01',
        },
      ],
    }),
  )
  const fixture: ClassFixture = {
    world,
    classId,
    teacherId,
    announcementId: '',
    lessons: await fixtureLessons(app, manager, classId, teacherId),
    learners: [],
  }
  if (reached('announced')) {
    fixture.announcementId = value(
      await announceClass(app, manager, {
        classId,
        title: '人工智能工程技术人员（初级）招生公告',
        body: '面向社会公开招生。',
        contact: '027-00000000',
        enrolFromOn: today,
        enrolToOn: today,
      }),
    ).id
  }
  if (reached('admitted')) await fixtureLearners(app, fixture, options.learners ?? 1)
  if (reached('running')) value(await startClass(app, manager, { classId }))
  if (reached('assessed')) await attendAndPass(app, fixture)
  if (reached('completed')) value(await completeClass(app, manager, { classId }))
  if (reached('certified')) value(await issueCertificates(app, manager, { classId }))
  return fixture
}

async function fixtureLessons(app: App, manager: Actor, classId: string, teacherId: string) {
  const today = app.clock.today()
  const add = async (
    title: string,
    mode: 'online' | 'offline',
    content: 'theory' | 'practice',
    inDays: number,
    minutes: number,
  ) => {
    const on = addDays(today, inDays)
    const { ids } = value(
      await addLessons(app, manager, {
        classId,
        lesson: {
          title,
          mode,
          content,
          teacherId,
          room: mode === 'offline' ? `${teacherId.slice(0, 4)} 教室` : null,
          startsAt: instantAt(on, mode === 'online' ? '08:00' : '14:00'),
          endsAt: mode === 'online' ? instantAt(addDays(on, 7), '22:00') : instantAt(on, '17:30'),
          minutes,
          pages: null,
        },
      }),
    )
    return defined(ids[0], 'a lesson')
  }
  return {
    theoryOffline: await add('人工智能概论', 'offline', 'theory', 1, 90),
    practiceOffline: await add('模型部署实操', 'offline', 'practice', 2, 180),
    theoryOnline: await add('机器学习基础', 'online', 'theory', 1, 90),
  }
}

async function fixtureLearners(app: App, fixture: ClassFixture, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const actor = await aLearner(app, { name: `学员${'甲乙丙丁戊己庚辛壬癸'[i % 10]}` })
    const { id } = value(await enrol(app, actor, { announcementId: fixture.announcementId }))
    fixture.learners.push({ actor, enrolmentId: id })
  }
  if (count === 0) return
  value(
    await decideEnrolments(app, fixture.world.manager, {
      classId: fixture.classId,
      enrolmentIds: fixture.learners.map((one) => one.enrolmentId),
      decision: 'admitted',
    }),
  )
}

/** Everybody attended everything and passed; the clock moves past the last lesson. */
export async function attendAndPass(app: ClockedApp, fixture: ClassFixture): Promise<void> {
  const { lessons, learners, classId, world } = fixture
  const minutes = { theoryOnline: 90, theoryOffline: 90, practiceOffline: 180 }
  for (const [kind, lessonId] of Object.entries(lessons)) {
    await upsertTeacherMarks(app.db, {
      lessonId,
      marks: learners.map((one) => ({
        enrolmentId: one.enrolmentId,
        seconds: minutes[kind as keyof typeof minutes] * 60,
      })),
      by: '试验',
      reason: '试验数据',
      at: app.clock.now(),
    })
  }
  app.clock.setDay(addDays(dayOf(app.clock.now()), 10))
  value(
    await enterScores(app, world.manager, {
      classId,
      assessedOn: app.clock.today(),
      scores: learners.map((one) => ({ enrolmentId: one.enrolmentId, mark: 'present', scoreTenths: 820 })),
    }),
  )
}

/** One learner with a valid training certificate, as exams and benefits need it. */
export async function aCompletedLearner(
  app: ClockedApp,
  options: { world?: TrainingWorld } = {},
): Promise<ClassFixture & { learner: Actor; enrolmentId: string; certificateId: string }> {
  const fixture = await aClass(app, { ...options, state: 'certified' })
  const { rows } = await sql<{ id: string }>`
    select id from training.certificates where class_id = ${fixture.classId}`.execute(app.db)
  const one = defined(fixture.learners[0], 'a learner')
  return {
    ...fixture,
    learner: one.actor,
    enrolmentId: one.enrolmentId,
    certificateId: defined(rows[0], 'a certificate').id,
  }
}

/** Records of Wuhan, for the walk over every procedure as somebody else. */
export const foreignRecords: Record<string, (app: ClockedApp) => Promise<string>> = {
  class: async (app) => (await aClass(app, { state: 'running' })).classId,
  lesson: async (app) => (await aClass(app)).lessons.theoryOnline,
  teacher: async (app) => (await aClass(app)).teacherId,
  enrolment: async (app) =>
    defined((await aClass(app, { state: 'admitted' })).learners[0], 'a learner').enrolmentId,
  'training-certificate': async (app) => (await aCompletedLearner(app)).certificateId,
  'training-certificate-change': async (app) => {
    const { world, certificateId } = await aCompletedLearner(app)
    return value(
      await proposeChange(app, world.manager, { certificateId, kind: 'withdrawal', reason: '考勤不实' }),
    ).id
  },
  'training-report': async (app) => {
    const fixture = await aClass(app, { state: 'completed' })
    const { rows } = await sql<{ id: string }>`
      select id from training.reports where class_id = ${fixture.classId}`.execute(app.db)
    return defined(rows[0], 'a report').id
  },
}
