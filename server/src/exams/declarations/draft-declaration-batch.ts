import { randomUUID } from 'node:crypto'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import type { Outcome } from './declaration.ts'
import { type DraftedDeclaration, draftDeclarations, type RefusedCertificate } from './draft-declarations.ts'
import { insertBatch } from './store/batches.ts'
import { certificatesOfOrganisation } from './store/certificates.ts'

export type DraftDeclarationBatchRefusal =
  | RefusalOf<typeof no, 'TRAINING_CERTIFICATE_NOT_FOUND'>
  | RefusalOf<typeof no, 'NOTHING_TO_DECLARE'>

export interface DraftedBatch {
  id: string
  number: string
  drafted: DraftedDeclaration[]
  refused: RefusedCertificate[]
  outcomes: Partial<Record<Outcome, number>>
}

/**
 * A training institution hands its certified learners to the evaluation institution of the filed plan (HB-4.4):
 * every learner is checked today, the verdict kept; whoever cannot be declared stands in `refused` with the reason.
 */
export function draftDeclarationBatch(
  app: App,
  actor: Actor,
  input: { evaluationOrganisationId: string; certificateIds: string[] },
): Promise<Result<DraftedBatch, DraftDeclarationBatchRefusal>> {
  const institution = defined(actor.organisation, 'a training institution')
  return transact<DraftedBatch, DraftDeclarationBatchRefusal>(app.db, async (tx) => {
    const certificates = await certificatesOfOrganisation(tx, institution.id, input.certificateIds)
    const found = new Set(certificates.map((one) => one.id))
    const missing = input.certificateIds.filter((id) => !found.has(id))
    if (certificates.length === 0) return refuse(no.TRAINING_CERTIFICATE_NOT_FOUND())

    const id = randomUUID()
    const at = app.clock.now()
    const number = await openBatch(tx, app, actor, { ...input, id })
    const { drafted, refused } = await draftDeclarations(tx, app, {
      certificates,
      evaluationOrganisationId: input.evaluationOrganisationId,
      source: 'batch',
      batchId: id,
      actor,
    })
    for (const certificateId of missing) {
      refused.push({
        certificateId,
        certificateNumber: '',
        personName: '',
        refusal: no.TRAINING_CERTIFICATE_NOT_FOUND(),
      })
    }
    if (drafted.length === 0)
      return refuse({ ...no.NOTHING_TO_DECLARE({ refused: refused.length }), facts: { refused } })

    const outcomes = countOutcomes(drafted)
    await record(tx, {
      name: events['declaration-batch.drafted'],
      at,
      actor,
      subjects: [`declaration-batch:${id}`],
      data: { number, declarations: drafted.length, refused: refused.length, outcomes },
    })
    return ok({ id, number, drafted, refused, outcomes })
  })
}

/** Opens an empty batch of the actor's institution and gives its number. */
export async function openBatch(
  tx: Tx,
  app: App,
  actor: Actor,
  batch: { id: string; evaluationOrganisationId: string },
): Promise<string> {
  const institution = defined(actor.organisation, 'a training institution')
  const prefix = `SP${institution.provinceCode.slice(0, 2)}${app.clock.today().slice(0, 4)}`
  const number = `${prefix}${String(await takeNumbers(tx, prefix)).padStart(5, '0')}`
  await insertBatch(tx, {
    id: batch.id,
    number,
    organisationId: institution.id,
    evaluationOrganisationId: batch.evaluationOrganisationId,
    provinceCode: institution.provinceCode,
    cityCode: institution.cityCode,
    createdBy: actor.name,
    at: app.clock.now(),
  })
  return number
}

export function countOutcomes(rows: { outcome: Outcome }[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {}
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}
