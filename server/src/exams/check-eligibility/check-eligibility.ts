import type { Decision, Facts, Outcome } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { Day } from '../../platform/clock.ts'
import { type ExplainedDecision, explained } from '../../platform/decision-shape.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { gatherFacts } from '../declarations/decide-declarations.ts'
import { no } from '../refusals.ts'
import { bestOutcome, type FoundPath, rank } from './deciding.ts'
import { levelsOf, type MatterId, matterOf, occupationsOf } from './matter.ts'
import { type Answer, type Answers, applies, type Question, SOME_DAY, UNKNOWN } from './question.ts'
import { type SelfCheck, selfCheck } from './self-check.ts'
import { proven } from './stated-facts.ts'

export interface CheckEligibility {
  matter: MatterId
  occupationId: string
  level?: string | undefined
  answers: Answers
  useOwn: boolean
  thorough: boolean
}

export interface AskedNow extends Pick<Question, 'id' | 'kind' | 'title' | 'help' | 'days'> {
  choices: string[]
  /** Why we ask, in one line, and the clause it rests on. */
  why: string
  clause: string
}

export interface Eligibility {
  question: AskedNow | null
  atMost: number
  said: { id: string; title: string; answer: Answer }[]
  found: {
    outcome: Outcome
    sentence: string
    on: Day
    opensOn: Day | null
    /** The verdict supposes a training certificate that is not there yet. */
    afterTraining: boolean
    unverified: boolean
    /** The path to take: its key (rule/path). */
    lead: string | null
    decisions: ExplainedDecision[]
    /** Papers to bring, by path. */
    papers: Record<string, string[]>
    /** Paths are left that more answers would settle, though one is met. */
    more: boolean
  }
}

export type CheckEligibilityRefusal = RefusalOf<
  typeof no,
  'ELIGIBILITY_SUBJECT_UNKNOWN' | 'ELIGIBILITY_ANSWER_UNKNOWN'
>

/**
 * 我能申报吗: from the answers so far to the next question and the verdict of today (HB-4.4, AH-4 to AH-8, AH-13).
 * Stateless: nothing that is said here is stored.
 */
export async function checkEligibility(
  app: App,
  actor: Actor,
  input: CheckEligibility,
): Promise<Result<Eligibility, CheckEligibilityRefusal>> {
  const on = app.clock.today()
  const matter = matterOf(input.matter)
  const occupation = occupationsOf(app.policy, matter.occupations).find(
    (one) => one.id === input.occupationId,
  )
  const levels = levelsOf(app.policy, matter)
  if (!occupation || (levels.length > 0 ? !levels.includes(input.level ?? '') : input.level !== undefined))
    return refuse(no.ELIGIBILITY_SUBJECT_UNKNOWN())
  const own =
    input.useOwn && actor.personId ? await ownFacts(app, actor.personId, input, matter.provinceCode) : {}
  const settings = await policySettings(app.db, matter.provinceCode)
  const ask = (thorough: boolean) =>
    selfCheck(app.policy, { ...input, level: input.level, own: asShown(own), on, settings, thorough })
  const check = ask(input.thorough)
  const known = new Map(check.questions.map((one) => [one.id, one]))
  const wrong = Object.entries(input.answers).find(([id, answer]) => !fits(known.get(id), answer))
  if (wrong) return refuse(no.ELIGIBILITY_ANSWER_UNKNOWN({ id: wrong[0] }))

  const shown = check.afterTraining ?? check.paths
  const outcome = bestOutcome(shown)
  const opensOn = earliest(shown.flatMap((one) => one.path.opensOn ?? []))
  const papers = papersOf(check, shown, own)
  const lead = leadOf(shown, papers)
  const dated =
    outcome === '尚未到期' ? (opensOn ?? earliest(shown.flatMap((one) => one.path.possibleOn ?? []))) : null
  return ok({
    question: check.next ? askedNow(check.next) : null,
    atMost: check.atMost,
    said: check.questions.flatMap((one) => {
      const answer = input.answers[one.id]
      return answer !== undefined && applies(one, input.answers)
        ? [{ id: one.id, title: one.title, answer }]
        : []
    }),
    found: {
      outcome,
      sentence: sentenceOf({
        outcome,
        act: `${matter.act}${occupation.name}${input.level ?? ''}`,
        dated,
        certain: opensOn !== null,
        afterTraining: check.afterTraining !== null && bestOutcome(check.paths) !== outcome,
      }),
      on,
      opensOn: dated,
      afterTraining: check.afterTraining !== null,
      unverified: shown.some((one) => one.decision.unverified),
      lead: lead?.key ?? null,
      decisions: spoken(decisionsOf(shown, check.fromOwn)),
      papers,
      more: !check.next && !input.thorough && outcome === '符合' && ask(true).next !== null,
    },
  })
}

async function ownFacts(
  app: App,
  personId: string,
  input: CheckEligibility,
  provinceCode: string,
): Promise<Facts> {
  // Any id will do: no judgement was made yet of a declaration that does not exist.
  const one = { ...input, id: personId, personId, provinceCode, level: (input.level ?? '初级') as '初级' }
  return (await gatherFacts(app.db, [one])).get(personId) ?? {}
}

/** Takes every statement as shown: the self-check asks what would be true once the papers are there. */
function asShown(facts: Facts): Facts {
  const shown: Record<string, unknown> = { ...facts }
  for (const [kind, value] of Object.entries(facts)) {
    if (!Array.isArray(value) || kind === 'judgements') continue
    shown[kind] = (value as { proof?: string | undefined }[]).map((one) =>
      one.proof === undefined || one.proof === '自述' ? { ...one, proof: '已上传' } : one,
    )
  }
  return shown as Facts
}

function fits(question: Question | undefined, answer: Answer): boolean {
  if (!question) return false
  if (answer === UNKNOWN) return true
  if (question.kind === 'spans') return Array.isArray(answer)
  if (typeof answer !== 'string') return false
  return question.kind === 'choice' ? question.choices.includes(answer) : /^\d{4}-\d\d-\d\d$/.test(answer)
}

function askedNow({ question, why }: NonNullable<SelfCheck['next']>): AskedNow {
  const names = [...new Set(why.map((one) => one.path.name))]
  const { id, kind, title, help, days, clause } = question
  return {
    id,
    kind,
    title,
    help,
    days,
    choices: kind === 'choice' ? [...question.choices, UNKNOWN] : [UNKNOWN],
    why: `“${names[0] ?? ''}”${names.length > 1 ? `等 ${names.length} 条途径` : '这条途径'}要看这一项。`,
    clause,
  }
}

/** What a path would still ask papers for, were nothing shown yet. */
function papersOf(check: SelfCheck, shown: readonly FoundPath[], own: Facts): Record<string, string[]> {
  const unshown: Facts = proven(check.facts, '自述')
  for (const kind of check.fromOwn) Object.assign(unshown, { [kind]: own[kind] })
  // The platform issues the training certificate itself: nobody has to bring it.
  const certificates = check.afterTraining ? shown[0]?.decision.receipt.facts.trainingCertificates : undefined
  if (certificates) unshown.trainingCertificates = certificates
  // A path that opens later asks for the papers of that day: the years worked are shown when they are full.
  const days = new Map(shown.map(({ key, path }) => [key, path.opensOn]))
  const papers = new Map<Day | undefined, Map<string, string[]>>()
  for (const day of new Set(days.values()))
    papers.set(
      day,
      new Map(
        check
          .decide(unshown, check.bodyKind, day)
          .map(({ key, path }) => [
            key,
            [...new Set(path.needs.filter((need) => need.kind === '材料').map((need) => need.what))],
          ]),
      ),
    )
  return Object.fromEntries([...days].map(([key, day]) => [key, papers.get(day)?.get(key) ?? []]))
}

function leadOf(shown: readonly FoundPath[], papers: Record<string, string[]>): FoundPath | undefined {
  return [...shown].sort(
    (a, b) =>
      rank(a.path.outcome) - rank(b.path.outcome) ||
      (a.path.opensOn ?? '9').localeCompare(b.path.opensOn ?? '9') ||
      (papers[a.key]?.length ?? 0) - (papers[b.key]?.length ?? 0),
  )[0]
}

/** One explained decision a rule, with each path as it was found. */
function decisionsOf(shown: readonly FoundPath[], fromOwn: ReadonlySet<string>): ExplainedDecision[] {
  return [...Map.groupBy(shown, (one) => one.decision.rule).values()].map((paths) => {
    const decision = paths[0]?.decision as Decision
    const whole = { ...decision, outcome: bestOutcome(paths), paths: paths.map((one) => one.path) }
    return { ...asSaid(explained(whole), fromOwn), receipt: null }
  })
}

/** What was only said here counted as shown for the verdict; it is told as what it is. */
function asSaid(decision: ExplainedDecision, fromOwn: ReadonlySet<string>): ExplainedDecision {
  const proofOf = (path: string, proof: string) =>
    proof === '已上传' && !fromOwn.has(/^[a-zA-Z]+/.exec(path)?.[0] ?? '') ? '自述' : proof
  return {
    ...decision,
    paths: decision.paths.map((path) => ({
      ...path,
      steps: path.steps.map((step) => ({
        ...step,
        facts: step.facts.map((fact) => ({ ...fact, proof: proofOf(fact.path, fact.proof) })),
      })),
    })),
  }
}

const [YEAR] = SOME_DAY.split('-')
/** A day nobody was asked for is not shown: no path depends on it. */
function spoken<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value).replaceAll(`${YEAR}年1月1日`, '此前').replaceAll(SOME_DAY, '此前'),
  ) as T
}

function earliest(days: readonly Day[]): Day | null {
  return [...days].sort()[0] ?? null
}

function sentenceOf(of: {
  outcome: Outcome
  act: string
  dated: Day | null
  certain: boolean
  afterTraining: boolean
}): string {
  const { outcome, act, dated } = of
  const first = of.afterTraining ? '取得培训合格证书后，' : ''
  switch (outcome) {
    case '符合':
      return of.afterTraining ? `您先参加培训，取得培训合格证书后即可${act}。` : `您现在可以${act}。`
    case '尚未到期':
      return of.certain
        ? `${first}您从 ${dated} 起可以${act}。`
        : `${first}您最早从 ${dated} 起才可能${act}，届时还要补齐下面的条件。`
    case '需人工认定':
      return `${first}您可以提出${act.replace(/^申请/, '')}，但有事项要由人认定后才能确定。`
    case '材料不足':
      return `还不能确定您能否${act}：有的情况您不清楚，或有关标准尚未核定。请看下面各条途径。`
    default:
      return `按您的回答，现在还不能${act}。请看各条途径差什么。`
  }
}
