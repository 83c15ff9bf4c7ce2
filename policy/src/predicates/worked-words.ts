// What is said of years of work: the requirement, what was counted, and what is still needed.
import type { Facts } from '../facts.ts'
import { DATA, NO, PAPER, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { type Day, sayDay } from '../time/day.ts'
import { type Leaf, type Need, resolveLevel, type Scope, sayOccupation } from './predicate.ts'
import { ENGINEERING_TITLES } from './title.ts'
import {
  fulfilledOn,
  reached,
  type Span,
  sinceList,
  spans,
  startMayBeEarlier,
  startOf,
  termOn,
  total,
  type Worked,
} from './worked-spans.ts'

export function sayWorked(p: Worked, scope: Scope): string {
  return `${saySince(p, scope)}${sayWork(p, scope)}${sayTerm(p)}${p.放宽 ? '，业绩突出的按规定放宽' : ''}`
}

export function workedNeeds(p: Worked, facts: Facts, on: Day, leaf: Leaf, scope: Scope): Need[] {
  if (leaf.state === YES) return []
  const { most } = onDay(termOn(p, scope), on)
  if (leaf.state === PAPER) {
    const workShown = spans(p, facts, scope, on, { workProof: scope.proof })
    const lacksStart = workShown !== 'unknown' && reached(workShown, most, on)
    // The same words as the condition for the title or level itself: one paper, one need.
    return lacksStart
      ? [
          {
            kind: '材料',
            what: startPaper(p, scope),
            at: `${sinceList(p)}[${startIndex(p, facts, scope, on)}]`,
          },
        ]
      : [{ kind: '材料', what: '从业年限证明', at: leaf.used[0] ?? 'employment' }]
  }
  if (facts.employment === undefined && startOf(p, facts, scope, on) !== 'never')
    return [{ kind: '数据', what: '从业经历', at: 'employment' }]
  if (leaf.state === DATA)
    return [waitsForFigure(p, facts, on, scope) ? openFigure(p, on, scope) : openFact(p, facts, on, scope)]
  const day = openOn(p, facts, on, scope)
  const work = p.职业 === '不限' || p.含相关 ? sayWork(p, scope) : '从事本职业技术工作'
  const what = `${saySince(p, scope)}${work}${sayTerm(p)}`
  return [{ kind: '待发生事件', what, at: 'employment', ...(day !== undefined && { on: day }) }]
}

/** The work is long enough for the shortest period the open figure allows: only the figure is missing. */
function waitsForFigure(p: Worked, facts: Facts, on: Day, scope: Scope): boolean {
  const { least, most } = onDay(termOn(p, scope), on)
  const stated = spans(p, facts, scope, on, {})
  return least !== most && stated !== 'unknown' && reached(stated, least, on)
}

function openFigure(p: Worked, on: Day, scope: Scope): Need {
  const years = p.年
  const unset = typeof years !== 'number' && typeof scope.parameter(years.参数, on)?.value !== 'number'
  return unset
    ? { kind: '数据', what: '规定的年限（待核实，须由省级确认）', at: `参数:${years.参数}` }
    : { kind: '数据', what: '年限放宽的幅度（待核实，须由省级确认）', at: `参数:${p.放宽!.参数}` }
}

function openFact(p: Worked, facts: Facts, on: Day, scope: Scope): Need {
  if (startOf(p, facts, scope, on) === 'unknown')
    return { kind: '数据', what: '起算的职称或等级', at: sinceList(p) }
  if (startMayBeEarlier(p, facts, scope))
    return { kind: '数据', what: '所持证书是否属于相关职业的人工认定', at: 'skillCertificates' }
  return {
    kind: '数据',
    what: p.含相关 ? '从业经历是否属于本职业或相关职业' : '从业经历所属的职业',
    at: 'employment',
  }
}

export function workedFinding(p: Worked, facts: Facts, on: Day, leaf: Leaf, scope: Scope): string {
  const start = startOf(p, facts, scope, on)
  if (start === 'never') return '起算的职称或等级尚未取得'
  if (facts.employment === undefined) return '尚未填写从业经历'
  if (start === 'unknown') return '尚不知道起算日'
  const done = total(spans(p, facts, scope, on, {}) as Span[], on)
  const day = openOn(p, facts, on, scope)
  const since = start === undefined ? '' : `自${sayDay(start)}起`
  const rest = leaf.state === NO && day !== undefined ? `，将于${sayDay(day)}满` : ''
  const doubt =
    leaf.state === PAPER
      ? '，但年限或起算的证明不全'
      : leaf.state !== DATA
        ? ''
        : waitsForFigure(p, facts, on, scope)
          ? '，规定的年限尚未核定'
          : '，另有经历未写明职业'
  return `${since}累计${done.months}个月${done.days > 0 ? `零${done.days}天` : ''}${sayEased(p, on, scope)}${rest}${doubt}`
}

/** How far the period is shortened that day; nothing where it is not. */
function sayEased(p: Worked, on: Day, scope: Scope): string {
  if (!p.放宽) return ''
  const { least, most } = onDay(termOn(p, scope), on)
  return least === most ? `，放宽后须满${least}个月（放宽的月数舍去不足一月的部分）` : '，放宽幅度尚未核定'
}

/** The day it is fulfilled, as far as that is certain. */
function openOn(p: Worked, facts: Facts, on: Day, scope: Scope): Day | undefined {
  const list = spans(p, facts, scope, on, {})
  const { most } = onDay(termOn(p, scope), on)
  return list === 'unknown' || !Number.isFinite(most) ? undefined : fulfilledOn(list, most)
}

function sayWork(p: Worked, scope: Scope): string {
  if (p.职业 === '不限') return '累计工龄'
  return `${p.含相关 ? '累计' : ''}从事${sayOccupation(p.职业, scope)}${p.含相关 ? '或相关职业工作' : '技术工作'}`
}

function sayTerm(p: Worked): string {
  if (typeof p.年 !== 'number') return '达到规定年限'
  return `满${p.年 > 0 ? `${p.年}年` : ''}${p.月 > 0 ? `${p.月}个月` : ''}`
}

function startPaper(p: Worked, scope: Scope): string {
  if (p.起算 !== undefined && '专业技术等级' in p.起算)
    return `${sayOccupation(p.职业, scope)}${p.起算.专业技术等级}专业技术等级证书`
  if (p.起算 !== undefined && '技能等级' in p.起算)
    return `${sayOccupation(p.职业, scope)}${p.起算.技能等级}职业技能等级证书`
  return '职称证书'
}

function startIndex(p: Worked, facts: Facts, scope: Scope, on: Day): number {
  const start = startOf(p, facts, scope, on)
  const list = facts[sinceList(p)]
  return (list ?? []).findIndex((item) => ('obtainedOn' in item ? item.obtainedOn : item.issuedOn) === start)
}

function saySince(p: Worked, scope: Scope): string {
  if (p.起算 === undefined) return ''
  if ('职称不低于' in p.起算) return `取得${ENGINEERING_TITLES[p.起算.职称不低于]}职称后`
  if ('技能等级' in p.起算) return `取得${p.起算.技能等级}后`
  return `取得${resolveLevel(p.起算.专业技术等级, scope)}专业技术等级后`
}
