import { randomUUID } from 'node:crypto'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { events } from './audit-events.ts'
import { currentJointPapers, replaceSittingPapers } from './joint-store.ts'
import { openContent, openKeys, sealContent, sealKeys } from './sealed-content.ts'
import { type ArrangedSitting, currentPapers, insertPaper, setPaperApproved } from './store.ts'

/**
 * A sitting of a joint examination takes its papers when it seals (AH-10, 统一命题): copies with the same items, keys
 * and seed, so that every form is the same everywhere. What was imported before the sitting joined no longer counts.
 */
export async function takeJointPapers(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: ArrangedSitting & { familyId: string },
): Promise<void> {
  const at = app.clock.now()
  const joint = await currentJointPapers(tx, sitting.familyId)
  await replaceSittingPapers(tx, { sittingId: sitting.sittingId, except: joint.map((one) => one.id), at })
  const has = new Set((await currentPapers(tx, sitting.sittingId)).map((one) => one.familyPaperId))
  for (const paper of joint.filter((one) => !has.has(one.id))) {
    const { familyId: _family, ...rest } = paper
    const id = randomUUID()
    await insertPaper(tx, {
      ...rest,
      id,
      sittingId: sitting.sittingId,
      familyPaperId: paper.id,
      itemsSealed: sealContent(app.crypto, id, openContent(app.crypto, paper)),
      keysSealed: sealKeys(app.crypto, id, openKeys(app.crypto, paper)),
    })
    await setPaperApproved(tx, id, {
      account: defined(paper.approvedBy, 'who approved it'),
      name: defined(paper.approvedByName, 'who approved it'),
      at: defined(paper.approvedAt, 'when it was approved'),
    })
    await record(tx, {
      name: events['joint-paper.taken'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`, `exam-family:${sitting.familyId}`],
      data: { part: paper.part, itemsSha256: paper.itemsSha256 },
    })
  }
}
