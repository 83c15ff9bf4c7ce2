import type { InputOf, OutputOf, PortalApi } from '../../ui/api.ts'

export type Input = InputOf<PortalApi, 'exams.check-eligibility'>
export type Check = OutputOf<PortalApi, 'exams.check-eligibility'>
export type Matters = OutputOf<PortalApi, 'exams.eligibility-matters'>
export type MatterId = Input['matter']
export type Question = NonNullable<Check['question']>
export type Answer = Input['answers'][string]

/** What was chosen and answered so far, in the order it was; nothing else is known of the visitor. */
export interface Said {
  programme?: string
  matter?: MatterId
  occupationId?: string
  level?: string
  answers: [id: string, answer: Answer][]
  useOwn?: boolean
  thorough?: boolean
}

const KEPT = 'shujiang.eligibility'
const NOTHING: Said = { answers: [] }

/** From this tab's own memory: a reload loses nothing, closing the tab or ending the check loses all. */
export function recall(): Said {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '') as Said
    return Array.isArray(kept.answers) ? kept : NOTHING
  } catch {
    return NOTHING
  }
}
export function keep(said: Said): void {
  sessionStorage.setItem(KEPT, JSON.stringify(said))
}
export function forget(): Said {
  sessionStorage.removeItem(KEPT)
  return NOTHING
}

/** The question to the server, once programme, matter, occupation and level are chosen. */
export function inputOf(said: Said, matters: Matters['matters']): Input | undefined {
  const matter = matters.find((one) => one.id === said.matter)
  if (!matter || !said.occupationId || (matter.levels.length > 0 && !said.level)) return undefined
  return {
    matter: matter.id,
    occupationId: said.occupationId,
    ...(matter.levels.length > 0 && said.level ? { level: said.level } : {}),
    answers: Object.fromEntries(said.answers),
    useOwn: said.useOwn ?? false,
    thorough: said.thorough ?? false,
  }
}

/** Back to a question: it and what was answered after it are asked again as far as they still matter. */
export function backTo(said: Said, id: string): Said {
  const at = said.answers.findIndex(([one]) => one === id)
  return { ...said, answers: at < 0 ? said.answers : said.answers.slice(0, at) }
}

/** One choice back: the last answer, or the last thing chosen at the start. */
export function oneBack(said: Said): Said {
  if (said.answers.length > 0) return { ...said, answers: said.answers.slice(0, -1) }
  const { level, occupationId, matter, ...rest } = said
  if (level) return { ...rest, ...(matter ? { matter } : {}), ...(occupationId ? { occupationId } : {}) }
  if (occupationId) return { ...rest, ...(matter ? { matter } : {}) }
  return matter ? rest : NOTHING
}

export function sayAnswer(answer: Answer): string {
  if (typeof answer === 'string') return answer
  if (answer.length === 0) return '没有'
  return answer.map(({ from, to }) => `${from} 至 ${to ?? '今'}`).join('；')
}
