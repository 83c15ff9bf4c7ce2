import canonicalize from 'canonicalize'
import { type Decision, decide } from '../../../policy/src/index.ts'
import type { App } from './app.ts'
import { findDecision } from './decisions.ts'
import { sha256Of } from './policy-book.ts'

export interface Replayed {
  rule: string
  on: string
  engine: { kept: string; now: string }
  /** SHA-256 of the decision in canonical JSON, as kept and as decided again. */
  kept: string
  again: string | null
  /** null: the rule files of that day are not in this release, so nothing can be compared. */
  same: boolean | null
}

/** Decides a kept decision again by its own receipt, and says whether the same bytes come out. Undefined when there is none. */
export async function replayDecision(app: App, id: string): Promise<Replayed | undefined> {
  const kept = (await findDecision(app.db, id)) as Decision | undefined
  if (!kept) return undefined
  const { receipt } = kept
  const policy = await app.policyBook.ofReceipt(receipt)
  const again = policy && receipt.engine === policy.engine ? digest(decide(policy, receipt)) : null
  return {
    rule: kept.rule,
    on: kept.on,
    engine: { kept: receipt.engine, now: app.policy.engine },
    kept: digest(kept),
    again,
    same: again === null ? null : again === digest(kept),
  }
}

/** The database keeps JSON without its order of keys: bytes are compared in canonical form (RFC 8785). */
function digest(decision: Decision): string {
  return sha256Of(canonicalize(decision) ?? '')
}
