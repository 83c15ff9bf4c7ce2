import { z } from 'zod'
import { minuteOf } from '../../exams/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
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
  query,
  timelineEntry,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record as recordEvent } from '../../platform/audit.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { containing } from '../scope.ts'
import { listSeated, type SeatedFilter } from '../seating/store.ts'
import { decideAccommodation, proposeAccommodation } from './accommodate.ts'
import { arrangeSitting, chooseForms } from './arrange-sitting.ts'
import { ARRANGEMENT_STATES } from './arrangement.ts'
import { assignInvigilators } from './assign-invigilators.ts'
import { events } from './audit-events.ts'
import { chooseHalls } from './choose-halls.ts'
import { may } from './permissions.ts'
import { printDoorSheet, printSeatMap, printTickets } from './print-tickets.ts'
import { publishTickets } from './publish-tickets.ts'
import { arrangementChoices, readArrangement } from './read-arrangement.ts'
import { no } from './refusals.ts'
import {
  arrangement,
  arrangementState,
  drawShapeForStaff,
  EXPORT_ROWS,
  ID,
  instant,
  part,
  reason,
  role,
  rulesShape,
} from './shapes.ts'
import { type ArrangementFilter, findArrangement, listArrangements } from './store/arrangements.ts'

const listFilter = listInput.extend({
  state: z.enum(['none', ...arrangementState.options]).optional(),
  startsFrom: day.optional(),
  startsTo: day.optional(),
})
const listRow = z.object({
  sittingId: z.string(),
  number: z.string(),
  title: z.string(),
  organisation: z.string(),
  cityName: z.string(),
  level: z.string(),
  startsAt: instant,
  endsAt: instant,
  state: arrangementState.nullable(),
  family: z.string().nullable(),
  candidates: z.number(),
  halls: z.number(),
  seated: z.number(),
  drawnAt: instant.nullable(),
  ticketsPublishedAt: instant.nullable(),
})
const seatedFilter = listInput.extend({ sittingId: id, hallId: id.optional() })
const seatedRow = z.object({
  candidateId: z.string(),
  ticketNumber: z.string(),
  personName: z.string(),
  maskedIdNumber: z.string(),
  trainingOrganisation: z.string(),
  site: z.string().nullable(),
  hall: z.string().nullable(),
  seat: z.string().nullable(),
  row: z.number().nullable(),
  column: z.number().nullable(),
  form: z.string().nullable(),
  seatState: z.string().nullable(),
  extraMinutes: z.number(),
  hasPhoto: z.boolean(),
})
const ofHall = z.strictObject({ sittingId: id, hallId: id })
const ofSitting = z.strictObject({ sittingId: id })

export const arrangementsApi = {
  'halls.list-arrangements': query({
    summary: '考场编排',
    permission: may['arrangements.read'],
    input: listFilter,
    example: {},
    output: listOf(listRow),
    handle: async ({ app, actor }, input) => ok(await arrangementsOf(app, actor, input)),
  }),
  'halls.export-arrangements': download({
    summary: '导出考场编排',
    permission: may['arrangements.read'],
    input: listFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await arrangementsOf(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      await exported(app, actor, '考场编排', rows.length)
      const bytes = await writeSheet({
        title: '考场编排',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'number', title: '场次编号' },
          { key: 'title', title: '名称', width: 24 },
          { key: 'organisation', title: '评价机构', width: 20 },
          { key: 'cityName', title: '市州' },
          { key: 'starts', title: '开始' },
          { key: 'stateTitle', title: '编排' },
          { key: 'family', title: '统考', width: 16 },
          { key: 'candidates', title: '考生', kind: 'number' },
          { key: 'halls', title: '考场', kind: 'number' },
          { key: 'seated', title: '已排座', kind: 'number' },
        ],
        rows: rows.map((row) => ({
          ...row,
          family: row.family ?? '',
          starts: minuteOf(row.startsAt),
          stateTitle: row.state ? ARRANGEMENT_STATES[row.state] : '未编排',
        })),
      })
      return ok({ fileName: `考场编排-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.arrange-sitting': command({
    summary: '开始编排考场',
    clause: 'AH-11',
    permission: may['arrangements.prepare'],
    record: { kind: 'sitting', from: 'sittingId' },
    input: z.strictObject({ sittingId: id, forms: z.number().int().min(1).max(26).optional() }),
    example: { sittingId: ID },
    output: z.object({ sittingId: z.string() }),
    handle: ({ app, actor }, input) => arrangeSitting(app, actor, input),
  }),
  'halls.read-arrangement': query({
    summary: '查看考场编排',
    permission: may['arrangements.read'],
    record: arrangement,
    input: ofSitting,
    example: { sittingId: ID },
    output: z.object({
      sittingId: z.string(),
      number: z.string(),
      title: z.string(),
      organisation: z.string(),
      level,
      sittingState: z.string(),
      state: arrangementState,
      family: z.object({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
      startsAt: instant,
      endsAt: instant,
      parts: z.array(z.object({ part, startsAt: instant, endsAt: instant })),
      forms: z.number(),
      rules: rulesShape,
      candidates: z.number(),
      seated: z.number(),
      registrationClosedAt: instant.nullable(),
      inputsSha256: z.string().nullable(),
      drawnAt: instant.nullable(),
      proofSha256: z.string().nullable(),
      ticketsPublishedAt: instant.nullable(),
      sealedAt: instant.nullable(),
      checklist: z.array(
        z.object({
          key: z.string(),
          title: z.string(),
          state: z.enum(['done', 'gap', 'waiting', 'note']),
          words: z.string(),
          clause: z.string().nullable(),
        }),
      ),
      halls: z.array(
        z.object({
          hallId: z.string(),
          hall: z.string(),
          siteId: z.string(),
          site: z.string(),
          address: z.string(),
          usable: z.number(),
          spare: z.number(),
          accessible: z.number(),
          bound: z.number(),
          seated: z.number(),
          expected: z.number(),
          needed: z.number(),
          invigilators: z.array(z.object({ accountId: z.string(), name: z.string(), role })),
        }),
      ),
      accommodations: z.array(
        z.object({
          id: z.string(),
          personName: z.string(),
          ticketNumber: z.string().nullable(),
          extraMinutes: z.number(),
          accessibleSeat: z.boolean(),
          reason: z.string(),
          proposedByName: z.string(),
          proposedAt: instant,
          decision: z.enum(['approved', 'rejected']).nullable(),
          decisionReason: z.string().nullable(),
          decidedByName: z.string().nullable(),
          mayDecide: allowed.nullable(),
        }),
      ),
      draws: z.array(drawShapeForStaff),
      actions: z.object({
        chooseHalls: allowed.nullable(),
        assign: allowed.nullable(),
        accommodate: allowed.nullable(),
        commit: allowed.nullable(),
        closeRegistration: allowed.nullable(),
        draw: allowed.nullable(),
        voidDraw: allowed.nullable(),
        publishTickets: allowed.nullable(),
        print: allowed.nullable(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readArrangement(app, actor, input),
  }),
  'halls.arrangement-choices': query({
    summary: '可选的考场和监考员',
    permission: may['arrangements.prepare'],
    record: arrangement,
    input: ofSitting,
    example: { sittingId: ID },
    output: z.object({
      halls: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          site: z.string(),
          cityName: z.string(),
          usable: z.number(),
          accessible: z.number(),
          takenBy: z.string().nullable(),
        }),
      ),
      invigilators: z.array(
        z.object({
          accountId: z.string(),
          name: z.string(),
          assignedTo: z.string().nullable(),
          because: z.string().nullable(),
        }),
      ),
    }),
    handle: ({ app, actor }, input) => arrangementChoices(app, actor, input),
  }),
  'halls.choose-halls': command({
    summary: '选定考场',
    clause: 'AH-11',
    permission: may['arrangements.prepare'],
    record: arrangement,
    input: z.strictObject({ sittingId: id, hallIds: z.array(id).min(1, '请至少选一个考场').max(500) }),
    example: { sittingId: ID, hallIds: [ID] },
    output: z.object({ halls: z.number(), seats: z.number() }),
    handle: ({ app, actor }, input) => chooseHalls(app, actor, input),
  }),
  'halls.choose-forms': command({
    summary: '设定卷型数',
    clause: 'AH-11',
    permission: may['arrangements.prepare'],
    record: arrangement,
    input: z.strictObject({ sittingId: id, forms: z.number().int().min(1).max(26) }),
    example: { sittingId: ID, forms: 4 },
    output: z.object({ forms: z.number() }),
    handle: ({ app, actor }, input) => chooseForms(app, actor, input),
  }),
  'halls.assign-invigilators': command({
    summary: '安排监考',
    clause: 'STD-1.9.3',
    permission: may['arrangements.prepare'],
    record: arrangement,
    input: z.strictObject({
      sittingId: id,
      hallId: id,
      people: z.array(z.strictObject({ accountId: id, role })).max(200),
    }),
    example: { sittingId: ID, hallId: ID, people: [{ accountId: ID, role: 'chief' }] },
    output: z.object({ assigned: z.number() }),
    handle: ({ app, actor }, input) => assignInvigilators(app, actor, input),
  }),
  'halls.propose-accommodation': command({
    summary: '提出便利安排',
    permission: may['arrangements.prepare'],
    record: arrangement,
    input: z
      .strictObject({
        sittingId: id,
        candidateId: id,
        extraMinutes: z.number().int().min(0).max(240),
        accessibleSeat: z.boolean(),
        reason,
      })
      .refine((one) => one.extraMinutes > 0 || one.accessibleSeat, {
        message: '请填写延长的分钟数，或选择需要无障碍考位',
        path: ['extraMinutes'],
      }),
    example: {
      sittingId: ID,
      candidateId: ID,
      extraMinutes: 30,
      accessibleSeat: false,
      reason: '视力残疾，持证',
    },
    output: done,
    handle: ({ app, actor }, input) => proposeAccommodation(app, actor, input),
  }),
  'halls.decide-accommodation': command({
    summary: '决定便利安排',
    permission: may['arrangements.prepare'],
    record: { kind: 'accommodation', from: 'accommodationId' },
    input: z.strictObject({ accommodationId: id, approve: z.boolean(), reason }),
    example: { accommodationId: ID, approve: true, reason: '已核对残疾人证' },
    output: done,
    handle: ({ app, actor }, input) => decideAccommodation(app, actor, input),
  }),
  'halls.publish-tickets': command({
    summary: '发布准考证',
    clause: 'AH-11',
    permission: may['tickets.publish'],
    record: arrangement,
    input: ofSitting,
    example: { sittingId: ID },
    output: z.object({ candidates: z.number() }),
    handle: ({ app, actor }, input) => publishTickets(app, actor, input),
  }),
  'halls.list-seated': query({
    summary: '座次名单',
    permission: may['arrangements.read'],
    record: arrangement,
    input: seatedFilter,
    example: { sittingId: ID },
    output: listOf(seatedRow),
    handle: async ({ app, actor }, input) => {
      const found = await seatedOf(app, actor, input)
      return found ? ok({ ...found, page: input.page, size: input.size }) : refuse(no.ARRANGEMENT_NOT_FOUND())
    },
  }),
  'halls.export-seated': download({
    summary: '导出座次名单',
    permission: may['arrangements.read'],
    record: arrangement,
    input: seatedFilter,
    example: { sittingId: ID },
    handle: async ({ app, actor }, input) => {
      const found = await seatedOf(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      if (!found) return refuse(no.ARRANGEMENT_NOT_FOUND())
      await exported(app, actor, '座次名单', found.rows.length)
      const bytes = await writeSheet({
        title: '座次名单',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'ticketNumber', title: '准考证号' },
          { key: 'personName', title: '姓名' },
          { key: 'maskedIdNumber', title: '证件号码' },
          { key: 'trainingOrganisation', title: '培训机构', width: 20 },
          { key: 'site', title: '考点', width: 16 },
          { key: 'hall', title: '考场' },
          { key: 'seat', title: '考位' },
          { key: 'form', title: '卷型' },
          { key: 'extraMinutes', title: '延长分钟', kind: 'number' },
        ],
        rows: found.rows.map((row) => ({
          ...row,
          site: row.site ?? '',
          hall: row.hall ?? '',
          seat: row.seat ?? '',
          form: row.form ?? '',
        })),
      })
      return ok({ fileName: `座次名单-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.print-tickets': download({
    summary: '打印一个考场的准考证',
    permission: may['tickets.publish'],
    record: arrangement,
    input: ofHall,
    example: { sittingId: ID, hallId: ID },
    handle: ({ app, actor }, input) => printTickets(app, actor, input),
  }),
  'halls.print-door-sheet': download({
    summary: '打印门贴座次表',
    permission: may['tickets.print'],
    record: arrangement,
    input: ofHall,
    example: { sittingId: ID, hallId: ID },
    handle: ({ app, actor }, input) => printDoorSheet(app, actor, input),
  }),
  'halls.print-seat-map': download({
    summary: '打印座次图',
    permission: may['tickets.print'],
    record: arrangement,
    input: ofHall,
    example: { sittingId: ID, hallId: ID },
    handle: ({ app, actor }, input) => printSeatMap(app, actor, input),
  }),
} satisfies Api

async function arrangementsOf(app: App, actor: Actor, input: ArrangementFilter) {
  const { rows, total } = await listArrangements(app.db, scopeOf(actor), input)
  const names = await namesOf(
    app,
    rows.map((row) => row.organisationId),
  )
  const named = rows.map((row) => ({ ...row, organisation: names.get(row.organisationId) ?? '' }))
  return { rows: named, total, page: input.page, size: input.size }
}

async function seatedOf(app: App, actor: Actor, input: SeatedFilter & { sittingId: string }) {
  const one = await findArrangement(app.db, input.sittingId, scopeOf(actor))
  if (!one) return undefined
  const { rows, total } = await listSeated(app.db, one.sittingId, input, containing(input.q))
  const names = await namesOf(
    app,
    rows.map((row) => row.trainingOrganisationId),
  )
  return {
    rows: rows.map((row) => ({ ...row, trainingOrganisation: names.get(row.trainingOrganisationId) ?? '' })),
    total,
  }
}

async function namesOf(app: App, ids: string[]): Promise<Map<string, string>> {
  const found = await findOrganisations(app.db, { ids: [...new Set(ids)] })
  return new Map(found.map((one) => [one.id, one.name]))
}

function exported(app: App, actor: Actor, list: string, rows: number): Promise<void> {
  return recordEvent(app.db, {
    name: events['arrangement-list.exported'],
    at: app.clock.now(),
    actor,
    subjects: actor.organisation ? [`organisation:${actor.organisation.id}`] : [],
    data: { list, rows },
  })
}
