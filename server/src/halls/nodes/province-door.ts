// The province's door for nodes: who calls is known by the secret in `x-node`; what is said comes and goes sealed.
import { z } from 'zod'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { batch } from './batch.ts'
import { EnvelopeBroken, openMessage, sealMessage } from './envelope.ts'
import { readNodeSecret, SETTLE_SECONDS, sha256Of } from './node.ts'
import { releaseKeys } from './open-keys.ts'
import { withdrawnOf } from './persons-store.ts'
import { receiveBatch } from './receive-batch.ts'
import { no } from './refusals.ts'
import { headsOfHall, type JournalHead } from './stock.ts'
import {
  changePackage,
  findNodeBySecret,
  type HallNode,
  insertTransfer,
  lockPackageOf,
  packagesOf,
  setNodeSeen,
  transfersOf,
} from './store.ts'
import { subjectsOf, whyNotHeld } from './take-back-hall.ts'
import { writePackage } from './write-package.ts'

export const NODE_PATHS = ['head', 'take', 'release-keys', 'return'] as const
export type NodePath = (typeof NODE_PATHS)[number]

/** What a call may weigh, sealed and packed. */
export const NODE_MOST_BYTES: Record<NodePath, number> = {
  head: 256 * 1024,
  take: 16 * 1024,
  'release-keys': 16 * 1024,
  return: 24 * 1024 * 1024,
}

export interface HeadAnswer {
  now: string
  packages: {
    id: string
    state: 'assigned' | 'taken' | 'returned' | 'taken_back'
    custody: Record<string, string> | null
    proof: unknown
    returnedAt: string | null
    heads: JournalHead[]
    /** Agreements to face data taken back since: what the node has of those faces ends too. */
    withdrawn: string[]
  }[]
}

const headInput = z.strictObject({
  now: z.iso.datetime(),
  held: z.array(z.strictObject({ id: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(100),
})
const packageInput = z.strictObject({ packageId: z.uuid() })

/** Undefined stands for a caller who is nobody here: told so in the open, since nothing can be sealed for him. */
export async function answerNode(
  app: App,
  path: NodePath,
  secret: string | undefined,
  sealed: Uint8Array,
): Promise<{ refusal: Refusal } | { sealed: Buffer }> {
  const node =
    secret && readNodeSecret(secret) ? await findNodeBySecret(app.db, app.crypto.sha256(secret)) : undefined
  if (!secret || !node || node.revokedAt) return { refusal: no.NODE_SECRET_INVALID() }
  let content: unknown
  let publicKey: string
  try {
    const message = openMessage(sealed, { secret, path, direction: 'request' })
    content = JSON.parse(message.body)
    publicKey = message.publicKey
  } catch (error) {
    if (!(error instanceof EnvelopeBroken)) throw error
    return { refusal: no.NODE_MESSAGE_BROKEN() }
  }
  const clockAheadMs = path === 'head' ? aheadOf(app, content) : null
  const known = await setNodeSeen(app.db, node.id, { publicKey, clockAheadMs, at: app.clock.now() })
  if (!known) return { refusal: no.NODE_KEY_DIFFERS() }
  const result = await answers[path](app, node, content)
  return {
    sealed: sealMessage(app.crypto, {
      secret,
      path,
      direction: 'answer',
      content: result.ok ? { ok: true, value: result.value } : { ok: false, refusal: result.refusal },
    }),
  }
}

function aheadOf(app: App, content: unknown): number | null {
  const parsed = headInput.safeParse(content)
  return parsed.success ? new Date(parsed.data.now).getTime() - app.clock.now().getTime() : null
}

const answers: Record<NodePath, (app: App, node: HallNode, content: unknown) => Promise<Result<unknown>>> = {
  head: (app, node, content) => tellHeads(app, node, headInput.parse(content)),
  take: (app, node, content) => giveHall(app, node, packageInput.parse(content)),
  'release-keys': (app, node, content) =>
    releaseKeys(app, { ...packageInput.parse(content), nodeId: node.id, nodeName: node.name }),
  return: (app, node, content) => receiveBatch(app, node, batch.parse(content)),
}

/** What the node should know: what was given to it, and how far we have come with each journal. */
async function tellHeads(
  app: App,
  node: HallNode,
  input: z.output<typeof headInput>,
): Promise<Result<HeadAnswer>> {
  for (const one of input.held) await confirm(app, node, one)
  const packages = await packagesOf(app.db, node.id, ['assigned', 'taken', 'returned', 'taken_back'])
  const held = new Set(input.held.map((one) => one.id))
  return ok({
    now: app.clock.now().toISOString(),
    packages: await Promise.all(
      packages
        .filter((pack) => held.has(pack.id) || pack.state === 'assigned' || pack.state === 'taken')
        .map(async (pack) => ({
          id: pack.id,
          state: pack.state,
          custody: pack.custody,
          proof: pack.proof,
          returnedAt: pack.returnedAt?.toISOString() ?? null,
          heads: pack.state === 'taken' ? await headsOfHall(app.db, pack) : [],
          withdrawn: await withdrawnOf(app.db, pack),
        })),
    ),
  })
}

/** The node has the package whole: from here on nobody may take it a second time. */
async function confirm(app: App, node: HallNode, held: { id: string; sha256: string }): Promise<void> {
  await transact(app.db, async (tx) => {
    const pack = await lockPackageOf(tx, held.id, node.id)
    if (pack?.state !== 'taken' || pack.sha256 !== held.sha256) return ok()
    const before = await transfersOf(tx, pack)
    if (before.some((one) => one.direction === 'taken' && one.sha256 === held.sha256)) return ok()
    const at = app.clock.now()
    await insertTransfer(tx, { ...pack, direction: 'taken', sha256: held.sha256, counts: {}, at })
    await record(tx, {
      name: events['hall-node.held'],
      at,
      actor: { ...SYSTEM_ACTOR, name: node.name },
      subjects: subjectsOf(pack),
      data: { sha256: held.sha256 },
    })
    return ok()
  })
}

/**
 * The package. It may be asked for again until the node has said that it holds it: an answer may get lost. Shortly after
 * the assignment it is not given yet: a writer that had looked before must have settled.
 */
function giveHall(app: App, node: HallNode, input: { packageId: string }): Promise<Result<unknown>> {
  return transact<unknown, Refusal>(app.db, async (tx) => {
    const pack = await lockPackageOf(tx, input.packageId, node.id)
    if (!pack) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const refusal = whyNotHeld(pack)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    const seconds = Math.ceil(SETTLE_SECONDS - (at.getTime() - pack.assignedAt.getTime()) / 1000)
    if (seconds > 0) return refuse(no.NODE_PACKAGE_SETTLING({ seconds }))
    const transfers = await transfersOf(tx, pack)
    const heldSince = transfers.some((one) => one.direction === 'taken' && one.at >= pack.assignedAt)
    if (heldSince) return refuse(no.NODE_PACKAGE_HELD())
    const content = JSON.stringify(await writePackage(app, tx, pack))
    const sha256 = sha256Of(content)
    await changePackage(tx, pack.id, { state: 'taken', sha256, takenAt: at })
    await record(tx, {
      name: events['hall-node.taken'],
      at,
      actor: { ...SYSTEM_ACTOR, name: node.name },
      subjects: subjectsOf(pack),
      data: { sha256, bytes: Buffer.byteLength(content) },
    })
    return ok({ content, sha256 })
  })
}
