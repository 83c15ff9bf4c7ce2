// Years of work in an occupation, counted in calendar months (民法典 §202) over the person's own intervals.
// Overlapping or adjoining intervals are one; whole months add up first, left-over days after them.
import { z } from 'zod'
import {
  type Employment,
  ENGINEER_LEVELS,
  type Facts,
  type LevelCertificate,
  type ProofState,
  type Provable,
  SKILL_LEVELS,
  type SkillCertificate,
  TITLE_LEVELS,
  type Title,
} from '../facts.ts'
import { DATA, NO, PAPER, YES } from '../state.ts'
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
import { levelCertificate } from './level-certificate.ts'
import {
  conditionOf,
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
import { skillOccupation } from './skill-certificate.ts'
import { ENGINEERING_TITLES, title, titleReaches } from './title.ts'

const WORKING: readonly Employment['status'][] = ['在岗', '灵活就业', '新就业形态', '自由职业']

const schema = z.strictObject({
  /** Years, or the policy's figure for them. */
  年: z.union([z.int().min(0), z.strictObject({ 参数: z.string() })]),
  月: z.int().min(0).max(11).default(0),
  /** 不限: all working life (累计工龄). */
  职业: z.string().default('本职业'),
  /** 本职业或相关职业: work judged related counts as well. */
  含相关: z.boolean().default(false),
  /** Counted only from the day of this title or level; without it, over the whole working life. */
  起算: z
    .union([
      z.strictObject({ 职称不低于: z.enum(TITLE_LEVELS) }),
      z.strictObject({ 专业技术等级: z.enum(ENGINEER_LEVELS) }),
      z.strictObject({ 技能等级: z.enum(SKILL_LEVELS) }),
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
  about:
    '从事该职业工作累计满若干年月（年数可取自参数）；可含相关职业、可不限职业，可规定从取得某职称或等级之日起算',
  reads: ['employment', 'titles', 'levelCertificates', 'skillCertificates'],
  figures: (p) => (typeof p.年 === 'number' ? [] : [p.年.参数]),
  implies: (strong, weak) =>
    strong.职业 === weak.职业 &&
    (weak.起算 === undefined || JSON.stringify(strong.起算) === JSON.stringify(weak.起算)) &&
    strong.含相关 === weak.含相关 &&
    typeof strong.年 === 'number' &&
    typeof weak.年 === 'number' &&
    strong.年 * 12 + strong.月 >= weak.年 * 12 + weak.月,
  entails: (p) => {
    if (p.起算 === undefined) return []
    if ('技能等级' in p.起算) return []
    return '职称不低于' in p.起算
      ? [conditionOf(title, { 不低于: p.起算.职称不低于 })]
      : [conditionOf(levelCertificate, { 职业: p.职业, 等级: p.起算.专业技术等级 })]
  },
  schema,
  evaluate: (p, facts, on, scope): Leaf => {
    const used: string[] = []
    let allShown = true
    for (let i = 0; i < (facts.employment?.length ?? 0); i++) {
      const job = facts.employment![i]!
      if (!countsFor(p, job, scope, true)) continue
      used.push(factPath('employment', i)[0]!)
      if (shown(job, on, scope.proof) !== YES || unsettled(p, job, scope)) allShown = false
    }
    if (startMayBeEarlier(p, facts, scope)) allShown = false
    const asStated = spans(p, facts, scope, on, {})
    const months = monthsAsked(p, scope, on)
    if (months === undefined) return { state: DATA, used }
    if (asStated === 'unknown' || !reached(asStated, months, on)) {
      if (asStated !== 'unknown' && allShown) return { state: NO, used }
      const hoped = spans(p, facts, scope, on, { guessing: true })
      return { state: hoped === 'unknown' || reached(hoped, months, on) ? DATA : NO, used }
    }
    if (allShown && p.起算 === undefined) return { state: YES, used }
    const proven = spans(p, facts, scope, on, { proof: scope.proof })
    return { state: proven !== 'unknown' && reached(proven, months, on) ? YES : PAPER, used }
  },
  changeDays: (p, facts, scope) => {
    // What counts as shown, and from which title or level, changes only on these days; between two the count runs alone.
    const since = startList(p, facts)
    const regimes = [
      ...new Set([
        '0001-01-01',
        ...proofDays(facts.employment),
        ...proofDays(since),
        ...since.flatMap((c) => ('withdrawnOn' in c && c.withdrawnOn !== undefined ? [c.withdrawnOn] : [])),
        ...(typeof p.年 === 'number' ? [] : scope.parameterDays(p.年.参数)),
      ]),
    ]
    // With every item settled and shown the three counts are one.
    const plain =
      facts.employment !== undefined &&
      (p.起算 === undefined || facts[sinceList(p)] !== undefined) &&
      !startMayBeEarlier(p, facts, scope) &&
      facts.employment.every(
        (job) =>
          job.proofUntil === undefined &&
          !unsettled(p, job, scope) &&
          shown(job, '0001-01-01', scope.proof) === YES,
      ) &&
      since.every((fact) => fact.proofUntil === undefined && shown(fact, '0001-01-01', scope.proof) === YES)
    const counts = plain ? [{}] : [{}, { guessing: true }, { proof: scope.proof }]
    const fulfilled = regimes.flatMap((day) =>
      counts.map((count) => {
        const list = spans(p, facts, scope, day, count)
        const months = monthsAsked(p, scope, day)
        return list === 'unknown' || months === undefined ? undefined : fulfilledOn(list, months)
      }),
    )
    return [...regimes, ...fulfilled.filter((day) => day !== undefined)]
  },
  requirement: (p, scope) => `${saySince(p, scope)}${sayWork(p, scope)}${sayTerm(p)}`,
  needs: (p, facts, on, leaf, scope) => {
    if (leaf.state === YES) return []
    const months = monthsAsked(p, scope, on)
    if (months === undefined && typeof p.年 !== 'number')
      return [{ kind: '数据', what: '规定的年限（待核实，须由省级确认）', at: `参数:${p.年.参数}` }]
    if (leaf.state === PAPER) {
      const workShown = spans(p, facts, scope, on, { workProof: scope.proof })
      const lacksStart = workShown !== 'unknown' && reached(workShown, months ?? 0, on)
      // The same words as the condition for the title or level itself: one paper, one need.
      if (lacksStart)
        return [
          {
            kind: '材料',
            what: startPaper(p, scope),
            at: `${sinceList(p)}[${startIndex(p, facts, scope, on)}]`,
          },
        ]
      return [{ kind: '材料', what: '从业年限证明', at: leaf.used[0] ?? 'employment' }]
    }
    if (facts.employment === undefined && startOf(p, facts, scope, on) !== 'never') {
      return [{ kind: '数据', what: '从业经历', at: 'employment' }]
    }
    if (leaf.state === DATA) {
      return startOf(p, facts, scope, on) === 'unknown'
        ? [{ kind: '数据', what: '起算的职称或等级', at: sinceList(p) }]
        : startMayBeEarlier(p, facts, scope)
          ? [{ kind: '数据', what: '所持证书是否属于相关职业的人工认定', at: 'skillCertificates' }]
          : [
              {
                kind: '数据',
                what: p.含相关 ? '从业经历是否属于本职业或相关职业' : '从业经历所属的职业',
                at: 'employment',
              },
            ]
    }
    const day = openOn(p, facts, on, scope)
    const what = `${saySince(p, scope)}${p.职业 === '不限' || p.含相关 ? sayWork(p, scope) : '从事本职业技术工作'}${sayTerm(p)}`
    return [{ kind: '待发生事件', what, at: 'employment', ...(day !== undefined && { on: day }) }]
  },
  finding: (p, facts, on, leaf, scope) => {
    const start = startOf(p, facts, scope, on)
    if (start === 'never') return '起算的职称或等级尚未取得'
    if (facts.employment === undefined) return '尚未填写从业经历'
    if (start === 'unknown') return '尚不知道起算日'
    const done = total(spans(p, facts, scope, on, {}) as Span[], on)
    const day = openOn(p, facts, on, scope)
    const since = start === undefined ? '' : `自${sayDay(start)}起`
    const rest = leaf.state === NO && day !== undefined ? `，将于${sayDay(day)}满` : ''
    const doubt =
      leaf.state === PAPER ? '，但年限或起算的证明不全' : leaf.state === DATA ? '，另有经历未写明职业' : ''
    return `${since}累计${done.months}个月${done.days > 0 ? `零${done.days}天` : ''}${rest}${doubt}`
  },
})

function monthsAsked(p: Params, scope: Scope, on: Day): number | undefined {
  if (typeof p.年 === 'number') return p.年 * 12 + p.月
  const years = scope.parameter(p.年.参数, on)?.value
  return typeof years === 'number' ? Math.round(years * 12) + p.月 : undefined
}

/** The titles or certificates that counting may start from. */
function startList(p: Params, facts: Facts): readonly (Title | LevelCertificate | SkillCertificate)[] {
  const since = p.起算
  if (since === undefined) return []
  if ('职称不低于' in since) return (facts.titles ?? []).filter((t) => titleReaches(t, since.职称不低于))
  if ('技能等级' in since) return (facts.skillCertificates ?? []).filter((c) => c.level === since.技能等级)
  return (facts.levelCertificates ?? []).filter((c) => c.level === since.专业技术等级)
}

/** A certificate of another occupation may be of a related one: nobody has judged it yet. */
function startMayBeEarlier(p: Params, facts: Facts, scope: Scope): boolean {
  if (p.起算 === undefined || !('技能等级' in p.起算)) return false
  const level = p.起算.技能等级
  return (facts.skillCertificates ?? []).some(
    (c) => c.level === level && skillOccupation(c, p.职业, scope) === undefined,
  )
}

/** `guessing`: work whose occupation nobody has written down may be of this one. */
function countsFor(p: Params, job: Employment, scope: Scope, guessing: boolean): boolean {
  if (!WORKING.includes(job.status)) return false
  if (p.职业 === '不限') return true
  if (job.occupation === undefined) return guessing
  const asked = resolveOccupation(p.职业, scope)
  if (scope.occupation(job.occupation) === asked) return true
  if (!p.含相关) return false
  const judged = job.related?.find((r) => scope.occupation(r.occupation) === asked)
  return judged === undefined ? guessing : judged.related
}

/** Whether this work counts is not known: no occupation, or nobody has judged whether it is related. */
function unsettled(p: Params, job: Employment, scope: Scope): boolean {
  return countsFor(p, job, scope, true) !== countsFor(p, job, scope, false)
}

interface Count {
  /** Only what is shown this well, the title or level counted from included. */
  proof?: ProofState
  guessing?: boolean
  /** Only the work is shown this well; the start as stated. */
  workProof?: ProofState
}

/** The day counting begins: undefined = no such rule, 'never' = not obtained, 'unknown' = not stated. */
function startOf(
  p: Params,
  facts: Facts,
  scope: Scope,
  on: Day,
  proof?: ProofState,
  guessing = false,
): Day | 'unknown' | 'never' | undefined {
  const since = p.起算
  if (since === undefined) return undefined
  const counts = (fact: Provable) => proof === undefined || shown(fact, on, proof) === YES
  if ('职称不低于' in since) {
    if (facts.titles === undefined) return 'unknown'
    return earliest(
      facts.titles.filter((t) => titleReaches(t, since.职称不低于) && counts(t)).map((t) => t.obtainedOn),
    )
  }
  if ('技能等级' in since) {
    if (facts.skillCertificates === undefined) return 'unknown'
    return earliest(
      facts.skillCertificates
        .filter(
          (c) =>
            c.level === since.技能等级 &&
            (skillOccupation(c, p.职业, scope) ?? guessing) &&
            (c.withdrawnOn === undefined || on < c.withdrawnOn) &&
            counts(c),
        )
        .map((c) => c.issuedOn),
    )
  }
  if (facts.levelCertificates === undefined) return 'unknown'
  const occupation = resolveOccupation(p.职业, scope)
  return earliest(
    facts.levelCertificates
      .filter(
        (c) =>
          scope.occupation(c.occupation) === occupation &&
          c.level === since.专业技术等级 &&
          (c.withdrawnOn === undefined || on < c.withdrawnOn) &&
          counts(c),
      )
      .map((c) => c.issuedOn),
  )
}

function earliest(days: readonly Day[]): Day | 'never' {
  return earliestOf(days) ?? 'never'
}

/** Disjoint, ascending intervals that count, as things stand on `on`. */
function spans(
  p: Params,
  facts: Facts,
  scope: Scope,
  on: Day,
  { proof, workProof = proof, guessing = false }: Count,
): Span[] | 'unknown' {
  let start = startOf(p, facts, scope, on, proof, guessing)
  if (start === 'unknown') {
    if (!guessing) return 'unknown'
    // At best everything worked so far counts.
    start = undefined
  }
  if (start === 'never') return []
  // Nobody can have worked longer since the start than the calendar allows.
  if (facts.employment === undefined)
    return guessing && start !== undefined ? [{ from: start, end: undefined }] : 'unknown'
  const counted = facts.employment
    .filter(
      (job) =>
        countsFor(p, job, scope, guessing) && (workProof === undefined || shown(job, on, workProof) === YES),
    )
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

function openOn(p: Params, facts: Facts, on: Day, scope: Scope): Day | undefined {
  const list = spans(p, facts, scope, on, {})
  const months = monthsAsked(p, scope, on)
  return list === 'unknown' || months === undefined ? undefined : fulfilledOn(list, months)
}

function sayWork(p: Params, scope: Scope): string {
  if (p.职业 === '不限') return '累计工龄'
  return `${p.含相关 ? '累计' : ''}从事${sayOccupation(p.职业, scope)}${p.含相关 ? '或相关职业工作' : '技术工作'}`
}

function sayTerm(p: Params): string {
  if (typeof p.年 !== 'number') return '达到规定年限'
  return `满${p.年 > 0 ? `${p.年}年` : ''}${p.月 > 0 ? `${p.月}个月` : ''}`
}

function startPaper(p: Params, scope: Scope): string {
  if (p.起算 !== undefined && '专业技术等级' in p.起算) {
    return `${sayOccupation(p.职业, scope)}${p.起算.专业技术等级}专业技术等级证书`
  }
  if (p.起算 !== undefined && '技能等级' in p.起算)
    return `${sayOccupation(p.职业, scope)}${p.起算.技能等级}职业技能等级证书`
  return '职称证书'
}

function startIndex(p: Params, facts: Facts, scope: Scope, on: Day): number {
  const start = startOf(p, facts, scope, on)
  const list = facts[sinceList(p)]
  return (list ?? []).findIndex((item) => ('obtainedOn' in item ? item.obtainedOn : item.issuedOn) === start)
}

function sinceList(p: Params): 'titles' | 'levelCertificates' | 'skillCertificates' {
  if (p.起算 !== undefined && '技能等级' in p.起算) return 'skillCertificates'
  return p.起算 !== undefined && '职称不低于' in p.起算 ? 'titles' : 'levelCertificates'
}

function saySince(p: Params, scope: Scope): string {
  if (p.起算 === undefined) return ''
  if ('职称不低于' in p.起算) return `取得${ENGINEERING_TITLES[p.起算.职称不低于]}职称后`
  if ('技能等级' in p.起算) return `取得${p.起算.技能等级}后`
  return `取得${resolveLevel(p.起算.专业技术等级, scope)}专业技术等级后`
}
