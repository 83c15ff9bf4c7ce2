import type { Answer } from '../../db/seed/caller.ts'
import { spent } from '../caller.ts'

/** One step of the chain as `--json` reports it (design 8). */
export interface Step {
  step: string
  clause: string
  actor: string
  result: string
  refused: { tried: string; code: string; clause: string | null }[]
  ms: number
  queries: number
}

/** Collects what one step did: its calls, their time and queries, and what was refused on the way. */
export interface Trial {
  /** A call that must succeed; returns its body. */
  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  must(call: Promise<Answer>): Promise<any>
  /** A call that must be refused with this code; anything else fails the chain. */
  refuses(tried: string, code: string, call: Promise<Answer>): Promise<void>
}

export interface ChainLog {
  steps: Step[]
  run(step: string, clause: string, actor: string, work: (trial: Trial) => Promise<string>): Promise<void>
}

export class ChainBroken extends Error {}

export function chainLog(onStep: (step: Step) => void): ChainLog {
  const steps: Step[] = []
  return {
    steps,
    async run(step, clause, actor, work) {
      const entry: Step = { step, clause, actor, result: '', refused: [], ms: 0, queries: 0 }
      const startedAt = performance.now()
      const before = spent.queries
      const trial: Trial = {
        async must(call) {
          const answer = await call
          if (answer.status !== 200) {
            throw new ChainBroken(
              `${step}: expected success, got ${answer.status} ${JSON.stringify(answer.body)}`,
            )
          }
          return answer.body
        },
        async refuses(tried, code, call) {
          const answer = await call
          const refusal = answer.body?.refusal
          if (refusal?.code !== code) {
            throw new ChainBroken(
              `${step}: «${tried}» should be refused as ${code}, got ${answer.status} ${JSON.stringify(answer.body)}`,
            )
          }
          entry.refused.push({ tried, code, clause: refusal.clause })
        },
      }
      entry.result = await work(trial)
      entry.queries = spent.queries - before
      entry.ms = Math.round(performance.now() - startedAt)
      if (entry.refused.length === 0) throw new ChainBroken(`${step}: no refusal was tried`)
      steps.push(entry)
      onStep(entry)
    },
  }
}
