import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { draftDeclarations } from './draft-declarations.ts'
import { batchProgress, settleRows, takeWaitingRows } from './store/batch-rows.ts'
import { lockBatch } from './store/batches.ts'
import { certificatesOfOrganisation } from './store/certificates.ts'
import { outcomesOfBatch } from './store/reading.ts'

/** Committed together: small enough that a reader sees the progress move, large enough that a thousand take seconds. */
const AT_ONCE = 50

/** Decides an imported batch to its end. Each step commits for itself; run again after a crash it goes on where it stopped. */
export async function decideBatchRows(
  app: App,
  { batchId, actor }: { batchId: string; actor: Actor },
): Promise<void> {
  for (let left = true; left; ) {
    const step = await transact<boolean, never>(app.db, async (tx) =>
      ok(await decideSome(tx, app, batchId, actor)),
    )
    left = step.ok && step.value
  }
}

async function decideSome(tx: Tx, app: App, batchId: string, actor: Actor): Promise<boolean> {
  const organisationId = actor.organisation?.id ?? ''
  const batch = await lockBatch(tx, batchId, organisationId)
  // Withdrawn meanwhile: nobody waits for the rest.
  if (batch?.state !== 'drafted') return false
  const rows = await takeWaitingRows(tx, batchId, AT_ONCE)
  if (rows.length === 0) return false
  const certificates = await certificatesOfOrganisation(
    tx,
    organisationId,
    rows.map((one) => one.certificateId),
  )
  const { drafted, refused } = await draftDeclarations(tx, app, {
    certificates,
    evaluationOrganisationId: batch.evaluationOrganisationId,
    source: 'batch',
    batchId,
    actor,
  })
  const declared = new Map(drafted.map((one) => [one.certificateId, one.id]))
  const problems = new Map(refused.map((one) => [one.certificateId, one.refusal.message]))
  await settleRows(
    tx,
    batchId,
    rows.map(({ row, certificateId }) => {
      const declarationId = declared.get(certificateId) ?? null
      // Withdrawn between the check and now: the register no longer finds it.
      const problem = declarationId
        ? null
        : (problems.get(certificateId) ?? '这份培训合格证书已不再有效，未申报。')
      return { row, declarationId, problem }
    }),
  )
  const progress = await batchProgress(tx, batchId)
  if (progress && progress.waiting > 0) return true
  await record(tx, {
    name: events['declaration-batch.drafted'],
    at: app.clock.now(),
    actor,
    subjects: [`declaration-batch:${batchId}`],
    data: {
      number: batch.number,
      declarations: progress?.declared ?? 0,
      refused: (progress?.refused ?? 0) + (progress?.unread ?? 0),
      outcomes: await outcomesOfBatch(tx, batchId),
    },
  })
  return false
}
