import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { assignHall } from './assign-hall.ts'
import { issueCustodyCode } from './issue-custody-code.ts'
import { openWithCustodyCodes } from './open-keys.ts'
import { may } from './permissions.ts'
import { readHeld, readNode } from './read-nodes.ts'
import { registerNode, revokeNode } from './register-node.ts'
import { listNodes } from './store.ts'
import { proposeTakeBack, takeBackHall } from './take-back-hall.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const EXPORT_ROWS = 20_000
const reason = z.string().trim().min(2, '请写明理由').max(500)
const instant = z.date().transform((at) => at.toISOString())
const node = { kind: 'hall-node', from: 'nodeId' }
const pack = { kind: 'node-package', from: 'packageId' }

const releaseHow = z.enum(['province', 'custodians'])

const filter = listInput.extend({ siteId: id.optional() })
const row = z.object({
  id: z.string(),
  name: z.string(),
  siteId: z.string(),
  site: z.string(),
  registeredByName: z.string(),
  registeredAt: instant,
  revokedAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  clockAheadMs: z.number().nullable(),
  contacted: z.boolean(),
  held: z.number(),
  returned: z.number(),
})
const side = z.object({
  entries: z.number(),
  attempts: z.number(),
  headsSha256: z.string(),
  places: z.record(z.string(), z.object({ rows: z.number() })),
})
const held = z.object({
  id: z.string(),
  sittingId: z.string(),
  sitting: z.string(),
  hallId: z.string(),
  hall: z.string(),
  state: z.enum(['assigned', 'taken', 'returned', 'taken_back']),
  assignedByName: z.string(),
  assignedAt: instant,
  custodians: z.array(z.string()),
  custodyReady: z.boolean(),
  sha256: z.string().nullable(),
  takenAt: instant.nullable(),
  releases: z.array(z.object({ part: z.string(), at: z.string(), how: releaseHow, by: z.string() })),
  proof: z
    .object({ node: side.optional(), province: side.optional(), differing: z.array(z.string()) })
    .nullable(),
  returnedAt: instant.nullable(),
  backProposedByName: z.string().nullable(),
  backReason: z.string().nullable(),
  takenBackByName: z.string().nullable(),
  takenBackAt: instant.nullable(),
  refused: z.number(),
})

export const nodesApi = {
  'halls.list-nodes': query({
    summary: '考点节点',
    permission: may['nodes.read'],
    input: filter,
    example: {},
    output: listOf(row),
    handle: async ({ app, actor }, input) =>
      ok({ ...(await listNodes(app.db, scopeOf(actor), input)), page: input.page, size: input.size }),
  }),
  'halls.export-nodes': download({
    summary: '导出考点节点',
    permission: may['nodes.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listNodes(app.db, scopeOf(actor), { ...input, page: 1, size: EXPORT_ROWS })
      const bytes = await writeSheet({
        title: '考点节点',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'name', title: '节点', width: 20 },
          { key: 'site', title: '考点', width: 24 },
          { key: 'held', title: '承办中的考场', kind: 'number' },
          { key: 'returned', title: '已归还', kind: 'number' },
          { key: 'registeredByName', title: '登记人' },
          { key: 'stateTitle', title: '状态' },
        ],
        rows: rows.map((one) => ({ ...one, stateTitle: one.revokedAt ? '已注销' : '有效' })),
      })
      return ok({ fileName: `考点节点-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.read-node': query({
    summary: '查看考点节点',
    permission: may['nodes.read'],
    record: node,
    input: z.strictObject({ nodeId: id }),
    example: { nodeId: ID },
    output: row.extend({
      packages: z.array(
        held.extend({
          transfers: z.array(
            z.object({ direction: z.enum(['taken', 'returned']), sha256: z.string(), at: instant }),
          ),
          actions: z.object({
            custody: allowed.nullable(),
            proposeBack: allowed.nullable(),
            takeBack: allowed.nullable(),
          }),
        }),
      ),
      assignable: z.array(
        z.object({
          sittingId: z.string(),
          sitting: z.string(),
          hallId: z.string(),
          hall: z.string(),
          startsAt: instant,
        }),
      ),
      actions: z.object({ revoke: allowed.nullable() }),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readNode(app, actor, input),
  }),
  'halls.register-node': command({
    summary: '登记考点节点',
    clause: 'AH-11',
    permission: may['nodes.keep'],
    record: { kind: 'site', from: 'siteId' },
    input: z.strictObject({ siteId: id, name: z.string().trim().min(2).max(60) }),
    example: { siteId: ID, name: '一号节点' },
    output: z.object({ id: z.string(), secret: z.string() }),
    handle: ({ app, actor }, input) => registerNode(app, actor, input),
  }),
  'halls.revoke-node': command({
    summary: '注销考点节点',
    permission: may['nodes.keep'],
    record: node,
    input: z.strictObject({ nodeId: id, reason }),
    example: { nodeId: ID, reason: '设备报废' },
    output: done,
    handle: ({ app, actor }, input) => revokeNode(app, actor, input),
  }),
  'halls.assign-hall-to-node': command({
    summary: '考场交给考点节点',
    clause: 'AH-10',
    permission: may['nodes.keep'],
    record: node,
    input: z.strictObject({ nodeId: id, sittingId: id, hallId: id }),
    example: { nodeId: ID, sittingId: ID, hallId: ID },
    output: z.object({ packageId: z.string() }),
    handle: ({ app, actor }, input) => assignHall(app, actor, input),
  }),
  'halls.issue-custody-code': command({
    summary: '领取保管码',
    clause: 'AH-10',
    permission: may['nodes.keep'],
    record: pack,
    input: z.strictObject({ packageId: id }),
    example: { packageId: ID },
    output: z.object({ which: z.enum(['first', 'second']), code: z.string() }),
    handle: ({ app, actor }, input) => issueCustodyCode(app, actor, input),
  }),
  'halls.propose-take-back': command({
    summary: '提出收回考场',
    permission: may['nodes.keep'],
    record: pack,
    input: z.strictObject({ packageId: id, reason }),
    example: { packageId: ID, reason: '节点主机损坏' },
    output: done,
    handle: ({ app, actor }, input) => proposeTakeBack(app, actor, input),
  }),
  'halls.take-back-hall': command({
    summary: '确认收回考场',
    permission: may['nodes.keep'],
    record: pack,
    input: z.strictObject({ packageId: id }),
    example: { packageId: ID },
    output: done,
    handle: ({ app, actor }, input) => takeBackHall(app, actor, input),
  }),
  'halls.held-here': query({
    summary: '本节点承办的考场',
    permission: may['nodes.open-keys'],
    input: nothing,
    example: {},
    output: z.object({
      isNode: z.boolean(),
      line: z.object({ reached: z.boolean(), reachedAt: instant.nullable() }).nullable(),
      packages: z.array(
        held.extend({
          parts: z.array(
            z.object({
              part: z.enum(['theory', 'ability']),
              opensAt: instant,
              candidates: z.number(),
              closed: z.number(),
              release: z.object({ at: z.string(), how: releaseHow, by: z.string() }).nullable(),
              open: allowed.nullable(),
            }),
          ),
        }),
      ),
    }),
    handle: ({ app, actor }) => readHeld(app, actor),
  }),
  'halls.open-papers-by-codes': command({
    summary: '用保管码解封试卷',
    clause: 'AH-10',
    permission: may['nodes.open-keys'],
    record: pack,
    input: z.strictObject({
      packageId: id,
      part: z.enum(['theory', 'ability']),
      firstCode: z.string().trim().min(16).max(30),
      secondCode: z.string().trim().min(16).max(30),
    }),
    example: {
      packageId: ID,
      part: 'theory' as const,
      firstCode: 'AAAA-AAAA-AAAA-AAAA',
      secondCode: 'BBBB-BBBB-BBBB-BBBB',
    },
    output: z.object({ opened: z.number() }),
    handle: ({ app, actor }, input) => openWithCustodyCodes(app, actor, input),
  }),
} satisfies Api
