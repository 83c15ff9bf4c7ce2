import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Api,
  allowed,
  command,
  download,
  id,
  listInput,
  listOf,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { record } from '../../platform/audit.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { PART_TITLES } from '../papers/paper.ts'
import { findArranged } from '../papers/store.ts'
import { events } from './audit-events.ts'
import { closeHallSitting } from './close-sitting.ts'
import { makeArchive } from './make-archive.ts'
import { openAnswerFile } from './open-answer-file.ts'
import { may } from './permissions.ts'
import { downloadArchive, readArchive } from './read-archive.ts'
import { no } from './refusals.ts'
import { replayAttempt } from './replay-attempt.ts'
import { attemptState, instant, part, replayShape } from './shapes.ts'
import { listAttempts } from './store.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const AH10 = 'AH-10'
const AH11 = 'AH-11'
const sitting = { kind: 'arrangement', from: 'sittingId' }
const purpose = z.string().trim().min(2, '请写明用途').max(500)
const attemptFilter = listInput.extend({
  sittingId: id,
  part: part.optional(),
  state: attemptState.optional(),
})
const STATES: Record<z.output<typeof attemptState>, string> = {
  ready: '未开始',
  started: '作答中',
  handed_in: '已交卷',
  timed_out: '到时收卷',
  terminated: '被终止',
  absent: '缺考',
}

export const archivesApi = {
  'halls.read-archive': query({
    summary: '一场机考的收卷和档案',
    permission: may['archives.read'],
    clause: AH11,
    record: sitting,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({
      sitting: z.object({
        sittingId: z.string(),
        number: z.string(),
        title: z.string(),
        state: z.enum(['preparing', 'drawn', 'sealed', 'running', 'closed', 'archived']),
        closedAt: instant.nullable(),
      }),
      counts: z.object({
        attempts: z.number(),
        open: z.number(),
        handedIn: z.number(),
        timedOut: z.number(),
        terminated: z.number(),
        absent: z.number(),
      }),
      anchors: z.array(
        z.object({
          attempts: z.number(),
          entries: z.number(),
          headsSha256: z.string(),
          keyId: z.string(),
          at: instant,
        }),
      ),
      archives: z.array(
        z.object({
          id: z.string(),
          number: z.number(),
          includesKeys: z.boolean(),
          reason: z.string(),
          requestedByName: z.string(),
          requestedAt: instant,
          manifestSha256: z.string().nullable(),
          madeAt: instant.nullable(),
          bytes: z.number().nullable(),
        }),
      ),
      /** Parts never started by candidates who bear no mark: closing marks them absent. */
      absencesToMark: z.number(),
      publicKeys: z.array(z.object({ keyId: z.string(), spki: z.string() })),
      timeline: z.array(timelineEntry),
      actions: z.object({ close: allowed, make: allowed }),
    }),
    handle: ({ app, actor }, input) => readArchive(app, actor, input),
  }),
  'halls.close-sitting': command({
    summary: '结束机考',
    permission: may['archives.make'],
    clause: AH10,
    record: sitting,
    input: z.strictObject({ sittingId: id, marksAbsent: z.boolean().default(false) }),
    example: { sittingId: ID },
    output: z.object({ attempts: z.number(), markedAbsent: z.number(), headsSha256: z.string() }),
    handle: ({ app, actor }, input) => closeHallSitting(app, actor, input),
  }),
  'halls.make-archive': command({
    summary: '制作机考档案',
    permission: may['archives.make'],
    clause: AH11,
    record: sitting,
    input: z.strictObject({
      sittingId: id,
      reason: z.string().trim().min(2, '请写明用途').max(500),
      includesKeys: z.boolean(),
    }),
    example: { sittingId: ID, reason: '考后归档', includesKeys: false },
    output: z.object({ id: z.string(), number: z.number() }),
    handle: ({ app, actor }, input) => makeArchive(app, actor, input),
  }),
  'halls.download-archive': download({
    summary: '下载机考档案',
    permission: may['archives.download'],
    clause: AH11,
    record: { kind: 'hall-archive', from: 'archiveId' },
    input: z.strictObject({ archiveId: id, purpose }),
    example: { archiveId: ID, purpose: '申诉复核' },
    handle: ({ app, actor }, input) => downloadArchive(app, actor, input),
  }),
  'halls.list-attempts': query({
    summary: '一场机考的答卷',
    permission: may['archives.read'],
    clause: AH11,
    record: sitting,
    input: attemptFilter,
    example: { sittingId: ID },
    output: listOf(
      z.object({
        id: z.string(),
        part,
        personName: z.string(),
        ticketNumber: z.string(),
        form: z.string(),
        state: attemptState,
        startedAt: instant.nullable(),
        closedAt: instant.nullable(),
        answered: z.number().nullable(),
        items: z.number(),
        extraMinutes: z.number(),
        objectiveTenths: z.number().nullable(),
        scoreTenths: z.number().nullable(),
      }),
    ),
    handle: async ({ app, actor }, input) => {
      if (!(await findArranged(app.db, input.sittingId, scopeOf(actor))))
        return refuse(no.ARCHIVE_SITTING_NOT_FOUND())
      const { rows, total } = await listAttempts(app.db, scopeOf(actor), input)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  'halls.export-attempts': download({
    summary: '导出答卷名单',
    permission: may['archives.download'],
    clause: AH11,
    record: sitting,
    input: attemptFilter,
    example: { sittingId: ID },
    handle: async ({ app, actor }, input) => {
      const found = await findArranged(app.db, input.sittingId, scopeOf(actor))
      if (!found) return refuse(no.ARCHIVE_SITTING_NOT_FOUND())
      const { rows } = await listAttempts(app.db, scopeOf(actor), { ...input, page: 1, size: 20_000 })
      await record(app.db, {
        name: events['hall-attempts.exported'],
        at: app.clock.now(),
        actor,
        subjects: [`sitting:${found.sittingId}`],
        data: { rows: rows.length },
      })
      const bytes = await writeSheet({
        title: `答卷名单 ${found.number}`,
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'ticketNumber', title: '准考证号' },
          { key: 'personName', title: '姓名' },
          { key: 'partTitle', title: '科目' },
          { key: 'form', title: '卷型' },
          { key: 'stateTitle', title: '状态' },
          { key: 'answered', title: '已答题数', kind: 'number' },
          { key: 'items', title: '题数', kind: 'number' },
          { key: 'objectiveTenths', title: '客观题得分', kind: 'score' },
        ],
        rows: rows.map((row) => ({
          ...row,
          partTitle: PART_TITLES[row.part],
          stateTitle: STATES[row.state],
        })),
      })
      return ok({ fileName: `答卷名单-${found.number}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.replay-attempt': command({
    summary: '回放作答轨迹',
    permission: may['attempts.replay'],
    clause: AH11,
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({ attemptId: id, purpose }),
    example: { attemptId: ID, purpose: '申诉复核' },
    output: replayShape,
    handle: ({ app, actor }, input) => replayAttempt(app, actor, input),
  }),
  'halls.answer-file': download({
    summary: '打开作答文件',
    permission: may['attempts.replay'],
    clause: AH11,
    record: { kind: 'attempt', from: 'attemptId' },
    input: z.strictObject({ attemptId: id, fileId: id, purpose }),
    example: { attemptId: ID, fileId: ID, purpose: '申诉复核' },
    handle: ({ app, actor }, input) => openAnswerFile(app, actor, input),
  }),
} satisfies Api
