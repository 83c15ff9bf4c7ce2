import * as fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
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
const RUNS = Number(process.env.SELF_CHECK_RUNS ?? 12)
// Each case answers a whole questionnaire: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

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

describe('how many questions typical people are asked', () => {
  // Stops at the first path that is met, as the page does; the facts of the schema a full form would ask for: 20 and more.
  const people: [who: string, subject: Subject, full: Answers, most: number][] = [
    [
      '员级职称，报初级',
      { matter: 'hubei-engineer', occupationId: 'smart_mfg', level: '初级' },
      {
        trained: '有',
        title: '员级',
        work: [],
        diploma: '大学专科',
        studying: '没有在读',
        techClass: '不是',
      },
      4,
    ],
    [
      '应届本科生，报初级',
      { matter: 'hubei-engineer', occupationId: 'ai', level: '初级' },
      {
        trained: '没有',
        title: '没有职称',
        work: [],
        diploma: '高中',
        studying: '大学本科',
        studyingEndsOn: '2027-06-30',
        techClass: '不是',
      },
      7,
    ],
    [
      '工程师从业多年，报高级',
      { matter: 'hubei-engineer', occupationId: 'bigdata', level: '高级' },
      {
        trained: '有',
        title: '中级',
        'titleOn:中级': '2020-01-01',
        work: [{ from: '2015-01-01' }],
        'level:中级': '没有',
        diploma: '大学本科',
        degree: '学士学位',
        techClass: '不是',
      },
      7,
    ],
    [
      '从业十二年，报高级工',
      { matter: 'anhui-declaration', occupationId: 'data_security_admin', level: '高级工' },
      { work: [{ from: '2014-01-01' }], otherWork: [] },
      3,
    ],
    [
      '一线职工承担大型项目，越级报技师',
      { matter: 'anhui-skip', occupationId: 'ai_trainer', level: '技师' },
      {
        body: '由本企业自主评价的在职职工',
        frontLine: '是',
        work: [{ from: '2008-01-01' }],
        otherWork: [],
        'achievement:大型数字类项目': '有',
        'achievement:技术革新奖项': '没有',
        'skill:中级工': '没有',
      },
      7,
    ],
    [
      '本校毕业生有专利，直接认定高级工',
      { matter: 'anhui-direct', occupationId: 'ai_trainer', level: '高级工' },
      {
        body: '本校毕业生，由母校评价',
        'achievement:技术攻关成果、专利发明、技术技能专著': '有，省级',
        'achievement:技术革新奖项': '没有',
        'skill:中级工': '没有',
      },
      3,
    ],
    [
      '持大企业证书，免试理论',
      { matter: 'anhui-theory', occupationId: 'ai_trainer', level: undefined },
      { 'other:企业内部证书': '有' },
      1,
    ],
  ]
  it.each(people)('%s', (_who, subject, full, most) => {
    const { asked } = interview(subject, (question) => full[question.id] ?? UNKNOWN, { thorough: false })
    console.log(`${_who}: ${asked.length} of ${ready(subject).questions.length} (${asked.join(' ')})`)
    expect(asked.length).toBeLessThanOrEqual(most)
    expect(asked.filter((id) => full[id] === undefined)).toEqual([])
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
