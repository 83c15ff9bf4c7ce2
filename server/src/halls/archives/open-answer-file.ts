import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { readFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { entryOf } from '../attempts/entry.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { whyNotOwnReplay } from './replay-attempt.ts'
import { findOwnReplay, findReplay, journalOfAttempt, type ReplayAttempt } from './store.ts'

export type AnswerFileRefusal = RefusalOf<
  typeof no,
  'REPLAY_NOT_FOUND' | 'REPLAY_STILL_OPEN' | 'REPLAY_BEFORE_RESULTS' | 'ANSWER_FILE_NOT_FOUND'
>

/** A file a candidate handed in for an item, as it came; who opened it and what for stands in the audit log. */
export async function openAnswerFile(
  app: App,
  actor: Actor,
  input: { attemptId: string; fileId: string; purpose: string },
): Promise<Result<Download, AnswerFileRefusal>> {
  const found = await findReplay(app.db, input.attemptId, scopeOf(actor))
  if (!found) return refuse(no.REPLAY_NOT_FOUND())
  if (!found.closedAt) return refuse(no.REPLAY_STILL_OPEN())
  return open(app, actor, found, input)
}

/** The candidate's own file, under the same conditions as the own replay. */
export async function openOwnAnswerFile(
  app: App,
  actor: Actor,
  input: { attemptId: string; fileId: string },
): Promise<Result<Download, AnswerFileRefusal>> {
  const found = actor.personId ? await findOwnReplay(app.db, input.attemptId, actor.personId) : undefined
  if (!found) return refuse(no.REPLAY_NOT_FOUND())
  const refusal = whyNotOwnReplay(found)
  if (refusal) return refuse(refusal)
  return open(app, actor, found, { ...input, purpose: null })
}

/** Only a file the journal of this attempt names: knowing a file's id opens nothing. */
async function open(
  app: App,
  actor: Actor,
  found: ReplayAttempt,
  { fileId, purpose }: { fileId: string; purpose: string | null },
): Promise<Result<Download, RefusalOf<typeof no, 'ANSWER_FILE_NOT_FOUND'>>> {
  const rows = await journalOfAttempt(app.db, found.sittingId, found.id)
  const named = rows
    .flatMap((row) => {
      const entry = row.kind === 'file' ? entryOf(row) : undefined
      return entry?.kind === 'file' ? [entry.body] : []
    })
    .find((body) => body.fileId === fileId)
  const file = named && (await readFile(app, fileId))
  if (!named || !file) return refuse(no.ANSWER_FILE_NOT_FOUND())
  const { sha256, item } = named
  await record(app.db, {
    name: events['attempt.answer-file-opened'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${found.sittingId}`, `person:${found.personId}`, `attempt:${found.id}`],
    data: { part: found.part, item, file: fileId, sha256, purpose },
  })
  return ok({ fileName: file.name, mediaType: file.mediaType, bytes: file.bytes })
}
