import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { EVIDENCE_LIMITS, refuseFile, saveFile } from '../../platform/files.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import type { Part } from '../attempts/wire.ts'
import { events } from './audit-events.ts'
import { atTheBoard, type BoardRefusal, subjectsOf } from './board.ts'
import { no } from './refusals.ts'
import { compensationOf, insertProposal } from './store/acts.ts'
import { lockSeated, openAttemptsOfHall } from './store/tiles.ts'
import { type TakeBackRefusal, whyNotTakeBack } from './take-back.ts'

export type Proposed =
  /** More time for one candidate or, without one, for the whole hall. */
  | { kind: 'extend'; candidateId: string | null; seconds: number }
  | { kind: 'terminate'; candidateId: string }
  | { kind: 'misconduct'; candidateId: string; alertIds: string[]; captureIds: string[]; ends: boolean }
  /** The reverse, while results are not out: misconduct that was none, a termination that was a mistake. */
  | { kind: 'withdraw'; candidateId: string }
  | { kind: 'annul'; candidateId: string }

export type ProposeActRefusal =
  | BoardRefusal
  | Refusal
  | RefusalOf<
      typeof no,
      | 'SEATED_CANDIDATE_NOT_FOUND'
      | 'ATTEMPT_NOT_OPEN'
      | 'ACT_ALREADY_PROPOSED'
      | 'MISCONDUCT_WITHOUT_EVIDENCE'
    >
  | TakeBackRefusal

/**
 * The first of two invigilators, for what the rules leave to discretion: more time, ending an attempt, misconduct,
 * and taking these two back.
 * Nothing happens to the candidate before the second one agrees.
 */
export function proposeAct(
  app: App,
  actor: Actor,
  input: {
    sittingId: string
    hallId: string
    part: Part
    act: Proposed
    reason: string
    clientAt: Date
  },
  evidence?: UploadedFile,
): Promise<Result<{ id: string }, ProposeActRefusal>> {
  return transact<{ id: string }, ProposeActRefusal>(app.db, async (tx) => {
    const board = await atTheBoard(tx, actor, input)
    if (!board.ok) return board
    const { sittingId, hallId, part, act, reason, clientAt } = input
    const { candidateId } = act
    const seated = candidateId ? await lockSeated(tx, { sittingId, hallId, part, candidateId }) : undefined
    if (candidateId && !seated) return refuse(no.SEATED_CANDIDATE_NOT_FOUND())
    const takesBack = act.kind === 'withdraw' || act.kind === 'annul'
    if (takesBack && seated) {
      const wrong = seated.attemptId
        ? await compensationOf(tx, { sittingId, attemptId: seated.attemptId })
        : undefined
      const refusal = whyNotTakeBack(act.kind, seated, wrong)
      if (refusal) return refuse(refusal)
    }
    const open = seated
      ? seated.attemptState === 'ready' || seated.attemptState === 'started'
      : (await openAttemptsOfHall(tx, input)).length > 0
    // Misconduct can also be found after the candidate handed in.
    if (!open && act.kind !== 'misconduct' && !takesBack) return refuse(no.ATTEMPT_NOT_OPEN())
    if (act.kind === 'misconduct' && act.alertIds.length + act.captureIds.length === 0 && !evidence)
      return refuse(no.MISCONDUCT_WITHOUT_EVIDENCE())
    const unfit = evidence && refuseFile(evidence, EVIDENCE_LIMITS)
    if (unfit) return refuse(unfit)
    const fileId = evidence
      ? await saveFile(app, tx, {
          ...evidence,
          purpose: 'evidence',
          ownerOrganisationId: actor.organisation?.id ?? null,
        })
      : null
    const { kind, candidateId: _, ...what } = act
    const at = app.clock.now()
    const id = await insertProposal(tx, {
      sittingId,
      hallId,
      candidateId,
      attemptId: seated?.attemptId ?? null,
      kind,
      reason,
      data: { ...what, part, fileId },
      proposedBy: board.value.keeper.account,
      proposedByName: board.value.keeper.name,
      clientAt,
      proposedAt: at,
    })
    if (!id) return refuse(no.ACT_ALREADY_PROPOSED())
    await record(tx, {
      name: events['board.act-proposed'],
      at,
      actor,
      subjects: subjectsOf({ sittingId, hallId, candidateId }),
      data: {
        kind,
        reason,
        part,
        ...('seconds' in act ? { seconds: act.seconds } : {}),
        clientAt: clientAt.toISOString(),
      },
    })
    return ok({ id })
  })
}
