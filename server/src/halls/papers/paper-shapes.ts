// Shapes that papers of a sitting and of a joint examination share.
import { z } from 'zod'
import { ITEM_KINDS, type ItemKind, PARTIAL_RULES, type PartialRule } from './paper.ts'

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
export const composed = z.object({
  title: z.string(),
  part,
  form: z.string(),
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
