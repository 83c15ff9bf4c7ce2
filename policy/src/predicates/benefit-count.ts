// The limit of the skill-upgrade subsidy: so many a year and no more. How many is a figure; without one, nobody who has
// had none yet is held up by it.
import { z } from 'zod'
import { BENEFITS, type Facts } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import type { Day } from '../time/day.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

const schema = z.strictObject({
  任一: z.array(z.enum(BENEFITS)).min(1),
  不低于: z.strictObject({ 参数: z.string() }),
})
type Params = z.infer<typeof schema>

/** Received in the calendar year of that day, up to and including it. */
function countOn(p: Params, facts: Facts, on: Day): number {
  const year = on.slice(0, 4)
  return (facts.benefits ?? []).filter(
    (item) => p.任一.includes(item.benefit) && item.on <= on && item.on.slice(0, 4) === year,
  ).length
}

export const benefitCount = definePredicate({
  name: '当年次数',
  about: '当年已享受所列待遇达到参数所定的次数',
  reads: ['benefits'],
  schema,
  evaluate: (p, scope) => {
    const most = scope.number(p.不低于.参数)
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('benefits')]
    return (facts, on) => {
      if (facts.benefits === undefined) return unknown
      const had = countOn(p, facts, on)
      if (had === 0) return known[NO]
      const limit = onDay(most, on)
      return known[limit === undefined ? DATA : had >= limit ? YES : NO]
    }
  },
  changeDays: (p, facts, scope) => [
    ...(facts.benefits ?? []).flatMap((item) => [item.on, `${+item.on.slice(0, 4) + 1}-01-01`]),
    ...scope.parameterDays(p.不低于.参数),
  ],
  figures: (p) => [p.不低于.参数],
  requirement: (p) => `当年已享受${p.任一.join('或')}达到规定次数`,
  needs: (p, facts, _on, leaf, scope) =>
    leaf.state !== DATA
      ? []
      : facts.benefits === undefined
        ? [{ kind: '数据', what: '已享受的待遇', at: 'benefits' }]
        : [
            {
              kind: '数据',
              what: `${scope.parameterName(p.不低于.参数)}（待核实，须由省级确认）`,
              at: `参数:${p.不低于.参数}`,
            },
          ],
  finding: (p, facts, on, _leaf, scope) => {
    if (facts.benefits === undefined) return '尚不知道已享受的待遇'
    const limit = scope.parameter(p.不低于.参数, on)?.value
    return `当年已享受${countOn(p, facts, on)}次，规定每年${typeof limit === 'number' ? `${limit}次` : '的次数尚未核定'}`
  },
})
