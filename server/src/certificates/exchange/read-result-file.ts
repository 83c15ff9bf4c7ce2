import { z } from 'zod'
import { oneOfCell, readSheet, textCell } from '../../platform/sheets.ts'
import { IN_FORMAT, RESULT_COLUMNS } from './exchange-file.ts'

export interface ResultRow {
  /** As a person counts: the row of the sheet, or the place in the JSON list. */
  row: number
  item: string
  name: string | null
  decision: 'approved' | 'returned'
  reason: string | null
}
export interface ResultProblem {
  row: number
  message: string
}
export type ResultReading =
  | { ok: true; exchange: string; itemsSha256: string; rows: ResultRow[] }
  | { ok: false; problems: ResultProblem[] }

const MAX_ROWS = 20_000
const MAX_JSON_BYTES = 10 * 1024 * 1024

const resultFile = z.object({
  format: z.literal(IN_FORMAT),
  exchange: z.string().min(1).max(60),
  itemsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  results: z
    .array(
      z.object({
        item: z.uuid(),
        name: z.string().max(100).nullish(),
        decision: z.enum(['approved', 'returned']),
        reason: z.string().trim().max(500).nullish(),
      }),
    )
    .min(1)
    .max(MAX_ROWS),
})

/** Reads a result of the national office, JSON or Excel. The sender is not trusted: every fault is a sentence. */
export async function readResultFile(bytes: Uint8Array): Promise<ResultReading> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  return isZip ? readWorkbook(bytes) : readJson(bytes)
}

const unreadable = (message: string): ResultReading => ({ ok: false, problems: [{ row: 0, message }] })

function readJson(bytes: Uint8Array): ResultReading {
  if (bytes.byteLength > MAX_JSON_BYTES) return unreadable('文件超过 10 MB，未读取。请按省或按批次拆分。')
  let raw: unknown
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return unreadable('文件既不是 Excel 表格，也不是有效的 JSON。请使用导出文件中的结果表。')
  }
  const parsed = resultFile.safeParse(raw)
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.slice(0, 100).map((issue) => {
        const place = issue.path[0] === 'results' && typeof issue.path[1] === 'number' ? issue.path[1] + 1 : 0
        const field = issue.path.at(-1)
        return {
          row: place,
          message: `${place ? `第 ${place} 条` : '文件'}的「${String(field ?? '内容')}」不符合格式：${issue.message}`,
        }
      }),
    }
  }
  const { exchange, itemsSha256, results } = parsed.data
  const rows = results.map((one, at) => ({
    row: at + 1,
    item: one.item,
    name: one.name ?? null,
    decision: one.decision,
    reason: one.reason || null,
  }))
  return withReasons({ ok: true, exchange, itemsSha256, rows })
}

async function readWorkbook(bytes: Uint8Array): Promise<ResultReading> {
  const { rows, problems } = await readSheet(bytes, {
    maxRows: MAX_ROWS,
    maxBytes: MAX_JSON_BYTES,
    columns: [
      { key: 'exchange', title: RESULT_COLUMNS.exchange, required: true },
      { key: 'itemsSha256', title: RESULT_COLUMNS.itemsSha256, required: true },
      { key: 'item', title: RESULT_COLUMNS.item, required: true },
      { key: 'name', title: RESULT_COLUMNS.name },
      {
        key: 'decision',
        title: RESULT_COLUMNS.decision,
        required: true,
        parse: oneOfCell({ 通过: 'approved', 退回: 'returned' }),
      },
      { key: 'reason', title: RESULT_COLUMNS.reason, parse: textCell(500) },
    ],
  })
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, 100) }
  const first = rows[0]?.value
  if (!first) return unreadable('表格中没有审核结果。')
  const mixed = rows.find(
    ({ value }) => value.exchange !== first.exchange || value.itemsSha256 !== first.itemsSha256,
  )
  if (mixed) {
    return {
      ok: false,
      problems: [{ row: mixed.row, message: `第 ${mixed.row} 行属于另一次数据交换，请分别导入。` }],
    }
  }
  return withReasons({
    ok: true,
    exchange: first.exchange,
    itemsSha256: first.itemsSha256,
    rows: rows.map(({ row, value }) => ({
      row,
      item: value.item.toLowerCase(),
      name: value.name,
      decision: value.decision,
      reason: value.reason,
    })),
  })
}

function withReasons(reading: Extract<ResultReading, { ok: true }>): ResultReading {
  const problems = reading.rows
    .filter((one) => one.decision === 'returned' && !one.reason)
    .map((one) => ({ row: one.row, message: `第 ${one.row} 行退回但没有写明原因，请补充。` }))
  return problems.length > 0 ? { ok: false, problems } : reading
}
