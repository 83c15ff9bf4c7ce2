import { clause, type Decision, decide, type Facts } from '../../../policy/src/index.ts'
import type { App } from '../platform/app.ts'

/** Rules of a province that turn certificates into benefits. A province without them gives nothing. */
const RULES: Record<string, { jurisdiction: 'hubei'; hours: string; titles: string }> = {
  '420000': { jurisdiction: 'hubei', hours: 'hubei.education-hours', titles: 'hubei.title-recognition' },
}

interface Asked {
  provinceCode: string
  occupationId: string
  level: string
  facts: Facts
  on: string
}

export function decideBenefit(app: App, benefit: 'hours' | 'titles', asked: Asked): Decision | undefined {
  const rules = RULES[asked.provinceCode]
  if (!rules) return undefined
  return decide(app.policy, {
    rule: rules[benefit],
    jurisdiction: rules.jurisdiction,
    params: { occupation: asked.occupationId, level: asked.level },
    facts: asked.facts,
    on: asked.on,
    settings: [],
  })
}

/** 「湖北省…通知 五(一),HB-5.1」: what a printed paper rests on. */
export function basisOf(app: App, clauseId: string): string {
  const found = clause(app.policy, clauseId)
  return found ? `${found.document}(${found.documentNumber})${found.title},${clauseId}` : clauseId
}

export function occupationNameOf(app: App, occupationId: string): string {
  return app.policy.occupations.get(occupationId)?.名称 ?? occupationId
}
