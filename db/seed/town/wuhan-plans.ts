import * as plan from '../way/file-plan.ts'
import { registerTeacher } from '../way/train.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { BIGDATA_JUNIOR, GUANGGU, SMART_JUNIOR } from './places.ts'
import { draftPlan, filePlan, planOf } from './plans.ts'
import type { Town } from './stage.ts'

/** What the classes in Wuhan rest on. */
export interface WuhanPlans {
  first: () => string
  second: () => string
  smart: () => string
  teacher: () => string
  labTeacher: () => string
}

/** Teachers, fees and plans of 江城数字学院: two terms filed, and a plan in each state on the way. */
export function fileWuhanPlans(town: Town): WuhanPlans {
  const { way } = town
  const manager = () => way.staff(WUHAN.training)
  const found = { teacher: '', labTeacher: '', ai: '', bigdata: '', smart: '' }
  const story = { parties: WUHAN, place: GUANGGU }

  town.on(-299, '14:00', async () => {
    found.teacher = await registerTeacher(way, WUHAN, '周明')
    found.labTeacher = await registerTeacher(way, WUHAN, '何靖')
    found.ai = await plan.publishFee(way, WUHAN.training, AI_JUNIOR)
    found.bigdata = await plan.publishFee(way, WUHAN.training, BIGDATA_JUNIOR, 320_000)
    found.smart = await plan.publishFee(way, WUHAN.training, SMART_JUNIOR, 360_000)
    await plan.publishFee(way, WUHAN.evaluation, AI_JUNIOR, 30_000)
    await plan.publishFee(way, WUHAN.evaluation, BIGDATA_JUNIOR, 32_000)
  })

  const first = filePlan(
    town,
    -298,
    {
      ...story,
      subject: AI_JUNIOR,
      title: '人工智能工程技术人员初级培训计划(第一期)',
      startsInDays: 12,
      lastsDays: 230,
    },
    () => found.ai,
  )
  const second = filePlan(
    town,
    -82,
    {
      ...story,
      subject: AI_JUNIOR,
      title: '人工智能工程技术人员初级培训计划(第二期)',
      startsInDays: 12,
      lastsDays: 220,
      classes: 10,
      plannedLearners: 240,
    },
    () => found.ai,
  )
  const smart = filePlan(
    town,
    -30,
    {
      ...story,
      subject: SMART_JUNIOR,
      title: '智能制造工程技术人员初级培训计划',
      startsInDays: 20,
      lastsDays: 120,
    },
    () => found.smart,
  )

  // A new fee follows the old one; a class announced from then on costs it.
  town.on(-26, '10:00', async () => {
    await plan.publishFee(way, WUHAN.training, BIGDATA_JUNIOR, 298_000)
  })

  const bigdata = { ...story, subject: BIGDATA_JUNIOR, startsInDays: 30, lastsDays: 90 }
  const step = async (id: string) => {
    const { revision, round } = await way.must(manager().read('institutions.read-filing', { id }))
    return { id, revision: revision as number, round: round as number }
  }
  const ids = { agreed: '', revised: '', withdrawn: '' }

  town.on(-40, '10:00', async () => {
    ids.withdrawn = await draftPlan(
      town,
      { ...bigdata, title: '大数据工程技术人员初级暑期计划' },
      found.bigdata,
    )
    await plan.proposePlan(way, WUHAN, ids.withdrawn)
  })
  town.on(-34, '16:00', async () => {
    const { id, revision } = await step(ids.withdrawn)
    await way.must(
      manager().act('institutions.withdraw-filing', { id, revision, reason: '场地改造，计划取消' }),
    )
  })

  town.on(-20, '10:00', async () => {
    ids.revised = await draftPlan(
      town,
      { ...bigdata, title: '大数据工程技术人员初级培训计划(周末)', startsInDays: 40 },
      await feeNow(town),
    )
    await plan.proposePlan(way, WUHAN, ids.revised)
  })
  town.on(-18, '11:00', () => plan.agreePlan(way, WUHAN, ids.revised))
  town.on(-17, '09:30', () => plan.submitPlan(way, WUHAN, ids.revised))
  town.on(-13, '15:30', async () => {
    const { id, round } = await step(ids.revised)
    await way.must(
      way.staff(WUHAN.province).act('institutions.return-filing', {
        id,
        round,
        reason: '请补充实训服务器的型号和数量',
        clause: 'HB-4.3',
      }),
    )
  })
  town.on(-10, '09:10', async () => {
    const content = planOf(
      town,
      { ...bigdata, title: '大数据工程技术人员初级培训计划(周末)' },
      await feeNow(town),
    )
    const { id, revision } = await step(ids.revised)
    await way.must(manager().act('institutions.save-filing', { id, revision, ...content }))
  })

  town.on(-6, '10:30', async () => {
    ids.agreed = await draftPlan(
      town,
      { ...bigdata, title: '大数据工程技术人员初级培训计划(脱产)' },
      await feeNow(town),
    )
    await plan.proposePlan(way, WUHAN, ids.agreed)
  })
  town.on(-3, '10:00', () => plan.agreePlan(way, WUHAN, ids.agreed))

  return {
    first: () => first.filingId,
    second: () => second.filingId,
    smart: () => smart.filingId,
    teacher: () => found.teacher,
    labTeacher: () => found.labTeacher,
  }
}

/** The fee for the occupation that is in force. */
async function feeNow(town: Town): Promise<string> {
  const { rows } = await town.way.must(
    town.way.staff(WUHAN.training).read('institutions.list-own-fees', { occupationId: 'bigdata', size: 200 }),
  )
  const standing = rows.find((row: { toOn: string | null }) => row.toOn === null)
  if (!standing) throw new Error('no fee in force')
  return standing.id
}
