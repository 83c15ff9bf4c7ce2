import ExcelJS from 'exceljs'

export interface WrittenColumn<R> {
  key: keyof R & string
  title: string
  /** In characters of Chinese; guessed from the content when absent. */
  width?: number
  /** `yuan` takes 分, `score` takes tenths; both are written as numbers people can add up. */
  kind?: 'text' | 'number' | 'yuan' | 'score'
}

interface SheetToWrite<R> {
  title: string
  columns: readonly WrittenColumn<R>[]
  rows: readonly R[]
  /** A line under the title: the filters in force, who exported, when. */
  note?: string
}

const HEADER_FILL = 'FFE8EEF7'
const LINE = { style: 'thin', color: { argb: 'FFBFC7D5' } } as const
const FONT = '宋体'

/**
 * A workbook to read, print on A4 and send back: title, header that stays in sight and repeats on each page,
 * filter buttons. A text is a text: what starts with = is never a formula, and ID numbers keep their digits.
 */
export async function writeSheet<R extends object>(sheet: SheetToWrite<R>): Promise<Buffer> {
  const { title, columns, rows, note } = sheet
  const workbook = new ExcelJS.Workbook()
  const wide = columns.reduce((sum, column) => sum + widthOf(column, rows), 0)
  const page = workbook.addWorksheet(sheetName(title), {
    pageSetup: {
      paperSize: 9,
      orientation: wide > 90 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C第 &P 页 共 &N 页' },
  })
  const last = Math.max(columns.length, 1)

  const titleRow = page.addRow([title])
  titleRow.height = 28
  page.mergeCells(1, 1, 1, last)
  titleRow.getCell(1).font = { name: FONT, size: 16, bold: true }
  titleRow.getCell(1).alignment = { horizontal: 'center', vertical: 'middle' }
  if (note) {
    page.addRow([note])
    page.mergeCells(2, 1, 2, last)
    page.getRow(2).getCell(1).font = { name: FONT, size: 10, color: { argb: 'FF5A6475' } }
  }

  const header = page.addRow(columns.map((column) => column.title))
  header.height = 22
  header.eachCell((cell) => {
    cell.font = { name: FONT, size: 11, bold: true }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEADER_FILL } }
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true }
    cell.border = { top: LINE, bottom: LINE, left: LINE, right: LINE }
  })
  page.views = [{ state: 'frozen', ySplit: header.number }]
  page.pageSetup.printTitlesRow = `1:${header.number}`

  for (const [position, column] of columns.entries()) {
    const settings = page.getColumn(position + 1)
    settings.width = widthOf(column, rows)
    settings.numFmt = FORMATS[column.kind ?? 'text']
  }
  for (const row of rows) {
    const written = page.addRow(columns.map((column) => cellValue(row[column.key as keyof R], column.kind)))
    written.eachCell({ includeEmpty: true }, (cell, at) => {
      const kind = columns[at - 1]?.kind ?? 'text'
      cell.numFmt = FORMATS[kind]
      cell.font = { name: FONT, size: 11 }
      cell.alignment = {
        vertical: 'middle',
        wrapText: kind === 'text',
        horizontal: kind === 'text' ? 'left' : 'right',
      }
      cell.border = { top: LINE, bottom: LINE, left: LINE, right: LINE }
    })
  }
  page.autoFilter = { from: { row: header.number, column: 1 }, to: { row: header.number, column: last } }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

const FORMATS = { text: '@', number: '0', yuan: '0.00', score: '0.0' }

function cellValue(value: unknown, kind: WrittenColumn<object>['kind']): string | number | null {
  if (value === null || value === undefined || value === '') return null
  if (kind && kind !== 'text') {
    const number = Number(value)
    return kind === 'yuan' ? number / 100 : kind === 'score' ? number / 10 : number
  }
  if (value instanceof Date) throw new Error('write a day or an instant as text: a sheet has no time zone')
  // XML cannot hold control characters and half characters: Excel would call the file damaged.
  return String(value)
    .toWellFormed()
    .replace(/(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu, '')
    .slice(0, 32_000)
}

const SAMPLE = 200

function widthOf<R extends object>(column: WrittenColumn<R>, rows: readonly R[]): number {
  if (column.width) return column.width * 2 + 2
  const texts = rows.slice(0, SAMPLE).map((row) => String(row[column.key as keyof R] ?? ''))
  const longest = Math.max(...[column.title, ...texts].map(halfWidths))
  return Math.min(Math.max(longest + 2, 8), 44)
}

/** A Chinese character is as wide as two Latin ones. */
function halfWidths(text: string): number {
  let width = 0
  for (const char of text.slice(0, 60)) width += (char.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1
  return width
}

/** Excel refuses these characters in the name of a sheet, and names over 31 characters. */
function sheetName(title: string): string {
  return (
    title
      .replace(/[\\/*?:[\]]/g, ' ')
      .replace(/^'|'$/g, '')
      .slice(0, 31) || '表'
  )
}
