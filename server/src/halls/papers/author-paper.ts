// From what authors wrote to a paper: every fault named by row and field, and nothing taken while there is one.
import { sniffMediaType } from '../../platform/media-type.ts'
import {
  FILE_KINDS,
  FULL_TENTHS,
  ITEM_KINDS,
  type ItemKind,
  isObjective,
  itemId,
  JUDGEMENTS,
  type Key,
  type Keys,
  LIMITS,
  letterOf,
  type Material,
  optionId,
  type PaperContent,
  type StoredItem,
} from './paper.ts'
import { pictureSize } from './picture-size.ts'

/** An item as written in a sheet or in JSON, its shapes already held to their types. */
export interface AuthoredItem {
  /** Row of the sheet, or number of the item in JSON. */
  row: number
  group: string
  kind: ItemKind
  stem: string
  options: string[]
  /** Letters, 正确 / 错误, texts of the blanks, or a reference answer. */
  answer: { letters: string[] } | { judged: string } | { blanks: string[][] } | { reference: string | null }
  scoreTenths: number
  partialTenths?: number
  fixedOptions?: boolean
  caseSensitive?: boolean
  materials: Material[]
  maxChars?: number
  accept?: string[]
}

export interface PaperProblem {
  row: number
  column: string | null
  message: string
}

export interface AuthoredPaper {
  /** 「行」 of a sheet, 「题」 of JSON. */
  unit: '行' | '题'
  groupNotes: Record<string, string>
  items: AuthoredItem[]
  problems: PaperProblem[]
}

export interface CheckedPaper {
  content: PaperContent
  keys: Keys
  problems: PaperProblem[]
  answerable: number
  marked: number
}

/** Builds the paper and says everything that is wrong with it; with a problem the paper must not be used. */
export function checkPaper(authored: AuthoredPaper, seed: string): CheckedPaper {
  const problems = [...authored.problems]
  const whole = (message: string) => problems.push({ row: 0, column: null, message })
  const groups = groupsOf(authored)
  const items: StoredItem[] = []
  const keys: Keys = {}
  const stems = new Map<string, number>()
  authored.items.forEach((item, index) => {
    const number = index + 1
    const tell = (column: string, message: string) =>
      problems.push({
        row: item.row,
        column,
        message: `第 ${item.row} ${authored.unit}「${column}」${message}`,
      })
    checkTexts(item, tell)
    checkItem(item, tell)
    const alike = stems.get(likeness(item))
    if (alike) tell('题干', `与第 ${alike} ${authored.unit}重复，请只保留一题。`)
    stems.set(likeness(item), item.row)
    const { key, ...stored } = storedItem(item, number, seed, groups.get(item.group) ?? '')
    items.push(stored)
    if (key) keys[stored.id] = key
  })
  // Rows that could not be read are missing here: what is said of the whole would only confuse.
  if (authored.problems.length === 0) checkGroups(authored, problems)
  const answerable = items.filter((item) => item.kind !== 'scenario')
  if (authored.items.length > LIMITS.items) whole(`试题超过 ${LIMITS.items} 题，未导入。`)
  if (groups.size > LIMITS.groups) whole(`大题超过 ${LIMITS.groups} 个，未导入。`)
  if (answerable.length === 0 && problems.length === 0) whole('没有需要作答的试题，请填写后重新上传。')
  const total = items.reduce((sum, item) => sum + item.scoreTenths, 0)
  if (total !== FULL_TENTHS && problems.length === 0) {
    whole(
      `各题分值合计 ${total / 10} 分，应为 ${FULL_TENTHS / 10} 分（成绩实行百分制）。请调整分值后重新上传。`,
    )
  }
  const content: PaperContent = {
    seed,
    groups: [...groups].map(([title, id]) => {
      const note = authored.groupNotes[title]
      return { id, title, ...(note ? { note } : {}) }
    }),
    items,
  }
  const bytes = Buffer.byteLength(JSON.stringify(content))
  if (bytes > LIMITS.contentBytes) {
    whole(
      `试卷内容共 ${Math.ceil(bytes / 1024)} KB，超过 ${LIMITS.contentBytes / 1024} KB。每名考生的试卷都要单独加密下发，请压缩图片或删减材料。`,
    )
  }
  return { content, keys, problems, answerable: answerable.length, marked: countMarked(answerable) }
}

function countMarked(items: StoredItem[]) {
  return items.filter((item) => !isObjective(item.kind)).length
}

function groupsOf(authored: AuthoredPaper): Map<string, string> {
  const titles = [...new Set(authored.items.map((item) => item.group))]
  return new Map(titles.map((title, index) => [title, `g${index + 1}`]))
}

type Tell = (column: string, message: string) => void

const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff]/u

function checkTexts(item: AuthoredItem, tell: Tell) {
  const check = (column: string, text: string, max: number) => {
    if (text.length > max) tell(column, `超过 ${max} 字，请删减。`)
    if (INVISIBLE.test(text)) tell(column, '含有看不见的控制字符，请重新录入该文字。')
  }
  if (item.stem.trim() === '') tell('题干', '为空，请填写。')
  check('大题', item.group, 100)
  check('题干', item.stem, LIMITS.stemChars)
  item.options.forEach((text, at) => {
    check(`选项${letterOf(at)}`, text, LIMITS.optionChars)
    if (text.trim() === '') tell(`选项${letterOf(at)}`, '为空。选项应从 A 起连续填写。')
  })
  for (const material of item.materials) {
    check('材料标题', material.title, 100)
    if ('text' in material) check('材料内容', material.text, LIMITS.materialChars)
    else checkPicture(material.image, tell)
  }
  if (item.materials.length > LIMITS.materials) tell('材料', `超过 ${LIMITS.materials} 份，请合并。`)
}

function checkPicture(address: string, tell: Tell) {
  const found = /^data:(image\/png|image\/jpeg);base64,([A-Za-z0-9+/]+={0,2})$/.exec(address)
  if (!found) return tell('材料图片', '应为 PNG 或 JPG 图片，以 data:image/png;base64, 开头，不接受网址。')
  const bytes = Buffer.from(found[2] ?? '', 'base64')
  if (sniffMediaType(bytes) !== found[1]) return tell('材料图片', '的内容与所写类型不符，请重新转换。')
  if (bytes.length > LIMITS.imageBytes)
    tell('材料图片', `超过 ${LIMITS.imageBytes / 1024} KB，请压缩后重新上传。`)
  const size = pictureSize(bytes)
  if (!size) return tell('材料图片', '不完整，无法读取尺寸，请重新转换。')
  if (Math.max(size.width, size.height) > LIMITS.imageEdge || Math.min(size.width, size.height) < 1)
    tell('材料图片', `的长边超过 ${LIMITS.imageEdge} 像素，请缩小后重新上传。`)
}

function checkItem(item: AuthoredItem, tell: Tell) {
  const choice = item.kind === 'single' || item.kind === 'multiple'
  if (!choice && item.options.length > 0) tell('选项A', `${ITEM_KINDS[item.kind]}没有选项，请删去。`)
  if (item.kind === 'scenario') {
    if (item.scoreTenths !== 0) tell('分值', '情景题本身不计分，请把分值写在它下面的各小题上，此处填 0。')
  } else if (!Number.isInteger(item.scoreTenths) || item.scoreTenths < 1 || item.scoreTenths > FULL_TENTHS) {
    tell('分值', '应为 0.1 至 100 分，最多一位小数。')
  }
  if (item.partialTenths !== undefined) {
    if (item.kind !== 'multiple') tell('漏选得分', '只用于多选题，请删去。')
    else if (item.partialTenths >= item.scoreTenths) tell('漏选得分', '应小于该题分值。')
  }
  if (choice) checkChoice(item, tell)
  else if (item.kind === 'judgement') {
    if (!('judged' in item.answer) || !(JUDGEMENTS as readonly string[]).includes(item.answer.judged))
      tell('答案', '应为「正确」或「错误」。')
  } else if (item.kind === 'fill') checkBlanks(item, tell)
  else if ('reference' in item.answer) {
    if ((item.answer.reference ?? '').length > LIMITS.referenceChars)
      tell('答案', `超过 ${LIMITS.referenceChars} 字，请删减。`)
  }
  if (item.maxChars !== undefined) {
    if (item.kind !== 'short' && item.kind !== 'long') tell('字数上限', '只用于简答题和论述题，请删去。')
    else if (item.maxChars < 1 || item.maxChars > LIMITS.maxChars)
      tell('字数上限', `应为 1 至 ${LIMITS.maxChars}。`)
  }
  if (item.kind === 'file') {
    const unknown = (item.accept ?? []).filter((one) => !(FILE_KINDS as readonly string[]).includes(one))
    if (!item.accept?.length || unknown.length > 0)
      tell('文件类型', `请从下列类型中填写，用顿号分开：${FILE_KINDS.join('、')}。`)
  } else if (item.accept) tell('文件类型', '只用于操作题，请删去。')
}

function checkChoice(item: AuthoredItem, tell: Tell) {
  const { options } = item
  const letters = 'letters' in item.answer ? item.answer.letters : []
  if (options.length < 2) tell('选项B', '至少填写 A、B 两个选项。')
  if (options.length > LIMITS.options) tell('选项', `超过 ${LIMITS.options} 个，请删减。`)
  if (new Set(options.map((text) => text.trim())).size < options.length)
    tell('选项', '有两个相同，请修改其中一个。')
  const known = letters.filter(
    (letter) => /^[A-Z]$/.test(letter) && letter.charCodeAt(0) - 65 < options.length,
  )
  if (letters.length === 0) tell('答案', '为空，请填写选项字母，例如 A。')
  else if (known.length < letters.length) tell('答案', `「${letters.join('')}」中有不存在的选项，请核对。`)
  else if (new Set(letters).size < letters.length) tell('答案', '有重复的字母，请核对。')
  else if (item.kind === 'single' && letters.length > 1)
    tell('答案', '单选题只能有一个答案；有多个的请改为多选题。')
  else if (item.kind === 'multiple' && letters.length < 2)
    tell('答案', '多选题至少有两个答案；只有一个的请改为单选题。')
}

function checkBlanks(item: AuthoredItem, tell: Tell) {
  const blanks = 'blanks' in item.answer ? item.answer.blanks : []
  if (blanks.length === 0) tell('答案', '为空，请逐空填写，各空用分号分开。')
  if (blanks.length > LIMITS.blanks) tell('答案', `超过 ${LIMITS.blanks} 个空，请拆成几题。`)
  const marks = item.stem.match(/_{2,}/g)?.length ?? 0
  if (marks > 0 && blanks.length > 0 && marks !== blanks.length)
    tell('答案', `有 ${blanks.length} 个空，题干中有 ${marks} 处下划线，请核对。`)
  blanks.forEach((accepted, at) => {
    if (accepted.length === 0 || accepted.some((one) => one.trim() === ''))
      tell('答案', `第 ${at + 1} 空的答案为空，请填写。`)
    if (accepted.length > LIMITS.alternatives || accepted.some((one) => one.length > LIMITS.alternativeChars))
      tell('答案', `第 ${at + 1} 空的可接受答案过多或过长，请删减。`)
  })
}

/** A scenario opens a group of its own: nothing before it, at least one item after it, the group in one piece. */
function checkGroups({ items, unit }: AuthoredPaper, problems: PaperProblem[]) {
  const seen = new Set<string>()
  items.forEach((item, index) => {
    const tell = (column: string, message: string) =>
      problems.push({ row: item.row, column, message: `第 ${item.row} ${unit}「${column}」${message}` })
    const before = items[index - 1]
    const begins = before?.group !== item.group
    if (begins && seen.has(item.group))
      tell('大题', `「${item.group}」在前面已出现过，同一大题的试题请放在一起。`)
    seen.add(item.group)
    if (item.kind !== 'scenario') return
    if (!begins) tell('题型', '情景题应是所在大题的第一行，每个情景题单独写一个大题名称。')
    const next = items[index + 1]
    if (next?.group !== item.group || next.kind === 'scenario') tell('题型', '情景题下面还没有小题，请补上。')
  })
}

function likeness(item: AuthoredItem): string {
  return JSON.stringify([item.kind === 'scenario' ? item.group : '', item.stem.trim(), item.options])
}

function storedItem(
  item: AuthoredItem,
  number: number,
  seed: string,
  group: string,
): StoredItem & { key: Key | null } {
  const { kind, stem, scoreTenths } = item
  const named = (letter: string) => optionId(seed, number, letter)
  const texts = kind === 'judgement' ? [...JUDGEMENTS] : item.options
  const options = texts.map((text, at) => ({ id: named(letterOf(at)), text }))
  return {
    id: itemId(seed, number),
    number,
    group,
    kind,
    stem,
    scoreTenths,
    ...(options.length > 0 ? { options } : {}),
    ...('blanks' in item.answer ? { blanks: item.answer.blanks.length } : {}),
    ...(item.materials.length > 0 ? { materials: item.materials } : {}),
    ...(kind === 'short' || kind === 'long'
      ? { maxChars: item.maxChars ?? (kind === 'short' ? 1_000 : 5_000) }
      : {}),
    ...(item.accept ? { accept: item.accept } : {}),
    ...(item.fixedOptions ? { fixedOptions: true } : {}),
    key: keyOf(item, named),
  }
}

export function keyOf(
  item: Pick<AuthoredItem, 'kind' | 'answer' | 'partialTenths' | 'caseSensitive'>,
  named: (letter: string) => string,
): Key | null {
  const { kind, answer } = item
  if (kind === 'scenario') return null
  if ('letters' in answer) {
    const options = answer.letters.map(named)
    if (kind === 'single') return { kind, accepted: options }
    return {
      kind: 'multiple',
      options,
      ...(item.partialTenths === undefined ? {} : { partialTenths: item.partialTenths }),
    }
  }
  if ('judged' in answer)
    return { kind: 'judgement', accepted: [named(answer.judged === JUDGEMENTS[0] ? 'A' : 'B')] }
  if ('blanks' in answer)
    return { kind: 'fill', blanks: answer.blanks, ...(item.caseSensitive ? { caseSensitive: true } : {}) }
  return { kind: 'marked', reference: answer.reference }
}
