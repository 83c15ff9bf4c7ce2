import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { ownedBy } from '../within-scope.ts'
import { keepProof } from './keep-proof.ts'
import { provableCredits } from './store/reading.ts'

export type IssueProofRefusal = RefusalOf<typeof no, 'HOURS_NONE_IN_YEAR'>

/** A person's own proof of the hours of one year (HB-5.1). While nothing has changed it is the same paper again. */
export function issueProof(
  app: App,
  actor: Actor,
  input: { year: number },
): Promise<Result<{ id: string; number: string }, IssueProofRefusal>> {
  return transact<{ id: string; number: string }, IssueProofRefusal>(app.db, async (tx) => {
    const { year } = input
    const { personId } = actor
    const credits = personId ? await provableCredits(tx, ownedBy(actor), { personId, year }) : []
    if (!personId || credits.length === 0) return refuse(no.HOURS_NONE_IN_YEAR({ year }))
    const { id, number } = await keepProof(tx, app, actor, { personId, year, credits })
    return ok({ id, number })
  })
}
