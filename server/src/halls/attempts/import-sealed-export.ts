import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { atTheBoard, type BoardRefusal, subjectsOf } from '../board/board.ts'
import { insertAct } from '../board/store/acts.ts'
import { events } from './audit-events.ts'
import { type Journal, journalOf } from './journal.ts'
import { no } from './refusals.ts'
import { saveAnswers } from './save-answers.ts'
import { openSealedFile, readSealedFile } from './sealed-export.ts'
import type { SaveResult } from './wire.ts'

export type ImportSealedExportRefusal =
  | BoardRefusal
  | RefusalOf<
      typeof no,
      'SEALED_EXPORT_MISSING' | 'SEALED_EXPORT_UNREADABLE' | 'SEALED_EXPORT_ELSEWHERE' | 'ATTEMPT_PAUSED'
    >

export interface SealedImport {
  candidate: { name: string; ticketNumber: string }
  /** How many of the file's answers ended how. */
  counts: Record<SaveResult['status'], number>
  /** Items of which the server has something newer: that stands, the file's is not taken. */
  conflicts: string[]
}

const AT_ONCE = 100

/**
 * Takes in what a machine could not send any more. The invigilator only carries the file: it opens under the key of a
 * lease this attempt had, and its answers are judged as if the room had sent them now. What the server has is counted
 * once, what it has newer stands, what comes after the deadline is evidence and no answer.
 */
export async function importSealedExport(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string; reason: string; clientAt: Date },
  file: UploadedFile | undefined,
  journal: Journal = journalOf(app),
): Promise<Result<SealedImport, ImportSealedExportRefusal | Refusal>> {
  const board = await atTheBoard(app.db, actor, input)
  if (!board.ok) return board
  if (!file) return refuse(no.SEALED_EXPORT_MISSING())
  const sealed = readSealedFile(file.bytes)
  const inside = sealed && openSealedFile(app.crypto, sealed)
  if (!sealed || !inside) return refuse(no.SEALED_EXPORT_UNREADABLE())
  const known = await journal.write(sealed.attempt, ({ facts, state }) => ({
    answer: {
      candidateId: facts.candidateId,
      here: facts.sittingId === input.sittingId && facts.hallId === input.hallId,
      held: state.lease === sealed.lease || state.endedLeases.includes(sealed.lease),
    },
    maxAgeMs: 0,
  }))
  if (!known?.held) return refuse(no.SEALED_EXPORT_UNREADABLE())
  if (!known.here) return refuse(no.SEALED_EXPORT_ELSEWHERE())

  const results: SaveResult[] = []
  for (let from = 0; from < inside.saves.length; from += AT_ONCE) {
    const saves = inside.saves.slice(from, from + AT_ONCE)
    const saved = await saveAnswers(app, journal, { attemptId: sealed.attempt, carried: true }, saves)
    // Paused or not begun: nothing was taken of this part, and the file can be imported again.
    if (!saved.ok) return saved
    results.push(...saved.value.results)
  }
  const counts = { saved: 0, same: 0, conflict: 0, late: 0, refused: 0 }
  for (const { status } of results) counts[status] += 1
  const at = app.clock.now()
  const { sittingId, hallId, reason, clientAt } = input
  const data = { ...counts, sha256: app.crypto.sha256(file.bytes), madeAt: sealed.madeAt }
  await transact(app.db, async (tx) => {
    await insertAct(tx, {
      ...{ sittingId, hallId, candidateId: known.candidateId, attemptId: sealed.attempt, kind: 'import' },
      ...{ reason, data, by: board.value.keeper, second: null, clientAt, at },
    })
    await record(tx, {
      name: events['attempt.sealed-export-imported'],
      at,
      actor,
      subjects: subjectsOf({ ...input, candidateId: known.candidateId }),
      data: { ...data, reason, clientAt: clientAt.toISOString() },
    })
    return ok()
  })
  return ok({
    candidate: inside.candidate,
    counts,
    conflicts: results.filter((one) => one.status === 'conflict').map((one) => one.item),
  })
}
