import { z } from 'zod'
import type { Decision } from '../../../policy/src/index.ts'
import { explained } from './verdict.ts'

/** A verdict with its explanation, as a screen shows it: the sentence first, then the paths, then the clause. */
export const decisionShape = z.object({
  outcome: z.string(),
  sentence: z.string(),
  opensOn: z.string().nullable(),
  needs: z.array(z.object({ kind: z.string(), what: z.string() })),
  paths: z.array(
    z.object({ name: z.string(), outcome: z.string(), sentence: z.string(), clause: z.string() }),
  ),
})

export const shownDecision = (decision: unknown) => explained(decision as Decision)
