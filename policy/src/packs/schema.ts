// What a pack file may contain. Conditions inside rules are read by rules/node.ts, the rest here, strictly.
import { z } from 'zod'
import { ENGINEER_LEVELS, PROOF_STATES } from '../facts.ts'
import { settingsSchema } from '../parameters/parameter.ts'
import { daySchema } from '../time/day.ts'

export const JURISDICTIONS = ['national', 'hubei', 'anhui'] as const
export type Jurisdiction = (typeof JURISDICTIONS)[number]

/** How a figure or wording is known. 待核实 and recalled must show so on screen; confirmed = set by the province. */
export const SOURCE_STATUSES = [
  'found',
  'found_ocr',
  'inferred',
  'recalled',
  'missing',
  '待核实',
  'confirmed',
] as const
export type SourceStatus = (typeof SOURCE_STATUSES)[number]
const sourceStatus = z.enum(SOURCE_STATUSES)

/** Somebody has seen it in a source, or a province has confirmed it; anything else is shown 待核实. */
export function isVerified(status: SourceStatus): boolean {
  return status === 'found' || status === 'found_ocr' || status === 'confirmed'
}

const text = z.string().min(1)

const documentSchema = z.strictObject({
  文件: text,
  名称: text,
  /** Official number; null while nobody has found it. */
  文号: text.nullable(),
  发文机关: text,
  日期: daySchema.nullable(),
  施行: daySchema.nullable(),
  失效: daySchema.optional(),
  效力: z.enum(['有效', '征求意见稿', '待核实']),
  /** One of a family: name and number follow the occupation in question. */
  按职业: z.boolean().default(false),
  来源: text.optional(),
})
export type DocumentEntry = z.infer<typeof documentSchema>

const clauseSchema = z.strictObject({
  条款: text,
  文件: text,
  标题: text,
  /** Our own words, never the official text. */
  大意: text,
  自: daySchema.optional(),
  至: daySchema.optional(),
  /** Where the product carries it out, beside the rules that cite it. */
  落实: z
    .array(
      z.strictObject({
        方式: z.enum(['rule', 'workflow', 'manual', 'untouched']),
        在: text,
        说明: text.optional(),
      }),
    )
    .default([]),
})
export type ClauseEntry = z.infer<typeof clauseSchema>

const occupationSchema = z.strictObject({
  职业: text,
  名称: text,
  代码2015: text.nullable(),
  代码2022: text.nullable(),
  标准文号: text.nullable(),
  标准日期: daySchema.nullable(),
  来源状态: sourceStatus,
  来源: text,
  方向: z.record(z.enum(ENGINEER_LEVELS), z.array(text).nullable()),
  方向来源状态: sourceStatus,
  方向说明: text.optional(),
})
export type OccupationEntry = z.infer<typeof occupationSchema>

export const parameterValueSchema = z.union([z.number(), z.boolean(), text, z.null()])

const parameterSchema = z.strictObject({
  参数: text,
  名称: text,
  单位: text,
  /** What the value depends on beside the date. */
  键: z.array(z.enum(['职业', '等级'])).default([]),
  条款: text,
  /** Where the product reads it, beside the rules: a folder under server/src. */
  用于: z.array(text).optional(),
  值: z
    .array(
      z.strictObject({
        职业: text.optional(),
        等级: text.optional(),
        自: daySchema,
        至: daySchema.optional(),
        值: parameterValueSchema,
        来源状态: sourceStatus,
        来源: text,
        说明: text.optional(),
      }),
    )
    .min(1),
})
export type ParameterEntry = z.infer<typeof parameterSchema>

/** A legal reading: stated here with its source, or a figure (yes or no) that a province can confirm. */
const reading = z.union([
  z.strictObject({ 读法: z.boolean(), 来源状态: sourceStatus, 来源: text }),
  z.strictObject({ 参数: text }),
])
const deadlineSchema = z.strictObject({
  时限: text,
  名称: text,
  条款: text,
  自: daySchema,
  单位: z.enum(['自然日', '工作日']),
  /** null: the text sets no clock; there is then no due date. */
  数: z.int().positive().nullable(),
  起算事件: text,
  起算事件来源状态: sourceStatus,
  /** 民法典 §201: is the day of the event itself counted? */
  当日计入: reading,
  /** 民法典 §203: does a last day that falls on a rest day move on? */
  末日顺延: reading,
  说明: text.optional(),
})
export type DeadlineEntry = z.infer<typeof deadlineSchema>

const ruleSource = z.union([
  sourceStatus,
  z
    .array(
      z.strictObject({
        职业: z.array(text).optional(),
        状态: sourceStatus,
        来源: text,
        说明: text.optional(),
      }),
    )
    .min(1),
])

const when = z.strictObject({ 等级: z.array(text).optional(), 职业: z.array(text).optional() })
const condition = z.unknown()

const bodyShape = {
  前提: condition.optional(),
  排除: z.array(condition).optional(),
  路径: z.array(z.strictObject({ 路径: text, 名称: text, 条款: text.optional(), 条件: condition })).min(1),
}

const versionSchema = z.strictObject({
  自: daySchema,
  /** How the first day is known, where it is less certain than the wording. */
  自来源状态: sourceStatus.optional(),
  至: daySchema.optional(),
  条款: text,
  来源状态: ruleSource,
  情形: z.array(z.strictObject({ 当: when.default({}), ...bodyShape })).min(1),
  例外: z
    .array(z.strictObject({ 例外: text, 替代: text, 条款: text, 条件: condition, 说明: text.optional() }))
    .default([]),
  效果: z
    .array(
      z.strictObject({
        当: when.default({}),
        /** Only when one of these paths is met. */
        路径: z.array(text).min(1).optional(),
        效果: text,
        名称: text,
        条款: text.optional(),
        自动: z.boolean(),
        /** What is given, as figures of the policy; one with 若 only where another figure says so. */
        数额: z
          .array(
            z.strictObject({
              参数: text,
              若: z.strictObject({ 参数: text, 为: z.union([text, z.boolean()]) }).optional(),
            }),
          )
          .min(1)
          .optional(),
        说明: text.optional(),
      }),
    )
    .default([]),
})

const ruleSchema = z.strictObject({
  规则: text,
  名称: text,
  /** What is decided, as it reads in the sentence: '参加职业培训'. */
  事项: text,
  需要: z.array(z.enum(['职业', '等级', '机构', '机构类别'])).default([]),
  /** Least proof that counts. */
  证明: z.enum(PROOF_STATES),
  /** Who has the last word: the verdict is a pre-check, never the decision itself. */
  确认: text,
  版本: z.array(versionSchema).min(1),
})
export type RuleEntry = z.infer<typeof ruleSchema>

/** A province filling in an open term of a higher rule. */
const fillSchema = z.strictObject({
  规则: text,
  事项: text,
  条款: text,
  自: daySchema,
  至: daySchema.optional(),
  说明: text.optional(),
  条件: condition,
})
export type FillEntry = z.infer<typeof fillSchema>

export const packSchema = z.strictObject({
  文件: z.array(documentSchema).optional(),
  条款: z.array(clauseSchema).optional(),
  职业: z.array(occupationSchema).optional(),
  参数: z.array(parameterSchema).optional(),
  时限: z.array(deadlineSchema).optional(),
  规则: z.array(ruleSchema).optional(),
  落实: z.array(fillSchema).optional(),
})

export const calendarSchema = z.strictObject({
  年: z.int(),
  名称: text,
  文号: text.nullable(),
  发布: daySchema,
  来源状态: sourceStatus,
  来源: text,
  /** Rest days, both ends included. */
  休息: z.array(z.tuple([daySchema, daySchema])),
  /** Weekend days worked instead. */
  上班: z.array(daySchema),
  说明: text.optional(),
})
export const statutorySchema = z.strictObject({
  固定节日: z.array(z.string().regex(/^\d\d-\d\d$/)),
  文件: text,
  来源状态: sourceStatus,
  来源: text,
})
export type StatutoryEntry = z.infer<typeof statutorySchema>

export type CalendarEntry = z.infer<typeof calendarSchema>

export const exampleSchema = z.strictObject({
  例: z.array(
    z.strictObject({
      名: text,
      规则: text,
      辖区: z.enum(JURISDICTIONS),
      参数: z.record(z.string(), z.string()).default({}),
      日期: daySchema,
      事实: z.unknown(),
      /** Values a province would have confirmed. */
      设置: settingsSchema.optional(),
      /** Who has read a generated case and stands by it; null until then. */
      签署: z.strictObject({ 人: text, 日: daySchema }).nullable().optional(),
      应为: z.strictObject({
        结论: text,
        路径: z.record(z.string(), text).optional(),
        起: z.record(z.string(), daySchema.nullable()).optional(),
        缺: z.array(text).optional(),
        效果: z.array(text).optional(),
        /** Figures the effects name, by parameter; null where nobody has found one. */
        数额: z.record(z.string(), parameterValueSchema).optional(),
      }),
    }),
  ),
})
export type ExampleEntry = z.infer<typeof exampleSchema>['例'][number]
