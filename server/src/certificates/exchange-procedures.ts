import { z } from 'zod'
import { type Api, command, done, download, id, listInput, listOf, query } from '../platform/api.ts'
import { ok, refuse } from '../platform/result.ts'
import { downloadExchange } from './exchange/download-exchange.ts'
import { FIELD_STATUS } from './exchange/exchange-file.ts'
import { importAuditResult } from './exchange/import-audit-result.ts'
import { sendToNational } from './exchange/send-to-national.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { listExchanges } from './store/exchanges.ts'

const clause = 'HB-4.4'
const example = '00000000-0000-4000-8000-000000000001'

export const exchangeProcedures = {
  'certificates.send-to-national': command({
    summary: '报国家审核',
    clause,
    permission: may['result-reports.send'],
    input: z.strictObject({ reportIds: z.array(id).min(1).max(200) }),
    example: { reportIds: [example] },
    output: done.extend({ number: z.string(), items: z.number() }),
    handle: ({ app, actor }, input) => sendToNational(app, actor, input),
  }),
  'certificates.list-exchanges': query({
    summary: '国家审核数据交换记录',
    clause,
    permission: may['national-exchanges.read'],
    input: listInput.pick({ page: true, size: true }),
    example: {},
    output: listOf(
      z.object({
        id: z.string(),
        number: z.string(),
        direction: z.enum(['out', 'in']),
        provinceName: z.string(),
        itemsSha256: z.string(),
        items: z.number(),
        approved: z.number().nullable(),
        returned: z.number().nullable(),
        exchangedByName: z.string(),
        exchangedAt: z.string(),
        answersNumber: z.string().nullable(),
      }),
    ).extend({ fieldStatus: z.string() }),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listExchanges(app.db, actor, input)
      return ok({
        rows: rows.map((row) => ({ ...row, exchangedAt: row.exchangedAt.toISOString() })),
        total,
        page: input.page,
        size: input.size,
        fieldStatus: FIELD_STATUS,
      })
    },
  }),
  'certificates.download-exchange': download({
    summary: '下载国家审核数据文件',
    clause,
    permission: may['national-exchanges.download'],
    record: { kind: 'national-exchange', from: 'exchangeId' },
    input: z.strictObject({ exchangeId: id, format: z.enum(['json', 'xlsx']) }),
    example: { exchangeId: example, format: 'xlsx' },
    handle: ({ app, actor }, input) => downloadExchange(app, actor, input),
  }),
  'certificates.import-audit-result': command({
    summary: '导入国家审核结果文件',
    clause,
    permission: may['result-reports.send'],
    // `keep: false` checks the file and tells its faults; `keep: true` takes it over whole, or not at all.
    input: z.strictObject({ keep: z.boolean() }),
    example: { keep: false },
    files: { max: 1, maxBytes: 10 * 1024 * 1024 },
    output: z.object({
      rows: z.number(),
      good: z.number(),
      saved: z.number(),
      errors: z.array(z.object({ row: z.number(), message: z.string() })),
      exchange: z.string().nullable(),
      approved: z.number(),
      returned: z.number(),
    }),
    handle: async ({ app, actor, files }, input) => {
      const [file] = files
      if (!file) return refuse(no.AUDIT_FILE_UNREADABLE({ problem: '没有收到文件' }))
      const result = await importAuditResult(app, actor, { file, keep: input.keep })
      const nothing = { rows: 0, good: 0, saved: 0, exchange: null, approved: 0, returned: 0 }
      if (!result.ok) {
        const problems = result.refusal.facts.problems as { row: number; message: string }[] | undefined
        if (input.keep || !problems) return result
        return ok({ ...nothing, rows: problems.length, errors: problems })
      }
      const { approved, returned, exchange } = result.value
      const rows = approved + returned
      return ok({ rows, good: rows, saved: input.keep ? rows : 0, errors: [], exchange, approved, returned })
    },
  }),
} satisfies Api
