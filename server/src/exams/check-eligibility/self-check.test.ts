import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { mustLoadPolicy } from '../../../../policy/cli/read-packs.ts'
import type { Facts, Policy } from '../../../../policy/src/index.ts'
import { addDays } from '../../platform/clock.ts'
import { bestOutcome, type FoundPath, readyToDecide } from './deciding.ts'
import { levelsOf, MATTER_IDS, type MatterId, matterOf, occupationsOf } from './matter.ts'
import { type Answer, type Answers, applies, type Question, UNKNOWN } from './question.ts'
import { questionsOf } from './questions-of.ts'
import { type SelfCheck, selfCheck } from './self-check.ts'
import { bodyKindOf, statedOf, trainingCertificate } from './stated-facts.ts'

const ON = '2026-11-22'
const RUNS = Number(process.env.SELF_CHECK_RUNS ?? 40)
let policy: Policy
beforeAll(() => {
  policy = mustLoadPolicy()
})

interface Subject {
  matter: MatterId
  occupationId: string
  level: string | undefined
}
const ask = (subject: Subject, answers: Answers, thorough = true, own: Facts = {}) =>
  selfCheck(policy, { ...subject, answers, own, on: ON, settings: [], thorough })

/** Asks on until nothing is asked any more; every step is handed to `each`. */
function interview(
  subject: Subject,
  answerOf: (question: Question) => Answer,
  options: { thorough?: boolean; each?: (step: SelfCheck, answers: Answers) => void } = {},
) {
  let answers: Answers = {}
  const asked: string[] = []
  for (;;) {
    const step = ask(subject, answers, options.thorough ?? true)
    options.each?.(step, answers)
    if (!step.next) return { asked, step, answers }
    const { question } = step.next
    expect(asked).not.toContain(question.id)
    asked.push(question.id)
    answers = { ...answers, [question.id]: answerOf(question) }
  }
}

function ready(subject: Subject) {
  const matter = matterOf(subject.matter)
  const { prepared, decide } = readyToDecide(policy, { ...subject, matter, on: ON, settings: [] })
  const told = { occupation: policy.occupations.get(subject.occupationId)?.名称 ?? '', level: subject.level }
  return { decide, questions: questionsOf(prepared, told, matter.paths) }
}

/** decide() with every fact of the person at once. */
function decideAll(subject: Subject, full: Answers) {
  const { decide, questions } = ready(subject)
  const about = { occupationId: subject.occupationId, level: subject.level, on: ON }
  const facts: Facts = Object.assign(
    {},
    ...[...new Set(questions.map((one) => one.group))].map((group) =>
      statedOf(group, questions, full, about),
    ),
  )
  const trains = questions.some((one) => one.id === 'trained')
  const certified: Facts = { ...facts, trainingCertificates: [trainingCertificate(about)] }
  return {
    paths: decide(facts, bodyKindOf(full)),
    trained: trains ? decide(certified, bodyKindOf(full)) : decide(facts, bodyKindOf(full)),
  }
}
const verdict = (paths: readonly FoundPath[]) =>
  paths.map(({ key, path }) => `${key} ${path.outcome} ${path.opensOn ?? ''} ${path.possibleOn ?? ''}`)

const days = fc.integer({ min: -12_000, max: 0 }).map((n) => addDays(ON, n))
function arbitraryAnswer(question: Question): fc.Arbitrary<Answer> {
  if (question.kind === 'choice') return fc.constantFrom(...question.choices)
  if (question.kind === 'day')
    return question.days === 'any' ? fc.integer({ min: -3_000, max: 1_500 }).map((n) => addDays(ON, n)) : days
  return fc.array(
    fc
      .tuple(days, fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }))
      .map(([from, n]) => (n === undefined ? { from } : { from, to: addDays(from, n) })),
    { maxLength: 3 },
  )
}
function arbitraryPerson() {
  const subjects = MATTER_IDS.flatMap((matter) => {
    const levels = levelsOf(policy, matterOf(matter))
    const occupations = occupationsOf(policy, matterOf(matter).occupations)
    return (levels.length > 0 ? levels : [undefined]).map((level) => ({ matter, level, occupations }))
  })
  return fc
    .constantFrom(...subjects)
    .chain(({ matter, level, occupations }) =>
      fc.constantFrom(...occupations).map(({ id }) => ({ matter, level, occupationId: id })),
    )
    .chain((subject) => {
      const { questions } = ready(subject)
      return fc
        .record(Object.fromEntries(questions.map((one) => [one.id, arbitraryAnswer(one)])))
        .map((full) => ({ subject, full: full as Answers }))
    })
}

describe('selfCheck', () => {
  it('says the same as decide() with every fact given, whoever answers', () => {
    fc.assert(
      fc.property(arbitraryPerson(), ({ subject, full }) => {
        const { step } = interview(subject, (question) => full[question.id] as Answer)
        const all = decideAll(subject, full)
        expect(verdict(step.paths)).toEqual(verdict(all.paths))
        expect(verdict(step.afterTraining ?? step.paths)).toEqual(verdict(all.trained))
      }),
      { numRuns: RUNS },
    )
  })

  it('says the same overall when it stops at the first path that is met', () => {
    fc.assert(
      fc.property(arbitraryPerson(), ({ subject, full }) => {
        const { step } = interview(subject, (question) => full[question.id] as Answer, { thorough: false })
        expect(bestOutcome(step.afterTraining ?? step.paths)).toBe(
          bestOutcome(decideAll(subject, full).trained),
        )
      }),
      { numRuns: RUNS },
    )
  })

  it('asks nothing irrelevant: to every question asked two answers lead to different verdicts of some path', () => {
    fc.assert(
      fc.property(arbitraryPerson(), ({ subject, full }) => {
        interview(subject, (question) => full[question.id] as Answer, {
          each: ({ next }, answers) => {
            if (next)
              expect([next.question.id, matters(subject, next.question, answers, full)]).toEqual([
                next.question.id,
                true,
              ])
          },
        })
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    )
  })

  it('promises no more questions than it keeps: the number left only falls, and is never passed', () => {
    fc.assert(
      fc.property(arbitraryPerson(), ({ subject, full }) => {
        const left: number[] = []
        const { asked } = interview(subject, (question) => full[question.id] as Answer, {
          each: (step) => left.push(step.atMost),
        })
        for (const [i, atMost] of left.entries()) {
          expect(asked.length - i).toBeLessThanOrEqual(atMost)
          if (i > 0) expect(atMost).toBeLessThan(left[i - 1] as number)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('takes 不清楚 for every question, asks each once, and never says 符合 by it alone', () => {
    fc.assert(
      fc.property(arbitraryPerson(), ({ subject }) => {
        const { step } = interview(subject, () => UNKNOWN)
        expect(bestOutcome(step.paths)).not.toBe('符合')
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    )
  })
})

const EXTREMES: Record<Question['kind'], Answer[]> = {
  choice: [],
  day: [ON, addDays(ON, -12_000), addDays(ON, 1_400)],
  spans: [[], [{ from: addDays(ON, -12_000) }]],
}

/** Looks for two answers that tell apart: what is known stays, the rest is the person's or another one's. */
function matters(subject: Subject, question: Question, answers: Answers, full: Answers): boolean {
  const others = fc.sample(
    fc.record(Object.fromEntries(ready(subject).questions.map((one) => [one.id, arbitraryAnswer(one)]))),
    { numRuns: 120, seed: 7 },
  ) as Answers[]
  for (const rest of [full, ...others]) {
    const told = new Set(
      fc
        .sample(arbitraryAnswer(question), { numRuns: 12, seed: 11 })
        .concat(EXTREMES[question.kind], [...question.choices])
        .map((answer) => {
          const said = { ...rest, ...answers, [question.id]: answer }
          if (!applies(question, said)) return ''
          const { paths, trained } = decideAll(subject, said)
          return JSON.stringify([verdict(paths), verdict(trained)])
        }),
    )
    if (told.size > 1) return true
  }
  return false
}
