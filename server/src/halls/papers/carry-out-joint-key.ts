import { randomUUID } from 'node:crypto'
import canonicalize from 'canonicalize'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { itemNumber } from './change-joint-key.ts'
import {
  findAnyJointKeyChange,
  insertCarriedOut,
  type JointKeyChange,
  lockWaiting,
  setChanged,
  setRefused,
  waitingSittings,
} from './joint-key-store.ts'
import { findJointPaper, type JointPaper } from './joint-store.ts'
import { regradePaper } from './regrade-paper.ts'
import { openKeys, sealKey } from './sealed-content.ts'
import { lockArranged, papersById } from './store.ts'

/**
 * The job: one sitting after another, each all of it or nothing. A sitting that refuses keeps its scores and says why;
 * the others go on. Begun again, it goes on where it stopped.
 */
export async function carryOutJointKey(app: App, job: { keyChangeId: string }): Promise<void> {
  const { keyChangeId } = job
  for (const sittingId of await waitingSittings(app.db, keyChangeId)) {
    const done = await transact(app.db, (tx) => carryOutIn(tx, app, { keyChangeId, sittingId }))
    if (done.ok) continue
    await app.db.transaction().execute(async (tx) => {
      if (!(await lockWaiting(tx, keyChangeId, sittingId))) return
      const at = app.clock.now()
      const { change, paper } = await changeAndPaper(tx, keyChangeId)
      await setRefused(tx, { keyChangeId, sittingId }, done.refusal, at)
      await record(tx, {
        name: events['joint-paper.key-change-failed'],
        at,
        actor: SYSTEM_ACTOR,
        subjects: [`sitting:${sittingId}`, `exam-family:${change.familyId}`],
        data: { part: paper.part, item: itemNumber(app, paper, change.item), code: done.refusal.code },
      })
    })
  }
}

async function carryOutIn(
  tx: Tx,
  app: App,
  of: { keyChangeId: string; sittingId: string },
): Promise<Result<undefined>> {
  const sitting = defined(await lockArranged(tx, of.sittingId, { kind: 'nation' }), 'its sitting')
  const waiting = await lockWaiting(tx, of.keyChangeId, of.sittingId)
  if (!waiting) return ok()
  // Read under the sitting's lock: of two changes of one item the later key stands, whichever job comes first.
  const { change, paper: joint } = await changeAndPaper(tx, of.keyChangeId)
  const paper = defined((await papersById(tx, [waiting.paperId]))[0], 'its copy')
  const before = defined(openKeys(app.crypto, paper)[change.item], 'the key before')
  const after = defined(openKeys(app.crypto, joint)[change.item], 'the key after')
  const proposer = { accountId: change.proposedBy, name: change.proposedByName }
  const { item, reason } = change
  const regraded = await regradePaper(tx, app, SYSTEM_ACTOR, sitting, paper, {
    item,
    after,
    reason,
    proposer,
  })
  if (!regraded.ok) return regraded
  const at = app.clock.now()
  const { scored, changed, corrections } = regraded.value
  await setChanged(tx, of, {
    scored,
    changed: changed.length,
    corrections: corrections?.proposed ?? null,
    openTickets: corrections?.open ?? [],
    at,
  })
  if (canonicalize(before) !== canonicalize(after)) {
    const id = randomUUID()
    await insertCarriedOut(tx, {
      id,
      of: change,
      sittingId: of.sittingId,
      paperId: paper.id,
      keySealed: sealKey(app.crypto, id, { before, after }),
      differences: changed,
    })
  }
  await record(tx, {
    name: events['paper.key-changed'],
    at,
    actor: SYSTEM_ACTOR,
    subjects: [`sitting:${of.sittingId}`],
    data: {
      part: paper.part,
      item: itemNumber(app, joint, item),
      reason,
      void: change.void,
      changed: changed.length,
      corrections: corrections?.proposed ?? null,
      family: change.familyNumber,
      decidedBy: change.decidedByName,
    },
  })
  return ok()
}

async function changeAndPaper(
  tx: Tx,
  keyChangeId: string,
): Promise<{ change: JointKeyChange; paper: JointPaper }> {
  const change = defined(await findAnyJointKeyChange(tx, keyChangeId), 'the change')
  const paper = defined(await findJointPaper(tx, change.paperId, change.provinceCode), 'the joint paper')
  return { change, paper }
}
