import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { whyNoCode } from './issue-custody-code.ts'
import { lineToProvince } from './line.ts'
import { whyNotOpenedByCodes } from './open-keys.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { whyNotRevoked } from './register-node.ts'
import {
  assignableHalls,
  findNode,
  type PackageRow,
  packageRowsOf,
  packagesHere,
  partsOfHall,
  transfersOf,
} from './store.ts'
import { whyNotHeld, whyNotTakenBack } from './take-back-hall.ts'

type NodeRefusal = RefusalOf<typeof no, 'NODE_NOT_FOUND'>

/** A node, what it was given and what it has brought, and what may be done. */
export async function readNode(app: App, actor: Actor, input: { nodeId: string }) {
  const node = await findNode(app.db, input.nodeId, scopeOf(actor))
  if (!node) return refuse(no.NODE_NOT_FOUND())
  const keeps = may['nodes.keep'].roles.includes(actor.role)
  const packages = await packageRowsOf(app.db, { nodeId: node.id })
  const revoke = whyNotRevoked(node, node.held)
  return ok({
    ...node,
    packages: await Promise.all(packages.map((pack) => shown(app, actor, pack, keeps))),
    assignable: keeps && !node.revokedAt ? await assignableHalls(app.db, node.siteId) : [],
    actions: { revoke: keeps ? allowedIf(revoke) : null },
    timeline: await timeline(app.db, `hall-node:${node.id}`),
  })
}
export type ReadNodeResult = Result<unknown, NodeRefusal>

async function shown(app: App, actor: Actor, pack: PackageRow, keeper: boolean) {
  // Of a hall that is home again nothing is to be done.
  const keeps = keeper && !whyNotHeld(pack)
  return {
    ...partOf(pack),
    transfers: (await transfersOf(app.db, pack)).map((one) => ({
      direction: one.direction,
      sha256: one.sha256,
      at: one.at,
    })),
    actions: {
      custody: keeps ? allowedIf(whyNoCode(pack, actor)) : null,
      proposeBack: keeps && !pack.backProposedBy ? allowedIf(whyNotHeld(pack)) : null,
      takeBack: keeps && pack.backProposedBy ? allowedIf(whyNotTakenBack(pack, actor)) : null,
    },
  }
}

/** What both sides may see of a package: never a key. */
function partOf(pack: PackageRow) {
  return {
    id: pack.id,
    sittingId: pack.sittingId,
    sitting: pack.sitting,
    hallId: pack.hallId,
    hall: pack.hall,
    state: pack.state,
    assignedByName: pack.assignedByName,
    assignedAt: pack.assignedAt,
    custodians: [pack.firstCustodianName, pack.secondCustodianName].filter((name) => name !== null),
    custodyReady: pack.custody !== null,
    sha256: pack.sha256,
    takenAt: pack.takenAt,
    releases: Object.entries(pack.releases).flatMap(([part, one]) => (one ? [{ part, ...one }] : [])),
    proof: pack.proof as {
      node?: {
        entries: number
        attempts: number
        headsSha256: string
        places: Record<string, { rows: number }>
      }
      province?: {
        entries: number
        attempts: number
        headsSha256: string
        places: Record<string, { rows: number }>
      }
      differing: string[]
    } | null,
    returnedAt: pack.returnedAt,
    backProposedByName: pack.backProposedByName,
    backReason: pack.backReason,
    takenBackByName: pack.takenBackByName,
    takenBackAt: pack.takenBackAt,
    refused: pack.refused,
  }
}

/** At the node: what it holds, for those who invigilate there. */
export async function readHeld(app: App, actor: Actor) {
  const here = app.config.node ? await packagesHere(app.db) : []
  const scope = scopeOf(actor)
  const rows = await Promise.all(here.map((pack) => packageRowsOf(app.db, { id: pack.id })))
  return ok({
    isNode: app.config.node !== undefined,
    line: lineToProvince(app),
    packages:
      scope.kind === 'organisation'
        ? await Promise.all(rows.flat().map((pack) => heldHall(app, actor, pack)))
        : [],
  })
}

async function heldHall(app: App, actor: Actor, pack: PackageRow) {
  const parts = await partsOfHall(app.db, pack)
  return {
    ...partOf(pack),
    parts: await Promise.all(
      parts.map(async (part) => ({
        part: part.part as 'theory' | 'ability',
        opensAt: part.opensAt,
        candidates: part.attempts,
        closed: part.attempts - part.open,
        release: pack.releases[part.part] ?? null,
        open: pack.releases[part.part]
          ? null
          : allowedIf(await whyNotOpenedByCodes(app.db, app, actor, pack, part)),
      })),
    ),
  }
}
