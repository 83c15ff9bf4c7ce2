import type { Facts, Policy, Setting } from '../../../../policy/src/index.ts'
import type { Day } from '../../platform/clock.ts'
import { type Deciding, type FoundPath, readyToDecide } from './deciding.ts'
import { type MatterId, matterOf } from './matter.ts'
import { type Answers, applies, type Group, mayApply, type Question, UNKNOWN } from './question.ts'
import { questionsOf } from './questions-of.ts'
import { bodyKindOf, statedOf, trainingCertificate } from './stated-facts.ts'
import { type Trial, tryAnswers } from './trial.ts'

export interface SelfCheckAsked {
  matter: MatterId
  occupationId: string
  level: string | undefined
  answers: Answers
  /** What the platform knows of the person, when the person wants it used; an answer stands before it. */
  own: Facts
  on: Day
  settings: readonly Setting[]
  /** Goes on asking for the other paths when one is met already. */
  thorough: boolean
}

export interface SelfCheck {
  /** What to ask next; null when no answer could change any path's verdict (or one is met and that is enough). */
  next: { question: Question; why: FoundPath[] } | null
  /** No more than this many questions are left. */
  atMost: number
  questions: readonly Question[]
  /** Known so far: what was said, and of what no path depends on that there is none. */
  facts: Facts
  /** Lists taken from what the platform knows. */
  fromOwn: ReadonlySet<Group>
  bodyKind: string | undefined
  /** As things stand. */
  paths: FoundPath[]
  /** The same with the training certificate in hand; null for who has it, and where none is asked for. */
  afterTraining: FoundPath[] | null
  decide: Deciding['decide']
}

/** Marks a path's verdict with the training certificate in hand. */
const TRAINED = '+'
const MOST_ROUNDS = 6

/**
 * Asks only what still matters: a question is asked when two answers to it lead to different verdicts of some path,
 * given what is known. Pure: the answers come in, the next question and the verdicts go out, nothing is kept.
 */
export function selfCheck(policy: Policy, asked: SelfCheckAsked): SelfCheck {
  const { occupationId, level, answers, on } = asked
  const matter = matterOf(asked.matter)
  const about = { occupationId, level, on }
  const { prepared, decide } = readyToDecide(policy, { ...asked, matter })
  const occupation = policy.occupations.get(occupationId)?.名称 ?? ''
  const questions = questionsOf(prepared, { occupation, level }, matter.paths)
  const groups = [...new Set(questions.map((one) => one.group))]
  const trains = groups.includes('trainingCertificates')
  const certified = (facts: Facts): Facts => ({
    ...facts,
    trainingCertificates: [...(facts.trainingCertificates ?? []), trainingCertificate(about)],
  })
  const verdicts = remembered((facts: Facts, bodyKind: string | undefined) => {
    const found = new Map(decide(facts, bodyKind).map((one) => [one.key, said(one)]))
    if (trains) for (const one of decide(certified(facts), bodyKind)) found.set(one.key + TRAINED, said(one))
    return found
  })

  const facts: Facts = {}
  let bodyKind = bodyKindOf(answers)
  const fromOwn = new Set<Group>()
  const unsaid = new Set<Group>()
  for (const group of groups) {
    const mine = questions.filter((one) => one.group === group && mayApply(one, answers))
    const spoken = mine.some((one) => answers[one.id] !== undefined)
    if (!spoken && asked.own[group] !== undefined) {
      fromOwn.add(group)
      Object.assign(facts, { [group]: asked.own[group] })
    } else if (mine.every((one) => answers[one.id] !== undefined && answers[one.id] !== UNKNOWN))
      Object.assign(facts, statedOf(group, questions, answers, about))
    else unsaid.add(group)
  }
  const trialOf = (group: Group, known: Facts): Trial =>
    tryAnswers(
      questions.filter((one) => one.group === group),
      answers,
      on,
      (filled) =>
        verdicts(
          { ...known, ...statedOf(group, questions, filled, about) },
          group === 'affiliations' ? bodyKindOf(filled) : bodyKind,
        ),
    )
  // Only on what was said: what is filled in below as of no consequence must not close a path.
  const closed = new Set([...unsaid].flatMap((group) => [...trialOf(group, { ...facts }).shut]))
  const matters = new Map<string, Set<string>>()
  const settled = new Set<Group>()
  // What one group settles can make another matter, or matter no longer: looked at again until nothing changes.
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round += 1) {
    changed = false
    for (const group of unsaid) {
      delete facts[group]
      if (group === 'affiliations') bodyKind = bodyKindOf(answers)
      const trial = trialOf(group, facts)
      let depends = false
      for (const one of questions.filter((each) => each.group === group)) {
        const live = [...(trial.varied.get(one.id) ?? [])].filter((key) => !closed.has(key))
        if (live.length === 0) matters.delete(one.id)
        else {
          matters.set(one.id, new Set(live))
          depends = true
        }
      }
      if (depends === settled.has(group)) changed = true
      if (depends) settled.delete(group)
      else {
        settled.add(group)
        Object.assign(facts, statedOf(group, questions, trial.filled, about))
        if (group === 'affiliations') bodyKind = bodyKindOf(trial.filled)
      }
    }
  }

  const paths = decide(facts, bodyKind)
  const holds = (facts.trainingCertificates ?? []).some((one) => one.level === level)
  const afterTraining = trains && !holds ? decide(certified(facts), bodyKind) : null
  const shown = afterTraining ?? paths
  const undecided = new Set(
    [
      ...paths.map((one) => [one.key, one] as const),
      ...(afterTraining ?? []).map((one) => [one.key + TRAINED, one] as const),
    ]
      .filter(([key, { path }]) => path.outcome !== '符合' && path.outcome !== '不符合' && !closed.has(key))
      .map(([, { key }]) => key),
  )
  const unanswered = questions.filter(
    (one) =>
      unsaid.has(one.group) &&
      answers[one.id] === undefined &&
      mayApply(one, answers) &&
      [...one.paths].some((key) => undecided.has(key)),
  )
  const enough = !asked.thorough && shown.some((one) => one.path.outcome === '符合')
  const reach = (id: string) => new Set([...(matters.get(id) ?? [])].map((key) => key.replace(TRAINED, '')))
  const [question] = enough
    ? []
    : unanswered
        .filter((one) => matters.has(one.id) && applies(one, answers))
        .sort((a, b) => reach(b.id).size - reach(a.id).size)
  return {
    next: question ? { question, why: shown.filter((one) => reach(question.id).has(one.key)) } : null,
    atMost: question ? unanswered.length : 0,
    questions,
    facts,
    fromOwn,
    bodyKind,
    paths,
    afterTraining,
    decide,
  }
}

/** What of a path's verdict a person can tell apart: the outcome, and from when. */
function said({ path }: FoundPath): string {
  return `${path.outcome} ${path.opensOn ?? ''} ${path.possibleOn ?? ''}`
}

function remembered<T>(find: (facts: Facts, bodyKind: string | undefined) => T) {
  const known = new Map<string, T>()
  return (facts: Facts, bodyKind: string | undefined): T => {
    const key = `${bodyKind}${JSON.stringify(facts)}`
    const found = known.get(key) ?? find(facts, bodyKind)
    known.set(key, found)
    return found
  }
}
