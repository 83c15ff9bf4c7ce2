import { receiveTrainingReport, submitTrainingReport } from '../way/train.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { arrangeForComputer } from './arranged-sitting.ts'
import { certificatesOf, trainClass } from './classes.ts'
import { declareAndConfirm } from './declarations.ts'
import {
  candidateOf,
  holdSitting,
  leadReport,
  planSitting,
  type ReportDays,
  type SittingStory,
  type TownSitting,
} from './sittings.ts'
import type { Town } from './stage.ts'
import { EXAMINED_TODAY } from './todays-examination.ts'
import type { WuhanPlans } from './wuhan-plans.ts'

/** How far each result report came; the clocks of HB-4.4 run on the first four. */
const REPORTS: { title: string; held: number; learners: number[]; days: ReportDays }[] = [
  {
    title: '第二场',
    held: -66,
    learners: [18],
    days: { submitted: -58, confirmed: -50, sent: -49, nationalReturned: -9 },
  },
  {
    title: '第三场',
    held: -64,
    learners: [19],
    days: { submitted: -55, confirmed: -47, sent: -46, audited: -12 },
  },
  { title: '第四场', held: -52, learners: [17], days: { submitted: -42, confirmed: -34, sent: -30 } },
  { title: '第五场', held: -34, learners: [16], days: { submitted: -24, confirmed: -12 } },
  { title: '第六场', held: -32, learners: [15], days: { submitted: -16, returned: -6 } },
  { title: '第七场', held: -26, learners: [13, 14], days: { submitted: -4 } },
]

const sittingOf = (title: string, held: number, learners: number[]): SittingStory => ({
  parties: WUHAN,
  subject: AI_JUNIOR,
  title: `人工智能工程技术人员初级考核(${title})`,
  held,
  learners,
})

/** The second class: everybody certified, and their sittings stand at every step between examination and issue. */
export function spreadSecondClass(town: Town, plans: WuhanPlans): void {
  const { way } = town
  const second = trainClass(town, {
    parties: WUHAN,
    name: '人工智能初级二班',
    title: '人工智能工程技术人员（初级）二班招生公告',
    filing: plans.first,
    teacher: plans.teacher,
    capacity: 40,
    announced: -118,
    starts: -105,
    completed: -94,
    learners: [13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 48, ...EXAMINED_TODAY],
  })
  town.on(-88, '10:00', () => submitTrainingReport(way, WUHAN, second.classId))
  town.on(-86, '15:00', () => receiveTrainingReport(way, WUHAN, second.reportId))
  withdrawTrainingCertificate(town, 48)

  declareAndConfirm(town, WUHAN, [13, 14, 15, 16, 17, 18, 19, 20, 21, 22, ...EXAMINED_TODAY], {
    declared: -84,
    confirmed: -80,
  })
  for (const { title, held, learners, days } of REPORTS) {
    leadReport(town, WUHAN, holdSitting(town, sittingOf(title, held, learners)), days)
  }
  proposeScoreCorrection(town, holdSitting(town, sittingOf('第八场', -16, [20])), 20)
  enterScoresHalf(town)
  sittingsAhead(town)
}

function withdrawTrainingCertificate(town: Town, n: number): void {
  const { way } = town
  let changeId = ''
  town.on(-78, '10:00', async () => {
    const [certificateId] = await certificatesOf(town, WUHAN.training, [n])
    const change = { certificateId, kind: 'withdrawal', reason: '经核查，考勤记录不实' }
    const { id } = await way.must(
      way.staff(WUHAN.training).act('training.propose-certificate-change', change),
    )
    changeId = id
  })
  town.on(-77, '11:20', () =>
    way.must(
      way.staff(WUHAN.city).act('training.decide-certificate-change', { changeId, decision: 'approved' }),
    ),
  )
}

/** A published score that one person wants corrected; the second has not decided yet. */
function proposeScoreCorrection(town: Town, sitting: TownSitting, n: number): void {
  const { way } = town
  town.on(-3, '15:00', async () => {
    const candidate = await candidateOf(town, WUHAN, sitting.sittingId, n)
    await way.must(
      way.staff(WUHAN.evaluation).act('exams.propose-correction', {
        sittingId: sitting.sittingId,
        candidateId: candidate.id,
        part: 'theory',
        toTenths: 715,
        reason: '登分时与相邻考生串行',
      }),
    )
  })
}

/** Ended three days ago: one examiner has entered everything, the other one score, and that one differs. */
function enterScoresHalf(town: Town): void {
  const { way } = town
  const sitting = holdSitting(town, { ...sittingOf('第九场', -3, [21, 22]), upTo: 'ended' })
  town.on(-2, '09:40', async () => {
    const { sittingId } = sitting
    const [one, other] = await Promise.all(
      [21, 22].map((n) => candidateOf(town, WUHAN, sittingId, n).then((found) => found.ticketNumber)),
    )
    const enter = (
      key: string,
      scores: { ticketNumber: string | undefined; part: string; scoreTenths: number }[],
    ) => way.must(way.staff(key).act('exams.record-scores', { sittingId, scores }))
    await enter(WUHAN.examiners[0], [
      { ticketNumber: one, part: 'theory', scoreTenths: 730 },
      { ticketNumber: one, part: 'ability', scoreTenths: 760 },
      { ticketNumber: other, part: 'theory', scoreTenths: 680 },
      { ticketNumber: other, part: 'ability', scoreTenths: 705 },
    ])
    await enter(WUHAN.examiners[1], [{ ticketNumber: one, part: 'theory', scoreTenths: 735 }])
  })
}

/** One sitting cancelled, one today, one next week with a candidate who comes again. */
function sittingsAhead(town: Town): void {
  const { way } = town
  const cancelled: TownSitting = { sittingId: '', reportId: '' }
  planSitting(town, sittingOf('加场', -5, []), cancelled, -21)
  town.on(-10, '16:00', () =>
    way.must(
      way.staff(WUHAN.evaluation).act('exams.cancel-sitting', {
        sittingId: cancelled.sittingId,
        reason: '考场电路检修，改期另行通知',
      }),
    ),
  )
  holdSitting(town, { ...sittingOf('第十场', 0, [8, 11]), upTo: 'open' })
  const next: TownSitting = { sittingId: '', reportId: '' }
  planSitting(town, sittingOf('第十一场', 9, [7, 29]), next, -5)
  arrangeForComputer(town, next, { hall: 0, needy: 29 })
}
