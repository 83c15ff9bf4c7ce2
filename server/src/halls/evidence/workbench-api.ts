import { z } from 'zod'
import { type Api, allowed, command, done, download, id, listInput, query } from '../../platform/api.ts'
import { exportEvidence } from './export-evidence.ts'
import { KEEPING, type KeepingKind } from './keeping.ts'
import { decideLift, proposeLift } from './lift-hold.ts'
import { may } from './permissions.ts'
import { decideHold, putHold } from './put-hold.ts'
import { listEvidence, openCapture, openVideo, readEvidence } from './read-evidence.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const AH11 = 'AH-11'
const part = z.enum(['theory', 'ability'])
const purpose = z.string().trim().min(2, '请写明用途').max(100)
const list = listInput.extend({
  sittingId: id,
  hallId: id.optional(),
  part: part.optional(),
  flagged: z.enum(['yes']).optional(),
  kept: z.enum(['yes']).optional(),
})
const instant = z.date().transform((at) => at.toISOString())

const keeping = z.array(
  z.object({
    kind: z.enum(Object.keys(KEEPING) as [KeepingKind]),
    words: z.string(),
    since: instant,
    until: z.string().nullable(),
  }),
)
const reason = z.string().trim().min(2, '请写明理由').max(500)
const decided = z
  .strictObject({
    holdId: id,
    decision: z.enum(['agreed', 'declined', 'withdrawn']),
    reason: reason.nullable(),
  })
  .refine((input) => input.decision !== 'declined' || input.reason !== null, {
    path: ['reason'],
    message: '不同意时请写明理由',
  })
const ofHold = { kind: 'evidence-hold', from: 'holdId' }

const row = z.object({
  attemptId: z.string(),
  candidateId: z.string(),
  name: z.string(),
  ticketNumber: z.string(),
  hall: z.string().nullable(),
  seat: z.string().nullable(),
  part,
  state: z.string(),
  captures: z.number(),
  other: z.number(),
  several: z.number(),
  none: z.number(),
  unsure: z.number(),
  notCompared: z.number(),
  segments: z.number(),
  lastAt: instant.nullable(),
  keeping,
})

const capture = z.object({
  id: z.string(),
  reason: z.enum(['gate', 'random', 'event', 'asked']),
  clientAt: instant.nullable(),
  at: instant,
  sha256: z.string(),
  state: z.enum(['waiting', 'compared', 'failed', 'deleted']),
  outcome: z.enum(['same', 'other', 'none', 'several', 'unsure']).nullable(),
  score: z.number().nullable(),
  findings: z.record(z.string(), z.unknown()),
  deletedAt: instant.nullable(),
})

export const evidenceApi = {
  'halls.list-evidence': query({
    summary: '考试画面记录',
    clause: AH11,
    permission: may['evidence.read'],
    record: { kind: 'arrangement', from: 'sittingId' },
    input: list,
    example: { sittingId: ID },
    output: z.object({
      rows: z.array(row),
      total: z.number(),
      page: z.number(),
      size: z.number(),
      load: z.object({ waiting: z.number(), oldestAt: instant.nullable(), droppedRecently: z.number() }),
    }),
    handle: ({ app, actor }, input) =>
      listEvidence(app, actor, { ...input, flagged: input.flagged === 'yes', kept: input.kept === 'yes' }),
  }),
  'halls.export-evidence': download({
    summary: '导出考试画面清单',
    clause: AH11,
    permission: may['evidence.read'],
    record: { kind: 'arrangement', from: 'sittingId' },
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    handle: ({ app, actor }, input) => exportEvidence(app, actor, input),
  }),
  'halls.read-evidence': query({
    summary: '查看一场考试的抓拍和录像',
    clause: AH11,
    permission: may['evidence.read'],
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({ attemptId: id, purpose }),
    example: { attemptId: ID, purpose: '核查异常' },
    output: z.object({
      head: z.object({
        sittingId: z.string(),
        attemptId: z.string(),
        candidateId: z.string(),
        name: z.string(),
        ticketNumber: z.string(),
        title: z.string(),
        hall: z.string().nullable(),
        seat: z.string().nullable(),
        part,
        state: z.string(),
      }),
      captures: z.array(capture),
      runs: z.array(
        z.object({
          run: z.string(),
          segments: z.array(z.object({ segment: z.number(), from: z.string(), to: z.string() })),
          missing: z.array(z.number()),
          bytes: z.number(),
          clientFrom: instant,
          clientTo: instant,
          deletedAt: instant.nullable(),
        }),
      ),
      kept: z.object({
        capturesUntil: z.string().nullable(),
        videoUntil: z.string().nullable(),
        unverified: z.boolean(),
      }),
      keeping,
      afterCase: z.object({ days: z.number(), verified: z.boolean() }),
      hold: z
        .object({
          id: z.string(),
          reason: z.string(),
          by: z.string(),
          at: instant,
          confirmedBy: z.string().nullable(),
          lift: z.object({ reason: z.string(), by: z.string(), at: instant }).nullable(),
          actions: z.object({
            confirm: allowed,
            withdraw: allowed,
            lift: allowed,
            agreeLift: allowed,
            withdrawLift: allowed,
          }),
        })
        .nullable(),
      actions: z.object({ hold: allowed }),
    }),
    handle: ({ app, actor }, input) => readEvidence(app, actor, input),
  }),
  'halls.put-hold': command({
    summary: '保全考试画面',
    clause: 'FACE-KEEP',
    permission: may['evidence.hold'],
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({ attemptId: id, reason }),
    example: { attemptId: ID, reason: '考生对成绩提出申诉' },
    output: done,
    handle: ({ app, actor }, input) => putHold(app, actor, input),
  }),
  'halls.decide-hold': command({
    summary: '第二人答复保全',
    clause: 'FACE-KEEP',
    permission: may['evidence.hold'],
    record: ofHold,
    input: decided,
    example: { holdId: ID, decision: 'agreed', reason: null },
    output: done,
    handle: ({ app, actor }, input) => decideHold(app, actor, input),
  }),
  'halls.propose-lift': command({
    summary: '提出解除保全',
    clause: 'FACE-KEEP',
    permission: may['evidence.hold'],
    record: ofHold,
    input: z.strictObject({ holdId: id, reason }),
    example: { holdId: ID, reason: '申诉已办结' },
    output: done,
    handle: ({ app, actor }, input) => proposeLift(app, actor, input),
  }),
  'halls.decide-lift': command({
    summary: '第二人答复解除保全',
    clause: 'FACE-KEEP',
    permission: may['evidence.hold'],
    record: ofHold,
    input: decided,
    example: { holdId: ID, decision: 'agreed', reason: null },
    output: done,
    handle: ({ app, actor }, input) => decideLift(app, actor, input),
  }),
  'halls.capture-picture': download({
    summary: '查看抓拍',
    clause: AH11,
    permission: may['evidence.read'],
    record: { kind: 'capture', from: 'captureId' },
    input: z.strictObject({ captureId: id, purpose }),
    example: { captureId: ID, purpose: '核查异常' },
    handle: ({ app, actor }, input) => openCapture(app, actor, input),
  }),
  'halls.video-segment': download({
    summary: '查看录像',
    clause: AH11,
    permission: may['evidence.read'],
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({
      attemptId: id,
      run: z.string().max(64),
      segment: z.coerce.number().int().min(0).max(100_000),
      purpose,
    }),
    example: { attemptId: ID, run: 'run-0001', segment: 0, purpose: '核查异常' },
    handle: ({ app, actor }, input) => openVideo(app, actor, input),
  }),
} satisfies Api
