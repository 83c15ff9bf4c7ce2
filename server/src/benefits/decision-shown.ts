import { z } from 'zod'
import type { Decision } from '../../../policy/src/index.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { explained, decisionShape as explainedShape } from '../platform/decision-shape.ts'
import { findDecision } from '../platform/decisions.ts'

/** The kept decision a benefit rests on: the same explained tree as every verdict, and what follows from it. */
export const decisionShape = explainedShape.extend({
  effects: z.array(z.object({ name: z.string(), automatic: z.boolean(), note: z.string().nullable() })),
})

export async function decisionShown(app: App, decisionId: string): Promise<z.input<typeof decisionShape>> {
  const kept = defined(await findDecision(app.db, decisionId), 'the decision of a benefit') as Decision
  return {
    ...explained(kept, decisionId),
    effects: kept.effects.map(({ name, automatic, note }) => ({ name, automatic, note: note ?? null })),
  }
}
