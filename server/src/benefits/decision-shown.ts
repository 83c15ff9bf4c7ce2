import { z } from 'zod'
import type { Decision } from '../../../policy/src/index.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { findDecision } from '../platform/decisions.ts'

/** The kept decision a benefit rests on, as its page shows it: the sentence, what follows, the clause and its version. */
export const decisionShape = z.object({
  rule: z.string(),
  ruleName: z.string(),
  outcome: z.string(),
  sentence: z.string(),
  on: z.string(),
  clause: z.string(),
  document: z.string(),
  documentNumber: z.string(),
  version: z.string(),
  effects: z.array(z.object({ name: z.string(), automatic: z.boolean(), note: z.string().nullable() })),
  confirms: z.string(),
})

export async function decisionShown(app: App, decisionId: string): Promise<z.output<typeof decisionShape>> {
  const kept = defined(await findDecision(app.db, decisionId), 'the decision of a benefit') as Decision
  return {
    rule: kept.rule,
    ruleName: kept.ruleName,
    outcome: kept.outcome,
    sentence: kept.sentence,
    on: kept.on,
    clause: kept.clause.id,
    document: kept.clause.document,
    documentNumber: kept.clause.documentNumber,
    version: kept.clause.version,
    effects: kept.effects.map(({ name, automatic, note }) => ({ name, automatic, note: note ?? null })),
    confirms: kept.confirms,
  }
}
