import { z } from 'zod'
import { type Actor, id, type UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { EVIDENCE_LIMITS, findFile, refuseFile, saveFile } from '../../platform/files.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { attachments, insertAttachment, lockFiling } from '../store/filings.ts'
import { stateRefusal } from './filing.ts'

export const ATTACHMENT_KINDS = ['培训大纲', '师资证明', '场地设备证明', '收费成本测算', '其他'] as const
const MAX_FILES = 20

export const filingAttachment = z.strictObject({ id, kind: z.enum(ATTACHMENT_KINDS) })

/** Adds a paper to a draft. The type is read from the bytes, not from the name. */
export function attachFilingFile(
  app: App,
  actor: Actor,
  input: z.output<typeof filingAttachment>,
  file: UploadedFile | undefined,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'edit')
    if (notNow) return refuse(notNow)
    if (!file) return refuse(no.FILING_FILE_MISSING())
    const bad = refuseFile(file, EVIDENCE_LIMITS)
    if (bad) return refuse(bad)
    if ((await attachments(tx, filing.id)).length >= MAX_FILES)
      return refuse(no.FILING_FILES_TOO_MANY({ max: MAX_FILES }))

    const at = app.clock.now()
    const fileId = await saveFile(app, tx, {
      name: file.name,
      bytes: file.bytes,
      purpose: 'filing',
      ownerOrganisationId: filing.organisationId,
    })
    await insertAttachment(tx, { filingId: filing.id, fileId, kind: input.kind, by: actor.name, at })
    const saved = await findFile(tx, fileId)
    await record(tx, {
      name: events['filing.file-added'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { kind: input.kind, sha256: saved?.sha256 },
    })
    return ok({ id: fileId })
  })
}
