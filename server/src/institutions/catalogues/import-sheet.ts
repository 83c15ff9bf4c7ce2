import type { App } from '../../platform/app.ts'
import {
  dayCell,
  problem,
  readSheet,
  type SheetProblem,
  textCell,
  writeSheet,
} from '../../platform/sheets.ts'
import { CATALOGUES, type Catalogue, type EngineerLevel, LEVELS } from './catalogue.ts'
import { checkEntry, type EntryContext, type EntryInput } from './entry-input.ts'

export const IMPORT_MAX_ROWS = 5000
export const IMPORT_MAX_BYTES = 10 * 1024 * 1024

const NATIONWIDE = '全国'

function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[、，,;；\s]+/).filter(Boolean))]
}

function levelsCell(text: string) {
  const words = wordsOf(text)
  const unknown = words.filter((word) => !(LEVELS as readonly string[]).includes(word))
  if (unknown.length > 0 || words.length === 0)
    return problem(`「${text}」不是等级，请填写初级、中级、高级，用顿号分开。`)
  return words as EngineerLevel[]
}

function codeCell(text: string) {
  return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)
    ? text
    : problem(`「${text}」不是 18 位统一社会信用代码，请核对后重填。`)
}

export const importColumns = [
  { key: 'organisationName', title: '机构名称', required: true, parse: textCell(100) },
  { key: 'creditCode', title: '统一社会信用代码', parse: codeCell },
  { key: 'province', title: '所在省份', required: true, parse: textCell(20) },
  { key: 'occupations', title: '职业', required: true, parse: wordsOf },
  { key: 'levels', title: '等级', required: true, parse: levelsCell },
  { key: 'batch', title: '批次', parse: textCell(40) },
  { key: 'fromOn', title: '列入日期', required: true, parse: dayCell },
  { key: 'source', title: '依据文件', required: true, parse: textCell(300) },
  { key: 'note', title: '备注', parse: textCell(500) },
] as const

export interface ImportRow {
  row: number
  value: EntryInput
}

/** Reads a workbook; the catalogue itself is not asked yet, so the same rows can be checked again at confirmation. */
export function readImport(bytes: Uint8Array) {
  return readSheet(bytes, { columns: importColumns, maxRows: IMPORT_MAX_ROWS, maxBytes: IMPORT_MAX_BYTES })
}

/** Turns names into ids; a name nobody knows is a problem of its cell. */
export function resolveRows(
  context: EntryContext,
  catalogue: Catalogue,
  reading: Awaited<ReturnType<typeof readImport>>,
): { rows: ImportRow[]; problems: SheetProblem[] } {
  const occupations = new Map([...context.names].map(([id, name]) => [name, id]))
  const provinces = new Map([...context.provinces].map(([code, name]) => [name, code]))
  for (const [code, name] of context.provinces)
    provinces.set(name.replace(/(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$/, ''), code)
  const rows: ImportRow[] = []
  const problems: SheetProblem[] = []
  for (const { row, value } of reading.rows) {
    const say = (column: string, message: string) =>
      problems.push({ row, column, message: `第 ${row} 行「${column}」${message}` })
    const provinceCode = value.province === NATIONWIDE ? null : provinces.get(value.province)
    const unknown = value.occupations.filter((name) => !occupations.has(name))
    if (provinceCode === undefined)
      say('所在省份', `「${value.province}」不是省份名称，请写全称；全国性评价机构填“全国”。`)
    else if (unknown.length > 0)
      say('职业', `没有「${unknown.join('、')}」这个职业，请按职业目录的名称填写。`)
    else
      rows.push({
        row,
        value: {
          catalogue,
          organisationName: value.organisationName,
          creditCode: value.creditCode,
          provinceCode,
          occupationIds: value.occupations.map((name) => occupations.get(name) as string),
          levels: value.levels,
          batch: value.batch,
          fromOn: value.fromOn,
          source: value.source,
          note: value.note,
        },
      })
  }
  return { rows, problems }
}

/** Checks rows against the catalogue and against each other; every bad one is told, with its place. */
export function sortRows(
  context: EntryContext,
  rows: ImportRow[],
): { good: ImportRow[]; problems: SheetProblem[] } {
  const good: ImportRow[] = []
  const problems: SheetProblem[] = []
  const seen = new Map<string, number>()
  for (const one of rows) {
    const keys = [one.value.organisationName, ...(one.value.creditCode ? [one.value.creditCode] : [])]
    const earlier = keys.map((key) => seen.get(key)).find((row) => row !== undefined)
    const refusal = checkEntry(context, one.value)
    if (refusal)
      problems.push({ row: one.row, column: null, message: `第 ${one.row} 行：${refusal.message}` })
    else if (earlier !== undefined) {
      problems.push({
        row: one.row,
        column: '机构名称',
        message: `第 ${one.row} 行「机构名称」与第 ${earlier} 行是同一机构。请合并为一行。`,
      })
    } else {
      good.push(one)
      for (const key of keys) seen.set(key, one.row)
    }
  }
  return { good, problems }
}

/** An empty workbook to fill in, with one example row nobody can import by mistake. */
export async function importTemplate(app: App, catalogue: Catalogue): Promise<Buffer> {
  return writeSheet({
    title: `${CATALOGUES[catalogue]}导入模板`,
    note: '职业、等级可填多个，用顿号分开；日期如 2026-03-02。下面一行是样例，导入前请删除。',
    columns: importColumns.map((column) => ({ key: column.key, title: column.title })),
    rows: [
      {
        organisationName: '样例机构（请删除本行）',
        creditCode: '',
        province: '湖北省',
        occupations: '人工智能工程技术人员、大数据工程技术人员',
        levels: '初级、中级',
        batch: '第一批',
        fromOn: app.clock.today(),
        source: '公告文号和名称',
        note: '',
      },
    ],
  })
}
