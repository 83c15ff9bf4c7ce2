import type { Day } from '../../../../policy/src/index.ts'
import { addDays } from '../../platform/clock.ts'

/** Always an answer, and it leaves open what only an answer could settle. */
export const UNKNOWN = '不清楚'
/** Some day before today which no path asks for: never shown, never kept. Said 此前. */
export const SOME_DAY: Day = '1900-01-01'

export interface Span {
  from: Day
  /** Last day; absent = goes on. */
  to?: Day | undefined
}
export type Answer = string | Span[]
export type Answers = Readonly<Record<string, Answer>>

/** Lists of facts; one is known when every question of it that applies is answered. */
export type Group =
  | 'trainingCertificates'
  | 'employment'
  | 'education'
  | 'technicalSchool'
  | 'titles'
  | 'levelCertificates'
  | 'skillCertificates'
  | 'affiliations'
  | 'achievements'
  | 'otherCertificates'
  | 'bornOn'

export interface Question {
  id: string
  group: Group
  kind: 'choice' | 'day' | 'spans'
  title: string
  help: string | null
  choices: readonly string[]
  /** Days it may be about: 已经过去的, or any. */
  days: 'past' | 'any'
  /** The question this one follows, and the answers to it after which it is asked. */
  follows?: { id: string; when: (answer: Answer) => boolean }
  /** Keys (rule/path) of the paths whose conditions read the answer. */
  paths: Set<string>
  /** Clause of the condition that reads it. */
  clause: string
}

/** Answers that stand for all of their kind, the weakest first: what one of them cannot change, no answer can. */
export function probesOf(question: Question, on: Day): Answer[] {
  if (question.kind === 'choice') return [...question.choices]
  const before = (years: number) => addDays(on, -Math.round(years * 365.25))
  if (question.kind === 'spans')
    return [[], [{ from: before(0.8) }], [{ from: before(4.2) }], [{ from: before(40) }]]
  if (question.group === 'bornOn') return [before(15), before(40)]
  const past = [on, before(0.8), before(4.2), SOME_DAY]
  return question.days === 'past' ? past : [addDays(on, 1_500), addDays(on, 120), ...past]
}

/** Asked once its forerunner is answered so. */
export function applies(question: Question, answers: Answers): boolean {
  if (!question.follows) return true
  const before = answers[question.follows.id]
  return before !== undefined && before !== UNKNOWN && question.follows.when(before)
}

/** May still come to be asked. */
export function mayApply(question: Question, answers: Answers): boolean {
  return applies(question, answers) || (!!question.follows && answers[question.follows.id] === undefined)
}
