// When the next picture of a candidate is due: at random within the bounds of the rules, so that nobody can tell.
import type { HallRules } from '../arrangements/hall-rules.ts'

const due = new Map<string, number>()
/** Moments of attempts that nobody asks about any more. */
const MOST_KEPT = 50_000

/** True once at each moment; a process that has just begun to serve an attempt draws its first one. */
export function captureDue(attemptId: string, rules: Pick<HallRules, 'captureSeconds'>, now: Date): boolean {
  const { from, to } = rules.captureSeconds
  if (to === 0) return false
  const at = due.get(attemptId)
  if (at !== undefined && now.getTime() < at) return false
  if (at === undefined && due.size >= MOST_KEPT) due.clear()
  due.set(attemptId, now.getTime() + (from + Math.random() * (to - from)) * 1000)
  return at !== undefined
}
