import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { events } from './audit-events.ts'
import { anchorStatement, headsSha256 } from './heads.ts'
import { type Anchor, anchorsOf, headsOf, insertAnchor } from './store.ts'

/**
 * Signs the heads of all chains of a sitting and tells the audit log, which is chained itself: from here on no
 * journal changes unseen. Nothing is written when the heads stand as they were last anchored; a node that brings
 * more later is a new anchor beside the old one.
 */
export async function anchorHeads(
  tx: Tx,
  app: App,
  input: { sittingId: string; actor: Actor },
): Promise<Anchor> {
  const heads = await headsOf(tx, input.sittingId)
  const last = (await anchorsOf(tx, input.sittingId)).at(-1)
  const sha256 = headsSha256(heads)
  if (last?.headsSha256 === sha256) return last
  const at = app.clock.now()
  const attempts = heads.length
  const entries = heads.reduce((sum, head) => sum + head.seq, 0)
  const about = { sittingId: input.sittingId, attempts, entries, headsSha256: sha256 }
  const signature = app.crypto.sign(anchorStatement({ ...about, at: at.toISOString() }))
  const anchor = { ...about, signature, at }
  await insertAnchor(tx, anchor)
  await record(tx, {
    name: events['hall.heads-anchored'],
    at,
    actor: input.actor,
    subjects: [`sitting:${input.sittingId}`],
    data: { attempts, entries, headsSha256: sha256, keyId: signature.keyId, signature: signature.value },
  })
  return anchor
}
