// HB-6.2: 目录清单管理. Nobody works outside the catalogues that hold on that day.
import { z } from 'zod'
import type { Listing } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { addDays, type Day, sayDay } from '../time/day.ts'
import { definePredicate, leavesUsing, type Scope, sayOccupation } from './predicate.ts'

const schema = z.strictObject({ 目录: z.enum(['职业', '本机构类别']) })
type Params = z.infer<typeof schema>

function catalogueOf(p: Params, scope: Scope): string | undefined {
  return p.目录 === '职业' ? '职业' : scope.params.institutionKind
}

function matches(p: Params, row: Listing, on: Day, scope: Scope): boolean {
  if (row.catalogue !== catalogueOf(p, scope)) return false
  if (scope.occupation(row.occupation) !== scope.occupation(scope.params.occupation)) return false
  if (p.目录 !== '职业' && row.institution !== scope.params.institution) return false
  if (
    row.levels !== undefined &&
    scope.params.level !== undefined &&
    !row.levels.includes(scope.params.level)
  )
    return false
  return row.from <= on && (row.to === undefined || on <= row.to)
}

export const listed = definePredicate({
  name: '列入目录',
  about: '职业，或机构连同该职业，当日列在目录中',
  reads: ['listings'],
  schema,
  evaluate: (p, scope) => {
    const [unknown, absent] = [leavesUsing()[DATA], leavesUsing('listings')[NO]]
    const unasked =
      p.目录 !== '职业' &&
      (scope.params.institution === undefined || scope.params.institutionKind === undefined)
    return ({ listings }, on) => {
      if (listings === undefined || unasked) return unknown
      const index = listings.findIndex((row) => matches(p, row, on, scope))
      return index < 0 ? absent : { state: YES, used: [`listings[${index}]`] }
    }
  },
  changeDays: (_p, facts) =>
    (facts.listings ?? []).flatMap((row) =>
      row.to === undefined ? [row.from] : [row.from, addDays(row.to, 1)],
    ),
  requirement: (p, scope) =>
    p.目录 === '职业'
      ? `${sayOccupation('本职业', scope)}当日列入职业目录`
      : `${scope.params.institution ?? '机构'}当日列入${scope.params.institutionKind ?? '机构'}目录，且含${sayOccupation('本职业', scope)}${scope.params.level ?? ''}`,
  needs: (p, _facts, _on, leaf, scope) => {
    const name = p.目录 === '职业' ? '职业目录' : `${scope.params.institutionKind ?? '机构'}目录`
    if (leaf.state === DATA) return [{ kind: '数据', what: name, at: 'listings' }]
    return leaf.state === NO ? [{ kind: '待发生事件', what: `列入${name}`, at: 'listings' }] : []
  },
  finding: (_p, facts, _on, leaf) => {
    if (leaf.state === DATA) return '目录数据尚缺'
    if (leaf.state === NO) return '当日不在目录内'
    const row = facts.listings![+/\d+/.exec(leaf.used[0]!)![0]]!
    return `${sayDay(row.from)}起列入${row.to ? `，至${sayDay(row.to)}` : ''}`
  },
})
