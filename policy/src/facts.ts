// What the engine may know about a person, an activity and the catalogues. A list that is present is
// complete (closed world); a list that is absent is unknown. Never write an empty list for "not asked".
import { z } from 'zod'
import { type Problem, problemsOf } from './problems.ts'
import { daySchema, isDay } from './time/day.ts'

export const PROOF_STATES = ['自述', '已上传', '已核验', '已过期'] as const
export type ProofState = (typeof PROOF_STATES)[number]

export const DEGREES = [
  '初中',
  '高中',
  '中专',
  '大学专科',
  '大学本科',
  '学士学位',
  '第二学士学位',
  '硕士研究生',
  '硕士学位',
  '博士研究生',
  '博士学位',
] as const
export type Degree = (typeof DEGREES)[number]

export const TITLE_LEVELS = ['员级', '助理级', '中级', '副高级', '正高级'] as const
export const ENGINEER_LEVELS = ['初级', '中级', '高级'] as const
export const SKILL_LEVELS = [
  '学徒工',
  '初级工',
  '中级工',
  '高级工',
  '技师',
  '高级技师',
  '特级技师',
  '首席技师',
] as const
export const EMPLOYMENT_STATUSES = ['在岗', '拟从事', '灵活就业', '新就业形态', '自由职业'] as const
export const SCHOOL_KINDS = ['普通高校', '高等职业学校', '技工院校', '中等职业学校', '其他'] as const
export type TitleLevel = (typeof TITLE_LEVELS)[number]
export type EngineerLevel = (typeof ENGINEER_LEVELS)[number]
export type SkillLevel = (typeof SKILL_LEVELS)[number]
export type EmploymentStatus = (typeof EMPLOYMENT_STATUSES)[number]

export const BODY_KINDS = ['自主评价企业', '链主企业', '院校', '社会评价组织'] as const
export const RELATIONS = ['本单位职工', '劳务派遣', '链内企业职工', '本校学生', '本校毕业生'] as const
export const TECHNICAL_CLASSES = ['中级工班', '高级工班', '预备技师班'] as const
export const ACHIEVEMENTS = [
  '大型数字类项目',
  '技术革新奖项',
  '技术攻关成果',
  '专利发明',
  '技术技能专著',
  '竞赛名次',
] as const
export const ACHIEVEMENT_RANKS = ['校级', '企业级', '市级', '省级', '国家级'] as const
/** What an achievement may have brought its holder: one of the two, not both (AH-6). */
export const ACHIEVEMENT_USES = ['越级申报', '直接认定'] as const
export const STEPS_TAKEN = ['支撑材料', '机构审核', '企业内公示', '报备'] as const
export const BENEFITS = [
  '职业培训补贴',
  '职业技能提升补贴',
  '一次性创业补贴',
  '大学生创业扶持资金',
  '竞赛奖励',
] as const
export const GROUPS = [
  '毕业5年内高校毕业生',
  '就业困难人员',
  '返乡创业人员',
  '普通高校在校生',
  '创业担保贷款对象',
] as const

const provable = {
  /** Absent means 自述: nobody has seen a paper. */
  proof: z.enum(PROOF_STATES).optional(),
  /** Last day on which the paper counts. */
  proofUntil: daySchema.optional(),
  /** Paper the proof rests on, for people to find it again. */
  document: z.string().optional(),
}

const judged = z.strictObject({
  related: z.boolean(),
  by: z.string().min(1),
  on: daySchema,
  reason: z.string().optional(),
})

const educationSchema = z.strictObject({
  degree: z.enum(DEGREES),
  schoolKind: z.enum(SCHOOL_KINDS).optional(),
  school: z.string().optional(),
  fullTime: z.boolean().optional(),
  major: z.string().optional(),
  /** 相关专业 is an open term: somebody must have judged it, for the occupation declared. */
  majorRelated: judged.optional(),
  status: z.enum(['在读', '毕业']),
  /** Day of graduation; the expected one while 在读. */
  graduatesOn: daySchema.optional(),
  ...provable,
})

const titleSchema = z.strictObject({
  level: z.enum(TITLE_LEVELS),
  name: z.string().optional(),
  specialty: z.string().optional(),
  obtainedOn: daySchema,
  ...provable,
})

const interval = { from: daySchema, to: daySchema.optional() }
const inOrder = (value: { from: string; to?: string | undefined }) =>
  value.to === undefined || value.from <= value.to
/** Said beside whatever else is wrong with the same item, as long as both days can be read. */
const IN_ORDER = {
  message: '截止日不能早于开始日',
  path: ['to'],
  when: ({ value }: { value: unknown }) => {
    const { from, to } = (value ?? {}) as { from?: unknown; to?: unknown }
    return typeof from === 'string' && typeof to === 'string' && isDay(from) && isDay(to)
  },
}

const employmentSchema = z
  .strictObject({
    occupation: z.string().optional(),
    employer: z.string().optional(),
    status: z.enum(EMPLOYMENT_STATUSES),
    /** 相关职业 is an open term: named people's judgements, by the occupation this work is to count for. */
    related: z
      .array(
        z.strictObject({
          occupation: z.string(),
          related: z.boolean(),
          by: z.string().min(1),
          on: daySchema,
        }),
      )
      .optional(),
    ...interval,
    ...provable,
  })
  .refine(inOrder, IN_ORDER)

const levelCertificateSchema = z.strictObject({
  occupation: z.string(),
  level: z.enum(ENGINEER_LEVELS),
  number: z.string().optional(),
  issuedOn: daySchema,
  withdrawnOn: daySchema.optional(),
  ...provable,
})

const trainingCertificateSchema = z.strictObject({
  occupation: z.string(),
  direction: z.string().optional(),
  level: z.enum(ENGINEER_LEVELS),
  number: z.string().optional(),
  hours: z.number().nonnegative().optional(),
  issuedOn: daySchema,
  withdrawnOn: daySchema.optional(),
  ...provable,
})

const technicalSchoolSchema = z.strictObject({
  class: z.enum(TECHNICAL_CLASSES),
  school: z.string().optional(),
  major: z.string().optional(),
  majorRelated: judged.optional(),
  /** May lie ahead: still a student. */
  graduatedOn: daySchema,
  ...provable,
})

const skillPostSchema = z
  .strictObject({
    skillLevel: z.enum(SKILL_LEVELS),
    occupation: z.string().optional(),
    employer: z.string().optional(),
    ...interval,
    ...provable,
  })
  .refine(inOrder, IN_ORDER)

const skillCertificateSchema = z.strictObject({
  occupation: z.string(),
  level: z.enum(SKILL_LEVELS),
  number: z.string().optional(),
  /** Is its occupation related to the one in question? Judged by a named person. */
  related: judged.optional(),
  issuedOn: daySchema,
  withdrawnOn: daySchema.optional(),
  ...provable,
})

const otherCertificateSchema = z.strictObject({
  kind: z.enum(['X证书', '企业内部证书']),
  name: z.string().optional(),
  issuer: z.string().optional(),
  level: z.string().optional(),
  issuedOn: daySchema,
  validUntil: daySchema.optional(),
  ...provable,
})

const affiliationSchema = z
  .strictObject({
    institution: z.string(),
    relation: z.enum(RELATIONS),
    /** 一线. */
    frontLine: z.boolean().optional(),
    /** The person's own enterprise has commissioned the chain leader. */
    commissioned: z.boolean().optional(),
    ...interval,
    ...provable,
  })
  .refine(inOrder, IN_ORDER)

const achievementSchema = z.strictObject({
  kind: z.enum(ACHIEVEMENTS),
  rank: z.enum(ACHIEVEMENT_RANKS).optional(),
  name: z.string().optional(),
  occupation: z.string().optional(),
  /** What it has been used for so far; empty: for nothing. */
  usedFor: z.array(z.enum(ACHIEVEMENT_USES)).optional(),
  on: daySchema,
  ...provable,
})

const stepTakenSchema = z
  .strictObject({
    step: z.enum(STEPS_TAKEN),
    from: daySchema,
    /** Last day; for a step that takes time. */
    to: daySchema.optional(),
    ...provable,
  })
  .refine(inOrder, IN_ORDER)

const benefitSchema = z.strictObject({
  benefit: z.enum(BENEFITS),
  occupation: z.string().optional(),
  level: z.string().optional(),
  on: daySchema,
})

const groupSchema = z
  .strictObject({ group: z.enum(GROUPS), ...interval, ...provable })
  .refine(inOrder, IN_ORDER)

const businessSchema = z.strictObject({
  registeredOn: daySchema,
  closedOn: daySchema.optional(),
  inProvince: z.boolean().optional(),
  first: z.boolean().optional(),
  /** People employed beside the founder. */
  employs: z.int().nonnegative().optional(),
  ...provable,
})

const judgementSchema = z.strictObject({
  /** The open term judged, as the rule names it. */
  term: z.string().min(1),
  result: z.enum(['认定', '不认定']),
  by: z.string().min(1),
  on: daySchema,
  reason: z.string().optional(),
  occupation: z.string().optional(),
  level: z.string().optional(),
})

const trainingSchema = z.strictObject({
  /** 学时 earned, by kind. Theory and practice add up to the total; so do online and offline. */
  hours: z.strictObject({
    theory: z.number().nonnegative().optional(),
    practice: z.number().nonnegative().optional(),
    online: z.number().nonnegative().optional(),
    offline: z.number().nonnegative().optional(),
  }),
  /** 学时 the filed plan asks for, by kind. */
  planned: z
    .strictObject({
      theory: z.number().nonnegative().optional(),
      practice: z.number().nonnegative().optional(),
      online: z.number().nonnegative().optional(),
      offline: z.number().nonnegative().optional(),
    })
    .optional(),
  contentCompleted: z.boolean().optional(),
  /** 结业考核. */
  assessment: z.strictObject({ result: z.enum(['合格', '不合格']), on: daySchema }).optional(),
})

const scoreSchema = z
  .strictObject({
    status: z.enum(['已评定', '待评定', '缺考', '违纪']),
    scoreTenths: z.int().min(0).max(1000).optional(),
  })
  .refine((score) => score.status !== '已评定' || score.scoreTenths !== undefined, {
    message: '已评定的科目必须有成绩',
    path: ['scoreTenths'],
  })

const activitySchema = z.strictObject({
  /** Province in which the institution stands in the catalogue. */
  institutionProvince: z.string().optional(),
  /** Provinces in which the activity takes place. */
  provinces: z.array(z.string()).optional(),
  name: z.string().optional(),
  advertising: z.string().optional(),
  /** Reported or declared conduct; absent means nobody has stated it. */
  subcontracted: z.boolean().optional(),
  trainingLoan: z.boolean().optional(),
  falseAdvertising: z.boolean().optional(),
  exaggerated: z.boolean().optional(),
  disguisedLicensing: z.boolean().optional(),
})

const listingSchema = z
  .strictObject({
    catalogue: z.enum(['职业', '培训机构', '评价机构', ...BODY_KINDS]),
    institution: z.string().optional(),
    occupation: z.string(),
    levels: z.array(z.string()).optional(),
    ...interval,
  })
  .refine(inOrder, IN_ORDER)

export const factsSchema = z.strictObject({
  bornOn: daySchema.optional(),
  retirement: z.strictObject({ retired: z.boolean(), on: daySchema.optional(), ...provable }).optional(),
  education: z.array(educationSchema).optional(),
  technicalSchool: z.array(technicalSchoolSchema).optional(),
  titles: z.array(titleSchema).optional(),
  employment: z.array(employmentSchema).optional(),
  levelCertificates: z.array(levelCertificateSchema).optional(),
  trainingCertificates: z.array(trainingCertificateSchema).optional(),
  skillPosts: z.array(skillPostSchema).optional(),
  skillCertificates: z.array(skillCertificateSchema).optional(),
  otherCertificates: z.array(otherCertificateSchema).optional(),
  affiliations: z.array(affiliationSchema).optional(),
  achievements: z.array(achievementSchema).optional(),
  stepsTaken: z.array(stepTakenSchema).optional(),
  benefits: z.array(benefitSchema).optional(),
  groups: z.array(groupSchema).optional(),
  businesses: z.array(businessSchema).optional(),
  /** Entry in the provincial real-name register of trainees. */
  register: z.strictObject({ entered: z.boolean(), on: daySchema.optional() }).optional(),
  unemploymentInsurance: z
    .strictObject({ paidMonths: z.int().nonnegative(), drawing: z.boolean().optional(), ...provable })
    .optional(),
  openLoans: z.boolean().optional(),
  judgements: z.array(judgementSchema).optional(),
  training: trainingSchema.optional(),
  scores: z.strictObject({ theory: scoreSchema.optional(), ability: scoreSchema.optional() }).optional(),
  activity: activitySchema.optional(),
  listings: z.array(listingSchema).optional(),
})

export type Facts = z.infer<typeof factsSchema>
export type Education = z.infer<typeof educationSchema>
export type Title = z.infer<typeof titleSchema>
export type Employment = z.infer<typeof employmentSchema>
export type Judgement = z.infer<typeof judgementSchema>
export type LevelCertificate = z.infer<typeof levelCertificateSchema>
export type SkillCertificate = z.infer<typeof skillCertificateSchema>
export type Listing = z.infer<typeof listingSchema>
export interface Provable {
  proof?: ProofState | undefined
  proofUntil?: string | undefined
}

/** Reads facts from outside: every error at once, each with its path. */
export function checkFacts(input: unknown): { ok: true; facts: Facts } | { ok: false; problems: Problem[] } {
  const parsed = factsSchema.safeParse(input)
  if (parsed.success) return { ok: true, facts: parsed.data }
  return { ok: false, problems: problemsOf(parsed.error, 'facts') }
}
