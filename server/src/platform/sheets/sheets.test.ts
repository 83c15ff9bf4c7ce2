import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import {
  dayCell,
  integerCell,
  oneOfCell,
  problem,
  readSheet,
  scoreCell,
  textCell,
  writeSheet,
  yuanCell,
} from '../sheets.ts'
import { storedZip } from './stored-zip.ts'

const columns = [
  { key: 'name', title: '姓名', required: true },
  {
    key: 'idNumber',
    title: '身份证号',
    required: true,
    parse: (text: string) => (/^\d{17}[\dX]$/.test(text) ? text : problem('不是有效的身份证号，请核对。')),
  },
  { key: 'bornOn', title: '出生日期', parse: dayCell },
  { key: 'mode', title: '方式', parse: oneOfCell({ 线上: 'online', 线下: 'offline' }) },
] as const

const ID = '420101199003070013'
const read = (bytes: Uint8Array, more = {}) => readSheet(bytes, { columns, ...more })

/** A workbook as somebody else's program might write it. */
async function workbook(fill: (page: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  fill(book.addWorksheet('名单'), book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

function parts(sheetData: string, more: Record<string, string> = {}): Buffer {
  return storedZip({
    'xl/workbook.xml': '<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
    ...more,
  })
}
const line = (number: number, ...texts: string[]) =>
  `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`

describe('readSheet', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('姓名,身份证号')],
    ['a broken zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)])],
    ['a zip without a sheet', storedZip({ 'readme.txt': 'hello' })],
    ['broken XML', parts('<row r="1"><c t="inlineStr"><is><t>姓名</t')],
  ])('refuses %s with one sentence', async (_, bytes) => {
    const { rows, problems } = await read(bytes)
    expect(rows).toEqual([])
    expect(problems).toEqual([
      { row: 0, column: null, message: expect.stringMatching(/[\u4e00-\u9fff].*。$/) },
    ])
  })

  it('refuses a zip bomb before it unfolds, though its header tells lies about the size', async () => {
    const bomb = storedZip(
      { 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(300 * 1024 * 1024, 0x20) },
      { deflate: true, claimedSize: 1000 },
    )
    expect(bomb.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage.rss()
    expect((await read(bomb)).problems).toHaveLength(1)
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024)
  })

  it('refuses too many entries, entities and a document type', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`xl/media/${n}`, 'x']))
    const evil = '<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    expect((await read(parts('', many))).problems[0]?.message).toContain('内部结构异常')
    expect(
      (await read(parts(line(1, '姓名'), { 'xl/sharedStrings.xml': evil }))).problems[0]?.message,
    ).toContain('内部结构异常')
  })

  it('reads a sheet whose merged cells and drop-downs cover all of it without counting them out', async () => {
    const huge =
      '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations><sheetData>'
    const { rows } = await read(parts(line(1, '姓名', '身份证号') + line(2, '王小明', ID) + huge))
    expect(rows.map(({ value }) => value.name)).toEqual(['王小明'])
  })

  it('refuses a formula with its place and what to do', async () => {
    const bytes = await workbook((page) => {
      page.addRow(['姓名', '身份证号'])
      page.addRow([{ formula: 'A1', result: '王小明' }, ID])
      page.addRow(['李小红', ID])
    })
    const { rows, problems } = await read(bytes)
    expect(rows.map(({ row, value }) => [row, value.name])).toEqual([[3, '李小红']])
    expect(problems).toEqual([
      {
        row: 2,
        column: '姓名',
        message: '第 2 行「姓名」是公式，未读取。请复制该列，用「选择性粘贴—数值」粘贴后重新上传。',
      },
    ])
  })

  it('tells every fault of every row', async () => {
    const bytes = await workbook((page) => {
      page.addRow(['姓名', '身份证号', '出生日期', '方式'])
      page.addRow(['', '123', '2026-02-30', '空中'])
      page.addRow(['王小明', 420101199003070000, null, null])
      page.addRow([null, { error: '#N/A' }])
    })
    const { rows, problems } = await read(bytes)
    expect(rows).toEqual([])
    expect(problems.map(({ row, message }) => [row, message])).toEqual([
      [2, '第 2 行「姓名」为空，请填写。'],
      [2, '第 2 行「身份证号」不是有效的身份证号，请核对。'],
      [2, '第 2 行「出生日期」「2026-02-30」不是有效日期，请按 2026-03-02 的样式填写。'],
      [2, '第 2 行「方式」「空中」不在可选范围内，请填写：线上、线下。'],
      [3, '第 3 行「身份证号」以数字保存，后几位已丢失。请把该列设为「文本」格式后重新填写。'],
      [4, '第 4 行「姓名」为空，请填写。'],
      [4, '第 4 行「身份证号」是错误值（如 #N/A），未读取。请改为实际内容后重新上传。'],
    ])
  })

  it('tells a missing header, a missing column, a doubled column', async () => {
    const first = async (...titles: string[]) =>
      (await read(parts(line(1, ...titles) + line(2, 'x', 'y')))).problems[0]?.message
    expect(await first('甲', '乙')).toContain('没有找到表头')
    expect(await first('姓名', '电话')).toBe(
      '第 1 行表头「身份证号」这一列缺少，请补上后重新上传，或使用本页的模板。',
    )
    expect(await first('姓名', '身份证号', '姓名')).toBe('第 1 行表头「姓名」出现了两次，请只保留一列。')
  })

  it('refuses a sheet without rows, with too many rows, or too large', async () => {
    const head = line(1, '姓名', '身份证号')
    expect((await read(parts(head))).problems[0]?.message).toContain('没有数据行')
    const four = head + [2, 3, 4, 5].map((n) => line(n, '王', ID)).join('')
    expect((await read(parts(four), { maxRows: 3 })).problems[0]?.message).toContain('超过 3 行')
    expect((await read(Buffer.alloc(100), { maxBytes: 99 })).problems[0]?.message).toContain('超过 0 MB')
  })

  it('finds the header below a title, with marks around its words, and skips empty rows', async () => {
    const bytes = await workbook((page) => {
      page.addRow(['学员名单'])
      page.addRow([])
      page.addRow(['姓名 *', '备注', '身份证号（必填）', '出生日期'])
      page.addRow([])
      page.addRow([' 王小明 ', '无', ID, new Date(Date.UTC(1990, 2, 7))])
      page.getCell('D5').numFmt = 'yyyy-mm-dd'
    })
    expect((await read(bytes)).rows).toEqual([
      { row: 5, value: { name: '王小明', idNumber: ID, bornOn: '1990-03-07', mode: null } },
    ])
  })

  it('reads the first sheet that is not hidden', async () => {
    const bytes = await workbook((page, book) => {
      page.state = 'veryHidden'
      const shown = book.addWorksheet('第二张')
      shown.addRow(['姓名', '身份证号'])
      shown.addRow(['王小明', ID])
    })
    expect((await read(bytes)).rows).toHaveLength(1)
  })

  it('reads prefixed tags, rich text, entities and phonetic hints as other programs write them', async () => {
    const sheet =
      '<x:row><x:c t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>身份证号</x:t></x:is></x:c></x:row>' +
      `<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:v>${ID}</x:v></x:c></x:row>`
    const strings =
      '<sst><si><r><t>王&amp;</t></r><r><t>小&#26126;</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></si></sst>'
    const { rows } = await read(parts(sheet, { 'xl/sharedStrings.xml': strings }))
    expect(rows[0]?.value.name).toBe('王&小明')
  })
})

describe('the parsers of cells', () => {
  it('take what people write and turn the rest away', () => {
    const days = ['2026-03-02', '2026/3/2', '2026.3.2', '2026年3月2日', '20260302'].map(dayCell)
    expect(new Set(days)).toEqual(new Set(['2026-03-02']))
    expect(yuanCell('1,200.5元')).toBe(120_050)
    expect(scoreCell('86.5')).toBe(865)
    expect(scoreCell('100')).toBe(1000)
    expect(integerCell({ min: 1, max: 40 })('40')).toBe(40)
    const refused = [
      dayCell('2026-13-01'),
      yuanCell('1.234'),
      yuanCell('-5'),
      scoreCell('100.1'),
      scoreCell('86.55'),
    ]
    refused.push(
      integerCell({ min: 1, max: 40 })('41'),
      textCell(3)('四个字了'),
      oneOfCell({ 是: 'yes' })('toString'),
    )
    for (const one of refused) expect(one).toMatchObject({ message: expect.stringMatching(/。$/) })
  })
})

describe('writeSheet', () => {
  const people = Array.from({ length: 5000 }, (_, n) => ({
    name: n === 0 ? '=HYPERLINK("http://evil","点我")' : `学员${n}\u0000\u0008`,
    idNumber: `42010119900307${String(n).padStart(4, '0')}`,
    fee: 120_050,
    score: 865,
  }))
  const written = writeSheet({
    title: '学员名单: 2026/03',
    note: '导出条件：全部',
    columns: [
      { key: 'name', title: '姓名' },
      { key: 'idNumber', title: '身份证号' },
      { key: 'fee', title: '费用（元）', kind: 'yuan' },
      { key: 'score', title: '成绩', kind: 'score' },
    ],
    rows: people,
  })

  it('writes 5,000 rows that come back as they were, and no text becomes a formula', async () => {
    const { rows, problems } = await readSheet(await written, {
      columns: [
        { key: 'name', title: '姓名', required: true },
        { key: 'idNumber', title: '身份证号', required: true },
        { key: 'fee', title: '费用', parse: yuanCell },
        { key: 'score', title: '成绩', parse: scoreCell },
      ],
    })
    expect(problems).toEqual([])
    expect(rows).toHaveLength(5000)
    expect(rows[0]?.value).toEqual(people[0])
    expect(rows[4999]?.value).toEqual({ ...people[4999], name: '学员4999' })
  })

  it('is ready for A4: one page wide, header in sight and on each page', async () => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await written) as unknown as ArrayBuffer)
    const page = book.worksheets[0]
    expect(page?.pageSetup).toMatchObject({
      paperSize: 9,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:3',
    })
    expect(page?.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 })
    expect(page?.getCell('A4')).toMatchObject({ type: ExcelJS.ValueType.String, numFmt: '@' })
  })
})
