import { z } from 'zod'
import type { Decision, DecisionNode, Need } from '../../../policy/src/index.ts'

const needShape = z.object({ kind: z.string(), what: z.string(), at: z.string(), on: z.string().nullable() })
const clauseShape = z.object({
  id: z.string(),
  document: z.string(),
  documentNumber: z.string(),
  version: z.string(),
})
const stepShape = z.object({
  /** Depth in the tree of conditions: 0 is the path itself. */
  depth: z.number(),
  label: z.string().nullable(),
  state: z.string(),
  sentence: z.string(),
  clause: clauseShape,
  note: z.string().nullable(),
  unverified: z.boolean(),
  /** Facts it rests on: where, and how well shown. Their content stays with the person's own record. */
  facts: z.array(z.object({ path: z.string(), proof: z.string() })),
})

/** An explained decision as screens carry it: sentence first, then the paths, then each condition with its clause. */
export const decisionShape = z.object({
  rule: z.string(),
  ruleName: z.string(),
  on: z.string(),
  outcome: z.string(),
  sentence: z.string(),
  confirms: z.string(),
  clause: clauseShape,
  opensOn: z.string().nullable(),
  unverified: z.boolean(),
  needs: z.array(needShape),
  conflicts: z.array(z.string()),
  paths: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      outcome: z.string(),
      sentence: z.string(),
      clause: clauseShape,
      opensOn: z.string().nullable(),
      possibleOn: z.string().nullable(),
      /** The stretch of days it then stays open; `to` null = no known end. */
      window: z.object({ from: z.string(), to: z.string().nullable() }).nullable(),
      /** The next day on which it changes by itself. */
      next: z.object({ on: z.string(), state: z.string() }).nullable(),
      needs: z.array(needShape),
      alternatives: z.array(z.array(needShape)),
      steps: z.array(stepShape),
    }),
  ),
  /** By what it was decided; with `id` it can be decided again to the same bytes. */
  receipt: z
    .object({
      id: z.string().nullable(),
      engine: z.string(),
      packs: z.array(z.object({ path: z.string(), sha256: z.string().nullable() })),
      settings: z.number(),
    })
    .nullable(),
})
export type ExplainedDecision = z.input<typeof decisionShape>

const shownNeed = ({ kind, what, at, on }: Need) => ({ kind, what, at, on: on ?? null })
const VERIFIED: readonly string[] = ['found', 'found_ocr', 'confirmed']

/** A decision as screens carry it, `id` when it is kept: the facts themselves do not travel. */
export function explained(decision: Decision, id: string | null = null): ExplainedDecision {
  return {
    rule: decision.rule,
    ruleName: decision.ruleName,
    on: decision.on,
    outcome: decision.outcome,
    sentence: decision.sentence,
    confirms: decision.confirms,
    clause: decision.clause,
    opensOn: decision.opensOn ?? null,
    unverified: decision.unverified,
    needs: decision.needs.map(shownNeed),
    conflicts: decision.conflicts.map((one) => one.sentence),
    paths: decision.paths.map((path) => ({
      id: path.id,
      name: path.name,
      outcome: path.outcome,
      sentence: path.sentence,
      clause: path.clause,
      opensOn: path.opensOn ?? null,
      possibleOn: path.possibleOn ?? null,
      window: path.window ?? null,
      next: path.next ?? null,
      needs: path.needs.map(shownNeed),
      alternatives: path.alternatives.map((set) => set.map(shownNeed)),
      steps: flatten(path.tree, 0),
    })),
    receipt: {
      id,
      engine: decision.receipt.engine,
      packs: decision.receipt.packs.map(({ path, sha }) => ({ path, sha256: sha })),
      settings: decision.receipt.settings.length,
    },
  }
}

function flatten(node: DecisionNode, depth: number): ExplainedDecision['paths'][number]['steps'] {
  return [
    {
      depth,
      label: node.label ?? null,
      state: node.state,
      sentence: node.sentence,
      clause: node.clause,
      note: node.note ?? null,
      unverified: !VERIFIED.includes(node.sourceStatus),
      facts: node.facts.map(({ path, proof }) => ({ path, proof })),
    },
    ...node.children.flatMap((child) => flatten(child, depth + 1)),
  ]
}
