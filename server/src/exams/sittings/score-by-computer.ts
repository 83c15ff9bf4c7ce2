import type { Tx } from '../../platform/db.ts'
import type { Part } from './sitting.ts'
import { setComputerParts } from './store/sittings.ts'

/** For the door: of exactly these parts the computer gives the scores; people cannot enter them (SCORE_BY_COMPUTER). */
export function scoreByComputer(tx: Tx, of: { sittingId: string; parts: Part[] }): Promise<void> {
  return setComputerParts(tx, of.sittingId, of.parts)
}
