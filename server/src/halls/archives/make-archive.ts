import { scopeOf } from '../../people/index.ts'
import { type Actor, SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { saveFile } from '../../platform/files.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type ArrangedSitting, lockArranged } from '../papers/store.ts'
import { anchorHeads } from './anchor-heads.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { type Archive, archivesOf, insertArchive, setArchived, setArchiveMade } from './store.ts'
import { writePackage } from './write-package.ts'

/**
 * Asks for the sealed package of a sitting; a job makes it. The first is the package of the close; whatever is asked
 * for later (results, changes of keys, journals a node brought) is a package of its own that names the one before.
 */
export function makeArchive(
  app: App,
  actor: Actor,
  input: { sittingId: string; reason: string; includesKeys: boolean },
): Promise<Result<{ id: string; number: number }>> {
  return transact(app.db, async (tx) => {
    const sitting = await lockArranged(tx, input.sittingId, scopeOf(actor))
    if (!sitting) return refuse(no.ARCHIVE_SITTING_NOT_FOUND())
    const before = await archivesOf(tx, sitting.sittingId)
    const refusal = whyNotArchivable(sitting, before)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    const { reason, includesKeys } = input
    const number = (before.at(-1)?.number ?? 0) + 1
    const id = await insertArchive(tx, {
      ...{ sittingId: sitting.sittingId, number, includesKeys, reason, at },
      by: defined(actor.accountId, 'an account'),
      byName: actor.name,
    })
    await record(tx, {
      name: events['hall.archive-requested'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`],
      data: { number, reason, includesKeys },
    })
    await enqueue(tx, 'halls.make-archive', { archiveId: id, sittingId: sitting.sittingId })
    return ok({ id, number })
  })
}

export function whyNotArchivable(sitting: ArrangedSitting, before: Archive[]): Refusal | undefined {
  if (sitting.state !== 'closed' && sitting.state !== 'archived') return no.HALL_STILL_OPEN()
  return before.some((one) => !one.madeAt) ? no.ARCHIVE_IN_PROGRESS() : undefined
}

/** The job. The package is written from one snapshot of the database; made already, there is nothing to do. */
export async function makeAsked(app: App, job: { archiveId: string; sittingId: string }): Promise<void> {
  const all = await archivesOf(app.db, job.sittingId)
  const asked = all.find((one) => one.id === job.archiveId)
  if (!asked || asked.madeAt) return
  await app.db.transaction().execute((tx) => anchorHeads(tx, app, { ...job, actor: SYSTEM_ACTOR }))
  const previous = all.findLast((one) => one.number < asked.number && one.manifestSha256)
  const written = await app.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => writePackage(tx, app, asked, previous))
  await app.db.transaction().execute(async (tx) => {
    const sitting = defined(await lockArranged(tx, job.sittingId, { kind: 'nation' }), 'its sitting')
    const at = app.clock.now()
    const { manifestSha256, manifest, signature, bytes } = written
    const fileId = await saveFile(app, tx, {
      name: `机考档案-${sitting.number}-${asked.number}.zip`,
      bytes,
      purpose: 'hall-archive',
      ownerOrganisationId: sitting.organisationId,
    })
    await setArchiveMade(tx, asked.id, { fileId, manifestSha256, counts: manifest.counts, signature, at })
    await setArchived(tx, job.sittingId, at)
    await record(tx, {
      name: events['hall.archive-made'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: [`sitting:${job.sittingId}`],
      data: {
        number: asked.number,
        manifestSha256,
        headsSha256: manifest.heads.sha256,
        bytes: bytes.byteLength,
      },
    })
  })
}
