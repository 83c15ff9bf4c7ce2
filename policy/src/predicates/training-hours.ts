// HB-4.3: 完成规定学时和内容. The standard's total comes from a parameter; the split by kind from the filed plan.
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { byDay, onDay } from '../time/by-day.ts'
import type { Day } from '../time/day.ts'
import { definePredicate, type Leaf, leavesUsing, type Scope } from './predicate.ts'

const schema = z.strictObject({
  种类: z.enum(['合计', '理论', '实操', '线上', '线下']),
  不低于: z.union([z.literal('备案计划'), z.strictObject({ 参数: z.string() })]),
})
type Params = z.infer<typeof schema>
type Hours = NonNullable<Facts['training']>['hours']

const KINDS: Record<Params['种类'], (hours: Hours) => number | undefined> = {
  合计: (hours) => sum(hours.theory, hours.practice) ?? sum(hours.online, hours.offline),
  理论: (hours) => hours.theory,
  实操: (hours) => hours.practice,
  线上: (hours) => hours.online,
  线下: (hours) => hours.offline,
}

function earned(p: Params, facts: Facts): number | undefined {
  return facts.training && KINDS[p.种类](facts.training.hours)
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b
}

function asked(p: Params, facts: Facts, on: Day, scope: Scope): number | undefined {
  if (p.不低于 !== '备案计划') {
    const value = scope.parameter(p.不低于.参数, on)?.value
    return typeof value === 'number' ? value : undefined
  }
  return facts.training?.planned && KINDS[p.种类](facts.training.planned)
}

const UNKNOWN = leavesUsing()[DATA]
const { [DATA]: OPEN, [NO]: TOO_FEW, [YES]: ENOUGH } = leavesUsing('training.hours')

/** NaN is what nobody has said: neither enough nor too few. */
function compared(have: number, need: number): Leaf {
  return have >= need ? ENOUGH : have < need ? TOO_FEW : OPEN
}

const COLUMNS = ['合计', '理论', '实操', '线上', '线下'] as const

/** The hours of every kind at once, in the order of COLUMNS. */
function tabulate(table: Float64Array, hours: Hours | undefined): void {
  const theory = hours?.theory ?? Number.NaN
  const practice = hours?.practice ?? Number.NaN
  const online = hours?.online ?? Number.NaN
  const offline = hours?.offline ?? Number.NaN
  const byContent = theory + practice
  table[0] = Number.isNaN(byContent) ? online + offline : byContent
  table[1] = theory
  table[2] = practice
  table[3] = online
  table[4] = offline
}

export const trainingHours = definePredicate({
  name: '培训学时',
  about: '某类学时不少于备案计划或标准参数',
  reads: ['training'],
  schema,
  evaluate: (p, scope) => {
    const read = KINDS[p.种类]
    const figure = p.不低于 === '备案计划' ? undefined : scope.number(p.不低于.参数)
    return ({ training }, on) => {
      if (training === undefined) return UNKNOWN
      const need = figure ? onDay(figure, on) : training.planned && read(training.planned)
      return compared(read(training.hours) ?? Number.NaN, need ?? Number.NaN)
    }
  },
  together: (all, scope) => {
    const columns = Uint8Array.from(all, (p) => COLUMNS.indexOf(p.种类))
    const figures = all.map((p) => (p.不低于 === '备案计划' ? undefined : scope.number(p.不低于.参数)))
    const needs = byDay((on) =>
      Float64Array.from(figures, (figure) => (figure && onDay(figure, on)) ?? Number.NaN),
    )
    const [have, planned] = [new Float64Array(COLUMNS.length), new Float64Array(COLUMNS.length)]
    return ({ training }, on, leaves, from) => {
      if (training === undefined) {
        leaves.fill(UNKNOWN, from, from + all.length)
        return
      }
      tabulate(have, training.hours)
      tabulate(planned, training.planned)
      const figuresToday = onDay(needs, on)
      for (let i = 0; i < columns.length; i++) {
        const column = columns[i]!
        const need = figures[i] === undefined ? planned[column]! : figuresToday[i]!
        leaves[from + i] = compared(have[column]!, need)
      }
    }
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
  evaluate: () => {
    const known = leavesUsing('training.contentCompleted')
    return ({ training }) => {
      const done = training?.contentCompleted
      return done === undefined ? UNKNOWN : known[done ? YES : NO]
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
