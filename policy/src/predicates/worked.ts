// Years of work in an occupation, from a title or level or over a whole working life, eased where a clause says so.
import type { Facts } from '../facts.ts'
import { DATA, NO, PAPER, type State, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import type { Day } from '../time/day.ts'
import { levelCertificate } from './level-certificate.ts'
import { conditionOf, definePredicate, leavesUsing, proofDays, type Scope, shown } from './predicate.ts'
import { title } from './title.ts'
import {
  countsFor,
  figuresOf,
  fulfilledOn,
  reached,
  sinceList,
  spans,
  startList,
  startMayBeEarlier,
  type Term,
  termOn,
  unsettled,
  type Worked,
  workedSchema,
} from './worked-spans.ts'
import { sayWorked, workedFinding, workedNeeds } from './worked-words.ts'

export const worked = definePredicate({
  name: '工作满',
  about:
    '从事该职业工作累计满若干年月（年数可取自参数）；可含相关职业、可不限职业，可规定从取得某职称或等级之日起算，可按参数放宽（放宽的月数舍去不足一月的部分）',
  reads: ['employment', 'titles', 'levelCertificates', 'skillCertificates'],
  figures: figuresOf,
  implies: (strong, weak) =>
    strong.职业 === weak.职业 &&
    (weak.起算 === undefined || JSON.stringify(strong.起算) === JSON.stringify(weak.起算)) &&
    strong.含相关 === weak.含相关 &&
    strong.放宽 === undefined &&
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
  schema: workedSchema,
  evaluate: (p, scope) => {
    const term = termOn(p, scope)
    const nothing = leavesUsing()
    return (facts, on) => {
      const jobs = facts.employment ?? []
      let used: string[] | undefined
      let allShown = true
      for (let i = 0; i < jobs.length; i++) {
        const job = jobs[i]!
        if (!countsFor(p, job, scope, true)) continue
        used ??= []
        used.push(`employment[${i}]`)
        if (shown(job, on, scope.proof) !== YES || unsettled(p, job, scope)) allShown = false
      }
      const state = stateOn(p, facts, on, scope, onDay(term, on), allShown)
      return used === undefined ? nothing[state] : { state, used }
    }
  },
  changeDays,
  requirement: sayWorked,
  needs: workedNeeds,
  finding: workedFinding,
})

/** `shownWork`: all work that counts is shown well enough, and that it counts is settled. */
function stateOn(
  p: Worked,
  facts: Facts,
  on: Day,
  scope: Scope,
  { least, most }: Term,
  shownWork: boolean,
): State {
  const settled = shownWork && !startMayBeEarlier(p, facts, scope)
  const longest = stateAfter(p, facts, on, scope, most, settled)
  // What holds of the longest period holds whatever the figure turns out to be; what the shortest denies, nobody has.
  if (least === most || longest >= PAPER) return longest
  return stateAfter(p, facts, on, scope, least, settled) === NO ? NO : DATA
}

function stateAfter(p: Worked, facts: Facts, on: Day, scope: Scope, months: number, settled: boolean): State {
  const asStated = spans(p, facts, scope, on, {})
  if (asStated === 'unknown' || !reached(asStated, months, on)) {
    if (asStated !== 'unknown' && settled) return NO
    const hoped = spans(p, facts, scope, on, { guessing: true })
    return hoped === 'unknown' || reached(hoped, months, on) ? DATA : NO
  }
  if (settled && p.起算 === undefined) return YES
  const proven = spans(p, facts, scope, on, { proof: scope.proof })
  return proven !== 'unknown' && reached(proven, months, on) ? YES : PAPER
}

function changeDays(p: Worked, facts: Facts, scope: Scope): Day[] {
  // What counts as shown, and from which title or level, changes only on these days; between two the count runs alone.
  const since = startList(p, facts)
  const regimes = [
    ...new Set([
      '0001-01-01',
      ...proofDays(facts.employment),
      ...proofDays(since),
      ...since.flatMap((c) => ('withdrawnOn' in c && c.withdrawnOn !== undefined ? [c.withdrawnOn] : [])),
      ...figuresOf(p).flatMap((id) => [...scope.parameterDays(id)]),
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
  const term = termOn(p, scope)
  const fulfilled = regimes.flatMap((day) => {
    const { least, most } = onDay(term, day)
    const periods = [...new Set([least, most])].filter(Number.isFinite)
    return counts.flatMap((count) => {
      const list = spans(p, facts, scope, day, count)
      return list === 'unknown' ? [] : periods.flatMap((months) => fulfilledOn(list, months) ?? [])
    })
  })
  return [...regimes, ...fulfilled]
}
