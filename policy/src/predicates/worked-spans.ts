// How long somebody has worked: the intervals that count, from the start a clause names, in calendar months
// (民法典 §202). Overlapping or adjoining intervals are one; whole months add up first, left-over days after them.
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
import { YES } from '../state.ts'
import { type ByDay, byDay, onDay } from '../time/by-day.ts'
import { addDays, addMonths, type Day, daysBetween, earliestOf, later, monthsBetween } from '../time/day.ts'
import { resolveOccupation, type Scope, shown } from './predicate.ts'
import { skillOccupation } from './skill-certificate.ts'
import { titleReaches } from './title.ts'

export const workedSchema = z.strictObject({
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
  /** The share of the period that is let off: a figure of the policy, and the most the clause allows of it. */
  放宽: z.strictObject({ 参数: z.string(), 至多: z.number().positive().max(0.5) }).optional(),
})
export type Worked = z.infer<typeof workedSchema>

export interface Span {
  from: Day
  /** First day no longer worked; open when still working. */
  end: Day | undefined
}

const WORKING: readonly Employment['status'][] = ['在岗', '灵活就业', '新就业形态', '自由职业']

export function figuresOf(p: Worked): string[] {
  return [...(typeof p.年 === 'number' ? [] : [p.年.参数]), ...(p.放宽 ? [p.放宽.参数] : [])]
}

/** Months asked for: at least and at most, which differ while a figure they hang on is not settled. */
export interface Term {
  least: number
  most: number
}

/** How long is asked for. A month begun is not let off, so that what is let off never exceeds the share. */
export function termOn(p: Worked, scope: Scope): ByDay<Term> {
  const years = typeof p.年 === 'number' ? byDay(() => p.年 as number) : scope.number(p.年.参数)
  const share = p.放宽 ? scope.number(p.放宽.参数) : byDay(() => 0)
  const allowed = p.放宽?.至多 ?? 0
  return byDay((on) => {
    const [asked, off] = [onDay(years, on), onDay(share, on)]
    if (asked === undefined) return { least: 0, most: Number.POSITIVE_INFINITY }
    const whole = Math.round(asked * 12) + p.月
    const eased = (part: number) => whole - Math.floor(whole * Math.max(0, Math.min(part, allowed)))
    return { least: eased(off ?? allowed), most: eased(off ?? 0) }
  })
}

/** The titles or certificates that counting may start from. */
export function startList(p: Worked, facts: Facts): readonly (Title | LevelCertificate | SkillCertificate)[] {
  const since = p.起算
  if (since === undefined) return []
  if ('职称不低于' in since) return (facts.titles ?? []).filter((t) => titleReaches(t, since.职称不低于))
  if ('技能等级' in since) return (facts.skillCertificates ?? []).filter((c) => c.level === since.技能等级)
  return (facts.levelCertificates ?? []).filter((c) => c.level === since.专业技术等级)
}

export function sinceList(p: Worked): 'titles' | 'levelCertificates' | 'skillCertificates' {
  if (p.起算 !== undefined && '技能等级' in p.起算) return 'skillCertificates'
  return p.起算 !== undefined && '职称不低于' in p.起算 ? 'titles' : 'levelCertificates'
}

/** A certificate of another occupation may be of a related one: nobody has judged it yet. */
export function startMayBeEarlier(p: Worked, facts: Facts, scope: Scope): boolean {
  if (p.起算 === undefined || !('技能等级' in p.起算)) return false
  const level = p.起算.技能等级
  return (facts.skillCertificates ?? []).some(
    (c) => c.level === level && skillOccupation(c, p.职业, scope) === undefined,
  )
}

/** `guessing`: work whose occupation nobody has written down may be of this one. */
export function countsFor(p: Worked, job: Employment, scope: Scope, guessing: boolean): boolean {
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
export function unsettled(p: Worked, job: Employment, scope: Scope): boolean {
  return countsFor(p, job, scope, true) !== countsFor(p, job, scope, false)
}

export interface Count {
  /** Only what is shown this well, the title or level counted from included. */
  proof?: ProofState
  guessing?: boolean
  /** Only the work is shown this well; the start as stated. */
  workProof?: ProofState
}

/** The day counting begins: undefined = no such rule, 'never' = not obtained, 'unknown' = not stated. */
export function startOf(
  p: Worked,
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
          c.level === since.专业技术等级 &&
          scope.occupation(c.occupation) === occupation &&
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
export function spans(
  p: Worked,
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
export function fulfilledOn(list: readonly Span[], months: number): Day | undefined {
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
export function reached(list: readonly Span[], months: number, on: Day): boolean {
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

export function total(list: readonly Span[], on: Day): { months: number; days: number } {
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
