import { z } from 'zod'
import {
  type Actor,
  type Api,
  day,
  download,
  id,
  level,
  listInput,
  listOf,
  nothing,
  query,
  type Role,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, refuse } from '../../platform/result.ts'
import { FEE_KINDS } from '../fees/fee.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { entryHistory, findEntry, organisationsNamed, regions, searchEntries } from '../store/entries.ts'
import { searchFees } from '../store/fees.ts'
import {
  occupationLevels,
  occupationListings,
  occupationNames,
  searchOccupations,
} from '../store/occupations.ts'
import { searchSubsidyStandards } from '../store/subsidies.ts'
import { EXPORT_ROWS, workbook } from '../workbook.ts'
import { CATALOGUES } from './catalogue.ts'
import {
  entryShape,
  feeShape,
  occupationShape,
  shownEntry,
  shownFees,
  shownOccupation,
  shownSubsidy,
  statusName,
  subsidyShape,
} from './catalogue-shapes.ts'

const flag = z.enum(['yes', 'no']).optional()
const catalogue = z.enum(['training', 'evaluation'])
const province = z.string().regex(/^\d{6}$/)

/** `on`: as the catalogue stood that day (today when absent). `history`: rows of any day instead. */
const occupationFilter = listInput.extend({ on: day.optional(), all: flag })
const entryFilter = listInput.extend({
  catalogue,
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  provinceCode: province.optional(),
  on: day.optional(),
  history: flag,
  flagged: flag,
})
const feeFilter = listInput.extend({
  kind: z.enum(['training', 'assessment']).optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  organisationId: id.optional(),
  on: day.optional(),
  history: flag,
})
const subsidyFilter = listInput.extend({
  provinceCode: province.optional(),
  on: day.optional(),
  history: flag,
})

const pageOf = (input: { page: number; size: number }) => ({
  limit: input.size,
  offset: (input.page - 1) * input.size,
})
const everything = { page: 1, size: EXPORT_ROWS }

function dayAsked(
  app: App,
  input: { on?: string | undefined; history?: 'yes' | 'no' | undefined },
): string | null {
  return input.history === 'yes' ? null : (input.on ?? app.clock.today())
}

async function readOccupations(app: App, input: z.output<typeof occupationFilter>) {
  const found = await searchOccupations(app.db, {
    q: input.q,
    on: input.on ?? app.clock.today(),
    all: input.all === 'yes',
    ...pageOf(input),
  })
  const levels = await occupationLevels(
    app.db,
    found.rows.map((row) => row.id),
  )
  return { rows: found.rows.map((row) => shownOccupation(row, levels)), total: found.total }
}

async function readEntries(app: App, reader: Role, input: z.output<typeof entryFilter>) {
  const found = await searchEntries(app.db, {
    ...input,
    on: dayAsked(app, input),
    flagged: input.flagged === 'yes',
    ...pageOf(input),
  })
  const names = await occupationNames(app.db)
  const today = app.clock.today()
  return { rows: found.rows.map((row) => shownEntry(row, names, today, reader)), total: found.total }
}

async function readFees(app: App, input: z.output<typeof feeFilter>) {
  const named = input.q ? await organisationsNamed(app.db, input.q) : undefined
  const found = await searchFees(app.db, {
    ...input,
    organisationIds: named,
    on: dayAsked(app, input),
    ...pageOf(input),
  })
  return { rows: await shownFees(app.db, found.rows, app.clock.today()), total: found.total }
}

async function readSubsidies(app: App, reader: Actor, input: z.output<typeof subsidyFilter>) {
  const found = await searchSubsidyStandards(app.db, { ...input, on: dayAsked(app, input), ...pageOf(input) })
  const today = app.clock.today()
  return { rows: found.rows.map((row) => shownSubsidy(row, today, reader)), total: found.total }
}

const permission = may['catalogue.read']
const listing = z.object({
  id: z.string(),
  fromOn: day,
  toOn: day.nullable(),
  source: z.string(),
  sourceStatus: z.string(),
  endedReason: z.string().nullable(),
})

/** The public catalogues (HB-6.2 向社会公开, HB-5.4, HB-6.3); both surfaces read them. */
export const catalogueApi = {
  'institutions.list-occupations': query({
    summary: '职业目录',
    permission,
    clause: 'HB-6.2',
    input: occupationFilter,
    example: {},
    output: listOf(occupationShape),
    handle: async ({ app }, input) =>
      ok({ ...(await readOccupations(app, input)), page: input.page, size: input.size }),
  }),
  'institutions.read-occupation': query({
    summary: '职业详情',
    permission,
    clause: 'HB-6.2',
    input: z.strictObject({ id: z.string().max(40), on: day.optional() }),
    example: { id: 'ai' },
    output: z.object({ occupation: occupationShape, listings: z.array(listing) }),
    handle: async ({ app }, input) => {
      const on = input.on ?? app.clock.today()
      const found = await searchOccupations(app.db, { id: input.id, on, all: true, limit: 1, offset: 0 })
      const row = found.rows[0]
      if (!row) return refuse(no.ENTRY_NOT_FOUND())
      const listings = await occupationListings(app.db, row.id)
      return ok({
        occupation: shownOccupation(row, await occupationLevels(app.db, [row.id])),
        listings: listings.map((one) => ({ ...one, sourceStatus: statusName(one.sourceStatus) })),
      })
    },
  }),
  'institutions.export-occupations': download({
    summary: '导出职业目录',
    permission,
    clause: 'HB-6.2',
    input: occupationFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await readOccupations(app, { ...input, ...everything })
      return ok(
        await workbook(app, actor, {
          title: '职业目录',
          note: `目录日期 ${input.on ?? app.clock.today()}`,
          columns: [
            { key: 'name', title: '职业' },
            { key: 'code2015', title: '2015版编码' },
            { key: 'code2022', title: '2022版编码' },
            { key: 'standardDocument', title: '标准文号' },
            { key: 'fromOn', title: '列入日期' },
            { key: 'toOn', title: '截止日期' },
            { key: 'sourceStatus', title: '来源状态' },
            { key: 'source', title: '来源', width: 30 },
          ],
          rows,
        }),
      )
    },
  }),
  'institutions.list-entries': query({
    summary: '机构目录',
    permission,
    clause: 'HB-6.2',
    input: entryFilter,
    example: { catalogue: 'training' },
    output: listOf(entryShape),
    handle: async ({ app, actor }, input) =>
      ok({ ...(await readEntries(app, actor.role, input)), page: input.page, size: input.size }),
  }),
  'institutions.read-entry': query({
    summary: '目录机构详情',
    permission,
    clause: 'HB-6.2',
    input: z.strictObject({ id }),
    output: z.object({ entry: entryShape, history: z.array(entryShape), fees: z.array(feeShape) }),
    handle: async ({ app, actor }, input) => {
      const row = await findEntry(app.db, input.id)
      if (!row) return refuse(no.ENTRY_NOT_FOUND())
      const names = await occupationNames(app.db)
      const today = app.clock.today()
      const history = await entryHistory(app.db, row)
      const fees = row.organisationId
        ? await searchFees(app.db, { organisationId: row.organisationId, on: today, limit: 200, offset: 0 })
        : { rows: [] }
      return ok({
        entry: shownEntry(row, names, today, actor.role),
        history: history.map((one) => shownEntry(one, names, today, actor.role)),
        fees: await shownFees(app.db, fees.rows, today),
      })
    },
  }),
  'institutions.export-entries': download({
    summary: '导出机构目录',
    permission,
    clause: 'HB-6.2',
    input: entryFilter,
    example: { catalogue: 'training' },
    handle: async ({ app, actor }, input) => {
      const { rows } = await readEntries(app, actor.role, { ...input, ...everything })
      return ok(
        await workbook(app, actor, {
          title: CATALOGUES[input.catalogue],
          note: input.history === 'yes' ? '含历史记录' : `目录日期 ${input.on ?? app.clock.today()}`,
          columns: [
            { key: 'organisationName', title: '机构名称', width: 24 },
            { key: 'creditCode', title: '统一社会信用代码' },
            { key: 'province', title: '所在省份' },
            { key: 'occupationNames', title: '职业', width: 30 },
            { key: 'levelNames', title: '等级' },
            { key: 'batch', title: '批次' },
            { key: 'fromOn', title: '列入日期' },
            { key: 'toOn', title: '截止日期' },
            { key: 'endedReason', title: '移出原因' },
            { key: 'sourceStatus', title: '来源状态' },
            { key: 'source', title: '依据', width: 30 },
          ],
          rows: rows.map((row) => ({
            ...row,
            occupationNames: row.occupations.map((one) => one.name).join('、') || '来源未载',
            levelNames: row.levels.join('、') || '来源未载',
          })),
        }),
      )
    },
  }),
  'institutions.list-fees': query({
    summary: '收费公示',
    permission,
    clause: 'HB-6.3',
    input: feeFilter,
    example: {},
    output: listOf(feeShape),
    handle: async ({ app }, input) =>
      ok({ ...(await readFees(app, input)), page: input.page, size: input.size }),
  }),
  'institutions.export-fees': download({
    summary: '导出收费公示',
    permission,
    clause: 'HB-6.3',
    input: feeFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await readFees(app, { ...input, ...everything })
      return ok(
        await workbook(app, actor, {
          title: '收费公示',
          columns: [
            { key: 'organisation', title: '机构', width: 24 },
            { key: 'kindName', title: '收费项目' },
            { key: 'occupation', title: '职业', width: 22 },
            { key: 'level', title: '等级' },
            { key: 'amountCents', title: '标准（元/人）', kind: 'yuan' },
            { key: 'fromOn', title: '执行日期' },
            { key: 'toOn', title: '截止日期' },
            { key: 'basis', title: '弥补成本说明', width: 40 },
          ],
          rows: rows.map((row) => ({ ...row, kindName: FEE_KINDS[row.kind] })),
        }),
      )
    },
  }),
  'institutions.list-subsidy-standards': query({
    summary: '补贴标准目录',
    permission,
    clause: 'HB-5.4',
    input: subsidyFilter,
    example: {},
    output: listOf(subsidyShape),
    handle: async ({ app, actor }, input) =>
      ok({ ...(await readSubsidies(app, actor, input)), page: input.page, size: input.size }),
  }),
  'institutions.export-subsidy-standards': download({
    summary: '导出补贴标准目录',
    permission,
    clause: 'HB-5.4',
    input: subsidyFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await readSubsidies(app, actor, { ...input, ...everything })
      return ok(
        await workbook(app, actor, {
          title: '补贴标准目录',
          columns: [
            { key: 'name', title: '补贴名称', width: 30 },
            { key: 'kind', title: '类别' },
            { key: 'province', title: '适用地区' },
            { key: 'amountCents', title: '标准（元）', kind: 'yuan' },
            { key: 'fromOn', title: '执行日期' },
            { key: 'toOn', title: '截止日期' },
            { key: 'conditions', title: '条件', width: 40 },
            { key: 'sourceStatus', title: '来源状态' },
            { key: 'source', title: '来源', width: 30 },
          ],
          rows,
        }),
      )
    },
  }),
  'institutions.regions': query({
    summary: '行政区划',
    permission,
    input: nothing,
    example: {},
    output: z.object({
      regions: z.array(z.object({ code: z.string(), name: z.string(), provinceCode: z.string().nullable() })),
    }),
    handle: async ({ app }) => ok({ regions: await regions(app.db) }),
  }),
} satisfies Api
