// An open term of the clause: no rule can decide it, a named person's recorded judgement can.
import { z } from 'zod'
import type { Facts, Judgement } from '../facts.ts'
import { JUDGE, NO, type State, YES } from '../state.ts'
import { type Day, latestOf, sayDay } from '../time/day.ts'
import { definePredicate, leavesUsing, type Need, type Scope } from './predicate.ts'

/** The judgements of that term which fit the occupation and level in question and are made by that day. */
export function judgementsOf(term: string, facts: Facts, on: Day, scope: Scope): Judgement[] {
  return (facts.judgements ?? []).filter(
    (j) =>
      j.term === term &&
      j.on <= on &&
      (j.occupation === undefined ||
        scope.occupation(j.occupation) === scope.occupation(scope.params.occupation)) &&
      (j.level === undefined || j.level === scope.params.level),
  )
}

/** The latest judgement rules; two of the same day that differ settle nothing. */
export function judged(term: string, facts: Facts, on: Day, scope: Scope): State {
  const made = judgementsOf(term, facts, on, scope)
  const latest = latestOf(made.map((j) => j.on))
  const results = new Set(made.filter((j) => j.on === latest).map((j) => j.result))
  if (results.size !== 1) return JUDGE
  return results.has('认定') ? YES : NO
}

export function judgementDays(term: string, facts: Facts): Day[] {
  return (facts.judgements ?? []).filter((j) => j.term === term).map((j) => j.on)
}

export function judgementUsed(term: string, facts: Facts, on: Day, scope: Scope): string[] {
  const made = judgementsOf(term, facts, on, scope)
  return made.map((j) => `judgements[${facts.judgements!.indexOf(j)}]`)
}

export function judgementNeed(term: string): Need {
  return { kind: '数据', what: `“${term}”的人工认定记录`, at: 'judgements' }
}

export function sayJudgement(term: string, facts: Facts, on: Day, scope: Scope): string {
  const last = judgementsOf(term, facts, on, scope).at(-1)
  if (judged(term, facts, on, scope) === JUDGE)
    return last ? '同日的认定互相矛盾，须重新认定' : '尚待人工认定'
  return `${last!.by}${sayDay(last!.on)}${last!.result}${last!.reason ? `（${last!.reason}）` : ''}`
}

const schema = z.strictObject({ 事项: z.string().min(1) })

export const judgement = definePredicate({
  name: '人工认定',
  about: '条款留有裁量的用语，须有署名、有日期的人工认定记录',
  reads: ['judgements'],
  schema,
  evaluate: (p, scope) => {
    const none = leavesUsing()
    return (facts, on) => {
      const state = judged(p.事项, facts, on, scope)
      const used = judgementUsed(p.事项, facts, on, scope)
      return used.length === 0 ? none[state] : { state, used }
    }
  },
  changeDays: (p, facts) => judgementDays(p.事项, facts),
  requirement: (p) => `经人工认定：${p.事项}`,
  needs: (p, _facts, _on, leaf) => (leaf.state === JUDGE ? [judgementNeed(p.事项)] : []),
  finding: (p, facts, on, _leaf, scope) => sayJudgement(p.事项, facts, on, scope),
})
