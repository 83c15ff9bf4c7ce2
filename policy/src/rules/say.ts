// The sentences a person reads first. Templates only: nothing here decides.
import { clauseLabel } from '../clauses/clause-label.ts'
import { isVerified } from '../packs/schema.ts'
import type { Need } from '../predicates/predicate.ts'
import { sayDay } from '../time/day.ts'
import type { Amount, Decision, Effect, PathDecision } from './decision.ts'

export function sayPath(
  path: Pick<PathDecision, 'name' | 'outcome' | 'needs' | 'opensOn' | 'possibleOn' | 'window'>,
): string {
  switch (path.outcome) {
    case '符合':
      return `${path.name}：符合${path.window?.to ? `，至${sayDay(path.window.to)}止` : ''}。`
    case '尚未到期':
      return path.opensOn === undefined
        ? `${path.name}：尚未到期，不早于${sayDay(path.possibleOn!)}，届时还需${sayNeeds(path.needs) || '补齐材料'}。`
        : `${path.name}：尚未到期，${sayDay(path.opensOn)}起符合。`
    case '材料不足':
      return `${path.name}：材料不足，还需${sayNeeds(path.needs)}。`
    case '需人工认定':
      return `${path.name}：须人工认定，还需${sayNeeds(path.needs)}。`
    case '不符合':
      return path.needs.length > 0
        ? `${path.name}：不符合，尚需${sayNeeds(path.needs)}。`
        : `${path.name}：不符合。`
  }
}

export function sayDecision(decision: Omit<Decision, 'sentence'>, matter: string, subject: string): string {
  const cite = `（${decision.clause.document}，${decision.clause.documentNumber}，${clauseLabel(decision.clause.id)}）`
  const about = `${matter}${subject ? `（${subject}）` : ''}`
  const path = decision.paths.find((p) => p.outcome === decision.outcome)
  const since = decision.clause.versionStatus ? `规则起始日${sayDay(decision.clause.version)}待核实。` : ''
  const doubt = `${decision.unverified ? '所依据的条款文字待核实。' : ''}${since}`
  const conflict = decision.conflicts.map((c) => c.sentence).join('')
  if (!path) return `${about}：不符合，本规则没有适用于此的条件${cite}。${doubt}`
  const verdict = {
    符合: '符合',
    不符合: '不符合',
    尚未到期: '尚未到期',
    材料不足: '材料不足，暂不能判定',
    需人工认定: '须人工认定',
  }[decision.outcome]
  const list = decision.outcome === '符合' ? [path] : decision.paths
  const given = decision.effects.map(sayGiven).join('')
  return `${about}：${verdict}${cite}。${list.map((p) => p.sentence).join('')}${given}${conflict}${doubt}${decision.confirms}`
}

/** What is given, where the rule names figures for it. */
function sayGiven({ name, amounts = [] }: Effect): string {
  if (amounts.length === 0) return ''
  return `${name}：${amounts.map(sayAmount).join('；')}。`
}

function sayAmount({ name, unit, value, sourceStatus, provided }: Amount): string {
  const amount =
    value === null
      ? '数额尚未核定'
      : typeof value === 'number' && unit === '分'
        ? `${value / 100}元`
        : `${value}${unit}`
  const doubt = value !== null && !isVerified(sourceStatus) ? '，待核实' : ''
  return `${name}${amount}${provided ? `（${provided}的）` : ''}${doubt}`
}

function sayNeeds(needs: readonly Need[]): string {
  return needs.map((need) => `${need.what}${need.on ? `（${sayDay(need.on)}）` : ''}`).join('、')
}
