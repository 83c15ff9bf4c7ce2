import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { findRecognisable, revokeRecognition } from './store.ts'

/** A level certificate has ended: what was recognised by it no longer stands (HB-5.2). Taken back since: nothing. */
export function revokeTitle(
  app: App,
  input: { certificateId: string; successorId: string | null },
): Promise<Result<{ id: string | null }>> {
  return transact<{ id: string | null }, Refusal>(app.db, async (tx) => {
    const certificate = await findRecognisable(tx, input.certificateId)
    if (!certificate || certificate.state === 'issued') return ok({ id: null })
    const reason = input.successorId ? '专业技术等级证书已更正' : '专业技术等级证书已撤销'
    const revoked = await revokeRecognition(tx, certificate.id, reason, app.clock.today())
    if (!revoked) return ok({ id: null })
    await record(tx, {
      name: events['title.revoked'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [`person:${certificate.personId}`, `level-certificate:${certificate.id}`],
      data: { number: revoked.number, reason },
    })
    return ok({ id: revoked.id })
  })
}
