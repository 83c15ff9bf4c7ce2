import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { facePassed, latePassed, seatPassed } from './admission.ts'
import { events } from './audit-events.ts'
import { type KeeperRefusal, type Kept, lockForKeeper } from './keeper.ts'
import { no } from './refusals.ts'
import { insertCheck, setAdmitted } from './store/admissions.ts'
import { insertAct } from './store/door.ts'

export type ConfirmCandidateRefusal =
  | KeeperRefusal
  | RefusalOf<typeof no, 'ADMISSION_NOT_WAITING' | 'SEAT_NOT_PASSED' | 'FACE_NOT_PASSED' | 'LATE_NOT_ALLOWED'>

/** The second gate: a person looked at the candidate and says that this is who sits there. Whatever the score, always. */
export function confirmCandidate(
  app: App,
  actor: Actor,
  input: { admissionId: string; clientAt: Date },
): Promise<Result<{ id: string }, ConfirmCandidateRefusal>> {
  return transact<{ id: string }, ConfirmCandidateRefusal>(app.db, async (tx) => {
    const kept = await lockForKeeper(tx, actor, input.admissionId)
    if (!kept.ok) return kept
    const refusal = whyNotConfirm(kept.value)
    if (refusal) return refuse(refusal)
    await admitIn(tx, app, actor, kept.value, { second: null, clientAt: input.clientAt })
    return ok({ id: input.admissionId })
  })
}

/** What is still missing; feeds the door's list as well. */
export function whyNotConfirm({
  admission,
  standing,
  seat,
  door,
}: Pick<Kept, 'admission' | 'standing' | 'seat' | 'door'>):
  | Refusal<Exclude<ConfirmCandidateRefusal, KeeperRefusal>['code']>
  | undefined {
  if (admission.state !== 'waiting') return no.ADMISSION_NOT_WAITING({ state: admission.state })
  // The seat that counts is the one the candidate has now; it may have been moved since the check.
  if (!seatPassed(standing) || admission.seatId !== seat?.seatId)
    return no.SEAT_NOT_PASSED({ seat: seat?.seat ?? '待定' })
  if (!facePassed(standing)) return no.FACE_NOT_PASSED()
  if (!latePassed(admission, standing)) {
    const allowed = hallRules.parse(door.rules).lateMinutes
    return no.LATE_NOT_ALLOWED({ minutes: admission.lateMinutes, allowed })
  }
  return undefined
}

/** Lets in whom `whyNotConfirm` has nothing against. */
export async function admitIn(
  tx: Tx,
  app: App,
  actor: Actor,
  { admission, standing, keeper, seat }: Kept,
  how: { second: { account: string; name: string } | null; clientAt: Date },
): Promise<void> {
  const at = app.clock.now()
  const way =
    standing.document?.outcome === 'passed' ? 'document' : standing.face?.proposalId ? 'people' : 'face'
  const score = standing.face?.score ?? null
  const about = {
    sittingId: admission.sittingId,
    candidateId: admission.candidateId,
    hallId: admission.hallId,
  }
  await insertCheck(tx, {
    ...about,
    part: admission.part,
    gate: 'confirmation',
    outcome: 'passed',
    seatId: admission.seatId,
    score,
    captureId: standing.face?.captureId ?? null,
    by: keeper,
    second: how.second,
    clientAt: how.clientAt,
    at,
  })
  await setAdmitted(tx, admission.id, at)
  await insertAct(tx, {
    ...about,
    kind: 'confirm',
    reason: null,
    data: { part: admission.part, seat: seat?.seat ?? null, way, score, lateMinutes: admission.lateMinutes },
    by: keeper,
    second: how.second,
    clientAt: how.clientAt,
    at,
  })
  await record(tx, {
    name: events['admission.confirmed'],
    at,
    actor,
    subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
    data: {
      part: admission.part,
      seat: seat?.seat ?? null,
      score,
      way,
      lateMinutes: admission.lateMinutes,
      second: how.second?.name ?? null,
      clientAt: how.clientAt.toISOString(),
    },
  })
}
