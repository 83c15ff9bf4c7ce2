import { parameter } from '../../../policy/src/index.ts'
import { scopeOf } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { STAGE_NAMES, STAGES, type Stage } from './stage.ts'
import * as store from './store.ts'

export interface Overview {
  year: number
  /** Null where no target applies to the viewer's scope. */
  target: { people: number; source: string; clause: string; origin: 'set' | 'notice' } | null
  reached: number
  funnel: { stage: Stage; name: string; people: number }[]
  months: number[]
  cells: store.NumberCell[]
  cities: { cityCode: string; cityName: string; target: number | null; reached: number }[]
  countedAt: string
}

/** The year at a glance for the viewer's scope: target, funnel, months, and the cells every figure adds up from. */
export async function overview(app: App, actor: Actor, filter: store.NumbersFilter): Promise<Overview> {
  const scope = scopeOf(actor)
  const provinceCode =
    actor.organisation?.provinceCode ?? (app.config.province === 'anhui' ? '340000' : '420000')
  const totals = await store.stageTotals(app.db, scope, filter)
  const cells = await store.numberCells(app.db, scope, filter)
  const months = await store.monthlyTrained(app.db, scope, filter)
  const targets = (await store.targetsOf(app.db, provinceCode, filter.year)).filter((one) => !one.replacedAt)
  const cityCode = scope.kind === 'city' ? scope.cityCode : (filter.cityCode ?? null)
  const supervises = scope.kind === 'city' || scope.kind === 'province'
  const cities = scope.kind === 'province' ? await store.citiesOf(app.db, provinceCode) : []
  const trained = cities.length > 0 ? await store.trainedByCity(app.db, scope, filter) : new Map()
  return {
    year: filter.year,
    target: supervises ? targetFor(app, targets, provinceCode, cityCode, filter.year) : null,
    reached: totals.get('trained') ?? 0,
    funnel: STAGE_NAMES.map((stage) => ({ stage, name: STAGES[stage], people: totals.get(stage) ?? 0 })),
    months,
    cells,
    cities: cities.map((city) => ({
      cityCode: city.code,
      cityName: city.name,
      target: targets.find((one) => one.cityCode === city.code)?.people ?? null,
      reached: trained.get(city.code) ?? 0,
    })),
    countedAt: app.clock.now().toISOString(),
  }
}

/** What a province has set goes first; otherwise the notice's own figure, for its province as a whole (HB-1). */
function targetFor(
  app: App,
  targets: store.Target[],
  provinceCode: string,
  cityCode: string | null,
  year: number,
): Overview['target'] {
  const set = targets.find((one) => one.cityCode === cityCode)
  if (set) return { people: set.people, source: set.source, clause: 'HB-1', origin: 'set' }
  if (cityCode || provinceCode !== '420000') return null
  const figure = parameter(app.policy, 'hubei.yearly-target', { jurisdiction: 'hubei', on: `${year}-01-01` })
  if (typeof figure?.value !== 'number') return null
  return { people: figure.value, source: figure.documentNumber, clause: figure.clause, origin: 'notice' }
}
