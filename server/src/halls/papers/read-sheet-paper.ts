import { integerCell, oneOfCell, problem, readSheet, scoreCell, textCell } from '../../platform/sheets.ts'
import type { AuthoredItem, AuthoredPaper } from './author-paper.ts'
import { ITEM_KINDS, type ItemKind, JUDGEMENTS, LIMITS, type Material } from './paper.ts'

const kindCell = oneOfCell(
  Object.fromEntries(Object.entries(ITEM_KINDS).map(([kind, title]) => [title, kind])) as Record<
    string,
    ItemKind
  >,
)
const orderCell = oneOfCell({ 固定: 'fixed', 可打乱: 'free' })
const acceptCell = (text: string) => {
  const kinds = text
    .toLowerCase()
    .split(/[、,，;；\s]+/)
    .filter(Boolean)
  if (kinds.length > 10) return problem('过多，请删减。')
  return kinds.map((kind) => (kind.startsWith('.') ? kind : `.${kind}`))
}

/** One row an item. Pictures come with JSON only: a picture lying over cells belongs to no row. */
export const PAPER_SHEET = [
  { key: 'group', title: '大题', required: true, parse: textCell(100) },
  { key: 'kind', title: '题型', required: true, parse: kindCell },
  { key: 'stem', title: '题干', required: true, parse: textCell(LIMITS.stemChars) },
  { key: 'optionA', title: '选项A', parse: textCell(LIMITS.optionChars) },
  { key: 'optionB', title: '选项B', parse: textCell(LIMITS.optionChars) },
  { key: 'optionC', title: '选项C', parse: textCell(LIMITS.optionChars) },
  { key: 'optionD', title: '选项D', parse: textCell(LIMITS.optionChars) },
  { key: 'optionE', title: '选项E', parse: textCell(LIMITS.optionChars) },
  { key: 'optionF', title: '选项F', parse: textCell(LIMITS.optionChars) },
  { key: 'optionG', title: '选项G', parse: textCell(LIMITS.optionChars) },
  { key: 'optionH', title: '选项H', parse: textCell(LIMITS.optionChars) },
  { key: 'answer', title: '答案', parse: textCell(LIMITS.referenceChars) },
  { key: 'scoreTenths', title: '分值', required: true, parse: scoreCell },
  { key: 'partialTenths', title: '漏选得分', parse: scoreCell },
  { key: 'fixed', title: '选项顺序', parse: orderCell },
  { key: 'maxChars', title: '字数上限', parse: integerCell({ min: 1, max: LIMITS.maxChars }) },
  { key: 'accept', title: '文件类型', parse: acceptCell },
  { key: 'materialTitle', title: '材料标题', parse: textCell(100) },
  { key: 'materialText', title: '材料内容', parse: textCell(LIMITS.materialChars) },
] as const

export async function readSheetPaper(bytes: Uint8Array): Promise<AuthoredPaper> {
  const { rows, problems } = await readSheet(bytes, { columns: PAPER_SHEET, maxRows: LIMITS.items })
  const said = problems.map(({ row, column, message }) => ({ row, column, message }))
  const items = rows.map(({ row, value }): AuthoredItem => {
    const options = [
      value.optionA,
      value.optionB,
      value.optionC,
      value.optionD,
      value.optionE,
      value.optionF,
      value.optionG,
      value.optionH,
    ]
    const used = options.slice(0, options.findLastIndex((one) => one !== null) + 1)
    const materials: Material[] = value.materialText
      ? [{ title: value.materialTitle ?? '材料', text: value.materialText }]
      : []
    if (value.materialTitle && !value.materialText)
      said.push({
        row,
        column: '材料内容',
        message: `第 ${row} 行「材料内容」为空，请填写或删去材料标题。`,
      })
    return {
      row,
      group: value.group,
      kind: value.kind,
      stem: value.stem,
      options: used.map((one) => one ?? ''),
      answer: answerOf(value.kind, value.answer),
      scoreTenths: value.scoreTenths,
      materials,
      ...(value.partialTenths === null ? {} : { partialTenths: value.partialTenths }),
      ...(value.fixed === 'fixed' ? { fixedOptions: true } : {}),
      ...(value.maxChars === null ? {} : { maxChars: value.maxChars }),
      ...(value.accept === null ? {} : { accept: value.accept }),
    }
  })
  return { unit: '行', groupNotes: {}, items, problems: said }
}

const JUDGED: Record<string, string> = {
  对: JUDGEMENTS[0],
  是: JUDGEMENTS[0],
  '√': JUDGEMENTS[0],
  '✓': JUDGEMENTS[0],
  错: JUDGEMENTS[1],
  否: JUDGEMENTS[1],
  '×': JUDGEMENTS[1],
  '✗': JUDGEMENTS[1],
}

function answerOf(kind: ItemKind, text: string | null): AuthoredItem['answer'] {
  const written = (text ?? '').trim()
  switch (kind) {
    case 'single':
    case 'multiple': {
      const letters = written
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s、,，;；|/]/g, '')
      return { letters: [...letters] }
    }
    case 'judgement':
      return { judged: Object.hasOwn(JUDGED, written) ? (JUDGED[written] ?? '') : written }
    case 'fill':
      return {
        blanks:
          written === ''
            ? []
            : written.split(/[;；]/).map((blank) => blank.split(/[|｜]/).map((one) => one.trim())),
      }
    default:
      return { reference: written === '' ? null : written }
  }
}
