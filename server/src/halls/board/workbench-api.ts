import { z } from 'zod'
import {
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  listInput,
  listOf,
  query,
} from '../../platform/api.ts'
import { EVIDENCE_LIMITS } from '../../platform/files.ts'
import { allowedIf, ok } from '../../platform/result.ts'
import { findBoard, whyNotAct } from './board.ts'
import { decideAct } from './decide-act.ts'
import { exportActs } from './export-acts.ts'
import { listBoards } from './list-boards.ts'
import { lookIn } from './look-in.ts'
import { openTilePicture } from './open-tile-picture.ts'
import { pauseHall, resumeHall } from './pause-hall.ts'
import { may } from './permissions.ts'
import { proposeAct } from './propose-act.ts'
import { readSeated } from './read-seated.ts'
import { releaseSeat } from './release-seat.ts'
import { sendMessage } from './send-message.ts'
import { settleAlert } from './settle-alert.ts'
import { ACTS, actsOf } from './store/acts.ts'

const AH11 = 'AH-11'
const ID = '00000000-0000-4000-8000-000000000000'
const AT = '2026-11-22T09:00:00+08:00'

const part = z.enum(['theory', 'ability'])
const reason = z.string().trim().min(2, '请写明理由').max(500)
const clientAt = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const record_ = { kind: 'arrangement', from: 'sittingId' }
const at = { sittingId: id, hallId: id }
const instant = z.date().transform((one) => one.toISOString())
const severity = z.enum(['notice', 'warning', 'urgent'])
const hallState = z.enum(['waiting', 'admitting', 'running', 'paused', 'ended'])
const anything = z.record(z.string(), z.unknown())

const tile = z.object({
  candidateId: z.string(),
  attemptId: z.string().nullable(),
  name: z.string(),
  ticketNumber: z.string(),
  seat: z.string(),
  row: z.number(),
  column: z.number(),
  standing: z.enum([
    'expected',
    'waiting',
    'turned_away',
    'admitted',
    'writing',
    'paused',
    'handed_in',
    'timed_out',
    'terminated',
  ]),
  urgency: z.object({ level: z.enum(['calm', 'notice', 'warning', 'urgent']), word: z.string() }),
  silentSeconds: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  answered: z.number(),
  items: z.number(),
  unsaved: z.number(),
  signals: anything,
  open: z.boolean(),
  alerts: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      word: z.string(),
      severity,
      times: z.number(),
      at: z.string(),
      captureId: z.string().nullable(),
    }),
  ),
  capture: z.object({ id: z.string(), outcome: z.string().nullable(), at: z.string() }).nullable(),
  photo: z.boolean(),
  misconduct: z.boolean(),
})

export const boardShape = z.object({
  sittingId: z.string(),
  hallId: z.string(),
  title: z.string(),
  site: z.string(),
  hall: z.string(),
  state: hallState,
  part,
  role: z.enum(['chief', 'invigilator', 'patrol']).nullable(),
  now: z.string(),
  parts: z.array(z.object({ part, startsAt: z.string(), endsAt: z.string() })),
  thresholds: z.object({ notice: z.number(), warning: z.number(), urgent: z.number() }),
  counts: z.record(z.string(), z.number()),
  tiles: z.array(tile),
  proposals: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['extend', 'terminate', 'misconduct', 'withdraw', 'annul']),
      candidateId: z.string().nullable(),
      reason: z.string(),
      data: anything,
      by: z.string(),
      at: z.string(),
      agree: allowed,
      withdraw: allowed,
    }),
  ),
  actions: z.object({ act: allowed, extend: allowed, pause: allowed, resume: allowed }),
})

const actRow = z.object({
  id: z.string(),
  candidateId: z.string().nullable(),
  candidate: z.string().nullable(),
  seat: z.string().nullable(),
  kind: z.enum(Object.keys(ACTS) as [keyof typeof ACTS]),
  reason: z.string().nullable(),
  data: anything,
  byName: z.string(),
  secondName: z.string().nullable(),
  clientAt: z.string().nullable(),
  at: z.string(),
})

const acted = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('extend'),
    candidateId: id.nullable(),
    seconds: z
      .number()
      .int()
      .min(60, '至少延长 1 分钟')
      .max(120 * 60, '一次最多延长 120 分钟'),
  }),
  z.strictObject({ kind: z.literal('terminate'), candidateId: id }),
  z.strictObject({ kind: z.literal('withdraw'), candidateId: id }),
  z.strictObject({ kind: z.literal('annul'), candidateId: id }),
  z.strictObject({
    kind: z.literal('misconduct'),
    candidateId: id,
    alertIds: z.array(id).max(50),
    captureIds: z.array(id).max(50),
    ends: z.boolean(),
  }),
])

const logInput = listInput.extend({
  ...at,
  kind: z.enum(Object.keys(ACTS) as [keyof typeof ACTS]).optional(),
})

export const boardApi = {
  'halls.list-boards': query({
    summary: '正在进行的考场',
    clause: AH11,
    permission: may['board.read'],
    input: listInput.extend({
      state: hallState.optional(),
      mine: z.enum(['1']).optional(),
    }),
    example: {},
    output: listOf(
      z.object({
        sittingId: z.string(),
        hallId: z.string(),
        title: z.string(),
        number: z.string(),
        organisation: z.string(),
        site: z.string(),
        hall: z.string(),
        state: hallState,
        /** The part that is on or comes next. */
        part,
        candidates: z.number(),
        admitted: z.number(),
        started: z.number(),
        closed: z.number(),
        openAlerts: z.number(),
        urgentAlerts: z.number(),
        lastSeenAt: instant.nullable(),
        startsAt: instant,
        endsAt: instant,
        role: z.enum(['chief', 'invigilator', 'patrol']).nullable(),
      }),
    ),
    handle: async ({ app, actor }, input) => ok(await listBoards(app, actor, input)),
  }),
  'halls.read-board': query({
    summary: '监考台',
    clause: AH11,
    permission: may['board.read'],
    record: record_,
    input: z.strictObject({ ...at, part }),
    example: { sittingId: ID, hallId: ID, part: 'theory' },
    output: boardShape,
    handle: ({ app, actor }, input) => lookIn(app, actor, input),
  }),
  'halls.read-seated': query({
    summary: '监考台上的一名考生',
    clause: AH11,
    permission: may['board.read'],
    record: record_,
    input: z.strictObject({ ...at, part, candidateId: id }),
    example: { sittingId: ID, hallId: ID, part: 'theory', candidateId: ID },
    output: z.object({
      tile,
      endsAt: z.string().nullable(),
      alerts: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          word: z.string(),
          severity: z.string(),
          times: z.number(),
          at: z.string(),
          clientAt: z.string().nullable(),
          captureId: z.string().nullable(),
          settledBy: z.string().nullable(),
          settledReason: z.string().nullable(),
          settledAt: z.string().nullable(),
        }),
      ),
      acts: z.array(actRow),
      freeSeats: z.array(z.object({ id: z.string(), label: z.string(), spare: z.boolean() })),
      owed: z.boolean(),
      actions: z.object({
        message: allowed,
        extend: allowed,
        release: allowed,
        terminate: allowed,
        misconduct: allowed,
        withdraw: allowed,
        annul: allowed,
      }),
    }),
    handle: ({ app, actor }, input) => readSeated(app, actor, input),
  }),
  'halls.tile-picture': download({
    summary: '监考台上的考生画面',
    clause: AH11,
    permission: may['board.read'],
    record: { kind: 'capture', from: 'captureId' },
    input: z.strictObject({ captureId: id }),
    example: { captureId: ID },
    handle: ({ app, actor }, input) => openTilePicture(app, actor, input),
  }),
  'halls.list-acts': query({
    summary: '监考记录',
    clause: AH11,
    permission: may['board.read'],
    record: record_,
    input: logInput,
    example: { sittingId: ID, hallId: ID },
    output: listOf(actRow).extend({ actions: z.object({ import: allowed }) }),
    handle: async ({ app, actor }, input) => {
      const board = await findBoard(app.db, actor, input)
      if (!board.ok) return board
      const { page, size } = input
      const { rows, total } = await actsOf(app.db, { ...input, limit: size, offset: (page - 1) * size })
      const shown = rows.map((one) => ({
        ...one,
        at: one.at.toISOString(),
        clientAt: one.clientAt?.toISOString() ?? null,
      }))
      const actions = { import: allowedIf(whyNotAct(actor, board.value)) }
      return ok({ rows: shown, total, page, size, actions })
    },
  }),
  'halls.export-acts': download({
    summary: '导出监考记录',
    clause: AH11,
    permission: may['board.read'],
    record: record_,
    input: logInput.omit({ page: true, size: true }),
    example: { sittingId: ID, hallId: ID },
    handle: ({ app, actor }, input) => exportActs(app, actor, input),
  }),
  'halls.send-message': command({
    summary: '向考生发送提示',
    clause: AH11,
    permission: may['board.act'],
    record: record_,
    input: z.strictObject({
      ...at,
      part,
      candidateId: id.nullable(),
      text: z.string().trim().min(2, '请写明要提示的内容').max(200),
      clientAt,
    }),
    example: {
      sittingId: ID,
      hallId: ID,
      part: 'theory',
      candidateId: null,
      text: '请保持安静',
      clientAt: AT,
    },
    output: done,
    handle: ({ app, actor }, input) => sendMessage(app, actor, input),
  }),
  'halls.pause-hall': command({
    summary: '暂停考场',
    clause: AH11,
    permission: may['board.act'],
    record: record_,
    input: z.strictObject({ ...at, reason, clientAt }),
    example: { sittingId: ID, hallId: ID, reason: '考场停电', clientAt: AT },
    output: z.object({ id: z.string(), attempts: z.number() }),
    handle: ({ app, actor }, input) => pauseHall(app, actor, input),
  }),
  'halls.resume-hall': command({
    summary: '恢复考场',
    clause: AH11,
    permission: may['board.act'],
    record: record_,
    input: z.strictObject({ ...at, reason, clientAt }),
    example: { sittingId: ID, hallId: ID, reason: '供电恢复', clientAt: AT },
    output: z.object({ id: z.string(), attempts: z.number() }),
    handle: ({ app, actor }, input) => resumeHall(app, actor, input),
  }),
  'halls.release-seat': command({
    summary: '释放考位，换机续考',
    clause: AH11,
    permission: may['board.act'],
    record: record_,
    input: z.strictObject({ ...at, part, candidateId: id, seatId: id.nullable(), reason, clientAt }),
    example: {
      sittingId: ID,
      hallId: ID,
      part: 'theory',
      candidateId: ID,
      seatId: null,
      reason: '机器故障',
      clientAt: AT,
    },
    output: z.object({ id: z.string(), seat: z.string() }),
    handle: ({ app, actor }, input) => releaseSeat(app, actor, input),
  }),
  'halls.settle-alert': command({
    summary: '处理监考提醒',
    clause: AH11,
    permission: may['board.act'],
    record: { kind: 'alert', from: 'alertId' },
    input: z.strictObject({ alertId: id, reason, clientAt }),
    example: { alertId: ID, reason: '已到座位前核实，属误报', clientAt: AT },
    output: done,
    handle: ({ app, actor }, input) => settleAlert(app, actor, input),
  }),
  'halls.propose-act': command({
    summary: '提出监考处置',
    clause: AH11,
    permission: may['board.act'],
    record: record_,
    input: z.strictObject({ ...at, part, act: acted, reason, clientAt }),
    example: {
      sittingId: ID,
      hallId: ID,
      part: 'theory',
      act: { kind: 'extend', candidateId: null, seconds: 600 },
      reason: '网络中断十分钟',
      clientAt: AT,
    },
    files: { max: 1, maxBytes: EVIDENCE_LIMITS.maxBytes, mediaTypes: EVIDENCE_LIMITS.accept },
    output: done,
    handle: ({ app, actor, files }, input) => proposeAct(app, actor, input, files[0]),
  }),
  'halls.decide-act': command({
    summary: '第二人答复监考处置',
    clause: AH11,
    permission: may['board.act'],
    record: { kind: 'act-proposal', from: 'proposalId' },
    input: z
      .strictObject({
        proposalId: id,
        decision: z.enum(['agreed', 'declined', 'withdrawn']),
        reason: reason.nullable(),
        clientAt,
      })
      .refine((input) => input.decision !== 'declined' || input.reason !== null, {
        path: ['reason'],
        message: '不同意时请写明理由',
      }),
    example: { proposalId: ID, decision: 'agreed', reason: null, clientAt: AT },
    output: done,
    handle: ({ app, actor }, input) => decideAct(app, actor, input),
  }),
} satisfies Api
