import * as assess from '../db/seed/way/assess.ts'
import * as certify from '../db/seed/way/certify.ts'
import * as plan from '../db/seed/way/file-plan.ts'
import * as train from '../db/seed/way/train.ts'
import { AI_JUNIOR, WUHAN } from '../db/seed/way/way.ts'
import { addDays } from '../server/src/platform/clock.ts'
import type { Journey } from './journey.ts'
import { aRealLearner, type SignedLearner } from './learners.ts'

/**
 * How far things have come when a journey begins. Each stage starts from the one before it and is walked by
 * everybody's own acts, as in the chain.
 */
type Known = Pick<Journey, 'world' | 'cast' | 'way'>

export const TITLES = {
  plan: '人工智能工程技术人员初级培训计划',
  class: '人工智能初级一班',
  announcement: '人工智能工程技术人员（初级）招生公告',
  sitting: '人工智能工程技术人员初级考核',
}

/** Both institutions are listed, the hours confirmed, the fee published; the plan is written but sent to nobody. */
export async function aDraftedPlan({ way, cast }: Known): Promise<{ filingId: string; feeId: string }> {
  await plan.listInstitutions(way, WUHAN, ['ai'])
  await plan.confirmHours(way, WUHAN, AI_JUNIOR)
  const feeId = await plan.publishFee(way, WUHAN.training, AI_JUNIOR)
  const content = plan.planContent(way, cast, WUHAN, AI_JUNIOR, feeId)
  return { filingId: (await plan.draftPlan(way, WUHAN, content)).id, feeId }
}

export async function aFiledPlan(known: Known): Promise<{ filingId: string; feeId: string }> {
  const { filingId, feeId } = await aDraftedPlan(known)
  await plan.proposePlan(known.way, WUHAN, filingId)
  await plan.agreePlan(known.way, WUHAN, filingId)
  await plan.submitPlan(known.way, WUHAN, filingId)
  await plan.receivePlan(known.way, WUHAN, filingId)
  return { filingId, feeId }
}

export interface AnnouncedClass {
  feeId: string
  classId: string
  announcementId: string
  startsOn: string
  course: Awaited<ReturnType<typeof train.addLessons>>
}

export async function anAnnouncedClass(known: Known, capacity = 30): Promise<AnnouncedClass> {
  const { way } = known
  const { filingId, feeId } = await aFiledPlan(known)
  const startsOn = addDays(way.clock.today(), 10)
  const classId = await train.planClass(way, WUHAN, filingId, { capacity, startsOn, name: TITLES.class })
  const teacherId = await train.registerTeacher(way, WUHAN)
  const course = await train.addLessons(way, WUHAN, classId, teacherId, startsOn)
  const announcementId = await train.announce(way, WUHAN, classId, TITLES.announcement, 7)
  return { feeId, classId, announcementId, startsOn, course }
}

/** Learners of these numbers register; the institution admits all who have registered. */
export async function enrolled(
  known: Known,
  { classId, announcementId }: AnnouncedClass,
  numbers: number[],
): Promise<SignedLearner[]> {
  const { way, world } = known
  const learners: SignedLearner[] = []
  for (const n of numbers) {
    const one = await aRealLearner(world, n)
    await train.stateEmployment(way, one.caller)
    await way.must(one.caller.act('training.enrol', { announcementId }))
    learners.push(one)
  }
  await train.admitEverybody(way, WUHAN, classId)
  return learners
}

export async function started({ way }: Known, { classId, startsOn }: AnnouncedClass): Promise<void> {
  way.clock.setDay(startsOn, '08:00')
  await way.must(way.staff(WUHAN.training).act('training.start-class', { classId }))
}

/** All hours marked present by the teacher, the closing assessment passed, certificates issued. */
export async function completed({ way }: Known, { classId, course }: AnnouncedClass): Promise<void> {
  const { theoryOffline, practiceOffline, theoryOnline } = course.lessons
  way.clock.setDay(addDays(course.theoryOn, 9), '10:00')
  const enrolments = await train.enrolmentsOf(way, WUHAN, classId)
  await train.markPresent(way, WUHAN, theoryOffline, enrolments, 90)
  await train.markPresent(way, WUHAN, practiceOffline, enrolments, 180)
  if (theoryOnline) await train.markPresent(way, WUHAN, theoryOnline, enrolments, 90)
  await train.enterScores(way, WUHAN, classId, enrolments)
  await train.completeAndIssue(way, WUHAN, classId)
}

export interface Trained {
  learners: SignedLearner[]
  announced: AnnouncedClass
}

/** A class from announcement to certificates, with the learners of these numbers. */
export async function trained(known: Known, numbers: number[]): Promise<Trained> {
  const announced = await anAnnouncedClass(known)
  const learners = await enrolled(known, announced, numbers)
  await started(known, announced)
  await completed(known, announced)
  return { learners, announced }
}

/** Their training report received; everybody's declaration lies at the evaluation institution. */
export async function declared(known: Known, { learners, announced }: Trained): Promise<string[]> {
  const { way, cast } = known
  const reportId = await train.submitTrainingReport(way, WUHAN, announced.classId)
  await train.receiveTrainingReport(way, WUHAN, reportId)
  for (const one of learners) await train.stateTitle(way, one.caller)
  const { batchId } = await assess.draftBatch(way, cast, WUHAN)
  await assess.submitBatch(way, WUHAN, batchId)
  return assess.submittedDeclarations(way, WUHAN)
}

/** A sitting held, entered by two examiners, its results published. */
export async function assessed({ way }: Known, declarations: string[]): Promise<string> {
  await assess.confirmQualification(way, WUHAN, declarations)
  const { sittingId, heldOn } = await assess.planSitting(way, WUHAN, AI_JUNIOR, { title: TITLES.sitting })
  await assess.assignCandidates(way, WUHAN, sittingId, declarations)
  await assess.holdSitting(way, WUHAN, sittingId, heldOn)
  const scores = assess.scoresFor(await assess.candidatesOf(way, WUHAN, sittingId))
  await assess.recordTwice(way, WUHAN, sittingId, scores)
  await assess.publishResults(way, WUHAN, sittingId)
  return certify.resultReportOf(way, WUHAN.evaluation, TITLES.sitting)
}

/** Sent to the national office and audited there: the certificates may be issued. */
export async function audited({ way }: Known, reportId: string): Promise<void> {
  await certify.sendToNational(way, WUHAN, [reportId])
  await certify.auditReport(way, WUHAN, reportId)
}

/** The whole way: level certificates in the hands of these learners. */
export async function certified(known: Known, numbers: number[]): Promise<Trained> {
  const { way } = known
  const done = await trained(known, numbers)
  const reportId = await assessed(known, await declared(known, done))
  await certify.submitResultReport(way, WUHAN, reportId)
  await certify.confirmResultReport(way, WUHAN, reportId)
  await audited(known, reportId)
  await certify.issueCertificates(way, WUHAN, reportId)
  return done
}
