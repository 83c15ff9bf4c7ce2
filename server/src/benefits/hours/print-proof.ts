import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { hoursProofPdf } from '../papers/benefit-pdf.ts'
import { no } from '../refusals.ts'
import { whyNotProvable } from './credit.ts'
import type { HoursProof } from './store/proofs.ts'
import { creditsByIds } from './store/reading.ts'

export type PrintProofRefusal = RefusalOf<typeof no, 'HOURS_PROOF_CHANGED'>

/** Prints a proof while everything on it stands (HB-5.1); otherwise a new one must be issued. */
export async function printProof(
  app: App,
  actor: Actor,
  proof: HoursProof,
): Promise<Result<{ number: string; pdf: Uint8Array }, PrintProofRefusal>> {
  const credits = await creditsByIds(app.db, proof.creditIds)
  if (credits.some((one) => whyNotProvable(one))) {
    return refuse(no.HOURS_PROOF_CHANGED({ number: proof.number }))
  }
  const pdf = await hoursProofPdf(app, actor, { proof, credits })
  await record(app.db, {
    name: events['hours-proof.printed'],
    at: app.clock.now(),
    actor,
    subjects: [
      `person:${proof.personId}`,
      ...proof.creditIds.map((creditId) => `education-hours:${creditId}` as const),
    ],
    data: { number: proof.number },
  })
  return ok({ number: proof.number, pdf })
}
