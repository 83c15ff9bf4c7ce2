import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { dayOf } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { pictureFile, pictureOf } from '../evidence/keep-capture.ts'
import { no as noEvidence } from '../evidence/refusals.ts'
import { findCaptureInScope } from '../evidence/store/reading.ts'
import { findBoard } from './board.ts'
import { no } from './refusals.ts'
import { insertFaceSeen, newestOf } from './store/visits.ts'

/** A board that was a moment behind may still ask for the picture before the newest. */
const RECENT_MS = 3 * 60_000

export type OpenTilePictureRefusal =
  | RefusalOf<typeof noEvidence, 'EVIDENCE_NOT_FOUND' | 'EVIDENCE_DELETED'>
  | RefusalOf<typeof no, 'TILE_PICTURE_OLD'>

/**
 * The small face on a tile: only the newest one, for whoever may watch the board. That it was shown to whom stands in
 * the watcher's visit before the picture leaves; the visit becomes one audit event when it is over. A picture opened
 * by itself, or an older one, is asked for with a purpose (`openCapture`) and is an event of its own.
 */
export async function openTilePicture(
  app: App,
  actor: Actor,
  input: { captureId: string },
): Promise<Result<Download, OpenTilePictureRefusal>> {
  const capture = await findCaptureInScope(app.db, input.captureId, scopeOf(actor))
  if (!capture?.attemptId) return refuse(noEvidence.EVIDENCE_NOT_FOUND())
  const board = await findBoard(app.db, actor, capture)
  if (!board.ok) return refuse(noEvidence.EVIDENCE_NOT_FOUND())
  const { sittingId, hallId, attemptId, candidateId } = capture
  const newest = await newestOf(app.db, { sittingId, attemptId })
  const at = app.clock.now()
  const behind = newest ? newest.at.getTime() - capture.at.getTime() : 0
  if (
    newest &&
    newest.id !== capture.id &&
    (behind > RECENT_MS || at.getTime() - newest.at.getTime() > RECENT_MS)
  )
    return refuse(no.TILE_PICTURE_OLD())
  const bytes = await pictureOf(app, capture)
  if (!bytes) return refuse(noEvidence.EVIDENCE_DELETED({ on: dayOf(capture.deletedAt ?? capture.at) }))
  await insertFaceSeen(app.db, { sittingId, hallId, candidateId, actor, at })
  return ok(pictureFile(bytes))
}
