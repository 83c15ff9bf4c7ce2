import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { facePassed, latePassed, WAYS, type Way } from './admission.ts'
import { events } from './audit-events.ts'
import { type KeeperRefusal, type Kept, lockForKeeper } from './keeper.ts'
import { no } from './refusals.ts'
import { insertCheck } from './store/admissions.ts'

export type VouchRefusal =
  | KeeperRefusal
  | RefusalOf<
      typeof no,
      'ADMISSION_NOT_WAITING' | 'PROPOSAL_STANDS' | 'VOUCH_NOT_NEEDED' | 'CHIEF_ONLY' | 'SEAT_NOT_PASSED'
    >

/**
 * The first of two people vouches for a candidate: that the face is the person's though the model did not say so,
 * that the document is, or that who came late may come in. Nothing opens until a second one has confirmed it.
 */
export function vouchCandidate(
  app: App,
  actor: Actor,
  input: { admissionId: string; way: Way; reason: string; clientAt: Date },
): Promise<Result<{ id: string }, VouchRefusal>> {
  return transact<{ id: string }, VouchRefusal>(app.db, async (tx) => {
    const kept = await lockForKeeper(tx, actor, input.admissionId)
    if (!kept.ok) return kept
    const refusal = whyNotVouch(kept.value, input.way)
    if (refusal) return refuse(refusal)
    const { admission, keeper, standing } = kept.value
    const at = app.clock.now()
    const id = await insertCheck(tx, {
      sittingId: admission.sittingId,
      candidateId: admission.candidateId,
      part: admission.part,
      gate: input.way,
      outcome: 'proposed',
      hallId: admission.hallId,
      seatId: admission.seatId,
      score: input.way === 'face' ? (standing.face?.score ?? null) : null,
      findings: input.way === 'face' ? { model: standing.face?.outcome ?? null } : {},
      captureId: input.way === 'face' ? (standing.face?.captureId ?? null) : null,
      by: keeper,
      reason: input.reason,
      clientAt: input.clientAt,
      at,
    })
    await record(tx, {
      name: events['admission.vouch-proposed'],
      at,
      actor,
      subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
      data: {
        way: input.way,
        part: admission.part,
        reason: input.reason,
        clientAt: input.clientAt.toISOString(),
      },
    })
    return ok({ id })
  })
}

/** Why this person cannot vouch in this way now; feeds the door's list as well. */
export function whyNotVouch(
  { admission, standing, keeper, door, seat }: Omit<Kept, 'view'>,
  way: Way,
): Refusal<Exclude<VouchRefusal, KeeperRefusal>['code']> | undefined {
  if (admission.state !== 'waiting') return no.ADMISSION_NOT_WAITING({ state: admission.state })
  if (standing.proposal) return no.PROPOSAL_STANDS({ name: standing.proposal.byName })
  if (way === 'late') {
    if (!admission.late) {
      const allowed = hallRules.parse(door.rules).lateMinutes
      return no.VOUCH_NOT_NEEDED({ why: `考生在 ${allowed} 分钟的入场时限内到场` })
    }
    if (latePassed(admission, standing)) return no.VOUCH_NOT_NEEDED({ why: '迟到已经放行' })
    return keeper.chief ? undefined : no.CHIEF_ONLY({ act: WAYS.late })
  }
  if (facePassed(standing)) return no.VOUCH_NOT_NEEDED({ why: '身份已经核对通过' })
  if (standing.seat?.outcome !== 'passed') return no.SEAT_NOT_PASSED({ seat: seat?.seat ?? '' })
  if (way === 'face' && !standing.face)
    return no.VOUCH_NOT_NEEDED({ why: '考生还没有拍照；不用人脸的请核对证件' })
  return undefined
}
