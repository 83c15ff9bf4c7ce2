import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import { isVerified } from '../source.ts'
import { findOccupationLevel } from '../store/occupations.ts'
import { settingOn } from '../store/settings.ts'

export const STANDARD_HOURS = 'standard-hours'

export interface StandardHours {
  /** null: nobody knows the figure, and none is invented. */
  hours: number | null
  /** false: shown as 待核实, and no refusal may rest on it. */
  verified: boolean
  status: string
  source: string | null
}

/**
 * Standard hours 标准学时 of an occupation's level on a day: what the province's two people confirmed, else the
 * published figure, else a remembered one marked unverified, else null.
 */
export async function standardHours(
  _app: App,
  tx: Tx,
  ask: { provinceCode: string; occupationId: string; level: EngineerLevel; on: string },
): Promise<StandardHours> {
  const setting = await settingOn(tx, { ...ask, parameter: STANDARD_HOURS })
  if (setting) {
    return { hours: Number(setting.value), verified: true, status: 'confirmed', source: setting.source }
  }
  const row = await findOccupationLevel(tx, ask.occupationId, ask.level)
  const status = row?.hoursStatus ?? 'missing'
  return { hours: row?.hours ?? null, verified: isVerified(status), status, source: row?.hoursSource ?? null }
}
