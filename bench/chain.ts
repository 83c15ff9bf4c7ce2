import { sql } from 'kysely'
import { learner } from '../db/seed/cast.ts'
import { settleCast } from '../db/seed/settle-cast.ts'
import * as assess from '../db/seed/way/assess.ts'
import * as certify from '../db/seed/way/certify.ts'
import * as plan from '../db/seed/way/file-plan.ts'
import * as train from '../db/seed/way/train.ts'
import { AI_JUNIOR, must, WUHAN } from '../db/seed/way/way.ts'
import { learnerCaller } from '../e2e/caller.ts'
import { realName, type SignedLearner } from '../e2e/learners.ts'
import { wayOverHttp } from '../e2e/way-over-http.ts'
import { openWorld } from '../e2e/world.ts'
import { addDays } from '../server/src/platform/clock.ts'
import { queriesSoFar } from '../server/src/platform/db.ts'
import { type BenchReport, environment } from './report.ts'

const SMALL = 100
const LARGE = 1000
/** Ten times the learners may cost ten times the time; above that only what the noise of the machine explains. */
const MOST_MS_RATIO = 13
const AT_ONCE = 8

interface Measured {
  step: string
  ms: number
  queries: number
}

interface Walked {
  steps: Measured[]
  database: { postgres: string; fsync: string }
}

/** 1,000 learners through the whole chain over HTTP, beside 100: time and queries of each step. */
export async function run(): Promise<BenchReport> {
  const small = await walk(SMALL)
  const large = await walk(LARGE)
  const steps = large.steps.map((one, index) => {
    const other = small.steps[index] as Measured
    const msRatio = Number((one.ms / Math.max(other.ms, 1)).toFixed(2))
    const queryRatio = Number((one.queries / Math.max(other.queries, 1)).toFixed(2))
    return {
      step: one.step,
      ms: { [SMALL]: other.ms, [LARGE]: one.ms },
      queries: { [SMALL]: other.queries, [LARGE]: one.queries },
      msRatio,
      queryRatio,
      linear: queryRatio <= LARGE / SMALL && msRatio <= MOST_MS_RATIO,
    }
  })
  const total = large.steps.reduce((sum, one) => sum + one.ms, 0)
  return {
    name: 'chain',
    ok: steps.every((one) => one.linear),
    metrics: {
      learners: LARGE,
      against: SMALL,
      totalMs: total,
      msPerLearner: Math.round(total / LARGE),
      steps,
    },
    against: [],
    env: environment(large.database),
  }
}

async function walk(count: number): Promise<Walked> {
  const world = await openWorld({
    startOn: '2026-03-02',
    databaseUrl: process.env.DATABASE_URL,
    durable: true,
  })
  const steps: Measured[] = []
  const measure = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const queries = queriesSoFar()
    const startedAt = performance.now()
    const value = await work()
    const one = { step, ms: Math.round(performance.now() - startedAt), queries: queriesSoFar() - queries }
    steps.push(one)
    process.stderr.write(`${count} learners: ${step} ${one.ms} ms, ${one.queries} queries\n`)
    return value
  }
  try {
    const cast = await settleCast(world.app)
    const way = await wayOverHttp(world)
    const parties = WUHAN
    await plan.listInstitutions(way, parties, ['ai'])
    await plan.confirmHours(way, parties, AI_JUNIOR)
    const feeId = await plan.publishFee(way, parties.training, AI_JUNIOR)
    const filingId = await measure('file the plan', () =>
      plan.filePlan(
        way,
        parties,
        plan.planContent(way, cast, parties, AI_JUNIOR, feeId, { plannedLearners: count, classes: 1 }),
      ),
    )
    const startsOn = addDays(way.clock.today(), 10)
    const classId = await train.planClass(way, parties, filingId, { capacity: count, startsOn })
    const teacherId = await train.registerTeacher(way, parties)
    const course = await train.addLessons(way, parties, classId, teacherId, startsOn)
    const announcementId = await train.announce(
      way,
      parties,
      classId,
      '人工智能工程技术人员（初级）招生公告',
      7,
    )

    const learners = await measure('sign in and register real names', () =>
      eachOf(count, async (n): Promise<SignedLearner> => {
        const one = learner(n)
        const caller = await learnerCaller(world, one.phone, one.name)
        await must(caller.act('people.register-real-name', realName(one)))
        return { cast: one, caller }
      }),
    )
    await measure('state facts with a paper', () =>
      eachOf(count, async (n) => {
        const { caller } = learners[n] as SignedLearner
        await train.stateEmployment(way, caller)
        await train.stateTitle(way, caller)
      }),
    )
    await measure('enrol', () =>
      eachOf(count, (n) =>
        must((learners[n] as SignedLearner).caller.act('training.enrol', { announcementId })),
      ),
    )
    await measure('admit', () => train.admitEverybody(way, parties, classId))
    way.clock.setDay(startsOn, '08:00')
    await measure('start the class', () =>
      must(way.staff(parties.training).act('training.start-class', { classId })),
    )

    way.clock.setDay(course.theoryOn, '08:50')
    const { theoryOffline, practiceOffline, theoryOnline } = course.lessons
    await measure('check in at the door', async () => {
      const { url } = await must(
        way.staff(parties.teacher).read('training.show-door-code', { lessonId: theoryOffline }),
      )
      await eachOf(count, (n) =>
        checkIn(way.staff(parties.teacher), learners[n] as SignedLearner, theoryOffline, url),
      )
    })
    way.clock.setDay(course.theoryOn, '13:05')
    await measure('watch online: start and four heartbeats', () =>
      eachOf(count, async (n) => {
        const { caller } = learners[n] as SignedLearner
        const { sessionId } = await must(caller.act('training.start-watching', { lessonId: theoryOnline }))
        for (let beat = 1; beat <= 4; beat += 1) {
          await must(caller.act('training.beat', { sessionId, positionMs: beat * 10, playing: true }))
        }
      }),
    )
    way.clock.setDay(addDays(course.theoryOn, 9), '10:00')
    const enrolments = await train.enrolmentsOf(way, parties, classId)
    await measure('mark attendance of three lessons', async () => {
      for (const [lessonId, minutes] of [
        [theoryOffline, 90],
        [practiceOffline, 180],
        [theoryOnline as string, 90],
      ] as const) {
        await train.markPresent(way, parties, lessonId, enrolments, minutes)
      }
    })
    await measure('enter assessment scores', () => train.enterScores(way, parties, classId, enrolments))
    await measure('complete, issue training certificates, credit hours', () =>
      train.completeAndIssue(way, parties, classId),
    )
    await measure('training report, received twice', async () => {
      await train.receiveTrainingReport(way, parties, await train.submitTrainingReport(way, parties, classId))
    })
    const { batchId } = await measure('declare as a batch, each verdict explained', () =>
      assess.draftBatch(way, cast, parties),
    )
    await measure('submit the batch', () => assess.submitBatch(way, parties, batchId))
    const declarations = await assess.submittedDeclarations(way, parties)
    await measure('confirm qualification', () => assess.confirmQualification(way, parties, declarations))
    const { sittingId, heldOn, title } = await assess.planSitting(way, parties, AI_JUNIOR, {
      capacity: count,
    })
    await measure('assign candidates', () => assess.assignCandidates(way, parties, sittingId, declarations))
    await assess.holdSitting(way, parties, sittingId, heldOn)
    const scores = assess.scoresFor(await assess.candidatesOf(way, parties, sittingId))
    await measure('record scores by two examiners', () => assess.recordTwice(way, parties, sittingId, scores))
    await measure('publish results, draft the report', () => assess.publishResults(way, parties, sittingId))
    const reportId = await certify.resultReportOf(way, parties.evaluation, title)
    await measure('submit and confirm the result report', async () => {
      await certify.submitResultReport(way, parties, reportId)
      await certify.confirmResultReport(way, parties, reportId)
    })
    await measure('send to the national office and audit', async () => {
      await certify.sendToNational(way, parties, [reportId])
      await certify.auditReport(way, parties, reportId)
    })
    await measure('issue level certificates, recognise titles', () =>
      certify.issueCertificates(way, parties, reportId),
    )
    await measure('set all level certificates as one PDF', async () => {
      const { status } = await way
        .staff(parties.evaluation)
        .file('certificates.report-certificates-pdf', { reportId })
      if (status !== 200) throw new Error(`the certificates as PDF: ${status}`)
    })
    await measure('count the numbers', () =>
      must(
        way
          .staff(parties.province)
          .read('supervision.overview', { year: Number(way.clock.today().slice(0, 4)) }),
      ),
    )
    const version = await sql<{ serverVersion: string }>`show server_version`.execute(world.app.db)
    const fsync = await sql<{ fsync: string }>`show fsync`.execute(world.app.db)
    return {
      steps,
      database: { postgres: version.rows[0]?.serverVersion ?? '', fsync: fsync.rows[0]?.fsync ?? '' },
    }
  } finally {
    await world.close()
  }
}

/** The door code turns over every few seconds of a long queue: whoever reads an old one scans again. */
async function checkIn(
  teacher: { read: (name: string, input: Record<string, unknown>) => Promise<{ body: { url: string } }> },
  learner: SignedLearner,
  lessonId: string,
  url: string,
): Promise<void> {
  const token = new URL(url).searchParams.get('token')
  const first = await learner.caller.act('training.check-in', { lessonId, token })
  if (first.status === 200) return
  const again = await teacher.read('training.show-door-code', { lessonId })
  await must(
    learner.caller.act('training.check-in', {
      lessonId,
      token: new URL(again.body.url).searchParams.get('token'),
    }),
  )
}

async function eachOf<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = new Array(count)
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) results[n] = await work(n)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
