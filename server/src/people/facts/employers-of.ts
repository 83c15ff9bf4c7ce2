import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { standingEmployers } from '../store/facts.ts'

/** By person, the employers somebody has stated they work for on a day; whoever stated none is absent. */
export async function employersOf(tx: Tx, personIds: string[], on: Day): Promise<Map<string, string[]>> {
  const found = await standingEmployers(tx, personIds, on)
  return new Map(found.map((one) => [one.personId, one.employers]))
}
