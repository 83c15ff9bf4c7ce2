import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { lockCertificateClass, revokeCredits } from './store/crediting.ts'

/**
 * A training certificate has ended: its credit no longer counts (HB-5.1). A withdrawal that was taken back in the
 * meantime changes nothing; a corrected certificate's successor brings its own credit.
 */
export function revokeHours(
  app: App,
  input: { certificateId: string; successorId: string | null },
): Promise<Result<{ revoked: boolean }>> {
  return transact<{ revoked: boolean }, Refusal>(app.db, async (tx) => {
    const certificate = await lockCertificateClass(tx, input.certificateId)
    if (!certificate || certificate.state === 'issued') return ok({ revoked: false })
    const reason = input.successorId ? '培训合格证书已更正' : '培训合格证书已撤销'
    const { certificateId } = input
    const [revoked] = await revokeCredits(tx, [{ certificateId, reason }], app.clock.today())
    if (!revoked) return ok({ revoked: false })
    await record(tx, {
      name: events['education-hours.revoked'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [
        `education-hours:${revoked.id}`,
        `training-certificate:${certificateId}`,
        `person:${certificate.personId}`,
      ],
      data: { number: revoked.number, reason },
    })
    return ok({ revoked: true })
  })
}
