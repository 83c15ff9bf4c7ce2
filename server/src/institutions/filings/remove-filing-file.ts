import { z } from 'zod'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockFiling, removeAttachment } from '../store/filings.ts'
import { stateRefusal } from './filing.ts'

export const filingFile = z.strictObject({ id, fileId: id })

/** Takes a paper out of a draft; a round that was submitted with it keeps it. */
export function removeFilingFile(
  app: App,
  actor: Actor,
  input: z.output<typeof filingFile>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'edit')
    if (notNow) return refuse(notNow)
    const at = app.clock.now()
    const removed = await removeAttachment(tx, filing.id, input.fileId, at)
    if (!removed) return refuse(no.FILING_FILE_NOT_FOUND())
    await record(tx, {
      name: events['filing.file-removed'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { kind: removed.kind, sha256: removed.sha256 },
    })
    return ok({ id: filing.id })
  })
}
