import { readParts, UnreadableSheet } from './xlsx-parts.ts'

/**
 * Reads the first visible sheet of a workbook into texts. Our own small reader, because what comes in is a
 * stranger's file: the general library expands every range it finds, and one merged cell over a whole sheet, or a
 * drop-down on a whole column, is then enough to stop the server.
 */
export interface SheetCell {
  text: string
  /** Why the text cannot be trusted: a formula has none of its own; a long number has lost its last digits. */
  fault?: 'formula' | 'error' | 'digits'
}
export interface SheetRow {
  /** As the person sees it in Excel, from 1. */
  number: number
  /** By column, from 0; empty cells are absent. */
  cells: Map<number, SheetCell>
}

const MAX_COLUMNS = 200
const EMPTY = '表格中没有工作表。请在第一张工作表中填写后重新上传。'

export async function readCells(bytes: Uint8Array, maxRows: number): Promise<SheetRow[]> {
  const parts = await readParts(bytes)
  const { sheet, date1904 } = firstSheet(parts)
  const strings = readSharedStrings(parts.get('xl/sharedstrings.xml') ?? '')
  const dateStyles = readDateStyles(parts.get('xl/styles.xml') ?? '')
  const rows: SheetRow[] = []
  let row: SheetRow | undefined
  let at = { column: -1, type: 'n', style: 0 }
  let cell: { value: string; inline: string; formula: boolean } | undefined
  let inside = ''
  let phonetic = false

  for (const token of tokens(sheet)) {
    if (token.kind === 'open') {
      if (token.name === 'row') {
        const number = Number(token.attributes.r ?? (row?.number ?? 0) + 1)
        row = { number, cells: new Map() }
        at = { column: -1, type: 'n', style: 0 }
      } else if (token.name === 'c' && row) {
        const column = token.attributes.r ? columnOf(token.attributes.r) : at.column + 1
        at = { column, type: token.attributes.t ?? 'n', style: Number(token.attributes.s ?? 0) }
        cell = { value: '', inline: '', formula: false }
      } else if (token.name === 'f' && cell) cell.formula = true
      else if (token.name === 'rPh') phonetic = true
      inside = token.name
    }
    if (token.kind === 'text' && cell) {
      if (inside === 'v') cell.value += token.text
      else if (inside === 't' && !phonetic) cell.inline += token.text
    }
    if (token.kind === 'close') {
      inside = ''
      if (token.name === 'rPh') phonetic = false
      if (token.name === 'c' && cell && row) {
        const read = readCell(at, cell, strings, dateStyles, date1904)
        if (read && at.column >= 0 && at.column < MAX_COLUMNS) row.cells.set(at.column, read)
        cell = undefined
      }
      if (token.name === 'row' && row) {
        if (row.cells.size > 0) rows.push(row)
        if (rows.length > maxRows) return rows
      }
      if (token.name === 'sheetData') break
    }
  }
  return rows
}

function readCell(
  at: { type: string; style: number },
  cell: { value: string; inline: string; formula: boolean },
  strings: string[],
  dateStyles: Set<number>,
  date1904: boolean,
): SheetCell | undefined {
  if (cell.formula) return { text: '', fault: 'formula' }
  if (at.type === 'e') return { text: '', fault: 'error' }
  if (at.type === 'inlineStr') return textCell(cell.inline)
  if (at.type === 's') return textCell(strings[Number(cell.value)] ?? '')
  if (at.type === 'b') return { text: cell.value === '1' ? '是' : '否' }
  if (at.type === 'd') return textCell(cell.value.slice(0, 10))
  if (at.type !== 'n' || cell.value.trim() === '') return textCell(cell.value)
  const number = Number(cell.value)
  if (Number.isNaN(number)) return textCell(cell.value)
  if (dateStyles.has(at.style)) return { text: dayOfSerial(number + (date1904 ? 1462 : 0)) }
  if (Math.abs(number) >= 1e15) return { text: '', fault: 'digits' }
  // Excel shows 15 digits; what a double adds behind them (86.500000000000014) nobody typed.
  return { text: String(Number(number.toPrecision(15))) }
}

function textCell(text: string): SheetCell | undefined {
  const trimmed = text.replace(/[\u00a0\u3000\t]/g, ' ').trim()
  return trimmed === '' ? undefined : { text: trimmed }
}

/** Excel's day 60 is 29 February 1900, which never was. */
function dayOfSerial(serial: number): string {
  const days = Math.floor(serial)
  return new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000).toISOString().slice(0, 10)
}

function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/i.exec(reference)?.[0].toUpperCase() ?? '') {
    column = column * 26 + letter.charCodeAt(0) - 64
  }
  return column - 1
}

function firstSheet(parts: Map<string, string>): { sheet: string; date1904: boolean } {
  const targets = new Map<string, string>()
  for (const token of tokens(parts.get('xl/_rels/workbook.xml.rels') ?? '')) {
    const { Id, Target } = token.kind === 'open' && token.name === 'Relationship' ? token.attributes : {}
    if (Id && Target)
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^[.]\//, '')}`)
  }
  let name: string | undefined
  let date1904 = false
  for (const token of tokens(parts.get('xl/workbook.xml') ?? '')) {
    if (token.kind !== 'open') continue
    const { state, id, date1904: flag } = token.attributes
    if (token.name === 'workbookPr') date1904 = flag === '1' || flag === 'true'
    if (token.name === 'sheet' && (state ?? 'visible') === 'visible') name ??= targets.get(id ?? '')
  }
  const sheet = parts.get((name ?? 'xl/worksheets/sheet1.xml').toLowerCase())
  if (sheet === undefined) throw new UnreadableSheet(EMPTY)
  return { sheet, date1904 }
}

function readSharedStrings(xml: string): string[] {
  const strings: string[] = []
  let text = ''
  let inside = ''
  let phonetic = false
  for (const token of tokens(xml)) {
    if (token.kind === 'open') {
      if (token.name === 'si') text = ''
      if (token.name === 'rPh') phonetic = true
      inside = token.name
    } else if (token.kind === 'text') {
      if (inside === 't' && !phonetic) text += token.text
    } else {
      inside = ''
      if (token.name === 'rPh') phonetic = false
      if (token.name === 'si') strings.push(text)
    }
  }
  return strings
}

/** Which cell styles show a number as a date. */
function readDateStyles(xml: string): Set<number> {
  const formats = new Map<number, string>()
  const dates = new Set<number>()
  let inCellStyles = false
  let style = 0
  for (const token of tokens(xml)) {
    if (token.kind === 'text') continue
    if (token.name === 'cellXfs') inCellStyles = token.kind === 'open'
    if (token.kind !== 'open') continue
    if (token.name === 'numFmt')
      formats.set(Number(token.attributes.numFmtId), token.attributes.formatCode ?? '')
    if (token.name !== 'xf' || !inCellStyles) continue
    const format = Number(token.attributes.numFmtId ?? 0)
    const code = (formats.get(format) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
    const builtIn =
      (format >= 14 && format <= 17) ||
      format === 22 ||
      (format >= 27 && format <= 36) ||
      (format >= 50 && format <= 58)
    if (formats.has(format) ? /[yYdD]/.test(code) : builtIn) dates.add(style)
    style += 1
  }
  return dates
}

type Token =
  | { kind: 'open'; name: string; attributes: Record<string, string> }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string }

const MARKUP =
  /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][\s\S]*?>|([^<]+)/y
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Just enough XML, without prefixes: tags, attributes, text. Whatever does not fit ends the reading as a broken file. */
function* tokens(xml: string): Generator<Token> {
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < xml.length) {
    MARKUP.lastIndex = at
    const match = MARKUP.exec(xml)
    if (!match)
      throw new UnreadableSheet('表格的内容已损坏，未读取。请用 Excel 或 WPS 打开后另存为「.xlsx」再上传。')
    at = MARKUP.lastIndex
    const [, closing, tag, attributes = '', selfClosing, cdata, text] = match
    if (text !== undefined) yield { kind: 'text', text: readEntities(text) }
    else if (cdata !== undefined) yield { kind: 'text', text: cdata }
    else if (tag !== undefined) {
      const name = local(tag)
      if (!closing) yield { kind: 'open', name, attributes: readAttributes(attributes) }
      if (closing || selfClosing) yield { kind: 'close', name }
    }
  }
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE))
    attributes[local(name)] = readEntities(double ?? single ?? '')
  return attributes
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** XML's five entities, character references, and the `_x000D_` by which Excel writes control characters. */
function readEntities(text: string): string {
  return text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
      if (name) return ENTITIES[name] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    .replace(/_x([0-9A-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
