import { instantAt } from '../../../server/src/platform/clock.ts'
import * as plan from '../way/file-plan.ts'
import { registerTeacher, submitTrainingReport } from '../way/train.ts'
import { AI_JUNIOR } from '../way/way.ts'
import { trainClass } from './classes.ts'
import { draftBatch, draftOwn } from './declarations.ts'
import { BIGDATA_JUNIOR, IOT_JUNIOR, XILING, YICHANG } from './places.ts'
import { draftPlan, filePlan } from './plans.ts'
import type { Town } from './stage.ts'

/** Yichang: one class with its report sent back, and a plan in each state on the way to the offices. */
export function workInYichang(town: Town): void {
  const { way } = town
  const found = { teacher: '', iot: '', ai: '', bigdata: '' }
  town.on(-98, '09:30', async () => {
    found.teacher = await registerTeacher(way, YICHANG, '顾安')
    found.iot = await plan.publishFee(way, YICHANG.training, IOT_JUNIOR, 260_000)
    found.ai = await plan.publishFee(way, YICHANG.training, AI_JUNIOR, 270_000)
    found.bigdata = await plan.publishFee(way, YICHANG.training, BIGDATA_JUNIOR, 300_000)
    await plan.publishFee(way, YICHANG.evaluation, IOT_JUNIOR, 28_000)
  })
  const filed = filePlan(
    town,
    -97,
    {
      parties: YICHANG,
      subject: IOT_JUNIOR,
      place: XILING,
      title: '物联网工程技术人员初级培训计划',
      startsInDays: 14,
      lastsDays: 200,
    },
    () => found.iot,
  )
  trainInYichang(
    town,
    () => filed.filingId,
    () => found.teacher,
  )
  fileInYichang(town, found)
  town.on(-5, '11:00', () =>
    way.must(
      way.staff(YICHANG.evaluation).act('exams.plan-sitting', {
        title: '物联网工程技术人员初级考核(第一场)',
        ...IOT_JUNIOR,
        cityCode: YICHANG.cityCode,
        venue: XILING.examination,
        capacity: 40,
        theory: window(town, 21, '09:00', '10:30'),
        ability: window(town, 21, '14:00', '16:00'),
      }),
    ),
  )
}

const window = (town: Town, days: number, from: string, to: string) => ({
  startsAt: instantAt(town.day(days), from).toISOString(),
  endsAt: instantAt(town.day(days), to).toISOString(),
})

function trainInYichang(town: Town, filing: () => string, teacher: () => string): void {
  const { way } = town
  const one = trainClass(town, {
    parties: YICHANG,
    name: '物联网初级一班',
    title: '物联网工程技术人员（初级）一班招生公告',
    filing,
    teacher,
    capacity: 30,
    announced: -60,
    starts: -50,
    completed: -20,
    learners: [46, 49, 50],
  })
  town.on(-12, '10:00', () => submitTrainingReport(way, YICHANG, one.classId))
  town.on(-6, '15:40', () =>
    way.must(
      way.staff(YICHANG.city).act('training.decide-report', {
        reportId: one.reportId,
        decision: 'returned',
        reason: '请补充线上课程的平台记录说明',
      }),
    ),
  )
  town.on(-5, '16:00', async () => {
    const batchId = await draftBatch(town, YICHANG, [46, 49])
    await way.must(way.staff(YICHANG.training).act('exams.submit-batch', { batchId }))
  })
  town.on(-2, '19:30', () => draftOwn(town, 50))
}

function fileInYichang(town: Town, fees: { ai: string; bigdata: string }): void {
  const { way } = town
  const ai = { parties: YICHANG, place: XILING, subject: AI_JUNIOR, startsInDays: 30, lastsDays: 90 }
  const bigdata = { ...ai, subject: BIGDATA_JUNIOR }
  const ids = { submitted: '', returned: '', disagreed: '' }
  const decide = async (key: string, id: string, act: string, said: object = {}) => {
    const { round } = await way.must(way.staff(key).read('institutions.read-filing', { id }))
    await way.must(way.staff(key).act(act, { id, round, ...said }))
  }

  town.on(-14, '10:00', async () => {
    ids.returned = await draftPlan(
      town,
      { ...bigdata, title: '大数据工程技术人员初级培训计划' },
      fees.bigdata,
    )
    await plan.proposePlan(way, YICHANG, ids.returned)
  })
  town.on(-12, '14:00', () => plan.agreePlan(way, YICHANG, ids.returned))
  town.on(-11, '09:20', () => plan.submitPlan(way, YICHANG, ids.returned))
  town.on(-5, '14:30', () =>
    decide(YICHANG.city, ids.returned, 'institutions.return-filing', {
      reason: '实训场地容纳人数与计划人数不符，请核对',
      clause: 'HB-4.1',
    }),
  )

  town.on(-11, '10:30', async () => {
    ids.submitted = await draftPlan(town, { ...ai, title: '人工智能工程技术人员初级培训计划' }, fees.ai)
    await plan.proposePlan(way, YICHANG, ids.submitted)
  })
  town.on(-9, '11:00', () => plan.agreePlan(way, YICHANG, ids.submitted))
  town.on(-7, '09:15', () => plan.submitPlan(way, YICHANG, ids.submitted))
  town.on(-4, '16:10', () => decide(YICHANG.city, ids.submitted, 'institutions.receive-filing'))

  town.on(-9, '15:00', async () => {
    ids.disagreed = await draftPlan(town, { ...ai, title: '人工智能工程技术人员初级培训计划(周末)' }, fees.ai)
    await plan.proposePlan(way, YICHANG, ids.disagreed)
  })
  town.on(-6, '10:20', async () => {
    const evaluation = way.staff(YICHANG.evaluation)
    const { revision } = await way.must(evaluation.read('institutions.read-filing', { id: ids.disagreed }))
    await way.must(
      evaluation.act('institutions.refuse-agreement', {
        id: ids.disagreed,
        revision,
        reason: '考核日期与已排场次冲突，请另择日期',
        clause: 'HB-4.4',
      }),
    )
  })

  town.on(-3, '15:00', async () => {
    const proposed = await draftPlan(
      town,
      { ...bigdata, title: '大数据工程技术人员初级培训计划(脱产)' },
      fees.bigdata,
    )
    await plan.proposePlan(way, YICHANG, proposed)
  })
  town.on(-1, '16:40', () =>
    way.must(
      way
        .staff(YICHANG.training)
        .act('institutions.draft-filing', { title: '物联网工程技术人员中级培训计划' }),
    ),
  )
}
