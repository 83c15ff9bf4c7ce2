// Years of work in an occupation, counted in calendar months (民法典 §202) over the person's own intervals.
// Overlapping or adjoining intervals are one; whole months add up first, left-over days after them.
import { z } from 'zod'
import { type Employment, ENGINEER_LEVELS, type Facts, type ProofState, TITLE_LEVELS } from '../facts.ts'
import { DATA, NO, PAPER, type State, YES } from '../state.ts'
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  earliestOf,
  later,
  monthsBetween,
  sayDay,
} from '../time/day.ts'
import {
  definePredicate,
  factPath,
  type Leaf,
  proofDays,
  resolveLevel,
  resolveOccupation,
  type Scope,
  sayOccupation,
  shown,
} from './predicate.ts'
import { ENGINEERING_TITLES, titleReaches } from './title.ts'

const WORKING: readonly Employment['status'][] = ['在岗', '灵活就业', '新就业形态', '自由职业']

const schema = z.strictObject({
  年: z.int().min(0),
  月: z.int().min(0).max(11).default(0),
  职业: z.string().default('本职业'),
  /** Counted only from the day of this title or level; without it, over the whole working life. */
  起算: z
    .union([
      z.strictObject({ 职称不低于: z.enum(TITLE_LEVELS) }),
      z.strictObject({ 专业技术等级: z.enum(ENGINEER_LEVELS) }),
    ])
    .optional(),
})
type Params = z.infer<typeof schema>
interface Span {
  from: Day
  /** First day no longer worked; open when still working. */
  end: Day | undefined
}

export const worked = definePredicate({
  name: '工作满',
  about: '从事该职业技术工作累计满若干年月；可规定从取得某职称或等级之日起算',
  reads: ['employment', 'titles', 'levelCertificates'],
  implies: (strong, weak) =>
    strong.职业 === weak.职业 &&
    (weak.起算 === undefined || JSON.stringify(strong.起算) === JSON.stringify(weak.起算)) &&
    monthsAsked(strong) >= monthsAsked(weak),
  schema,
  evaluate: (p, facts, on, scope): Leaf => {
    const start = startOf(p, facts, scope)
    if (facts.employment === undefined || start === 'unknown') return { state: DATA, used: [] }
    const used: string[] = []
    let allShown = true
    for (let i = 0; i < facts.employment.length; i++) {
      const job = facts.employment[i]!
      if (!countsFor(p, job, scope)) continue
      used.push(factPath('employment', i)[0]!)
      if (shown(job, on, scope.proof) !== YES) allShown = false
    }
    if (start === 'never' || (start !== undefined && on < start)) return { state: NO, used }
    const months = monthsAsked(p)
    if (!reached(spans(p, facts, scope, start, undefined, on), months, on)) return { state: NO, used }
    if (allShown) return { state: YES, used }
    const proven = reached(spans(p, facts, scope, start, scope.proof, on), months, on)
    return { state: proven ? YES : PAPER, used } satisfies { state: State; used: string[] }
  },
  changeDays: (p, facts, scope) => {
    const start = startOf(p, facts, scope)
    if (facts.employment === undefined || start === 'unknown' || start === 'never') return []
    // Which intervals are proven changes only on proof days; between two of them the count runs alone.
    const regimes = [...proofDays(facts.employment), '0001-01-01']
    const fulfilled = regimes.flatMap((day) => [
      fulfilledOn(spans(p, facts, scope, start, scope.proof, day), monthsAsked(p)),
      fulfilledOn(spans(p, facts, scope, start, undefined, day), monthsAsked(p)),
    ])
    return [
      ...regimes,
      ...(start === undefined ? [] : [start]),
      ...fulfilled.filter((day) => day !== undefined),
    ]
  },
  requirement: (p, scope) =>
    `${saySince(p, scope)}从事${sayOccupation(p.职业, scope)}技术工作满${p.年 > 0 ? `${p.年}年` : ''}${p.月 > 0 ? `${p.月}个月` : ''}`,
  needs: (p, facts, _on, leaf, scope) => {
    if (leaf.state === DATA) {
      const at = facts.employment === undefined ? 'employment' : sinceList(p)
      return [{ kind: '数据', what: at === 'employment' ? '从业经历' : '起算的职称或等级', at }]
    }
    if (leaf.state === PAPER)
      return [{ kind: '材料', what: '从业年限证明', at: leaf.used[0] ?? 'employment' }]
    if (leaf.state === YES) return []
    const day = openOn(p, facts, scope)
    const what = `${saySince(p, scope)}从事本职业技术工作满${p.年}年${p.月 > 0 ? `${p.月}个月` : ''}`
    return [
      day === undefined
        ? { kind: '待发生事件', what, at: 'employment' }
        : { kind: '待发生事件', what, at: 'employment', on: day },
    ]
  },
  finding: (p, facts, on, leaf, scope) => {
    if (facts.employment === undefined) return '尚未填写从业经历'
    const start = startOf(p, facts, scope)
    if (start === 'unknown') return '尚不知道起算日'
    if (start === 'never') return '起算的职称或等级尚未取得'
    const done = total(spans(p, facts, scope, start, undefined, on), on)
    const day = openOn(p, facts, scope)
    const since = start === undefined ? '' : `自${sayDay(start)}起`
    const rest = leaf.state === NO && day !== undefined ? `，将于${sayDay(day)}满` : ''
    return `${since}累计${done.months}个月${done.days > 0 ? `零${done.days}天` : ''}${rest}${leaf.state === PAPER ? '，但年限证明不全' : ''}`
  },
})

function monthsAsked(p: Params): number {
  return p.年 * 12 + p.月
}

function countsFor(p: Params, job: Employment, scope: Scope): boolean {
  return (
    WORKING.includes(job.status) &&
    job.occupation !== undefined &&
    scope.occupation(job.occupation) === resolveOccupation(p.职业, scope)
  )
}

/** The day counting begins: undefined = no such rule, 'never' = not obtained, 'unknown' = not stated. */
function startOf(p: Params, facts: Facts, scope: Scope): Day | 'unknown' | 'never' | undefined {
  const since = p.起算
  if (since === undefined) return undefined
  if ('职称不低于' in since) {
    if (facts.titles === undefined) return 'unknown'
    return earliest(facts.titles.filter((t) => titleReaches(t, since.职称不低于)).map((t) => t.obtainedOn))
  }
  if (facts.levelCertificates === undefined) return 'unknown'
  const occupation = resolveOccupation(p.职业, scope)
  return earliest(
    facts.levelCertificates
      .filter(
        (c) =>
          scope.occupation(c.occupation) === occupation &&
          c.level === since.专业技术等级 &&
          c.withdrawnOn === undefined,
      )
      .map((c) => c.issuedOn),
  )
}

function earliest(days: readonly Day[]): Day | 'never' {
  return earliestOf(days) ?? 'never'
}

/** Disjoint, ascending intervals that count; only those shown on `on` when a proof is required. */
function spans(
  p: Params,
  facts: Facts,
  scope: Scope,
  start: Day | undefined,
  proof: ProofState | undefined,
  on: Day,
): Span[] {
  const counted = (facts.employment ?? [])
    .filter((job) => countsFor(p, job, scope) && (proof === undefined || shown(job, on, proof) === YES))
    .map((job) => ({
      from: later(start ?? job.from, job.from),
      end: job.to === undefined ? undefined : addDays(job.to, 1),
    }))
    .filter((span) => span.end === undefined || span.from < span.end)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const merged: Span[] = []
  for (const span of counted) {
    const last = merged.at(-1)
    if (last && (last.end === undefined || span.from <= last.end)) {
      if (last.end !== undefined && (span.end === undefined || span.end > last.end)) last.end = span.end
    } else merged.push({ ...span })
  }
  return merged
}

/** First day on which the spans add up to that many months. */
function fulfilledOn(list: readonly Span[], months: number): Day | undefined {
  let before = { months: 0, days: 0 }
  for (const span of list) {
    const candidate = addDays(addMonths(span.from, Math.max(0, months - before.months)), -before.days)
    const day = later(candidate, span.from)
    if (span.end === undefined || day <= span.end) return day
    before = plus(before, span.from, span.end)
  }
  return undefined
}

/** The same question asked of one day: what is worked by then, cut off there. */
function reached(list: readonly Span[], months: number, on: Day): boolean {
  let before = { months: 0, days: 0 }
  for (const span of list) {
    if (span.from > on) return false
    const end = span.end === undefined || span.end > on ? on : span.end
    const full = monthsBetween(span.from, addDays(end, before.days))
    if (before.months + full >= months) return true
    before = plus(before, span.from, end)
  }
  return false
}

function total(list: readonly Span[], on: Day): { months: number; days: number } {
  let sum = { months: 0, days: 0 }
  for (const span of list) {
    if (span.from >= on) break
    sum = plus(sum, span.from, span.end === undefined || span.end > on ? on : span.end)
  }
  return sum
}

function plus(sum: { months: number; days: number }, from: Day, end: Day): { months: number; days: number } {
  const months = monthsBetween(from, end)
  return { months: sum.months + months, days: sum.days + daysBetween(addMonths(from, months), end) }
}

function openOn(p: Params, facts: Facts, scope: Scope): Day | undefined {
  const start = startOf(p, facts, scope)
  if (start === 'unknown' || start === 'never') return undefined
  return fulfilledOn(spans(p, facts, scope, start, undefined, '0001-01-01'), monthsAsked(p))
}

function sinceList(p: Params): string {
  return p.起算 !== undefined && '职称不低于' in p.起算 ? 'titles' : 'levelCertificates'
}

function saySince(p: Params, scope: Scope): string {
  if (p.起算 === undefined) return ''
  if ('职称不低于' in p.起算) return `取得${ENGINEERING_TITLES[p.起算.职称不低于]}职称后`
  return `取得${resolveLevel(p.起算.专业技术等级, scope)}专业技术等级后`
}
