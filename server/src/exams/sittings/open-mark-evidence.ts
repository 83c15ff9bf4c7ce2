import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { readFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { listMarks } from './store/reading.ts'
import { findSitting } from './store/sittings.ts'

export type OpenMarkEvidenceRefusal = RefusalOf<typeof no, 'SITTING_NOT_FOUND' | 'EVIDENCE_FILE_NOT_FOUND'>

/** Opens the evidence of a recorded misconduct, for whoever may see the sitting. */
export async function openMarkEvidence(
  app: App,
  actor: Actor,
  input: { sittingId: string; fileId: string },
): Promise<Result<Download, OpenMarkEvidenceRefusal>> {
  const sitting = await findSitting(app.db, input.sittingId, scopeOf(actor))
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const marks = await listMarks(app.db, sitting.id)
  const its = marks.some((one) => one.fileId === input.fileId)
  const file = its ? await readFile(app, input.fileId) : undefined
  if (!file) return refuse(no.EVIDENCE_FILE_NOT_FOUND())
  return ok({ fileName: file.name, mediaType: file.mediaType, bytes: file.bytes, inline: true })
}
