// What answers are worth. Pure: the close, the second look, the archive and a change of key all ask here.
import type { AnswerValue } from '../attempts/entry.ts'
import { isObjective, type Key, type Keys, type PaperItem, type ScoringRule } from './paper.ts'

type Scored = Pick<PaperItem, 'id' | 'kind' | 'scoreTenths'>

export interface Score {
  /** What the computer could score. */
  objectiveTenths: number
  /** Items that wait for people. */
  marked: number
  items: { item: string; scoreTenths: number }[]
}

export function scoreAnswers(
  items: readonly Scored[],
  keys: Keys,
  rule: ScoringRule,
  answers: ReadonlyMap<string, { value: AnswerValue }>,
): Score {
  const scored: Score['items'] = []
  let marked = 0
  for (const item of items) {
    const key = keys[item.id]
    if (key?.kind === 'void') scored.push({ item: item.id, scoreTenths: item.scoreTenths })
    else if (!isObjective(item.kind)) marked += item.kind === 'scenario' ? 0 : 1
    else if (!key) throw new Error(`item ${item.id} has no key`)
    else
      scored.push({
        item: item.id,
        scoreTenths: scoreItem(item, key, rule, answers.get(item.id)?.value ?? null),
      })
  }
  return { objectiveTenths: scored.reduce((sum, one) => sum + one.scoreTenths, 0), marked, items: scored }
}

export function scoreItem(
  item: Pick<PaperItem, 'scoreTenths'>,
  key: Key,
  rule: ScoringRule,
  value: AnswerValue,
): number {
  switch (key.kind) {
    case 'single':
    case 'judgement':
      return typeof value === 'string' && key.accepted.includes(value) ? item.scoreTenths : 0
    case 'multiple':
      return Array.isArray(value) ? scoreChoice(item.scoreTenths, key, rule, new Set(value)) : 0
    case 'fill': {
      if (!Array.isArray(value)) return 0
      const right = key.blanks.filter((accepted, at) => {
        const given = plainText(value[at] ?? '', key.caseSensitive)
        return given !== '' && accepted.some((one) => plainText(one, key.caseSensitive) === given)
      }).length
      return Math.floor((item.scoreTenths * right) / key.blanks.length)
    }
    case 'marked':
      return 0
    case 'void':
      return item.scoreTenths
  }
}

function scoreChoice(
  full: number,
  key: { options: string[]; partialTenths?: number },
  rule: ScoringRule,
  chosen: Set<string>,
): number {
  const right = key.options.filter((one) => chosen.has(one)).length
  if (right === 0 || chosen.size > right) return 0
  if (right === key.options.length) return full
  if (key.partialTenths !== undefined) return key.partialTenths
  if (rule.multiple === 'half') return Math.floor(full / 2)
  return rule.multiple === 'proportional' ? Math.floor((full * right) / key.options.length) : 0
}

/** Full and half width, capitals and spaces do not decide whether an answer is right. */
export function plainText(text: string, caseSensitive = false): string {
  const plain = text.normalize('NFKC').trim().replace(/\s+/gu, ' ')
  return caseSensitive ? plain : plain.toLowerCase()
}
