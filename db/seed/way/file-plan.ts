import { addDays } from '../../../server/src/platform/clock.ts'
import { ORGANISATIONS } from '../cast.ts'
import type { Cast } from '../settle-cast.ts'
import type { Parties, Subject, Way } from './way.ts'

/** Standard hours of the demo: no source gives any for most occupations, so the demo province sets a short course. */
export const DEMO_HOURS = 8

const creditCode = (key: string) => ORGANISATIONS.find((one) => one.key === key)?.creditCode ?? null
const nameOf = (key: string) => ORGANISATIONS.find((one) => one.key === key)?.name ?? key

export function catalogueEntry(
  parties: Parties,
  catalogue: 'training' | 'evaluation',
  occupationIds: string[],
  fromOn: string,
): Record<string, unknown> {
  const key = catalogue === 'training' ? parties.trainingOrganisation : parties.evaluationOrganisation
  return {
    catalogue,
    organisationName: nameOf(key),
    creditCode: creditCode(key),
    provinceCode: parties.provinceCode,
    occupationIds,
    levels: ['初级', '中级', '高级'],
    batch: '演示批次',
    fromOn,
    source: '演示数据，非官方目录',
    note: null,
  }
}

/** The province lists both institutions and two officers set the hours of the course. */
export async function listInstitutions(way: Way, parties: Parties, occupationIds: string[]): Promise<void> {
  const fromOn = way.clock.today()
  const province = way.staff(parties.province)
  for (const catalogue of ['training', 'evaluation'] as const) {
    await way.must(
      province.act(
        'institutions.list-institution',
        catalogueEntry(parties, catalogue, occupationIds, fromOn),
      ),
    )
  }
}

export async function confirmHours(
  way: Way,
  parties: Parties,
  subject: Subject,
  hours = DEMO_HOURS,
): Promise<void> {
  const proposed = await way.must(
    way.staff(parties.province).act('institutions.propose-setting', {
      key: `engineer.standard-hours/${subject.occupationId}/${subject.level}`,
      value: hours,
      fromOn: way.clock.today(),
      source: '演示设定，非国家职业标准',
    }),
  )
  await way.must(way.staff(parties.provinceSecond).act('institutions.confirm-setting', { id: proposed.id }))
}

export async function publishFee(
  way: Way,
  key: string,
  subject: Subject,
  amountCents = 280_000,
): Promise<string> {
  const { id } = await way.must(
    way.staff(key).act('institutions.publish-fee', {
      occupationId: subject.occupationId,
      level: subject.level,
      amountCents,
      basis: '师资课酬、场地设备折旧和教材成本，按每班四十人测算。',
      fromOn: way.clock.today(),
    }),
  )
  return id
}

export interface PlanOptions {
  title?: string
  plannedLearners?: number
  classes?: number
  startsInDays?: number
  lastsDays?: number
}

export function planContent(
  way: Way,
  cast: Cast,
  parties: Parties,
  subject: Subject,
  feeId: string,
  options: PlanOptions = {},
): Record<string, unknown> {
  const startsOn = addDays(way.clock.today(), options.startsInDays ?? 10)
  const endsOn = addDays(startsOn, options.lastsDays ?? 120)
  return {
    title: options.title ?? '人工智能工程技术人员初级培训计划',
    ...subject,
    evaluationOrganisationId: cast.organisations.get(parties.evaluationOrganisation),
    plannedLearners: options.plannedLearners ?? 120,
    plan: {
      classes: options.classes ?? 3,
      startsOn,
      endsOn,
      venue: {
        name: '光谷实训中心',
        provinceCode: parties.provinceCode,
        cityCode: parties.cityCode,
        address: '演示大道 1 号',
        seats: 60,
      },
      hours: { theoryOnline: 2, theoryOffline: 2, practiceOnline: 0, practiceOffline: 4 },
      teachers: [{ name: '周明', qualification: '高级工程师', subject: '全部课程' }],
      equipment: '计算机 60 台，服务器 2 台。',
      content: '先理论后实操，线上线下结合。',
      textbook: '全国专业技术人员新职业培训教程',
      feeId,
      commitments: {
        noSubcontracting: true,
        noTrainingLoan: true,
        noFalseAdvertising: true,
        noExaggeration: true,
        noDisguisedLicensing: true,
      },
    },
    assessmentPlan: {
      heldOn: addDays(endsOn, 10),
      place: '华中评价中心考场',
      parts: [
        { part: 'theory', form: '闭卷机考', minutes: 90 },
        { part: 'ability', form: '现场操作', minutes: 120 },
      ],
      examiners: 4,
      notes: '',
    },
  }
}

/** Draft and fill in: the plan as the institution writes it. */
export async function draftPlan(
  way: Way,
  parties: Parties,
  content: Record<string, unknown>,
): Promise<{ id: string; revision: number }> {
  const manager = way.staff(parties.training)
  const { id } = await way.must(manager.act('institutions.draft-filing', { title: content.title }))
  const { revision } = await way.must(
    manager.act('institutions.save-filing', { id, revision: 1, ...content }),
  )
  return { id, revision }
}

/** From a draft to a plan that province and city have received (HB-4.1). */
export async function filePlan(
  way: Way,
  parties: Parties,
  content: Record<string, unknown>,
): Promise<string> {
  const { id } = await draftPlan(way, parties, content)
  await proposePlan(way, parties, id)
  await agreePlan(way, parties, id)
  await submitPlan(way, parties, id)
  await receivePlan(way, parties, id)
  return id
}

export async function proposePlan(way: Way, parties: Parties, id: string): Promise<void> {
  await way.must(
    way.staff(parties.training).act('institutions.propose-filing', await step(way, parties.training, id)),
  )
}
export async function agreePlan(way: Way, parties: Parties, id: string): Promise<void> {
  await way.must(
    way.staff(parties.evaluation).act('institutions.agree-filing', await step(way, parties.evaluation, id)),
  )
}
export async function submitPlan(way: Way, parties: Parties, id: string): Promise<void> {
  await way.must(
    way.staff(parties.training).act('institutions.submit-filing', await step(way, parties.training, id)),
  )
}
export async function receivePlan(way: Way, parties: Parties, id: string): Promise<void> {
  for (const key of [parties.city, parties.province]) {
    const { round } = await way.must(way.staff(key).read('institutions.read-filing', { id }))
    await way.must(way.staff(key).act('institutions.receive-filing', { id, round }))
  }
}

async function step(way: Way, key: string, id: string): Promise<{ id: string; revision: number }> {
  const { revision } = await way.must(way.staff(key).read('institutions.read-filing', { id }))
  return { id, revision }
}
