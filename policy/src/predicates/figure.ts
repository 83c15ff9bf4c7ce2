// A choice the text leaves to somebody, held as a dated figure of the policy: which edition an occupation's
// standard follows, whether a class of certificate is paid for. Unset, it leaves the verdict open.
import { z } from 'zod'
import { sayScalar } from '../parameters/parameter.ts'
import { DATA, NO, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

const schema = z.strictObject({ 参数: z.string(), 为: z.union([z.string(), z.boolean()]) })

export const figure = definePredicate({
  name: '政策参数',
  about: '政策的某项参数当日为所列的值；尚未核定时不能判定',
  reads: [],
  schema,
  evaluate: (p, scope) => {
    const figure = scope.figure(p.参数)
    const leaves = leavesUsing()
    return (_facts, on) => {
      const value = onDay(figure, on)?.value
      return leaves[value === undefined || value === null ? DATA : value === p.为 ? YES : NO]
    }
  },
  changeDays: (p, _facts, scope) => [...scope.parameterDays(p.参数)],
  figures: (p) => [p.参数],
  requirement: (p, scope) => `${scope.parameterName(p.参数)}为“${sayScalar(p.为)}”`,
  needs: (p, _facts, _on, leaf, scope) =>
    leaf.state === DATA
      ? [
          {
            kind: '数据',
            what: `${scope.parameterName(p.参数)}（待核实，须由省级确认）`,
            at: `参数:${p.参数}`,
          },
        ]
      : [],
  finding: (p, _facts, on, _leaf, scope) => {
    const value = scope.parameter(p.参数, on)?.value
    return value === undefined || value === null ? '尚未核定' : `当日为“${sayScalar(value)}”`
  },
})
