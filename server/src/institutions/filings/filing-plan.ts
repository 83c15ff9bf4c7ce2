import { z } from 'zod'
import { day } from '../../platform/api.ts'

/**
 * What is filed (HB-4.1). A draft may lack anything (`…Draft`); to propose or submit it, the whole must parse
 * (`trainingPlan`, `assessmentPlan`). Hours are 学时; the split follows HB-4.3 (线上+线下, 理论+实操).
 */
const text = (max: number) => z.string().trim().max(max)
const needed = (max: number, what: string) =>
  z.string(`请填写${what}`).trim().max(max).min(1, `请填写${what}`)
const hours = z.number('请填写学时，没有的填 0').int().min(0).max(2000)

const venue = z.strictObject({
  name: needed(100, '场地名称'),
  provinceCode: z.string('请选择省份').regex(/^\d{6}$/, '请选择省份'),
  cityCode: z.string('请选择市州').regex(/^\d{6}$/, '请选择市州'),
  address: needed(200, '详细地址'),
  seats: z.number('请填写座位数').int().min(1).max(5000),
})
const planHours = z.strictObject({
  theoryOnline: hours,
  theoryOffline: hours,
  practiceOnline: hours,
  practiceOffline: hours,
})
const teacher = z.strictObject({
  name: needed(40, '教师姓名'),
  qualification: needed(100, '职称或等级'),
  subject: needed(100, '承担内容'),
})

const promised = (what: string) => z.literal(true, `请承诺${what}`)
/** What the notice forbids (HB-6.2); each must be promised, since what nobody has stated does not count as absent. */
export const COMMITMENTS = {
  noSubcontracting: '不转包、不转让',
  noTrainingLoan: '不发放“培训贷”',
  noFalseAdvertising: '不发布虚假广告',
  noExaggeration: '不夸大培训效果',
  noDisguisedLicensing: '不变相开展资格资质许可和认定',
} as const
const commitments = z.strictObject({
  noSubcontracting: promised(COMMITMENTS.noSubcontracting),
  noTrainingLoan: promised(COMMITMENTS.noTrainingLoan),
  noFalseAdvertising: promised(COMMITMENTS.noFalseAdvertising),
  noExaggeration: promised(COMMITMENTS.noExaggeration),
  noDisguisedLicensing: promised(COMMITMENTS.noDisguisedLicensing),
})

export const trainingPlan = z.strictObject({
  classes: z.number('请填写班数').int().min(1).max(200),
  startsOn: z.iso.date('请填写开班日'),
  endsOn: z.iso.date('请填写结业日'),
  // A part nobody has begun is read as an empty one, so that each of its gaps is named.
  venue: venue.prefault({} as z.input<typeof venue>),
  hours: planHours.prefault({} as z.input<typeof planHours>),
  teachers: z.array(teacher, '请至少填写一名教师').min(1, '请至少填写一名教师').max(100),
  equipment: needed(2000, '设备条件'),
  content: needed(5000, '培训内容与进度安排'),
  textbook: text(500).default(''),
  feeId: z.uuid('请选择已公布的培训收费标准'),
  commitments: commitments.prefault({} as z.input<typeof commitments>),
})
export type TrainingPlan = z.output<typeof trainingPlan>

const assessmentPart = z.strictObject({
  part: z.enum(['theory', 'ability']),
  form: needed(100, '考核方式'),
  minutes: z.number('请填写时长').int().min(1).max(600),
})
export const assessmentPlan = z.strictObject({
  heldOn: z.iso.date('请填写考核日'),
  place: needed(200, '考核地点'),
  parts: z.array(assessmentPart, '请填写考核方式和时长').max(4),
  examiners: z.number('请填写考评员人数').int().min(1).max(200),
  notes: text(2000).default(''),
})
export type AssessmentPlan = z.output<typeof assessmentPlan>

export const trainingPlanDraft = z
  .strictObject({
    classes: z.number().int().max(200).nullable(),
    startsOn: day.nullable(),
    endsOn: day.nullable(),
    venue: z
      .strictObject({
        name: text(100),
        provinceCode: text(6),
        cityCode: text(6),
        address: text(200),
        seats: z.number().int().max(5000).nullable(),
      })
      .partial(),
    hours: planHours.partial(),
    teachers: z
      .array(z.strictObject({ name: text(40), qualification: text(100), subject: text(100) }).partial())
      .max(100),
    equipment: text(2000),
    content: text(5000),
    textbook: text(500),
    feeId: z.uuid().nullable(),
    commitments: z
      .strictObject({
        noSubcontracting: z.boolean(),
        noTrainingLoan: z.boolean(),
        noFalseAdvertising: z.boolean(),
        noExaggeration: z.boolean(),
        noDisguisedLicensing: z.boolean(),
      })
      .partial(),
  })
  .partial()
export type TrainingPlanDraft = z.output<typeof trainingPlanDraft>

export const assessmentPlanDraft = z
  .strictObject({
    heldOn: day.nullable(),
    place: text(200),
    parts: z
      .array(
        z
          .strictObject({
            part: z.enum(['theory', 'ability']),
            form: text(100),
            minutes: z.number().int().max(600).nullable(),
          })
          .partial({ form: true, minutes: true }),
      )
      .max(4),
    examiners: z.number().int().max(200).nullable(),
    notes: text(2000),
  })
  .partial()
export type AssessmentPlanDraft = z.output<typeof assessmentPlanDraft>

export function totalHours(hours: TrainingPlan['hours']): number {
  return hours.theoryOnline + hours.theoryOffline + hours.practiceOnline + hours.practiceOffline
}
