// Shapes that papers of a sitting and of a joint examination share.
import { z } from 'zod'
import { id } from '../../platform/api.ts'
import { ITEM_KINDS, type ItemKind, LIMITS, PARTIAL_RULES, type PartialRule } from './paper.ts'

export const part = z.enum(['theory', 'ability'])
export const kind = z.enum(Object.keys(ITEM_KINDS) as [ItemKind, ...ItemKind[]])
export const instant = z.date().transform((at) => at.toISOString())
export const state = z.enum(['preparing', 'drawn', 'sealed', 'running', 'closed', 'archived'])
export const purpose = z.string().trim().min(2, '请写明用途').max(500)
export const partialRule = z.enum(Object.keys(PARTIAL_RULES) as [PartialRule, ...PartialRule[]])

export const paperFields = {
  id: z.string(),
  part,
  title: z.string(),
  minutes: z.number(),
  totalTenths: z.number(),
  forms: z.number(),
  items: z.number(),
  markedItems: z.number(),
  scoring: z.object({ multiple: partialRule }),
  shownToCandidates: z.boolean(),
  itemsSha256: z.string(),
  sourceFileName: z.string(),
  importedByName: z.string(),
  importedAt: instant,
  approvedByName: z.string().nullable(),
  approvedAt: instant.nullable(),
  replacedAt: instant.nullable(),
}

export const importReport = z.object({
  rows: z.number(),
  good: z.number(),
  saved: z.number(),
  errors: z.array(z.object({ row: z.number(), column: z.string().optional(), message: z.string() })),
  paperId: z.string().nullable(),
})

export const keyLine = z.object({
  number: z.number(),
  kind,
  stem: z.string(),
  scoreTenths: z.number(),
  answer: z.string(),
})

const material = z.union([
  z.object({ title: z.string(), text: z.string() }),
  z.object({ title: z.string(), image: z.string() }),
])
/** A new key as authors write it. */
const word = z.string().trim().min(1).max(LIMITS.alternativeChars)
const newKey = z.union([
  z.strictObject({
    letters: z
      .array(z.string().regex(/^[A-H]$/, '请填写选项字母 A 至 H'))
      .min(1)
      .max(8),
  }),
  z.strictObject({ judged: z.enum(['正确', '错误']) }),
  z.strictObject({
    blanks: z.array(z.array(word).min(1).max(LIMITS.alternatives)).min(1).max(LIMITS.blanks),
  }),
  z.strictObject({ void: z.literal(true) }),
])
const keyChangeReason = z.string().trim().min(2, '请写明理由').max(1000)
/** What a change of key asks for, of a sitting's paper and of a joint one. */
export const keyChangeInput = z.strictObject({
  paperId: id,
  number: z.number().int().min(1).max(LIMITS.items),
  key: newKey,
  reason: keyChangeReason,
})
export const KEY_CHANGE_EXAMPLE = {
  paperId: '00000000-0000-4000-8000-000000000000',
  number: 1,
  key: { void: true },
  reason: '试题有误',
} as const
export const keyChangeFields = {
  id: z.string(),
  part,
  /** Of the item, as the authors count. */
  number: z.number().nullable(),
  void: z.boolean(),
  reason: z.string(),
  proposedByName: z.string(),
  proposedAt: instant,
  decidedByName: z.string().nullable(),
  decision: z.enum(['approved', 'rejected']).nullable(),
  decidedAt: instant.nullable(),
}

export const composed = z.object({
  title: z.string(),
  part,
  form: z.string(),
  forms: z.array(z.string()),
  minutes: z.number(),
  totalTenths: z.number(),
  groups: z.array(z.object({ id: z.string(), title: z.string(), note: z.string().optional() })),
  items: z.array(
    z.object({
      id: z.string(),
      group: z.string(),
      kind,
      stem: z.string(),
      scoreTenths: z.number(),
      options: z.array(z.object({ id: z.string(), text: z.string() })).optional(),
      blanks: z.number().optional(),
      materials: z.array(material).optional(),
      maxChars: z.number().optional(),
      accept: z.array(z.string()).optional(),
    }),
  ),
})
