import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { EVIDENCE_LIMITS, refuseFile, saveFile } from '../../platform/files.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { MARKS, type Part, type Sitting, whyNotMarkable } from './sitting.ts'
import {
  type Candidate,
  findCandidate,
  findMark,
  insertMark,
  setMark,
  setMarkCleared,
} from './store/candidates.ts'
import { roundsOf } from './store/scores.ts'
import { lockSitting } from './store/sittings.ts'

export type MarkCandidateRefusal =
  | RefusalOf<
      typeof no,
      | 'SITTING_NOT_FOUND'
      | 'SITTING_NOT_OPEN'
      | 'CANDIDATE_NOT_FOUND'
      | 'MISCONDUCT_NEEDS_EVIDENCE'
      | 'ABSENT_BUT_SCORED'
      | 'MARK_OF_TWO'
    >
  | Refusal

/** Records in the room that a candidate was absent from a part or broke the rules; misconduct needs evidence. */
export function markCandidate(
  app: App,
  actor: Actor,
  input: {
    sittingId: string
    candidateId: string
    part: Part
    mark: 'absent' | 'misconduct'
    reason: string
  },
  evidence?: UploadedFile,
): Promise<Result<{ id: string }, MarkCandidateRefusal>> {
  return transact<{ id: string }, MarkCandidateRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotMarkable(sitting)
    if (refusal) return refuse(refusal)
    const candidate = await findCandidate(tx, sitting.id, input.candidateId)
    if (!candidate) return refuse(no.CANDIDATE_NOT_FOUND({}))
    if ((await findMark(tx, { ...input, sittingId: sitting.id }))?.byTwo) return refuse(no.MARK_OF_TWO())
    if (input.mark === 'misconduct' && !evidence) return refuse(no.MISCONDUCT_NEEDS_EVIDENCE())
    const unfit = evidence && refuseFile(evidence, EVIDENCE_LIMITS)
    if (unfit) return refuse(unfit)
    if (input.mark === 'absent') {
      const rounds = await roundsOf(tx, sitting.id, [candidate.id])
      if (rounds.some((one) => one.part === input.part)) return refuse(no.ABSENT_BUT_SCORED())
    }

    const at = app.clock.now()
    const fileId = evidence
      ? await saveFile(app, tx, { ...evidence, purpose: 'evidence', ownerOrganisationId: institution.id })
      : null
    await keepMark(tx, actor, { ...input, sittingId: sitting.id, candidate, fileId, byTwo: false, at })
    return ok({ id: candidate.id })
  })
}

export type MarkFromHallRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_OPEN' | 'CANDIDATE_NOT_FOUND'
>

/**
 * Misconduct that two invigilators of a computer hall have found; what it rests on (alerts, captures, a photograph)
 * stays with the hall's act, in whose transaction this is.
 */
export async function markFromHall(
  tx: Tx,
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateId: string; part: Part; reason: string; fileId: string | null },
): Promise<Result<{ id: string }, MarkFromHallRefusal>> {
  const institution = defined(actor.organisation, 'an evaluation institution')
  const sitting = await lockSitting(tx, input.sittingId, institution.id)
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const refusal = whyNotMarkable(sitting)
  if (refusal) return refuse(refusal)
  const candidate = await findCandidate(tx, sitting.id, input.candidateId)
  if (!candidate) return refuse(no.CANDIDATE_NOT_FOUND({}))
  await keepMark(tx, actor, { ...input, mark: 'misconduct', candidate, byTwo: true, at: app.clock.now() })
  return ok({ id: candidate.id })
}

/** A later mark replaces the earlier one, which stays on record as cleared. */
async function keepMark(
  tx: Tx,
  actor: Actor,
  of: {
    sittingId: string
    candidate: Candidate
    part: Part
    mark: 'absent' | 'misconduct'
    reason: string
    fileId: string | null
    byTwo: boolean
    at: Date
  },
): Promise<void> {
  const { sittingId, candidate, part, mark, reason, fileId, byTwo, at } = of
  const by = defined(actor.accountId, 'an account')
  await setMarkCleared(tx, {
    sittingId,
    candidateId: candidate.id,
    part,
    by,
    reason: `改记为${MARKS[mark]}`,
    at,
  })
  await insertMark(tx, {
    sittingId,
    candidateId: candidate.id,
    part,
    mark,
    reason,
    fileId,
    by,
    byName: actor.name,
    byTwo,
    at,
  })
  await setMark(tx, sittingId, [candidate.id], part, mark)
  await record(tx, {
    name: events['candidate.marked'],
    at,
    actor,
    subjects: [
      `sitting:${sittingId}`,
      `declaration:${candidate.declarationId}`,
      `person:${candidate.personId}`,
    ],
    data: { part, mark, reason, ticketNumber: candidate.ticketNumber },
  })
}

export type ClearMarkRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_OPEN' | 'CANDIDATE_NOT_FOUND' | 'MARK_NOT_FOUND' | 'MARK_OF_TWO'
>

/**
 * The reverse of a mark, with the reason; possible until the results are out. What two invigilators found, one
 * person does not take back.
 */
export function clearMark(
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateId: string; part: Part; reason: string },
): Promise<Result<{ id: string }, ClearMarkRefusal>> {
  return transact<{ id: string }, ClearMarkRefusal>(app.db, async (tx) => {
    const locked = await lockMarkable(tx, actor, input)
    if (!locked.ok) return locked
    const mark = await findMark(tx, input)
    if (!mark) return refuse(no.MARK_NOT_FOUND())
    if (mark.byTwo) return refuse(no.MARK_OF_TWO())
    return ok(await takeBack(tx, app, actor, input, locked.value))
  })
}

export type ClearMarkFromHallRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_OPEN' | 'CANDIDATE_NOT_FOUND' | 'MARK_NOT_FOUND'
>

/** For the door: two invigilators take misconduct back; both and the reason stay with the hall's act. */
export async function clearMarkFromHall(
  tx: Tx,
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateId: string; part: Part; reason: string },
): Promise<Result<{ id: string }, ClearMarkFromHallRefusal>> {
  const locked = await lockMarkable(tx, actor, input)
  if (!locked.ok) return locked
  if ((await findMark(tx, input))?.mark !== 'misconduct') return refuse(no.MARK_NOT_FOUND())
  return ok(await takeBack(tx, app, actor, input, locked.value))
}

async function lockMarkable(
  tx: Tx,
  actor: Actor,
  input: { sittingId: string; candidateId: string },
): Promise<
  Result<
    { sitting: Sitting; candidate: Candidate },
    RefusalOf<typeof no, 'SITTING_NOT_FOUND' | 'SITTING_NOT_OPEN' | 'CANDIDATE_NOT_FOUND'>
  >
> {
  const institution = defined(actor.organisation, 'an evaluation institution')
  const sitting = await lockSitting(tx, input.sittingId, institution.id)
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const refusal = whyNotMarkable(sitting)
  if (refusal) return refuse(refusal)
  const candidate = await findCandidate(tx, sitting.id, input.candidateId)
  return candidate ? ok({ sitting, candidate }) : refuse(no.CANDIDATE_NOT_FOUND({}))
}

async function takeBack(
  tx: Tx,
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateId: string; part: Part; reason: string },
  { sitting, candidate }: { sitting: Sitting; candidate: Candidate },
): Promise<{ id: string }> {
  const at = app.clock.now()
  await setMarkCleared(tx, { ...input, by: defined(actor.accountId, 'an account'), at })
  await setMark(tx, sitting.id, [candidate.id], input.part, 'present')
  await record(tx, {
    name: events['candidate.mark-cleared'],
    at,
    actor,
    subjects: [
      `sitting:${sitting.id}`,
      `declaration:${candidate.declarationId}`,
      `person:${candidate.personId}`,
    ],
    data: {
      part: input.part,
      mark: input.part === 'theory' ? candidate.theoryMark : candidate.abilityMark,
      reason: input.reason,
      ticketNumber: candidate.ticketNumber,
    },
  })
  return { id: candidate.id }
}
