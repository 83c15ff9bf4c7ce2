import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { withinScope } from '../within-scope.ts'
import { whyNotProvable } from './credit.ts'
import { keepProof } from './keep-proof.ts'
import type { HoursProof } from './store/proofs.ts'
import { findCredit, provableCredits } from './store/reading.ts'

export type IssueProofForRefusal = RefusalOf<
  typeof no,
  'EDUCATION_HOURS_NOT_FOUND' | 'EDUCATION_HOURS_REVOKED'
>

/** Staff print a person's year for him, from one of its credits: only what their scope holds stands on it (HB-5.1). */
export function issueProofFor(
  app: App,
  actor: Actor,
  input: { creditId: string },
): Promise<Result<HoursProof, IssueProofForRefusal>> {
  return transact<HoursProof, IssueProofForRefusal>(app.db, async (tx) => {
    const reach = withinScope(actor)
    const credit = await findCredit(tx, reach, input.creditId)
    if (!credit) return refuse(no.EDUCATION_HOURS_NOT_FOUND())
    const refusal = whyNotProvable(credit)
    if (refusal) return refuse(refusal)
    const { personId, year } = credit
    const credits = await provableCredits(tx, reach, { personId, year })
    return ok(await keepProof(tx, app, actor, { personId, year, credits }))
  })
}
