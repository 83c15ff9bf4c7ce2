import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { raiseAlert } from '../board/raise-alert.ts'
import { events } from './audit-events.ts'
import { type KeeperRefusal, type Kept, lockForKeeper } from './keeper.ts'
import { no } from './refusals.ts'
import { insertCheck, setTurnedAway, setWaitingAgain } from './store/admissions.ts'
import { insertAct } from './store/door.ts'

export type TurnAwayRefusal = KeeperRefusal | RefusalOf<typeof no, 'ADMISSION_NOT_WAITING'>

/**
 * A candidate is not let in: not the person of the ticket, or for another reason the invigilator writes down. Somebody
 * sitting for another raises an urgent alert with the picture, which proposes misconduct; two people decide that.
 */
export function turnAwayCandidate(
  app: App,
  actor: Actor,
  input: { admissionId: string; reason: string; impostor: boolean; clientAt: Date },
): Promise<Result<{ id: string }, TurnAwayRefusal>> {
  return transact<{ id: string }, TurnAwayRefusal>(app.db, async (tx) => {
    const kept = await lockForKeeper(tx, actor, input.admissionId)
    if (!kept.ok) return kept
    const refusal = whyNotTurnAway(kept.value)
    if (refusal) return refuse(refusal)
    const { admission, keeper, standing } = kept.value
    const at = app.clock.now()
    const captureId = standing.face?.captureId ?? null
    const score = standing.face?.score ?? null
    const about = {
      sittingId: admission.sittingId,
      candidateId: admission.candidateId,
      hallId: admission.hallId,
    }
    const gateCheckId = await insertCheck(tx, {
      ...about,
      part: admission.part,
      gate: 'confirmation',
      outcome: 'failed',
      seatId: admission.seatId,
      score,
      findings: { impostor: input.impostor },
      captureId,
      by: keeper,
      reason: input.reason,
      clientAt: input.clientAt,
      at,
    })
    await setTurnedAway(tx, admission.id, input.reason)
    const data = { part: admission.part, impostor: input.impostor, score, captureId, gateCheckId }
    await insertAct(tx, {
      ...about,
      kind: 'turn_away',
      reason: input.reason,
      data,
      by: keeper,
      second: null,
      clientAt: input.clientAt,
      at,
    })
    if (input.impostor)
      await raiseAlert(tx, {
        ...about,
        attemptId: null,
        kind: 'impostor',
        severity: 'urgent',
        data: { ...data, reason: input.reason, by: keeper.name, proposes: 'misconduct' },
        captureId,
        clientAt: input.clientAt,
        at,
      })
    await record(tx, {
      name: events['admission.turned-away'],
      at,
      actor,
      subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
      data: {
        part: admission.part,
        reason: input.reason,
        impostor: input.impostor,
        score,
        capture: captureId,
        clientAt: input.clientAt.toISOString(),
      },
    })
    return ok({ id: admission.id })
  })
}

export function whyNotTurnAway({
  admission,
}: Pick<Kept, 'admission'>): Refusal<'ADMISSION_NOT_WAITING'> | undefined {
  return admission.state === 'waiting' ? undefined : no.ADMISSION_NOT_WAITING({ state: admission.state })
}

export type ReadmitRefusal = KeeperRefusal | RefusalOf<typeof no, 'ADMISSION_NOT_TURNED_AWAY' | 'CHIEF_ONLY'>

/** The reverse, by the chief: the candidate is checked anew from the beginning; what was before stays on record. */
export function readmitCandidate(
  app: App,
  actor: Actor,
  input: { admissionId: string; reason: string; clientAt: Date },
): Promise<Result<{ id: string }, ReadmitRefusal>> {
  return transact<{ id: string }, ReadmitRefusal>(app.db, async (tx) => {
    const kept = await lockForKeeper(tx, actor, input.admissionId)
    if (!kept.ok) return kept
    const refusal = whyNotReadmit(kept.value)
    if (refusal) return refuse(refusal)
    const { admission } = kept.value
    const at = app.clock.now()
    await setWaitingAgain(tx, admission.id, at)
    await record(tx, {
      name: events['admission.readmitted'],
      at,
      actor,
      subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
      data: { part: admission.part, reason: input.reason, clientAt: input.clientAt.toISOString() },
    })
    return ok({ id: admission.id })
  })
}

export function whyNotReadmit({
  admission,
  keeper,
}: Pick<Kept, 'admission' | 'keeper'>): Refusal<'ADMISSION_NOT_TURNED_AWAY' | 'CHIEF_ONLY'> | undefined {
  if (admission.state !== 'turned_away') return no.ADMISSION_NOT_TURNED_AWAY()
  return keeper.chief ? undefined : no.CHIEF_ONLY({ act: '恢复入场核对' })
}
