import { z } from 'zod'
import type { Jurisdiction } from '../../../../policy/src/index.ts'
import { clauseLabel, type Policy, packJsonSchema } from '../../../../policy/src/index.ts'

const choice = z.object({ value: z.string(), label: z.string() })
export const formShape = z.object({
  /** JSON Schema of one condition: operators and the closed set of predicates, each with its own fields. */
  condition: z.unknown(),
  clauses: z.array(choice),
  occupations: z.array(choice),
  /** Figures a condition may refer to. */
  figures: z.array(choice),
  levels: z.array(choice),
})

let conditionSchema: unknown

/** What the editor's form is generated from: the packs' own schema, so that the form can write what the loader reads. */
export function formChoices(policy: Policy, jurisdiction: Jurisdiction): z.input<typeof formShape> {
  conditionSchema ??= (packJsonSchema() as { $defs: Record<string, unknown> }).$defs.条件
  const isOurs = (one: { jurisdiction: string }) =>
    one.jurisdiction === 'national' || one.jurisdiction === jurisdiction
  return {
    condition: conditionSchema,
    clauses: [...policy.clauses.values()]
      .filter(isOurs)
      .map((one) => ({ value: one.条款, label: `${clauseLabel(one.条款)} ${one.标题}` })),
    occupations: [...policy.occupations.values()].map((one) => ({ value: one.职业, label: one.名称 })),
    figures: policy.parameters
      .filter(isOurs)
      .map((one) => ({ value: one.参数, label: `${one.名称}（${one.单位}）` })),
    levels: [
      '初级',
      '中级',
      '高级',
      '学徒工',
      '初级工',
      '中级工',
      '高级工',
      '技师',
      '高级技师',
      '特级技师',
      '首席技师',
    ].map((value) => ({ value, label: value })),
  }
}
