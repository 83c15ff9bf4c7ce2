import { z } from 'zod'
import { allowed } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import { allowedIf } from '../../platform/result.ts'
import type { FactRow } from '../store/facts.ts'
import { FACT_KINDS, factKind, isNone, PROOF_STATES, proofOn } from './person-fact.ts'
import { whyNotVerify } from './verify-fact.ts'
import { whyNotWithdraw } from './withdraw-fact.ts'

/** A fact as both surfaces show it, with what its viewer may do. */
export const factShape = z.object({
  id: z.string(),
  kind: factKind,
  kindTitle: z.string(),
  none: z.boolean(),
  value: z.record(z.string(), z.unknown()),
  fromOn: z.string().nullable(),
  toOn: z.string().nullable(),
  proof: z.enum(PROOF_STATES),
  hasPaper: z.boolean(),
  verifiedBy: z.string().nullable(),
  verifiedAt: z.string().nullable(),
  expiresOn: z.string().nullable(),
  actions: z.object({ withdraw: allowed, verify: allowed }),
})

export function shownFact(fact: FactRow, today: Day): z.input<typeof factShape> {
  return {
    id: fact.id,
    kind: fact.kind,
    kindTitle: FACT_KINDS[fact.kind],
    none: isNone(fact.value),
    value: fact.value,
    fromOn: fact.fromOn,
    toOn: fact.toOn,
    proof: proofOn(fact, today),
    hasPaper: fact.fileId !== null,
    verifiedBy: fact.verifiedBy,
    verifiedAt: fact.verifiedAt?.toISOString() ?? null,
    expiresOn: fact.expiresOn,
    actions: { withdraw: allowedIf(whyNotWithdraw(fact)), verify: allowedIf(whyNotVerify(fact)) },
  }
}
