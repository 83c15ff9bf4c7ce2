import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { findCreditable, revokeCredit } from './store.ts'

/**
 * A training certificate has ended: its credit no longer counts (HB-5.1). A withdrawal that was taken back in the
 * meantime changes nothing; a corrected certificate's successor brings its own credit.
 */
export function revokeHours(
  app: App,
  input: { certificateId: string; successorId: string | null },
): Promise<Result<{ id: string | null }>> {
  return transact<{ id: string | null }, Refusal>(app.db, async (tx) => {
    const certificate = await findCreditable(tx, input.certificateId)
    if (!certificate || certificate.state === 'issued') return ok({ id: null })
    const reason = input.successorId ? '培训合格证书已更正' : '培训合格证书已撤销'
    const revoked = await revokeCredit(tx, certificate.id, reason, app.clock.today())
    if (!revoked) return ok({ id: null })
    await record(tx, {
      name: events['education-hours.revoked'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [`person:${certificate.personId}`, `training-certificate:${certificate.id}`],
      data: { number: revoked.number, reason },
    })
    return ok({ id: revoked.id })
  })
}
