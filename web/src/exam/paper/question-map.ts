// The paper as the candidate walks through it: which items take an answer, what stands beside them, what is answered.
import type { AnswerValue, Material, Paper, PaperItem } from '../../../../server/src/halls/attempts/wire.ts'

export interface Question {
  item: PaperItem
  /** 1-based over the whole paper, as the map shows it. */
  number: number
  group: { id: string; title: string; note: string | null }
  /** First of its group: the group's heading and note are shown. */
  opensGroup: boolean
  /** The stem of the scenario it belongs to, and everything to look at beside it. */
  scenario: string | null
  materials: Material[]
}

export function questionsOf(paper: Paper): Question[] {
  const questions: Question[] = []
  let scenario: PaperItem | undefined
  let groupOf: string | undefined
  for (const item of paper.items) {
    if (scenario && scenario.group !== item.group) scenario = undefined
    if (item.kind === 'scenario') {
      scenario = item
      continue
    }
    const group = paper.groups.find((one) => one.id === item.group)
    questions.push({
      item,
      number: questions.length + 1,
      group: { id: item.group, title: group?.title ?? '', note: group?.note ?? null },
      opensGroup: item.group !== groupOf,
      scenario: scenario?.stem ?? null,
      materials: [...(group?.materials ?? []), ...(scenario?.materials ?? []), ...(item.materials ?? [])],
    })
    groupOf = item.group
  }
  return questions
}

/** Whether something stands there; blanks of a fill-in count when one of them is filled. */
export function isAnswered(value: AnswerValue): boolean {
  if (value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.some((one) => one.trim() !== '')
  return true
}

export type MapState = 'answered' | 'marked' | 'answered-marked' | 'empty'
export function mapState(answered: boolean, marked: boolean): MapState {
  if (answered) return marked ? 'answered-marked' : 'answered'
  return marked ? 'marked' : 'empty'
}
export const MAP_WORDS: Record<MapState, string> = {
  answered: '已答',
  marked: '未答，已标记',
  'answered-marked': '已答，已标记',
  empty: '未答',
}

/** Chinese characters one by one, words of other scripts as one, as 字数 is counted. */
export function countWords(text: string): number {
  const characters = text.match(/\p{Script=Han}|\p{Extended_Pictographic}/gu)?.length ?? 0
  const words =
    text.replaceAll(/\p{Script=Han}/gu, ' ').match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0
  return characters + words
}

/** 2.5 分 of 25 tenths. */
export function points(tenths: number): string {
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} 分`
}
