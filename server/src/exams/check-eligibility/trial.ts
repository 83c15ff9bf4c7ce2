import type { Day } from '../../platform/clock.ts'
import { type Answer, type Answers, applies, probesOf, type Question, SOME_DAY, UNKNOWN } from './question.ts'

/** Verdict of each path, in a word, for a full set of answers of one group. */
export type Look = (filled: Answers) => Map<string, string>

export interface Trial {
  /** Open questions whose answer changes a path's verdict → the paths it changes. */
  varied: Map<string, Set<string>>
  /** Paths that no answer of the group can still open. */
  shut: Set<string>
  /** The group answered as if nothing depended on what is open: an earlier day nobody asks for, and of anything else none. */
  filled: Answers
}

/**
 * Tries every open question of a group with every kind of answer, the others of the group once at their weakest and once at
 * their strongest. What changes no verdict here need not be asked now.
 */
export function tryAnswers(mine: readonly Question[], answers: Answers, on: Day, look: Look): Trial {
  const said = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== UNKNOWN))
  const fill = (start: Answers, pick: (question: Question) => number): Answers => {
    const filled: Record<string, Answer> = { ...start }
    for (const one of mine) {
      if (!applies(one, filled) || filled[one.id] !== undefined) continue
      filled[one.id] = probesOf(one, on).at(pick(one)) as Answer
    }
    return filled
  }
  const trials: { question: Question; looks: Map<string, string>[] }[] = []
  for (const pick of [() => 0, () => -1]) {
    const base = fill(said, pick)
    for (const question of mine) {
      if (!applies(question, base) || said[question.id] !== undefined) continue
      const start = { ...said, ...forerunner(question, base) }
      trials.push({
        question,
        looks: probesOf(question, on).map((probe) => look(fill({ ...start, [question.id]: probe }, pick))),
      })
    }
  }
  const all = trials.flatMap((one) => one.looks)
  const keys = [...(all[0]?.keys() ?? [])]
  const shut = new Set(keys.filter((key) => all.every((each) => each.get(key)?.startsWith(NEVER))))
  const varied = new Map<string, Set<string>>()
  for (const { question, looks } of trials) {
    for (const key of keys) {
      if (new Set(looks.map((each) => each.get(key))).size < 2) continue
      varied.set(question.id, (varied.get(question.id) ?? new Set()).add(key))
    }
  }
  return { varied, shut, filled: fill(said, (one) => (probesOf(one, on).at(-1) === SOME_DAY ? -1 : 0)) }
}

const NEVER = '不符合'

/** What a follow-up rests on: without its forerunner's answer it is not asked. */
function forerunner(one: Question, base: Answers): Answers {
  const answer = one.follows && base[one.follows.id]
  return one.follows && answer !== undefined ? { [one.follows.id]: answer } : {}
}
