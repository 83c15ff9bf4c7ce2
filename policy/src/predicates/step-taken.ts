// AH-6, AH-16: direct recognition, skipping a level and 破格 need papers, a check, a notice in the enterprise
// and a report. How many days the notice stands is not in the text: a figure with an owner.
import { z } from 'zod'
import { STEPS_TAKEN } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { addDays, sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'

const schema = z.strictObject({
  步骤: z.enum(STEPS_TAKEN),
  天数: z.strictObject({ 参数: z.string() }).optional(),
})

export const stepTaken = defineDatedList({
  name: '办理步骤',
  about: '所列步骤已经办完；可要求历时不少于某参数的天数',
  list: 'stepsTaken',
  schema,
  holds: (p, scope) => {
    const asked = p.天数 && scope.number(p.天数.参数)
    return (item, on) => {
      if (item.step !== p.步骤) return NO
      const days = asked ? onDay(asked, on) : 1
      if (days === undefined) return DATA
      const last = item.to ?? (p.天数 === undefined ? item.from : undefined)
      return last !== undefined && on >= last && addDays(item.from, days - 1) <= last ? YES : NO
    }
  },
  days: (item) => [item.from, ...(item.to === undefined ? [] : [item.to])],
  figures: (p) => (p.天数 === undefined ? [] : [p.天数.参数]),
  requirement: (p) => `已完成${p.步骤}${p.天数 === undefined ? '' : '，达到规定天数'}`,
  words: (p) => ({ data: `${p.步骤}情况`, paper: `${p.步骤}记录`, event: `完成${p.步骤}` }),
  open: (p, _item, _at, state, scope) =>
    state === DATA && p.天数 !== undefined
      ? {
          kind: '数据',
          what: `${scope.parameterName(p.天数.参数)}（待核实，须由省级确认）`,
          at: `参数:${p.天数.参数}`,
        }
      : undefined,
  say: (item) => `${item.step}：${sayDay(item.from)}${item.to === undefined ? '' : `至${sayDay(item.to)}`}`,
})
