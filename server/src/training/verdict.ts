import {
  type Decision,
  decide,
  type Facts,
  type Jurisdiction,
  type Need,
  type Setting,
} from '../../../policy/src/index.ts'
import type { App } from '../platform/app.ts'
import { assert } from '../platform/assert.ts'

const JURISDICTION_OF: Record<string, Jurisdiction> = { '420000': 'hubei', '340000': 'anhui' }

export function jurisdictionOf(provinceCode: string): Jurisdiction {
  const jurisdiction = JURISDICTION_OF[provinceCode]
  assert(jurisdiction, `province ${provinceCode} has a policy pack`)
  return jurisdiction
}

interface Asked {
  provinceCode: string
  occupationId: string
  level: string
  facts: Facts
  on: string
  settings: readonly Setting[]
}

// Hubei's notice is the one that runs this programme's training so far; another province brings its own rule.
const rule = (app: App, provinceCode: string, name: string) => {
  const own = `${jurisdictionOf(provinceCode)}.${name}`
  return app.policy.rules.some((one) => one.id === own) ? own : `hubei.${name}`
}

function ask(app: App, asked: Asked, name: string): Decision {
  const id = rule(app, asked.provinceCode, name)
  return decide(app.policy, {
    rule: id,
    jurisdiction: id.startsWith('hubei.') ? 'hubei' : jurisdictionOf(asked.provinceCode),
    params: { occupation: asked.occupationId, level: asked.level },
    facts: asked.facts,
    on: asked.on,
    settings: asked.settings,
  })
}

/** Who may train (HB-2). */
export const decideAudience = (app: App, asked: Asked): Decision => ask(app, asked, 'audience')

/** 完成规定学时和内容、结业考核合格 (HB-4.3). */
export const decideCompletion = (app: App, asked: Asked): Decision => ask(app, asked, 'completion')

/**
 * What a person still has to say before the audience rule can answer. Papers (材料) may follow: until they are
 * there the institution looks at them when it admits.
 */
export function unsaid(decision: Decision): Need[] {
  return decision.needs.filter((need) => need.kind === '数据')
}
