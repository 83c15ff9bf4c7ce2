// A province and a node: two databases, two masters of keys, and a line between them that can be cut.
import { value } from '../../exams/fixtures.ts'
import { localCrypto } from '../../platform/crypto.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import { appendGroup } from '../attempts/journal-store.ts'
import type { ClockedApp } from '../fixtures.ts'
import { aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { assignHall } from './assign-hall.ts'
import { SETTLE_SECONDS } from './node.ts'
import { answerNode } from './province-door.ts'
import { type Carrier, type ProvinceLink, provinceLink } from './province-link.ts'
import { registerNode } from './register-node.ts'

export interface Line {
  cut: boolean
  /** The call reaches the province, its answer does not come back. */
  loseAnswers: boolean
  /** Changes a byte of what comes back. */
  tamper: boolean
}

export interface TwoSides {
  province: TestApp
  node: TestApp
  hall: DoorFixture
  nodeId: string
  secret: string
  packageId: string
  line: Line
  link: ProvinceLink
  carry: Carrier
  /** Both clocks. */
  pass(seconds: number): void
  close(): Promise<void>
}

/** How bytes get across without a socket: the province's door itself, behind a line that fails when told. */
export function lineTo(province: TestApp, line: Line): Carrier {
  return async (path, secret, sealed) => {
    if (line.cut) throw new Error('no route to host')
    const answer = await answerNode(province, path, secret, sealed)
    if (line.loseAnswers) throw new Error('connection reset')
    if (!('sealed' in answer))
      return { status: 409, bytes: Buffer.from(JSON.stringify({ refusal: answer.refusal })) }
    const bytes = Buffer.from(answer.sealed)
    if (line.tamper) bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
    return { status: 200, bytes }
  }
}

export async function twoSides(
  options: Parameters<typeof aDoor>[1] & { assigned?: boolean } = {},
): Promise<TwoSides> {
  const province = await aTestApp()
  const node = await aTestApp()
  node.crypto = localCrypto('the-node-has-a-master-key-of-its-own-here')
  node.config = { ...node.config, authSecret: 'the-node-has-a-sign-in-secret-of-its-own' }
  journalOf(province, appendGroup)
  const hall = await aDoor(province, { stage: 'ready', ...options })
  const manager = hall.world.evaluation.actor
  const registered = value(await registerNode(province, manager, { siteId: hall.siteId, name: '一号节点' }))
  const line: Line = { cut: false, loseAnswers: false, tamper: false }
  const carry = lineTo(province, line)
  const given =
    options.assigned === false
      ? ''
      : value(
          await assignHall(province, manager, {
            nodeId: registered.id,
            sittingId: hall.sittingId,
            hallId: hall.hallId,
          }),
        ).packageId
  const pass = (seconds: number) => {
    for (const app of [province, node] as ClockedApp[]) app.clock.advance(seconds)
  }
  pass(SETTLE_SECONDS)
  return {
    province,
    node,
    hall,
    nodeId: registered.id,
    secret: registered.secret,
    packageId: given,
    line,
    link: provinceLink(node, registered.secret, carry),
    carry,
    pass,
    close: async () => {
      await journalOf(province).close()
      await journalOf(node).close()
      await node.close()
      await province.close()
    },
  }
}

/** A node of an institution in Wuhan, and what it was given: for the walk of every procedure. */
async function aPackage(app: ClockedApp): Promise<{ nodeId: string; packageId: string }> {
  const hall = await aDoor(app, { candidates: 1, stage: 'ready' })
  const manager = hall.world.evaluation.actor
  const { id } = value(await registerNode(app, manager, { siteId: hall.siteId, name: '一号节点' }))
  const given = await assignHall(app, manager, { nodeId: id, sittingId: hall.sittingId, hallId: hall.hallId })
  return { nodeId: id, packageId: value(given).packageId }
}

export const nodesRecords = {
  'hall-node': async (app: ClockedApp) => (await aPackage(app)).nodeId,
  'node-package': async (app: ClockedApp) => (await aPackage(app)).packageId,
}
