import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { lockSite } from '../sites/store/sites.ts'
import { events } from './audit-events.ts'
import { nodeSecretOf } from './node.ts'
import { no } from './refusals.ts'
import { countHeldBy, insertNode, lockNode, setNodeRevoked } from './store.ts'

type RegisterRefusal = RefusalOf<typeof no, 'NODE_SITE_NOT_FOUND'>

/** A node of a site. The secret is shown now and never again; its key pair the node makes itself. */
export function registerNode(
  app: App,
  actor: Actor,
  input: { siteId: string; name: string },
): Promise<Result<{ id: string; secret: string }, RegisterRefusal>> {
  return transact<{ id: string; secret: string }, RegisterRefusal>(app.db, async (tx) => {
    const site = await lockSite(tx, input.siteId, defined(actor.organisation, 'an institution').id)
    if (site?.state !== 'active') return refuse(no.NODE_SITE_NOT_FOUND())
    const at = app.clock.now()
    const secret = nodeSecretOf(
      app.crypto.randomCode(32),
      defined(app.crypto.publicKeys()[0], 'a signing key').spki,
    )
    const id = await insertNode(tx, {
      siteId: site.id,
      name: input.name,
      secretHash: app.crypto.sha256(secret),
      by: defined(actor.accountId, 'staff has an account'),
      byName: actor.name,
      at,
    })
    await record(tx, {
      name: events['hall-node.registered'],
      at,
      actor,
      subjects: [`hall-node:${id}`, `site:${site.id}`],
      data: { name: input.name },
    })
    return ok({ id, secret })
  })
}

type RevokeRefusal = RefusalOf<typeof no, 'NODE_NOT_FOUND' | 'NODE_REVOKED' | 'NODE_HOLDS_HALLS'>

/** Ends a node that holds nothing: its secret is worth nothing from here on. */
export function revokeNode(
  app: App,
  actor: Actor,
  input: { nodeId: string; reason: string },
): Promise<Result<{ id: string }, RevokeRefusal>> {
  return transact<{ id: string }, RevokeRefusal>(app.db, async (tx) => {
    const node = await lockNode(tx, input.nodeId, scopeOf(actor))
    if (!node) return refuse(no.NODE_NOT_FOUND())
    const count = await countHeldBy(tx, node.id)
    const refusal = whyNotRevoked(node, count)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setNodeRevoked(tx, node.id, {
      by: defined(actor.accountId, 'staff has an account'),
      byName: actor.name,
      reason: input.reason,
      at,
    })
    await record(tx, {
      name: events['hall-node.revoked'],
      at,
      actor,
      subjects: [`hall-node:${node.id}`, `site:${node.siteId}`],
      data: { name: node.name, reason: input.reason },
    })
    return ok({ id: node.id })
  })
}

export function whyNotRevoked(node: { revokedAt: Date | null }, held: number) {
  if (node.revokedAt) return no.NODE_REVOKED()
  return held > 0 ? no.NODE_HOLDS_HALLS({ count: held }) : undefined
}
