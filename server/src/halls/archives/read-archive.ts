import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record, timeline } from '../../platform/audit.ts'
import { readFile } from '../../platform/files.ts'
import { allowedIf, ok, type Result, refuse } from '../../platform/result.ts'
import { findArranged } from '../papers/store.ts'
import { events } from './audit-events.ts'
import { absencesToMark, whyNotClosable } from './close-sitting.ts'
import { whyNotArchivable } from './make-archive.ts'
import { no } from './refusals.ts'
import { anchorsOf, archivesOf, countAttempts, findArchive } from './store.ts'

const SHOWN: readonly string[] = Object.values(events)

/** How a sitting ended: attempts, anchors, packages, and what may be done next. */
export async function readArchive(app: App, actor: Actor, input: { sittingId: string }) {
  const sitting = await findArranged(app.db, input.sittingId, scopeOf(actor))
  if (!sitting) return refuse(no.ARCHIVE_SITTING_NOT_FOUND())
  const counts = await countAttempts(app.db, sitting.sittingId)
  const archives = await archivesOf(app.db, sitting.sittingId)
  const anchors = await anchorsOf(app.db, sitting.sittingId)
  const told = await timeline(app.db, `sitting:${sitting.sittingId}`)
  return ok({
    sitting,
    counts,
    anchors: anchors.map(({ signature, ...anchor }) => ({ ...anchor, keyId: signature.keyId })),
    archives,
    absencesToMark: (await absencesToMark(app.db, sitting.sittingId)).length,
    publicKeys: app.crypto.publicKeys().map(({ keyId, spki }) => ({ keyId, spki })),
    timeline: told.filter((one) => SHOWN.includes(one.name)).slice(0, 50),
    actions: {
      close: allowedIf(whyNotClosable(sitting, counts)),
      make: allowedIf(whyNotArchivable(sitting, archives)),
    },
  })
}

export async function downloadArchive(
  app: App,
  actor: Actor,
  input: { archiveId: string; purpose: string },
): Promise<Result<Download>> {
  const archive = await findArchive(app.db, input.archiveId, scopeOf(actor))
  if (!archive) return refuse(no.ARCHIVE_NOT_FOUND())
  if (!archive.fileId) return refuse(no.ARCHIVE_NOT_MADE())
  const file = defined(await readFile(app, archive.fileId), 'the file of the package')
  await record(app.db, {
    name: events['hall.archive-downloaded'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${archive.sittingId}`],
    data: { number: archive.number, manifestSha256: archive.manifestSha256, purpose: input.purpose },
  })
  return ok({ fileName: file.name, mediaType: file.mediaType, bytes: file.bytes })
}
