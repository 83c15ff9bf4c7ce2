import { readCells, type SheetCell, type SheetRow } from './xlsx-cells.ts'
import { UnreadableSheet } from './xlsx-parts.ts'

/** What is wrong with a cell, said after 「列名」: `不是有效的身份证号，请核对后重填`. */
export class CellProblem {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}
export function problem(message: string): CellProblem {
  return new CellProblem(message)
}

export interface SheetColumn {
  key: string
  title: string
  required?: boolean
  /** From the cell's text, never empty, to its value or a `problem(…)`. Without it the text itself is the value. */
  parse?: (text: string) => unknown
}

type ValueOf<C extends SheetColumn> = C extends { parse: (text: string) => infer V }
  ? Exclude<V, CellProblem>
  : string
/** A row by the keys of its columns; an empty cell of a column that is not required is null. */
export type SheetValue<C extends readonly SheetColumn[]> = {
  [K in C[number] as K['key']]: ValueOf<K> | (K extends { required: true } ? never : null)
}

export interface SheetProblem {
  /** As Excel counts; 0 when the whole file is meant. */
  row: number
  column: string | null
  /** A whole Chinese sentence: where, what, how to mend it. */
  message: string
}

export interface SheetReading<T> {
  /** Rows without a problem. */
  rows: { row: number; value: T }[]
  problems: SheetProblem[]
}

const HEADER_WITHIN = 10

/**
 * Reads an uploaded workbook: the header row is found by its titles, each row is parsed, every fault is told with
 * its place. Nothing here throws because of what was sent.
 */
export async function readSheet<const C extends readonly SheetColumn[]>(
  bytes: Uint8Array,
  options: { columns: C; maxRows?: number; maxBytes?: number },
): Promise<SheetReading<SheetValue<C>>> {
  const { columns, maxRows = 5000, maxBytes = 5 * 1024 * 1024 } = options
  const unreadable = (message: string) => ({ rows: [], problems: [{ row: 0, column: null, message }] })
  if (bytes.byteLength > maxBytes) {
    return unreadable(
      `表格文件超过 ${Math.floor(maxBytes / 1024 / 1024)} MB，未读取。请删除图片等无关内容，或分成几个文件上传。`,
    )
  }
  let found: SheetRow[]
  try {
    found = await readCells(bytes, maxRows + HEADER_WITHIN)
  } catch (error) {
    if (error instanceof UnreadableSheet) return unreadable(error.message)
    throw error
  }
  const header = findHeader(found, columns)
  if ('problems' in header) return { rows: [], problems: header.problems }
  const data = found.slice(header.position + 1)
  if (data.length === 0) return unreadable('表格中没有数据行。请在表头下方逐行填写后重新上传。')
  if (data.length > maxRows) return unreadable(`表格超过 ${maxRows} 行，未读取。请分成几个文件上传。`)

  const rows: { row: number; value: SheetValue<C> }[] = []
  const problems: SheetProblem[] = []
  for (const row of data) {
    const value: Record<string, unknown> = {}
    const before = problems.length
    for (const column of columns) {
      const at = header.columns.get(column.key)
      const parsed = parseCell(column, at === undefined ? undefined : row.cells.get(at))
      if (parsed instanceof CellProblem) {
        problems.push({
          row: row.number,
          column: column.title,
          message: `第 ${row.number} 行「${column.title}」${parsed.message}`,
        })
      } else value[column.key] = parsed
    }
    if (problems.length === before) rows.push({ row: row.number, value: value as SheetValue<C> })
  }
  return { rows, problems }
}

const FAULTS: Record<NonNullable<SheetCell['fault']>, string> = {
  formula: '是公式，未读取。请复制该列，用「选择性粘贴—数值」粘贴后重新上传。',
  error: '是错误值（如 #N/A），未读取。请改为实际内容后重新上传。',
  digits: '以数字保存，后几位已丢失。请把该列设为「文本」格式后重新填写。',
}

function parseCell(column: SheetColumn, cell: SheetCell | undefined): unknown {
  if (cell?.fault) return problem(FAULTS[cell.fault])
  if (!cell) return column.required ? problem('为空，请填写。') : null
  if (!column.parse) return cell.text
  return column.parse(cell.text)
}

type Header = { position: number; columns: Map<string, number> } | { problems: SheetProblem[] }

function findHeader(rows: SheetRow[], columns: readonly SheetColumn[]): Header {
  const byTitle = new Map(columns.map((column) => [plain(column.title), column]))
  let best: { position: number; hits: number } | undefined
  for (const [position, row] of rows.slice(0, HEADER_WITHIN).entries()) {
    const hits = [...row.cells.values()].filter((cell) => byTitle.has(plain(cell.text))).length
    if (hits > (best?.hits ?? 0)) best = { position, hits }
  }
  const row = best && rows[best.position]
  if (!best || !row) {
    const titles = columns.map((column) => `「${column.title}」`).join('')
    return {
      problems: [
        {
          row: 0,
          column: null,
          message: `没有找到表头。前 ${HEADER_WITHIN} 行中应有一行写明各列名称：${titles}。请使用本页的模板。`,
        },
      ],
    }
  }
  const places = new Map<string, number>()
  const problems: SheetProblem[] = []
  for (const [at, cell] of row.cells) {
    const column = byTitle.get(plain(cell.text))
    if (!column) continue
    if (places.has(column.key)) problems.push(headerProblem(row, column, '出现了两次，请只保留一列。'))
    places.set(column.key, at)
  }
  for (const column of columns) {
    if (column.required && !places.has(column.key))
      problems.push(headerProblem(row, column, '这一列缺少，请补上后重新上传，或使用本页的模板。'))
  }
  return problems.length > 0 ? { problems } : { position: best.position, columns: places }
}

function headerProblem(row: SheetRow, column: SheetColumn, message: string): SheetProblem {
  return {
    row: row.number,
    column: column.title,
    message: `第 ${row.number} 行表头「${column.title}」${message}`,
  }
}

/** A title without the marks people put around it: `姓名 *`, `姓名（必填）`. */
function plain(title: string): string {
  return title.replace(/[（(][^（）()]*[)）]/g, '').replace(/[\s*＊:：]/g, '')
}
