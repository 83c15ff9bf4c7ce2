import { z } from 'zod'
import { type Policy, parameter, type Rule, rulesOf } from '../../../../policy/src/index.ts'
import { isVerified, jurisdictionOf } from '../../institutions/index.ts'
import { scopeOf } from '../../people/index.ts'
import { type Actor, day, listInput } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type Revision, SHOWN_STATES, type ShownState, shownState } from '../revision.ts'
import { liveRevisions } from '../store.ts'
import { openTerms, versionOn } from '../text/raw-text.ts'
import { PLACES, TOPICS, topicOf } from './topics.ts'

export const RULE_STATES = { none: '没有修订', open: '修订在办', coming: '新版本待施行' } as const
const place = z.enum(['national', 'hubei', 'anhui'])
const shownStates = Object.keys(SHOWN_STATES) as [ShownState, ...ShownState[]]
export const revisionMark = z.object({ id: z.string(), number: z.string(), state: z.enum(shownStates) })

export const ruleFilter = listInput.extend({
  state: z.enum(Object.keys(RULE_STATES) as ['none', 'open', 'coming']).optional(),
  topic: z.enum(TOPICS).optional(),
  jurisdiction: place.optional(),
})
export const ruleRow = z.object({
  rule: z.string(),
  jurisdiction: place,
  place: z.string(),
  name: z.string(),
  topic: z.string(),
  clause: z.string(),
  inForceFrom: day,
  nextFrom: day.nullable(),
  paths: z.number(),
  /** Terms of a national rule that this province fills in. */
  terms: z.array(z.string()),
  revision: revisionMark.nullable(),
})

/** Rules an actor may see: his province's and the national ones; who sees the nation, all. */
export function rulesWithin(policy: Policy, actor: Actor): Rule[] {
  const scope = scopeOf(actor)
  if (scope.kind !== 'province') return [...policy.rules]
  return rulesOf(policy, jurisdictionOf(scope.provinceCode)).filter(
    (rule) => rule.jurisdiction === 'national' || rule.jurisdiction === jurisdictionOf(scope.provinceCode),
  )
}

export async function readRules(
  app: App,
  actor: Actor,
  filter: z.output<typeof ruleFilter>,
): Promise<z.input<typeof ruleRow>[]> {
  const today = app.clock.today()
  const { policy } = app
  const live = await liveRevisions(app.db, scopeOf(actor), today)
  const rows = rulesWithin(policy, actor).map((rule): z.input<typeof ruleRow> => {
    const version = versionOn(rule, today)
    return {
      rule: rule.id,
      jurisdiction: rule.jurisdiction,
      place: PLACES[rule.jurisdiction] ?? rule.jurisdiction,
      name: rule.name,
      topic: topicOf(rule),
      clause: version.clause,
      inForceFrom: version.from,
      nextFrom: rule.versions.find((one) => one.from > today)?.from ?? null,
      paths: new Set(version.cases.flatMap((one) => one.paths.map((path) => path.id))).size,
      terms: openTerms(rule),
      revision: markOf(live, rule, today),
    }
  })
  const stateOf = (row: (typeof rows)[number]) =>
    row.revision === null ? 'none' : row.revision.state === 'confirmed' ? 'coming' : 'open'
  return rows.filter(
    (row) =>
      (!filter.state || stateOf(row) === filter.state) &&
      (!filter.topic || row.topic === filter.topic) &&
      (!filter.jurisdiction || row.jurisdiction === filter.jurisdiction) &&
      (!filter.q || `${row.name}${row.terms.join('')}`.includes(filter.q)),
  )
}

function markOf(live: Revision[], rule: Rule, today: string) {
  const own = live.filter(
    (one) =>
      one.kind !== 'parameter' &&
      one.rule === rule.id &&
      (rule.jurisdiction === 'national' ? one.kind === 'filling' : one.jurisdiction === rule.jurisdiction),
  )
  // What is being worked on says more than what waits for its day.
  const shown = own.find((one) => one.state !== 'confirmed') ?? own[0]
  return shown ? { id: shown.id, number: shown.number, state: shownState(shown, today) } : null
}

export const figureRow = z.object({
  figure: z.string(),
  part: z.string(),
  place: z.string(),
  name: z.string(),
  key: z.string(),
  unit: z.string(),
  value: z.string(),
  clause: z.string(),
  fromOn: day,
  next: z.object({ value: z.string(), unit: z.string(), fromOn: day }).nullable(),
  revision: revisionMark.nullable(),
})
export const figureFilter = listInput.extend({ jurisdiction: place.optional() })

/** Sourced figures of provinces: what 参数核实 does not hold. */
export async function readFigures(
  app: App,
  actor: Actor,
  filter: z.output<typeof figureFilter>,
): Promise<z.input<typeof figureRow>[]> {
  const today = app.clock.today()
  const scope = scopeOf(actor)
  const own = scope.kind === 'province' ? jurisdictionOf(scope.provinceCode) : filter.jurisdiction
  const live = await liveRevisions(app.db, scope, today)
  const { policy } = app
  return policy.parameters
    .filter((one) => one.jurisdiction !== 'national' && (own === undefined || one.jurisdiction === own))
    .flatMap((entry) => {
      const parts = new Map(
        entry.值.map((row) => [[row.职业, row.等级].filter(Boolean).join('/'), row] as const),
      )
      return [...parts].flatMap(([part, row]) => {
        const asked = { jurisdiction: entry.jurisdiction, occupation: row.职业, level: row.等级 }
        const now = parameter(policy, entry.参数, { ...asked, on: today })
        if (!now || !isVerified(now.sourceStatus)) return []
        const coming = entry.值.find(
          (one) => one.自 > today && one.职业 === row.职业 && one.等级 === row.等级,
        )
        const revision = live.find(
          (one) => one.kind === 'parameter' && one.rule === entry.参数 && one.part === part,
        )
        const key = [row.职业 ? (policy.occupations.get(row.职业)?.名称 ?? row.职业) : '', row.等级 ?? '']
        return [
          {
            figure: entry.参数,
            part,
            place: PLACES[entry.jurisdiction] ?? entry.jurisdiction,
            name: entry.名称,
            key: key.filter(Boolean).join(' '),
            ...sayFigure(now.value, entry.单位),
            clause: now.clause,
            fromOn: now.from,
            next: coming ? { ...sayFigure(coming.值, entry.单位), fromOn: coming.自 } : null,
            revision: revision
              ? { id: revision.id, number: revision.number, state: shownState(revision, today) }
              : null,
          },
        ]
      })
    })
    .filter((row) => !filter.q || `${row.name}${row.key}`.includes(filter.q))
}

/** A figure as people read it; the packs hold amounts in 分. */
export function sayFigure(
  value: number | string | boolean | null,
  unit: string,
): { value: string; unit: string } {
  if (value === null) return { value: '未定', unit: '' }
  if (typeof value === 'boolean') return { value: value ? '是' : '否', unit: '' }
  if (typeof value !== 'number' || unit !== '分') return { value: String(value), unit }
  return { value: (value / 100).toLocaleString('en-US'), unit: '元' }
}
