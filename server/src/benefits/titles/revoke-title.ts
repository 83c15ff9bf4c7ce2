import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { lockIssuer, revokeRecognitions } from './store/recognising.ts'

/** A level certificate has ended: what was recognised by it no longer stands (HB-5.2). Taken back since: nothing. */
export function revokeTitle(
  app: App,
  input: { certificateId: string; successorId: string | null },
): Promise<Result<{ revoked: boolean }>> {
  return transact<{ revoked: boolean }, Refusal>(app.db, async (tx) => {
    const certificate = await lockIssuer(tx, input.certificateId)
    if (!certificate || certificate.state === 'issued') return ok({ revoked: false })
    const reason = input.successorId ? '专业技术等级证书已更正' : '专业技术等级证书已撤销'
    const { certificateId } = input
    const [revoked] = await revokeRecognitions(tx, [{ certificateId, reason }], app.clock.today())
    if (!revoked) return ok({ revoked: false })
    await record(tx, {
      name: events['title.revoked'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [
        `title-recognition:${revoked.id}`,
        `level-certificate:${certificateId}`,
        `person:${certificate.personId}`,
      ],
      data: { number: revoked.number, reason },
    })
    return ok({ revoked: true })
  })
}
