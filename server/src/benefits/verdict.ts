import {
  clause,
  type Decision,
  decideFor,
  type Facts,
  parameter,
  prepare,
  type Setting,
} from '../../../policy/src/index.ts'
import type { Level } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import type { Day } from '../platform/clock.ts'

/** Rules of a province that turn certificates into benefits. A province without them gives nothing. */
const RULES: Record<string, { jurisdiction: 'hubei'; hours: string; titles: string }> = {
  '420000': { jurisdiction: 'hubei', hours: 'hubei.education-hours', titles: 'hubei.title-recognition' },
}

export interface Asked {
  provinceCode: string
  occupationId: string
  level: Level
  settings: readonly Setting[]
}

/** Makes the province's rule ready once for a batch of one occupation and level; undefined where it has none. */
export function benefitRule(
  app: App,
  benefit: 'hours' | 'titles',
  asked: Asked,
): ((facts: Facts, on: Day) => Decision) | undefined {
  const rules = RULES[asked.provinceCode]
  if (!rules) return undefined
  const prepared = prepare(app.policy, {
    rule: rules[benefit],
    jurisdiction: rules.jurisdiction,
    params: { occupation: asked.occupationId, level: asked.level },
    settings: asked.settings,
  })
  return (facts, on) => decideFor(prepared, facts, on)
}

/** 公需 or 专业 as far as the province has said so; the notice does not, and we do not guess (HB-5.1). */
export function subjectKindOf(
  app: App,
  asked: { settings: readonly Setting[]; on: Day },
): '公需' | '专业' | null {
  const found = parameter(app.policy, 'hubei.continuing-education-subject', {
    jurisdiction: 'hubei',
    ...asked,
  })
  if (typeof found?.value !== 'string') return null
  const said = (['公需', '专业'] as const).filter((kind) => String(found.value).includes(kind))
  return said.length === 1 && said[0] ? said[0] : null
}

/** Hours a year asks of professional and technical staff (国家规定); null where no figure is known. */
export function requiredHours(app: App, on: Day): { hours: number; source: string; status: string } | null {
  const found = parameter(app.policy, 'hubei.continuing-education-hours', { jurisdiction: 'hubei', on })
  if (typeof found?.value !== 'number') return null
  return { hours: found.value, source: found.note ?? found.source, status: found.sourceStatus }
}

/** 「湖北省…通知，文号，认定继续教育学时，HB-5.1」: what a printed paper rests on. */
export function basisOf(app: App, clauseId: string): string {
  const found = clause(app.policy, clauseId)
  return found ? `${found.document}，${found.documentNumber}，${found.title}，${clauseId}` : clauseId
}
