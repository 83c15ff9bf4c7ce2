import type { UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type FileLimits, refuseFile, saveFile } from '../../platform/files.ts'
import { DOCX, XLSX } from '../../platform/media-type.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { type Attempt, dueClose } from './attempt.ts'
import { type Holder, leaseRefusal, standstillRefusal } from './holder.ts'
import type { Decision, Journal } from './journal.ts'
import { no } from './refusals.ts'
import type { FileReceived } from './wire.ts'

/** A candidate's piece of work: the kinds an item may ask for (papers/paper.ts, FILE_KINDS). */
export const ANSWER_FILE: FileLimits = {
  accept: ['application/pdf', 'image/jpeg', 'image/png', 'application/zip', DOCX, XLSX, 'text/plain'],
  maxBytes: 20 * 1024 * 1024,
}

/**
 * Keeps a file for an answer. It counts once a save names it; by itself it answers nothing. The journal says which
 * file came for which item, and no save can name another. The same bytes again are the same file.
 */
export async function receiveFile(
  app: App,
  journal: Journal,
  holder: Holder,
  input: { item: string },
  file: UploadedFile | undefined,
): Promise<Result<FileReceived>> {
  if (!file) return refuse(no.ANSWER_FILE_MISSING())
  const unfit = refuseFile(file, ANSWER_FILE)
  if (unfit) return refuse(unfit)
  const { name, bytes } = file
  const { item } = input
  const sha256 = app.crypto.sha256(bytes)
  const allowed = await journal.write<Result<FileReceived | undefined>>(
    holder.attemptId,
    (attempt, now) =>
      standsInTheWay(attempt, now, holder, item) ?? { answer: ok(before(attempt, item, sha256)) },
  )
  if (!allowed) return refuse(no.ATTEMPT_NOT_FOUND())
  if (!allowed.ok) return allowed
  if (allowed.value) return ok(allowed.value)
  const fileId = await saveFile(app, app.db, { name, bytes, purpose: 'exam-answer' })
  const received = await journal.write<Result<FileReceived>>(
    holder.attemptId,
    (attempt, now): Decision<Result<FileReceived>> => {
      const stands = standsInTheWay(attempt, now, holder, item)
      if (stands) return stands
      // Sent twice at once: whichever was written first is the one.
      const same = before(attempt, item, sha256)
      if (same) return { answer: ok(same) }
      return {
        append: [{ kind: 'file', body: { item, fileId, name, sha256, bytes: bytes.byteLength } }],
        answer: () => ok({ fileId, sha256 }),
      }
    },
  )
  return received ?? refuse(no.ATTEMPT_NOT_FOUND())
}

function before({ state }: Attempt, item: string, sha256: string): FileReceived | undefined {
  for (const [fileId, one] of state.files)
    if (one.item === item && one.sha256 === sha256) return { fileId, sha256 }
  return undefined
}

/** Why no file is taken now; undefined when one is. */
function standsInTheWay(
  attempt: Attempt,
  now: Date,
  holder: Holder,
  item: string,
): Decision<Result<never>> | undefined {
  const gone = leaseRefusal(attempt.state, holder)
  if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
  const due = dueClose(attempt, now)
  if (due)
    return { append: [due], answer: () => refuse(no.ATTEMPT_CLOSED({ why: 'timed_out' })), maxAgeMs: 0 }
  const stands = standstillRefusal(attempt)
  if (stands) return { answer: refuse(stands), maxAgeMs: 0 }
  if (!attempt.state.startedAt) return { answer: refuse(no.ATTEMPT_NOT_STARTED()), maxAgeMs: 0 }
  if (attempt.facts.outline.get(item) !== 'file')
    return { answer: refuse(no.ANSWER_ITEM_TAKES_NO_FILE()), maxAgeMs: 0 }
  return undefined
}
