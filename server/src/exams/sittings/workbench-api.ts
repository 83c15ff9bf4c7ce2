import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Actor,
  type Api,
  allowed,
  command,
  day,
  done,
  download,
  id,
  level,
  listInput,
  listOf,
  nothing,
  query,
  refusalShape,
  timelineEntry,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { EVIDENCE_LIMITS } from '../../platform/files.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { organisationNames } from '../declarations/read-declaration.ts'
import { may } from '../permissions.ts'
import { recordExport } from '../record-export.ts'
import { no } from '../refusals.ts'
import { assignCandidates } from './assign-candidates.ts'
import { cancelSitting } from './cancel-sitting.ts'
import { endSitting } from './end-sitting.ts'
import { clearMark, markCandidate } from './mark-candidate.ts'
import { openMarkEvidence } from './open-mark-evidence.ts'
import { openSitting } from './open-sitting.ts'
import { planSitting } from './plan-sitting.ts'
import { readSitting } from './read-sitting.ts'
import { minuteOf, PARTS, RESULTS, SITTING_STATES, type SittingState } from './sitting.ts'
import {
  EXPORT_ROWS,
  ID,
  instant,
  mark,
  part,
  progressShape,
  reason,
  record,
  result,
  XLSX,
} from './sitting-shapes.ts'
import { listCandidates, listSittings, planningChoices, type SittingFilter } from './store/reading.ts'
import { findSitting } from './store/sittings.ts'
import { unassignCandidates } from './unassign-candidates.ts'

const ids = z.array(id).min(1, '请至少选择一项').max(2000)
const state = z.enum(Object.keys(SITTING_STATES) as [SittingState, ...SittingState[]])
const instantIn = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const window = z
  .strictObject({ startsAt: instantIn, endsAt: instantIn })
  .refine((one) => one.startsAt < one.endsAt, { message: '结束时间应晚于开始时间', path: ['endsAt'] })
const exceptions = z.array(
  z.object({ declarationId: z.string(), number: z.string(), personName: z.string(), refusal: refusalShape }),
)

const sittingFilter = listInput.extend({
  state: state.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  startsFrom: day.optional(),
  startsTo: day.optional(),
})
const sittingRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  organisation: z.string(),
  cityName: z.string(),
  occupationId: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
  venue: z.string(),
  capacity: z.number(),
  startsAt: instant,
  endsAt: instant,
  state,
  endedOn: z.string().nullable(),
  publishedAt: instant.nullable(),
  candidates: z.number(),
  passed: z.number(),
  failed: z.number(),
  absent: z.number(),
  misconduct: z.number(),
})
const candidateRow = z.object({
  id: z.string(),
  declarationId: z.string(),
  ticketNumber: z.string(),
  personName: z.string(),
  maskedIdNumber: z.string(),
  trainingOrganisation: z.string(),
  attempt: z.number(),
  theoryMark: mark,
  abilityMark: mark,
  theoryRetained: z.boolean(),
  abilityRetained: z.boolean(),
  theoryScoreTenths: z.number().nullable(),
  abilityScoreTenths: z.number().nullable(),
  result: result.nullable(),
  /** Marks one person cannot change, with the reason in words. */
  fixedMarks: z.array(z.object({ part, message: z.string() })),
})

async function sittingsOf(app: App, actor: Actor, input: SittingFilter) {
  const { rows, total } = await listSittings(app.db, scopeOf(actor), input)
  const names = await organisationNames(
    app.db,
    rows.map((row) => row.organisationId),
  )
  const named = rows.map((row) => ({ ...row, organisation: names.get(row.organisationId) ?? '' }))
  return { rows: named, total, page: input.page, size: input.size }
}

export const sittingsApi = {
  'exams.list-sittings': query({
    summary: '考核场次',
    permission: may['sittings.read'],
    input: sittingFilter,
    example: {},
    output: listOf(sittingRow),
    handle: async ({ app, actor }, input) => ok(await sittingsOf(app, actor, input)),
  }),
  'exams.export-sittings': download({
    summary: '导出考核场次',
    permission: may['sittings.read'],
    input: sittingFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await sittingsOf(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const bytes = await writeSheet({
        title: '考核场次',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'number', title: '场次编号' },
          { key: 'title', title: '名称', width: 24 },
          { key: 'organisation', title: '评价机构', width: 20 },
          { key: 'occupationName', title: '职业', width: 16 },
          { key: 'level', title: '等级' },
          { key: 'cityName', title: '市州' },
          { key: 'venue', title: '地点', width: 20 },
          { key: 'starts', title: '开始' },
          { key: 'stateTitle', title: '状态' },
          { key: 'candidates', title: '考生', kind: 'number' },
          { key: 'passed', title: '合格', kind: 'number' },
          { key: 'failed', title: '不合格', kind: 'number' },
          { key: 'absent', title: '缺考', kind: 'number' },
          { key: 'misconduct', title: '违纪', kind: 'number' },
        ],
        rows: rows.map((row) => ({
          ...row,
          starts: minuteOf(row.startsAt),
          stateTitle: SITTING_STATES[row.state],
        })),
      })
      return ok({ fileName: `考核场次-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'exams.planning-choices': query({
    summary: '可安排的考核',
    permission: may['sittings.plan'],
    input: nothing,
    example: {},
    output: z.object({
      plans: z.array(
        z.object({
          provinceCode: z.string(),
          occupationId: z.string(),
          occupationName: z.string(),
          level,
          directions: z.array(z.string()),
        }),
      ),
      cities: z.array(z.object({ code: z.string(), name: z.string(), provinceCode: z.string() })),
    }),
    handle: async ({ app, actor }) =>
      ok(await planningChoices(app.db, defined(actor.organisation, 'an institution').id, app.clock.today())),
  }),
  'exams.plan-sitting': command({
    summary: '安排考核场次',
    clause: 'HB-4.4',
    permission: may['sittings.plan'],
    input: z.strictObject({
      title: z.string().trim().min(2).max(100),
      occupationId: z.string().max(40),
      direction: z.string().max(60).nullish(),
      level,
      cityCode: z.string().regex(/^\d{6}$/),
      venue: z.string().trim().min(2).max(200),
      capacity: z.number().int().min(1).max(5000),
      theory: window,
      ability: window,
    }),
    example: {
      title: '智能制造初级考核',
      occupationId: 'smart_mfg',
      level: '初级',
      cityCode: '420100',
      venue: '考评中心 201 室',
      capacity: 40,
      theory: { startsAt: '2026-12-05T09:00:00+08:00', endsAt: '2026-12-05T11:00:00+08:00' },
      ability: { startsAt: '2026-12-05T14:00:00+08:00', endsAt: '2026-12-05T17:00:00+08:00' },
    },
    output: z.object({ id: z.string(), number: z.string() }),
    handle: ({ app, actor }, input) => planSitting(app, actor, input),
  }),
  'exams.cancel-sitting': command({
    summary: '取消考核场次',
    clause: 'HB-4.4',
    permission: may['sittings.plan'],
    record,
    input: z.strictObject({ sittingId: id, reason }),
    example: { sittingId: ID, reason: '场地停电' },
    output: z.object({ released: z.number() }),
    handle: ({ app, actor }, input) => cancelSitting(app, actor, input),
  }),
  'exams.read-sitting': query({
    summary: '查看考核场次',
    permission: may['sittings.read'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: sittingRow.extend({
      parts: z.array(z.object({ part, startsAt: instant, endsAt: instant })),
      progress: progressShape,
      figures: z.array(
        z.object({
          name: z.string(),
          value: z.string(),
          verified: z.boolean(),
          source: z.string(),
          clause: z.string(),
        }),
      ),
      marks: z.array(
        z.object({
          candidateId: z.string(),
          part,
          mark,
          reason: z.string(),
          fileId: z.string().nullable(),
          markedByName: z.string(),
          markedAt: instant,
          clearedReason: z.string().nullable(),
        }),
      ),
      corrections: z.array(
        z.object({
          id: z.string(),
          candidateId: z.string(),
          ticketNumber: z.string(),
          personName: z.string(),
          part,
          fromTenths: z.number(),
          toTenths: z.number(),
          reason: z.string(),
          proposedByName: z.string(),
          proposedAt: instant,
          decision: z.string().nullable(),
          /** Proposed together, because of one wrong key: they may be decided together. */
          batchId: z.string().nullable(),
          mayDecide: allowed.nullable(),
        }),
      ),
      actions: z.object({
        assign: allowed.nullable(),
        cancel: allowed.nullable(),
        open: allowed.nullable(),
        mark: allowed.nullable(),
        end: allowed.nullable(),
        enterScores: allowed.nullable(),
        settle: allowed.nullable(),
        publish: allowed.nullable(),
        correct: allowed.nullable(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readSitting(app, actor, input),
  }),
  'exams.assign-candidates': command({
    summary: '编排考生',
    clause: 'HB-4.4',
    permission: may['sittings.plan'],
    record,
    input: z.strictObject({ sittingId: id, declarationIds: ids }),
    example: { sittingId: ID, declarationIds: [ID] },
    output: z.object({ assigned: z.number(), exceptions }),
    handle: ({ app, actor }, input) => assignCandidates(app, actor, input),
  }),
  'exams.unassign-candidates': command({
    summary: '移出考生',
    clause: 'HB-4.4',
    permission: may['sittings.plan'],
    record,
    input: z.strictObject({ sittingId: id, candidateIds: ids, reason }),
    example: { sittingId: ID, candidateIds: [ID], reason: '改期' },
    output: z.object({ released: z.number() }),
    handle: ({ app, actor }, input) => unassignCandidates(app, actor, input),
  }),
  'exams.list-candidates': query({
    summary: '场次考生',
    permission: may['sittings.read'],
    record,
    input: listInput.extend({ sittingId: id, result: result.optional(), mark: mark.optional() }),
    example: { sittingId: ID },
    output: listOf(candidateRow),
    handle: async ({ app, actor }, input) => {
      const found = await candidatesFor(app, actor, input)
      return found ? ok({ ...found, page: input.page, size: input.size }) : refuse(no.SITTING_NOT_FOUND())
    },
  }),
  'exams.export-candidates': download({
    summary: '导出场次考生',
    permission: may['sittings.read'],
    record,
    input: listInput.extend({ sittingId: id, result: result.optional(), mark: mark.optional() }),
    example: { sittingId: ID },
    handle: async ({ app, actor }, input) => {
      const found = await candidatesFor(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      if (!found) return refuse(no.SITTING_NOT_FOUND())
      await recordExport(app, actor, '考生名单', found.rows.length)
      const bytes = await writeSheet({
        title: '考生名单',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'ticketNumber', title: '准考证号' },
          { key: 'personName', title: '姓名' },
          { key: 'maskedIdNumber', title: '证件号码' },
          { key: 'trainingOrganisation', title: '培训机构', width: 20 },
          { key: 'attempt', title: '第几次', kind: 'number' },
          { key: 'theoryScoreTenths', title: PARTS.theory, kind: 'score' },
          { key: 'abilityScoreTenths', title: PARTS.ability, kind: 'score' },
          { key: 'resultTitle', title: '结果' },
        ],
        rows: found.rows.map((row) => ({ ...row, resultTitle: row.result ? RESULTS[row.result] : '' })),
      })
      return ok({ fileName: `考生名单-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'exams.open-sitting': command({
    summary: '开考',
    clause: 'HB-4.4',
    permission: may['sittings.run'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({ candidates: z.number() }),
    handle: ({ app, actor }, input) => openSitting(app, actor, input),
  }),
  'exams.mark-candidate': command({
    summary: '登记缺考或违纪',
    clause: 'HB-4.4',
    permission: may['sittings.run'],
    record,
    input: z.strictObject({
      sittingId: id,
      candidateId: id,
      part,
      mark: z.enum(['absent', 'misconduct']),
      reason,
    }),
    example: { sittingId: ID, candidateId: ID, part: 'theory', mark: 'absent', reason: '未到场' },
    files: { max: 1, maxBytes: EVIDENCE_LIMITS.maxBytes, mediaTypes: EVIDENCE_LIMITS.accept },
    output: done,
    handle: ({ app, actor, files }, input) => markCandidate(app, actor, input, files[0]),
  }),
  'exams.clear-mark': command({
    summary: '撤销缺考或违纪登记',
    clause: 'HB-4.4',
    permission: may['sittings.run'],
    record,
    input: z.strictObject({ sittingId: id, candidateId: id, part, reason }),
    example: { sittingId: ID, candidateId: ID, part: 'theory', reason: '核对签到表，确已到场' },
    output: done,
    handle: ({ app, actor }, input) => clearMark(app, actor, input),
  }),
  'exams.open-mark-evidence': download({
    summary: '查看违纪证据',
    permission: may['sittings.read'],
    record,
    input: z.strictObject({ sittingId: id, fileId: id }),
    example: { sittingId: ID, fileId: ID },
    handle: ({ app, actor }, input) => openMarkEvidence(app, actor, input),
  }),
  'exams.end-sitting': command({
    summary: '结束考核',
    clause: 'HB-4.4',
    permission: may['sittings.run'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({ endedOn: z.string() }),
    handle: ({ app, actor }, input) => endSitting(app, actor, input),
  }),
} satisfies Api

/** Scores are for the manager and the supervisors, and only once published; an examiner stays blind. */
const SEES_SCORES = [
  'evaluation_manager',
  'city_officer',
  'provincial_officer',
  'national_officer',
  'auditor',
]

async function candidatesFor(
  app: App,
  actor: Actor,
  input: Omit<Parameters<typeof listCandidates>[2], 'scores'> & { sittingId: string },
) {
  const sitting = await findSitting(app.db, input.sittingId, scopeOf(actor))
  if (!sitting) return undefined
  const published = sitting.state === 'scored' || sitting.state === 'reported'
  const scores = published && SEES_SCORES.includes(actor.role)
  const { rows, total } = await listCandidates(app.db, sitting.id, { ...input, scores })
  const names = await organisationNames(
    app.db,
    rows.map((row) => row.trainingOrganisationId),
  )
  return {
    rows: rows.map(({ foundByTwo, ...row }) => ({
      ...row,
      fixedMarks: foundByTwo.map((part) => ({ part, message: no.MARK_OF_TWO().message })),
      result: scores ? row.result : null,
      trainingOrganisation: names.get(row.trainingOrganisationId) ?? '',
    })),
    total,
  }
}
