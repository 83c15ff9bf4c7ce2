import { parameter, type Setting } from '../../../../policy/src/index.ts'
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import { isVerified } from '../source.ts'
import { jurisdictionOf, policySettings } from './policy-settings.ts'

export interface StandardHours {
  /** null: nobody knows the figure, and none is invented. */
  hours: number | null
  /** false: shown as 待核实, and no refusal may rest on it. */
  verified: boolean
  status: string
  source: string
  clause: string
}

interface Asked {
  provinceCode: string
  occupationId: string
  level: EngineerLevel
  on: string
}

/**
 * Standard hours 标准学时 of an occupation's level on a day: what the province's two people confirmed, else the
 * policy's figure with its status, else null.
 */
export async function standardHours(app: App, tx: Tx, ask: Asked): Promise<StandardHours> {
  return standardHoursIn(app, await policySettings(tx, ask.provinceCode), ask)
}

/** The same for many occupations and levels of one province, whose settings were read once. */
export function standardHoursIn(app: App, settings: Setting[], ask: Asked): StandardHours {
  const found = parameter(app.policy, 'engineer.standard-hours', {
    jurisdiction: jurisdictionOf(ask.provinceCode),
    on: ask.on,
    occupation: ask.occupationId,
    level: ask.level,
    settings,
  })
  return {
    hours: typeof found?.value === 'number' ? found.value : null,
    verified: isVerified(found?.sourceStatus ?? 'missing'),
    status: found?.sourceStatus ?? 'missing',
    source: found?.source ?? '',
    clause: found?.clause ?? 'HB-4.3',
  }
}
