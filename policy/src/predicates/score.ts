// Standard 1.9.3: 百分制, 皆达60分(含)以上者为合格. Scores are integers in tenths.
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

const PARTS = { 理论知识考试: 'theory', 专业能力考核: 'ability' } as const
const schema = z.strictObject({
  科目: z.enum(['理论知识考试', '专业能力考核']),
  不低于: z.strictObject({ 参数: z.string() }),
})

function scoreOf(part: keyof typeof PARTS, facts: Facts) {
  return facts.scores?.[PARTS[part]]
}

export const score = definePredicate({
  name: '科目成绩',
  about: '某科目成绩不低于参数所定的分数（十分之一分）；缺考、违纪不合格',
  reads: ['scores'],
  schema,
  evaluate: (p, scope) => {
    const mark = scope.number(p.不低于.参数)
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing(`scores.${PARTS[p.科目]}`)]
    return (facts, on) => {
      const part = scoreOf(p.科目, facts)
      if (part === undefined) return unknown
      if (part.status === '待评定') return known[DATA]
      if (part.status !== '已评定') return known[NO]
      const least = onDay(mark, on)
      return known[least === undefined ? DATA : part.scoreTenths! >= least ? YES : NO]
    }
  },
  changeDays: (p, _facts, scope) => [...scope.parameterDays(p.不低于.参数)],
  figures: (p) => [p.不低于.参数],
  requirement: (p) => `${p.科目}合格`,
  needs: (p, facts, _on, leaf) => {
    if (leaf.state === YES) return []
    const at = `scores.${PARTS[p.科目]}`
    if (leaf.state === NO) return [{ kind: '待发生事件', what: `${p.科目}补考合格`, at }]
    const part = scoreOf(p.科目, facts)
    return part === undefined || part.status === '待评定'
      ? [{ kind: '数据', what: `${p.科目}成绩`, at }]
      : [{ kind: '数据', what: '合格分数线', at: `参数:${p.不低于.参数}` }]
  },
  finding: (p, facts, on, _leaf, scope) => {
    const part = scoreOf(p.科目, facts)
    if (part === undefined || part.status === '待评定') return '成绩尚未评定'
    if (part.status !== '已评定') return `${part.status}，该科目不合格`
    const mark = scope.parameter(p.不低于.参数, on)?.value
    return `${sayTenths(part.scoreTenths!)}分，合格线${typeof mark === 'number' ? `${sayTenths(mark)}分` : '尚未核定'}`
  },
})

function sayTenths(tenths: number): string {
  return (tenths / 10).toFixed(1)
}
