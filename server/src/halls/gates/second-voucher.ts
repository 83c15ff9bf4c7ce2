import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { doorOf } from './at-the-door.ts'
import { events } from './audit-events.ts'
import { admitIn, whyNotConfirm } from './confirm-candidate.ts'
import { type KeeperRefusal, type Kept, lockForKeeper } from './keeper.ts'
import { no } from './refusals.ts'
import { insertCheck } from './store/admissions.ts'

export type SecondVoucherRefusal =
  | KeeperRefusal
  | RefusalOf<typeof no, 'ADMISSION_NOT_WAITING' | 'PROPOSAL_NOT_FOUND' | 'SECOND_PERSON_NEEDED'>

/**
 * The second of two people, on an account of their own: agrees or not to what the first one vouched for. With the
 * agreement the candidate is let in at once when nothing else is missing; two people have then confirmed.
 */
export function secondVoucher(
  app: App,
  actor: Actor,
  input: { admissionId: string; proposalId: string; agreed: boolean; reason: string | null; clientAt: Date },
): Promise<Result<{ id: string; admitted: boolean }, SecondVoucherRefusal>> {
  return transact<{ id: string; admitted: boolean }, SecondVoucherRefusal>(app.db, async (tx) => {
    const kept = await lockForKeeper(tx, actor, input.admissionId)
    if (!kept.ok) return kept
    const refusal = whyNotSecond(kept.value, input.proposalId)
    if (refusal) return refuse(refusal)
    const { admission, keeper, standing } = kept.value
    const proposal = standing.proposal as NonNullable<typeof standing.proposal>
    const at = app.clock.now()
    await insertCheck(tx, {
      sittingId: admission.sittingId,
      candidateId: admission.candidateId,
      part: admission.part,
      gate: proposal.way,
      outcome: input.agreed ? 'passed' : 'failed',
      hallId: admission.hallId,
      seatId: admission.seatId,
      score: proposal.way === 'face' ? (standing.face?.score ?? null) : null,
      captureId: proposal.way === 'face' ? (standing.face?.captureId ?? null) : null,
      proposalId: proposal.id,
      by: { account: proposal.byAccount, name: proposal.byName },
      second: keeper,
      reason: input.reason ?? proposal.reason,
      clientAt: input.clientAt,
      at,
    })
    await record(tx, {
      name: events[input.agreed ? 'admission.vouched' : 'admission.vouch-declined'],
      at,
      actor,
      subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
      data: {
        way: proposal.way,
        part: admission.part,
        by: proposal.byName,
        reason: input.reason ?? proposal.reason,
        clientAt: input.clientAt.toISOString(),
      },
    })
    const now: Kept = { ...kept.value, ...(await doorOf(tx, admission)) }
    const admitted = input.agreed && !whyNotConfirm(now)
    if (admitted)
      await admitIn(tx, app, actor, now, {
        second: { account: proposal.byAccount, name: proposal.byName },
        clientAt: input.clientAt,
      })
    return ok({ id: admission.id, admitted })
  })
}

export function whyNotSecond(
  { admission, standing, keeper }: Pick<Kept, 'admission' | 'standing' | 'keeper'>,
  proposalId?: string,
): Refusal<Exclude<SecondVoucherRefusal, KeeperRefusal>['code']> | undefined {
  if (admission.state !== 'waiting') return no.ADMISSION_NOT_WAITING({ state: admission.state })
  const { proposal } = standing
  if (!proposal || (proposalId !== undefined && proposal.id !== proposalId)) return no.PROPOSAL_NOT_FOUND()
  return proposal.byAccount === keeper.account
    ? no.SECOND_PERSON_NEEDED({ name: proposal.byName })
    : undefined
}
