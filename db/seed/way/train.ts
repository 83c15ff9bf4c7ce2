import { addDays, instantAt } from '../../../server/src/platform/clock.ts'
import type { Caller } from '../caller.ts'
import type { Parties, Subject, Way } from './way.ts'

export interface Lessons {
  theoryOffline: string
  practiceOffline: string
  /** Absent where the plan has no online hours. */
  theoryOnline?: string
}

export interface RunningClass {
  classId: string
  announcementId: string
  lessons: Lessons
  /** Civil day of the two lessons at the door; the online lesson is open for a week from then. */
  theoryOn: string
  practiceOn: string
}

export interface ClassOptions {
  name?: string
  capacity?: number
  startsOn?: string
  lastsDays?: number
  online?: boolean
  teacherId?: string
}

export async function registerTeacher(way: Way, parties: Parties, name = '周明'): Promise<string> {
  const { id } = await way.must(
    way.staff(parties.training).act('training.register-teacher', {
      name,
      qualifications: [{ kind: 'title', level: '副高级', specialty: '计算机', obtainedOn: '2015-01-01' }],
    }),
  )
  return id
}

export async function planClass(
  way: Way,
  parties: Parties,
  filingId: string,
  options: ClassOptions = {},
): Promise<string> {
  const startsOn = options.startsOn ?? addDays(way.clock.today(), 10)
  const { id } = await way.must(
    way.staff(parties.training).act('training.plan-class', {
      filingId,
      name: options.name ?? '人工智能初级一班',
      capacity: options.capacity ?? 40,
      startsOn,
      endsOn: addDays(startsOn, options.lastsDays ?? 30),
      passMarkTenths: 600,
    }),
  )
  return id
}

/** Eight 学时 of the demo course: a lesson at the door for theory and for practice, and one online. */
export async function addLessons(
  way: Way,
  parties: Parties,
  classId: string,
  teacherId: string,
  startsOn: string,
  online = true,
): Promise<Pick<RunningClass, 'lessons' | 'theoryOn' | 'practiceOn'>> {
  const manager = way.staff(parties.training)
  const at = (on: string, time: string) => instantAt(on, time).toISOString()
  const add = async (lesson: Record<string, unknown>): Promise<string> => {
    const { ids } = await way.must(manager.act('training.add-lesson', { classId, teacherId, ...lesson }))
    return ids[0]
  }
  const theoryOn = addDays(startsOn, 1)
  const practiceOn = addDays(startsOn, 2)
  const theoryOffline = await add({
    title: '人工智能概论',
    mode: 'offline',
    content: 'theory',
    room: '301 教室',
    minutes: online ? 90 : 180,
    startsAt: at(theoryOn, '09:00'),
    endsAt: at(theoryOn, '12:30'),
  })
  const practiceOffline = await add({
    title: '模型部署实操',
    mode: 'offline',
    content: 'practice',
    room: '实训室',
    minutes: 180,
    startsAt: at(practiceOn, '14:00'),
    endsAt: at(practiceOn, '17:30'),
  })
  if (!online) return { lessons: { theoryOffline, practiceOffline }, theoryOn, practiceOn }
  const theoryOnline = await add({
    title: '机器学习基础',
    mode: 'online',
    content: 'theory',
    room: null,
    minutes: 90,
    startsAt: at(theoryOn, '13:00'),
    endsAt: at(addDays(theoryOn, 7), '22:00'),
  })
  return { lessons: { theoryOffline, practiceOffline, theoryOnline }, theoryOn, practiceOn }
}

export async function announce(
  way: Way,
  parties: Parties,
  classId: string,
  title: string,
  days: number,
): Promise<string> {
  const { id } = await way.must(
    way.staff(parties.training).act('training.announce-class', {
      classId,
      title,
      body: '面向社会公开招生，线上线下结合。报名请先完成实名登记，如实填写就业情况。',
      contact: '027-00000000',
      enrolFromOn: way.clock.today(),
      enrolToOn: addDays(way.clock.today(), days),
    }),
  )
  return id
}

/** A learner's own facts for the audience rule (HB-2): in post, not retired. */
export async function stateEmployment(way: Way, learner: Caller): Promise<void> {
  await way.must(
    learner.act('people.state-fact', {
      kind: 'employment',
      value: { status: '在岗', from: '2022-03-01', employer: '江城数据服务公司（演示）' },
    }),
  )
  await way.must(learner.act('people.state-fact', { kind: 'retirement', value: { retired: false } }))
}

/** A paper, so that the fact counts as supplied: title of technician, which opens the first path to 初级. */
export async function stateTitle(way: Way, learner: Caller): Promise<void> {
  await way.must(
    learner.act(
      'people.state-fact',
      { kind: 'titles', value: { level: '员级', name: '技术员', obtainedOn: '2021-05-01' } },
      { paper: { name: '职称证书.pdf', type: 'application/pdf', bytes: A_PAPER } },
    ),
  )
}

/** The smallest PDF that is one: demo papers have no content. */
export const A_PAPER = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

export async function admitEverybody(way: Way, parties: Parties, classId: string): Promise<number> {
  const manager = way.staff(parties.training)
  const enrolmentIds: string[] = []
  for (let page = 1; ; page += 1) {
    const { rows, total } = await way.must(
      manager.read('training.list-enrolments', { classId, state: 'registered', page, size: 200 }),
    )
    enrolmentIds.push(...rows.map((row: { enrolmentId?: string; id?: string }) => row.enrolmentId ?? row.id))
    if (page * 200 >= total) break
  }
  if (enrolmentIds.length === 0) return 0
  await way.must(manager.act('training.decide-enrolments', { classId, enrolmentIds, decision: 'admitted' }))
  return enrolmentIds.length
}

export async function enrolmentsOf(way: Way, parties: Parties, classId: string): Promise<string[]> {
  const { learners } = await way.must(
    way.staff(parties.training).read('training.list-assessments', { classId }),
  )
  return learners.map((one: { enrolmentId: string }) => one.enrolmentId)
}

/** The teacher marks the whole class present, by the sheet that went round. */
export async function markPresent(
  way: Way,
  parties: Parties,
  lessonId: string,
  enrolmentIds: string[],
  minutes: number,
) {
  await way.must(
    way.staff(parties.teacher).act('training.mark-attendance', {
      lessonId,
      marks: enrolmentIds.map((enrolmentId) => ({ enrolmentId, minutes })),
      reason: '按纸质签到表补登（演示）',
    }),
  )
}

export async function enterScores(
  way: Way,
  parties: Parties,
  classId: string,
  enrolmentIds: string[],
  scoreOf: (index: number) => number = () => 820,
): Promise<void> {
  await way.must(
    way.staff(parties.teacher).act('training.enter-scores', {
      classId,
      assessedOn: way.clock.today(),
      scores: enrolmentIds.map((enrolmentId, index) => ({
        enrolmentId,
        mark: 'present',
        scoreTenths: scoreOf(index),
      })),
    }),
  )
}

export async function completeAndIssue(way: Way, parties: Parties, classId: string): Promise<void> {
  await way.must(way.staff(parties.training).act('training.complete-class', { classId }))
  await way.must(way.staff(parties.training).act('training.issue-certificates', { classId }))
  await way.settle()
}

export async function reportOf(way: Way, key: string, classId: string): Promise<string> {
  const { rows } = await way.must(way.staff(key).read('training.list-reports', { size: 200 }))
  const report = rows.find((one: { classId: string }) => one.classId === classId)
  if (!report) throw new Error(`no training report of class ${classId}`)
  return report.id
}

export const NARRATIVE = '按备案计划完成全部课程，出勤和考核记录齐全，无投诉。'

export async function submitTrainingReport(way: Way, parties: Parties, classId: string): Promise<string> {
  const reportId = await reportOf(way, parties.training, classId)
  await way.must(
    way.staff(parties.training).act('training.submit-report', { reportId, narrative: NARRATIVE }),
  )
  return reportId
}

export async function receiveTrainingReport(way: Way, parties: Parties, reportId: string): Promise<void> {
  for (const key of [parties.city, parties.province]) {
    await way.must(way.staff(key).act('training.decide-report', { reportId, decision: 'received' }))
  }
}

export interface Trained {
  filingId: string
  subject: Subject
}
