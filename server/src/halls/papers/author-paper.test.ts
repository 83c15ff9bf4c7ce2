import { describe, expect, it } from 'vitest'
import { storedZip } from '../../platform/sheets/stored-zip.ts'
import { readSheet } from '../../platform/sheets.ts'
import { checkPaper } from './author-paper.ts'
import { LIMITS } from './paper.ts'
import { paperTemplate } from './paper-template.ts'
import { readJsonPaper } from './read-json-paper.ts'
import { PAPER_SHEET, readSheetPaper } from './read-sheet-paper.ts'

const PNG = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a0000000d494844520000000a0000000a0806000000', 'hex').toString('base64')}`
const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const single = { group: '一', kind: 'single', stem: '题', score: 100, options: ['甲', '乙'], answer: 'A' }
const paperOf = (...items: unknown[]) => bytesOf({ format: 'shujiang-paper/1', items })
const told = (bytes: Buffer) => checkPaper(readJsonPaper(bytes), 'seed').problems.map((one) => one.message)
const toldOf = (item: Record<string, unknown>) => told(paperOf({ ...single, ...item }))

describe('a paper as JSON', () => {
  it.each([
    ['not JSON', '{', '不是有效的 JSON'],
    ['too deep', `{"items":${'['.repeat(100_000)}`, '层次过深'],
    ['another format', '{"format":"x","items":[{}]}', '结构与说明不符（format）'],
    ['no items', '{"format":"shujiang-paper/1","items":[]}', '结构与说明不符（items）'],
    ['an unknown field on top', '{"format":"shujiang-paper/1","items":[{}],"run":1}', '结构与说明不符'],
    ['half a character', Buffer.from([0x7b, 0xff]), '不是 UTF-8'],
    ['six megabytes', Buffer.alloc(LIMITS.fileBytes + 1, 0x20), '超过 6 MB'],
  ])('is refused when it is %s', (_, source, sentence) => {
    const problems = told(typeof source === 'string' ? bytesOf(source) : source)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(sentence)
  })

  it('names item and field of every fault', () => {
    expect(toldOf({ stem: 5 })).toEqual(['第 1 题「题干」的内容不符合格式说明，请核对。'])
    expect(toldOf({ html: '<b>' })).toEqual(['第 1 题「多余的 html」的内容不符合格式说明，请核对。'])
    expect(toldOf({ __proto__: null, constructor: 1 })[0]).toContain('多余的 constructor')
    expect(toldOf({ score: 2.55 })[0]).toContain('「分值」')
    expect(toldOf({ stem: 'a\u202eb' })).toContain('第 1 题「题干」含有看不见的控制字符，请重新录入该文字。')
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an answer that is no option', { answer: 'C' }, '「答案」「C」中有不存在的选项'],
    ['two answers of a single choice', { answer: ['A', 'B'] }, '单选题只能有一个答案'],
    ['one answer of a multiple choice', { kind: 'multiple' }, '多选题至少有两个答案'],
    ['two equal options', { options: ['甲', '甲 '] }, '有两个相同'],
    ['one option', { options: ['甲'] }, '至少填写 A、B'],
    ['a partial score of a single choice', { partialScore: 1 }, '只用于多选题'],
    ['a judgement of a third kind', { kind: 'judgement', options: [], answer: '也许' }, '「正确」或「错误」'],
    [
      'more blanks than answers',
      { kind: 'fill', options: [], stem: '__ 和 __', answer: ['x'] },
      '2 处下划线',
    ],
    ['an empty blank', { kind: 'fill', options: [], answer: [['']] }, '第 1 空的答案为空'],
    [
      'a file of any kind',
      { kind: 'file', options: [], answer: undefined, accept: ['.exe'] },
      '「文件类型」',
    ],
    ['points on a scenario', { kind: 'scenario', options: [], answer: undefined }, '情景题本身不计分'],
    ['a picture from elsewhere', { materials: [{ title: '图', image: 'https://x/y.png' }] }, '不接受网址'],
    [
      'a picture that is a script',
      {
        materials: [
          { title: '图', image: `data:image/png;base64,${Buffer.from('<svg>').toString('base64')}` },
        ],
      },
      '与所写类型不符',
    ],
    [
      'a picture of a million pixels a side',
      {
        materials: [
          {
            title: '图',
            image: PNG.replace(
              /.*/,
              () =>
                `data:image/png;base64,${Buffer.from('89504e470d0a1a0a0000000d49484452000f42400000000a0806000000', 'hex').toString('base64')}`,
            ),
          },
        ],
      },
      '超过 4000 像素',
    ],
  ])('says what is wrong with %s', (_, item, sentence) => {
    expect(toldOf(item).join('')).toContain(sentence)
  })

  it('refuses points that do not make a hundred, items twice, and a scenario without items', () => {
    expect(toldOf({ score: 99.5 })[0]).toContain('合计 99.5 分，应为 100 分')
    expect(told(paperOf({ ...single, score: 50 }, { ...single, score: 50 }))[0]).toContain('与第 1 题重复')
    const scenario = { group: '二', kind: 'scenario', stem: '材料', score: 0 }
    expect(told(paperOf(single, scenario))[0]).toContain('情景题下面还没有小题')
    expect(
      told(
        paperOf(
          scenario,
          { ...single, group: '二' },
          { ...single, stem: '另', score: 0.5 },
          { ...single, group: '二', stem: '再' },
        ),
      )[0],
    ).toContain('同一大题的试题请放在一起')
  })

  it('refuses a paper too heavy to seal for every candidate', () => {
    const text = '字'.repeat(LIMITS.materialChars)
    const materials = Array.from({ length: 6 }, (_, n) => ({ title: `${n}`, text }))
    const heavy = Array.from({ length: 10 }, (_, n) => ({ ...single, stem: `${n}`, score: 10, materials }))
    expect(told(paperOf(...heavy))[0]).toContain('超过 2048 KB')
  })

  it('takes every kind, with pictures as data', () => {
    const items = [
      { ...single, score: 10, materials: [{ title: '图一', image: PNG }] },
      {
        group: '二',
        kind: 'multiple',
        stem: '多',
        score: 10,
        options: ['甲', '乙', '丙'],
        answer: 'AC',
        partialScore: 2.5,
      },
      { group: '三', kind: 'judgement', stem: '判', score: 10, answer: false },
      { group: '四', kind: 'fill', stem: '__', score: 10, answer: [['a', 'b']], caseSensitive: true },
      { group: '五', kind: 'scenario', stem: '景', score: 0, materials: [{ title: '一', text: '文' }] },
      { group: '五', kind: 'long', stem: '论', score: 30, answer: '要点' },
      { group: '五', kind: 'file', stem: '传', score: 30, accept: ['.pdf'] },
    ].map((item) => (item.kind === 'multiple' ? { ...item, answer: ['A', 'C'] } : item))
    const paper = checkPaper(readJsonPaper(paperOf(...items)), 'seed')
    expect(paper.problems).toEqual([])
    expect(paper).toMatchObject({ answerable: 6, marked: 2 })
    expect(JSON.stringify(paper.content)).not.toContain('要点')
    expect(paper.content.items.map((item) => item.id.length)).toEqual(Array(7).fill(11))
  })
})

describe('a paper as Excel', () => {
  it('tells a formula, a wrong kind and an empty cell by row and column', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const row = (...cells: string[]) => `<row>${cells.join('')}</row>`
    const sheet =
      row(...['大题', '题型', '题干', '分值'].map(cell)) +
      row(cell('一'), cell('猜谜'), cell('题'), cell('5')) +
      row(cell('一'), cell('判断题'), '<c t="str"><f>A1</f><v>题</v></c>', cell('5')) +
      row(cell('一'), cell('判断题'), cell('题'))
    const bytes = storedZip({
      'xl/workbook.xml': '<workbook><sheets><sheet name="1" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
      'xl/worksheets/s.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    })
    const { problems } = checkPaper(await readSheetPaper(bytes), 'seed')
    expect(problems.map((one) => [one.row, one.column])).toEqual([
      [2, '题型'],
      [3, '题干'],
      [4, '分值'],
    ])
  })

  it('comes back from its own template without a fault', async () => {
    const bytes = await paperTemplate()
    const paper = checkPaper(await readSheetPaper(bytes), 'seed')
    expect(paper.problems).toEqual([])
    expect(paper.content.groups).toHaveLength(6)
    const { rows } = await readSheet(bytes, { columns: PAPER_SHEET })
    const again = checkPaper(
      await readSheetPaper(await paperTemplate(rows.map(({ value }) => written(value)))),
      'seed',
    )
    expect(again).toEqual(paper)
  })
})

/** A row that was read, as it was written. */
function written(value: Record<string, unknown>) {
  const words = {
    single: '单选题',
    multiple: '多选题',
    judgement: '判断题',
    fill: '填空题',
    short: '简答题',
    long: '论述题',
    file: '操作题',
    scenario: '情景题',
  }
  return {
    ...value,
    kind: words[value.kind as keyof typeof words],
    ...(value.fixed ? { fixed: '固定' } : {}),
    ...(value.accept ? { accept: (value.accept as string[]).join('、') } : {}),
  }
}
