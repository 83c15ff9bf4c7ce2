// HB-4.3: 完成规定学时和内容. The standard's total comes from a parameter; the split by kind from the filed plan.
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import type { Day } from '../time/day.ts'
import { definePredicate, type Leaf, type Scope } from './predicate.ts'

const KINDS = { 理论: 'theory', 实操: 'practice', 线上: 'online', 线下: 'offline' } as const

const schema = z.strictObject({
  种类: z.enum(['合计', '理论', '实操', '线上', '线下']),
  不低于: z.union([z.literal('备案计划'), z.strictObject({ 参数: z.string() })]),
})
type Params = z.infer<typeof schema>

function earned(p: Params, facts: Facts): number | undefined {
  const hours = facts.training?.hours
  if (hours === undefined) return undefined
  if (p.种类 !== '合计') return hours[KINDS[p.种类]]
  return sum(hours.theory, hours.practice) ?? sum(hours.online, hours.offline)
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b
}

function asked(p: Params, facts: Facts, on: Day, scope: Scope): number | undefined {
  if (p.不低于 !== '备案计划') {
    const value = scope.parameter(p.不低于.参数, on)?.value
    return typeof value === 'number' ? value : undefined
  }
  const planned = facts.training?.planned
  if (planned === undefined) return undefined
  if (p.种类 !== '合计') return planned[KINDS[p.种类]]
  return sum(planned.theory, planned.practice) ?? sum(planned.online, planned.offline)
}

// Verdicts are many and these four are all there are: one object each.
const used = ['training.hours']
const UNKNOWN: Leaf = { state: DATA, used: [] }
const OPEN: Leaf = { state: DATA, used }
const ENOUGH: Leaf = { state: YES, used }
const TOO_FEW: Leaf = { state: NO, used }

export const trainingHours = definePredicate({
  name: '培训学时',
  about: '某类学时不少于备案计划或标准参数',
  reads: ['training'],
  schema,
  evaluate: (p, facts, on, scope) => {
    if (facts.training === undefined) return UNKNOWN
    const have = earned(p, facts)
    const need = asked(p, facts, on, scope)
    return have === undefined || need === undefined ? OPEN : have >= need ? ENOUGH : TOO_FEW
  },
  changeDays: (p, _facts, scope) => (p.不低于 === '备案计划' ? [] : [...scope.parameterDays(p.不低于.参数)]),
  figures: (p) => (p.不低于 === '备案计划' ? [] : [p.不低于.参数]),
  requirement: (p) => `${p.种类}学时不少于${p.不低于 === '备案计划' ? '备案计划' : '标准规定'}`,
  needs: (p, facts, on, leaf, scope) => {
    if (leaf.state === YES) return []
    const [have, need] = [earned(p, facts), asked(p, facts, on, scope)]
    if (have === undefined) return [{ kind: '数据', what: `${p.种类}学时`, at: 'training.hours' }]
    if (need !== undefined)
      return [
        { kind: '待发生事件', what: `补足${p.种类}学时${round(need - have)}学时`, at: 'training.hours' },
      ]
    return p.不低于 === '备案计划'
      ? [{ kind: '数据', what: `备案计划的${p.种类}学时`, at: 'training.planned' }]
      : [{ kind: '数据', what: '标准学时（待核实，须由省级确认）', at: `参数:${p.不低于.参数}` }]
  },
  finding: (p, facts, on, _leaf, scope) => {
    const [have, need] = [earned(p, facts), asked(p, facts, on, scope)]
    const status = p.不低于 === '备案计划' ? undefined : scope.parameter(p.不低于.参数, on)?.sourceStatus
    const doubt = status === 'recalled' || status === '待核实' ? '，待核实' : ''
    return `已完成${have ?? '未知'}学时，要求${need ?? '尚未核定'}${need === undefined ? '' : '学时'}${doubt}`
  },
})

function round(hours: number): number {
  return Math.round(hours * 10) / 10
}

export const trainingContent = definePredicate({
  name: '培训内容',
  about: '完成规定的培训内容',
  reads: ['training'],
  schema: z.strictObject({ 完成: z.literal(true) }),
  evaluate: (_p, facts) => {
    const done = facts.training?.contentCompleted
    return {
      state: done === undefined ? DATA : done ? YES : NO,
      used: done === undefined ? [] : ['training.contentCompleted'],
    }
  },
  changeDays: () => [],
  requirement: () => '完成规定的培训内容',
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === YES
      ? []
      : leaf.state === DATA
        ? [{ kind: '数据', what: '是否完成规定内容', at: 'training.contentCompleted' }]
        : [{ kind: '待发生事件', what: '完成规定的培训内容', at: 'training.contentCompleted' }],
  finding: (_p, facts) =>
    facts.training?.contentCompleted === undefined
      ? '尚无记录'
      : facts.training.contentCompleted
        ? '已完成'
        : '未完成',
})
