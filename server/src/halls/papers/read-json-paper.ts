import { z } from 'zod'
import type { AuthoredItem, AuthoredPaper, PaperProblem } from './author-paper.ts'
import { ITEM_KINDS, type ItemKind, JUDGEMENTS, LIMITS } from './paper.ts'

/** A paper as JSON. Points, not tenths: authors write `2.5`. Everything else is refused, not ignored. */
const kinds = Object.keys(ITEM_KINDS) as [ItemKind, ...ItemKind[]]
const text = (max: number) => z.string().max(max)
const points = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Number.isInteger(Math.round(value * 1e6) / 1e5))
const material = z.union([
  z.strictObject({ title: text(100), text: text(LIMITS.materialChars) }),
  z.strictObject({ title: text(100), image: text(LIMITS.imageBytes * 2) }),
])
const alternatives = z.union([
  text(LIMITS.alternativeChars),
  z.array(text(LIMITS.alternativeChars)).min(1).max(LIMITS.alternatives),
])
const item = z.strictObject({
  group: text(100).min(1),
  kind: z.enum(kinds),
  stem: text(LIMITS.stemChars),
  score: points,
  options: z.array(text(LIMITS.optionChars)).max(LIMITS.options).optional(),
  /** Letters (`"A"`, `["A","C"]`), true / false, texts of the blanks, or a reference answer. */
  answer: z
    .union([z.boolean(), text(LIMITS.referenceChars), z.array(alternatives).max(LIMITS.blanks)])
    .optional(),
  partialScore: points.optional(),
  fixedOptions: z.boolean().optional(),
  caseSensitive: z.boolean().optional(),
  materials: z.array(material).max(LIMITS.materials).optional(),
  maxChars: z.number().int().optional(),
  accept: z.array(text(10)).max(10).optional(),
})
export const paperJson = z.strictObject({
  format: z.literal('shujiang-paper/1'),
  groups: z
    .array(z.strictObject({ title: text(100).min(1), note: text(1_000) }))
    .max(LIMITS.groups)
    .optional(),
  items: z.array(z.unknown()).min(1).max(LIMITS.items),
})

const FIELDS: Record<string, string> = {
  group: '大题',
  kind: '题型',
  stem: '题干',
  score: '分值',
  options: '选项',
  answer: '答案',
  partialScore: '漏选得分',
  fixedOptions: '选项固定',
  caseSensitive: '区分大小写',
  materials: '材料',
  maxChars: '字数上限',
  accept: '文件类型',
}

export function readJsonPaper(bytes: Uint8Array): AuthoredPaper {
  const whole = (message: string) => none([{ row: 0, column: null, message }])
  if (bytes.byteLength > LIMITS.fileBytes)
    return whole(`文件超过 ${LIMITS.fileBytes / 1024 / 1024} MB，未读取。请压缩其中的图片。`)
  let source: string
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return whole('文件不是 UTF-8 编码的文本，未读取。请另存为 UTF-8 后重新上传。')
  }
  if (deeperThan(source, LIMITS.depth)) return whole('文件的层次过深，未读取。请按说明的格式填写。')
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    return whole('文件不是有效的 JSON，未读取。请检查括号、引号和逗号。')
  }
  const paper = paperJson.safeParse(value)
  if (!paper.success) {
    const names = paper.error.issues.map((issue) => issue.path.join('.') || '整个文件').slice(0, 5)
    return whole(
      `文件的结构与说明不符（${names.join('、')}），未读取。应有 format、items，试题不超过 ${LIMITS.items} 题。`,
    )
  }
  const items: AuthoredItem[] = []
  const problems: PaperProblem[] = []
  for (const [index, one] of paper.data.items.entries()) {
    const row = index + 1
    const read = item.safeParse(one)
    if (read.success) {
      items.push(authored(row, read.data))
      continue
    }
    const fields = new Set(
      read.error.issues.map((issue) => {
        const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
        return unknown ? `多余的 ${unknown.slice(0, 30)}` : String(issue.path[0] ?? '')
      }),
    )
    for (const field of fields) {
      const column = FIELDS[field] ?? (field || '试题')
      problems.push({ row, column, message: `第 ${row} 题「${column}」的内容不符合格式说明，请核对。` })
    }
  }
  const groupNotes = Object.fromEntries((paper.data.groups ?? []).map((group) => [group.title, group.note]))
  return { unit: '题', groupNotes, items, problems }
}

function none(problems: PaperProblem[]): AuthoredPaper {
  return { unit: '题', groupNotes: {}, items: [], problems }
}

function authored(row: number, one: z.output<typeof item>): AuthoredItem {
  return {
    row,
    group: one.group.trim(),
    kind: one.kind,
    stem: one.stem,
    options: one.options ?? [],
    answer: answerOf(one.kind, one.answer),
    scoreTenths: Math.round(one.score * 10),
    materials: one.materials ?? [],
    ...(one.partialScore === undefined ? {} : { partialTenths: Math.round(one.partialScore * 10) }),
    ...(one.fixedOptions ? { fixedOptions: true } : {}),
    ...(one.caseSensitive ? { caseSensitive: true } : {}),
    ...(one.maxChars === undefined ? {} : { maxChars: one.maxChars }),
    ...(one.accept ? { accept: one.accept } : {}),
  }
}

function answerOf(kind: ItemKind, answer: z.output<typeof item>['answer']): AuthoredItem['answer'] {
  const list = Array.isArray(answer) ? answer : answer === undefined ? [] : [answer]
  switch (kind) {
    case 'single':
    case 'multiple':
      return { letters: list.flatMap((one) => (typeof one === 'string' ? one : String(one))) }
    case 'judgement':
      return { judged: typeof answer === 'boolean' ? JUDGEMENTS[answer ? 0 : 1] : String(answer ?? '') }
    case 'fill':
      return { blanks: list.map((one) => (Array.isArray(one) ? one : [String(one)])) }
    default:
      return { reference: typeof answer === 'string' ? answer : null }
  }
}

/** Counts brackets outside strings: the parser itself is not asked to go a million deep. */
function deeperThan(source: string, limit: number): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charCodeAt(at)
    if (quoted) {
      if (char === 92) at += 1
      else if (char === 34) quoted = false
    } else if (char === 34) quoted = true
    else if (char === 123 || char === 91) {
      depth += 1
      if (depth > limit) return true
    } else if (char === 125 || char === 93) depth -= 1
  }
  return false
}
