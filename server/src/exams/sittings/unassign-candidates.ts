import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { releaseCandidates } from './release-candidates.ts'
import { whyNotAssignable } from './sitting.ts'
import { candidatesOf } from './store/candidates.ts'
import { lockSitting } from './store/sittings.ts'

export type UnassignCandidatesRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_PLANNED' | 'SITTING_CANDIDATES_FIXED' | 'CANDIDATE_NOT_FOUND'
>

/** The reverse of an assignment, until the sitting opens. */
export function unassignCandidates(
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateIds: string[]; reason: string },
): Promise<Result<{ released: number }, UnassignCandidatesRefusal>> {
  return transact<{ released: number }, UnassignCandidatesRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotAssignable(sitting)
    if (refusal) return refuse(refusal)
    const candidates = new Map((await candidatesOf(tx, sitting.id)).map((one) => [one.id, one.declarationId]))
    const declarationIds: string[] = []
    for (const id of input.candidateIds) {
      const declarationId = candidates.get(id)
      if (!declarationId) return refuse(no.CANDIDATE_NOT_FOUND({}))
      declarationIds.push(declarationId)
    }
    const { released } = await releaseCandidates(tx, app, actor, declarationIds, input.reason, sitting.id)
    return ok({ released })
  })
}
