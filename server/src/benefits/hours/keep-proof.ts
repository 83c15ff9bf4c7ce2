import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { events } from '../audit-events.ts'
import { findSameProof, type HoursProof, insertProof, lockProofsOf } from './store/proofs.ts'
import type { CreditDetail } from './store/reading.ts'

/** The proof of these credits of one person and year; the same paper again while they are the same. */
export async function keepProof(
  tx: Tx,
  app: App,
  actor: Actor,
  proof: { personId: string; year: number; credits: CreditDetail[] },
): Promise<HoursProof> {
  const { personId, year, credits } = proof
  await lockProofsOf(tx, personId)
  const creditIds = credits.map((one) => one.id).sort()
  const same = await findSameProof(tx, personId, year, creditIds)
  if (same) return same
  const at = app.clock.now()
  const totalTenths = credits.reduce((sum, one) => sum + one.hoursTenths, 0)
  const serial = await takeNumbers(tx, `benefits.hours-proof.${year}`)
  const number = `XSZM-${year}-${String(serial).padStart(6, '0')}`
  const kept = await insertProof(tx, {
    number,
    code: app.crypto.randomCode(),
    personId,
    year,
    totalTenths,
    creditIds,
    issuedOn: app.clock.today(),
    at,
  })
  await record(tx, {
    name: events['hours-proof.issued'],
    at,
    actor,
    subjects: [`person:${personId}`, ...creditIds.map((id) => `education-hours:${id}` as const)],
    data: { number, year, hours: totalTenths / 10 },
  })
  return kept
}
