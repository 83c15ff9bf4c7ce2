import type { UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type FileLimits, refuseFile, saveFile } from '../../platform/files.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { dueClose } from './attempt.ts'
import { type Holder, leaseRefusal, standstillRefusal } from './holder.ts'
import type { Decision, Journal } from './journal.ts'
import { no } from './refusals.ts'
import type { FileReceived } from './wire.ts'

/** A candidate's piece of work. */
export const ANSWER_FILE: FileLimits = {
  accept: [
    'application/pdf',
    'image/jpeg',
    'image/png',
    'application/zip',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  maxBytes: 20 * 1024 * 1024,
}

/** Keeps a file for an answer. It counts once a save names it; by itself it answers nothing. */
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
  const allowed = await journal.write<Result<undefined>>(
    holder.attemptId,
    (attempt, now): Decision<Result<undefined>> => {
      const gone = leaseRefusal(attempt.state, holder)
      if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
      const due = dueClose(attempt, now)
      if (due)
        return { append: [due], answer: () => refuse(no.ATTEMPT_CLOSED({ why: 'timed_out' })), maxAgeMs: 0 }
      const stands = standstillRefusal(attempt)
      if (stands) return { answer: refuse(stands), maxAgeMs: 0 }
      if (!attempt.state.startedAt) return { answer: refuse(no.ATTEMPT_NOT_STARTED()), maxAgeMs: 0 }
      if (attempt.facts.outline.get(input.item) !== 'file')
        return { answer: refuse(no.ANSWER_ITEM_TAKES_NO_FILE()), maxAgeMs: 0 }
      return { answer: ok() }
    },
  )
  if (!allowed) return refuse(no.ATTEMPT_NOT_FOUND())
  if (!allowed.ok) return allowed
  const { name, bytes } = file
  const fileId = await saveFile(app, app.db, { name, bytes, purpose: 'exam-answer' })
  return ok({ fileId, sha256: app.crypto.sha256(bytes) })
}
