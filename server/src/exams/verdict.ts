import {
  type Decision,
  decide,
  type Facts,
  type Jurisdiction,
  type Need,
  type Setting,
} from '../../../policy/src/index.ts'
import type { Level } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { assert } from '../platform/assert.ts'
import type { Day } from '../platform/clock.ts'

const JURISDICTION_OF: Record<string, Jurisdiction> = { '420000': 'hubei', '340000': 'anhui' }

export function jurisdictionOf(provinceCode: string): Jurisdiction {
  const jurisdiction = JURISDICTION_OF[provinceCode]
  assert(jurisdiction, `province ${provinceCode} has a policy pack`)
  return jurisdiction
}

export interface Asked {
  provinceCode: string
  occupationId: string
  level: Level
  facts: Facts
  on: Day
  settings: readonly Setting[]
}

/** Declaration conditions 申报条件 of an occupation's level, for one person on one day (HB-4.4, HB-5.8). */
export function decideDeclaration(app: App, asked: Asked): Decision {
  return decide(app.policy, {
    rule: 'engineer.declaration',
    jurisdiction: jurisdictionOf(asked.provinceCode),
    params: { occupation: asked.occupationId, level: asked.level },
    facts: asked.facts,
    on: asked.on,
    settings: asked.settings,
  })
}

/** Both parts passed? (HB-4.4: 成绩皆合格). The mark and its source are the rule's, not ours. */
export function decidePassing(app: App, asked: Asked): Decision {
  return decide(app.policy, {
    rule: 'engineer.passing',
    jurisdiction: jurisdictionOf(asked.provinceCode),
    params: { occupation: asked.occupationId, level: asked.level },
    facts: asked.facts,
    on: asked.on,
    settings: asked.settings,
  })
}

/** Something a person must judge before the rule can say yes: an open term, or one fact's relatedness. */
export interface AskedJudgement {
  term: string
  what: string
  personFactId: string | null
}

const MAJOR_RELATED = /^education\[(\d+)\]\.majorRelated$/
const OPEN_TERM = /^“(.+)”/

function judgementOf(need: Need, facts: Facts): AskedJudgement | undefined {
  const major = MAJOR_RELATED.exec(need.at)
  if (major) {
    const fact = facts.education?.[Number(major[1])]
    return { term: '相关专业', what: need.what, personFactId: fact?.document ?? null }
  }
  if (need.at !== 'judgements') return undefined
  return { term: OPEN_TERM.exec(need.what)?.[1] ?? need.what, what: need.what, personFactId: null }
}

function allNeeds(decision: Decision): Need[] {
  const needs = decision.paths.flatMap((path) => [...path.needs, ...path.alternatives.flat()])
  return needs.filter(
    (need, i) => needs.findIndex((one) => one.at === need.at && one.what === need.what) === i,
  )
}

/** Every judgement any path waits for. */
export function askedJudgements(decision: Decision, facts: Facts): AskedJudgement[] {
  return allNeeds(decision).flatMap((need) => judgementOf(need, facts) ?? [])
}

/** A paper or a statement the verdict misses; the declarant answers it with a file. */
export interface AskedPaper {
  what: string
  at: string
  /** The fact the paper would prove, when it is stated already. */
  personFactId: string | null
}

const FACT_AT = /^(education|technicalSchool|titles|employment|levelCertificates|skillPosts)\[(\d+)\]/

/** Every paper and statement any path waits for, without what only time or a judge can settle. */
export function askedPapers(decision: Decision, facts: Facts): AskedPaper[] {
  return allNeeds(decision)
    .filter((need) => need.kind !== '待发生事件' && !judgementOf(need, facts))
    .map((need) => {
      const at = FACT_AT.exec(need.at)
      const list = at
        ? (facts as Record<string, { document?: string }[] | undefined>)[at[1] as string]
        : undefined
      return { what: need.what, at: need.at, personFactId: list?.[Number(at?.[2])]?.document ?? null }
    })
}
