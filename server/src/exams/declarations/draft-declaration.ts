import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { type DraftedDeclaration, draftDeclarations } from './draft-declarations.ts'
import { certificatesOfPerson } from './store/certificates.ts'

/**
 * A learner declares with a training certificate of one's own, to the evaluation institution of the filed plan.
 * Refusals are those of the certificate: catalogue, agreed filing, twice, already held.
 */
export function draftDeclaration(
  app: App,
  actor: Actor,
  input: { certificateId: string },
): Promise<Result<DraftedDeclaration, Refusal>> {
  return transact<DraftedDeclaration, Refusal>(app.db, async (tx) => {
    if (!actor.personId) return refuse(no.TRAINING_CERTIFICATE_NOT_FOUND())
    const mine = await certificatesOfPerson(tx, actor.personId)
    const certificate = mine.find((one) => one.id === input.certificateId)
    if (!certificate) return refuse(no.TRAINING_CERTIFICATE_NOT_FOUND())
    if (!certificate.agreedWith) return refuse(no.EVALUATION_NOT_AGREED())
    const { drafted, refused } = await draftDeclarations(tx, app, {
      certificates: [certificate],
      evaluationOrganisationId: certificate.agreedWith,
      source: 'self',
      batchId: null,
      actor,
    })
    const [first] = refused
    if (first) return refuse(first.refusal)
    return ok(defined(drafted[0], 'the declaration drafted'))
  })
}
