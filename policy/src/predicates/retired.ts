// HB-2: 不包含已退休人员. Used under 不得, where the unknown never passes.
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { DATA, NO, type State, YES } from '../state.ts'
import { type Day, sayDay } from '../time/day.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

const schema = z.strictObject({})

function retiredOn(facts: Facts, on: Day): State {
  const retirement = facts.retirement
  if (retirement === undefined) return DATA
  if (!retirement.retired) return retirement.on !== undefined && on >= retirement.on ? DATA : NO
  return retirement.on === undefined || on >= retirement.on ? YES : NO
}

export const retired = definePredicate({
  name: '已退休',
  about: '当日已退休',
  reads: ['retirement'],
  schema,
  evaluate: () => {
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('retirement')]
    return (facts, on) => (facts.retirement === undefined ? unknown : known[retiredOn(facts, on)])
  },
  changeDays: (_p, facts) => (facts.retirement?.on === undefined ? [] : [facts.retirement.on]),
  requirement: () => '已退休',
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === DATA ? [{ kind: '数据', what: '是否已退休', at: 'retirement' }] : [],
  finding: (_p, facts, on, leaf) => {
    if (facts.retirement === undefined) return '尚未说明是否已退休'
    if (leaf.state === DATA) return `预计${sayDay(facts.retirement.on!)}退休，须确认是否已退休`
    if (leaf.state === YES) return `${facts.retirement.on ? sayDay(facts.retirement.on) : ''}已退休`
    return facts.retirement.on !== undefined && on < facts.retirement.on
      ? `${sayDay(facts.retirement.on)}退休，当日未退休`
      : '未退休'
  },
})
