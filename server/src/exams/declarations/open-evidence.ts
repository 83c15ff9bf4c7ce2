import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { readFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { findDeclaration } from './store/declarations.ts'
import { isEvidenceOf } from './store/reading.ts'

export type OpenEvidenceRefusal = RefusalOf<typeof no, 'DECLARATION_NOT_FOUND' | 'EVIDENCE_FILE_NOT_FOUND'>

/** Opens a paper of a declaration in the reader's scope; whoever is not its person leaves a trace. */
export async function openEvidence(
  app: App,
  actor: Actor,
  input: { declarationId: string; fileId: string },
): Promise<Result<Download, OpenEvidenceRefusal>> {
  const declaration = await findDeclaration(app.db, input.declarationId, scopeOf(actor))
  if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
  const its = await isEvidenceOf(app.db, declaration.id, input.fileId)
  const file = its ? await readFile(app, input.fileId) : undefined
  if (!file) return refuse(no.EVIDENCE_FILE_NOT_FOUND())
  if (actor.personId !== declaration.personId) {
    await record(app.db, {
      name: events['declaration.evidence-read'],
      at: app.clock.now(),
      actor,
      subjects: [`declaration:${declaration.id}`, `person:${declaration.personId}`],
      data: { fileId: file.id },
    })
  }
  return ok({ fileName: file.name, mediaType: file.mediaType, bytes: file.bytes, inline: true })
}
