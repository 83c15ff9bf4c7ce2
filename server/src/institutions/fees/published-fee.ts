import type { Tx } from '../../platform/db.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import { feeOn } from '../store/fees.ts'
import type { FeeKind } from './fee.ts'

export interface PublishedFee {
  id: string
  amountCents: number
  basis: string
  fromOn: string
  publishedAt: Date
}

/** The fee in force on a day, or undefined: then nobody may enrol (HB-6.3). */
export async function publishedFee(
  tx: Tx,
  ask: { organisationId: string; kind: FeeKind; occupationId: string; level: EngineerLevel; on: string },
): Promise<PublishedFee | undefined> {
  const row = await feeOn(tx, ask)
  if (!row) return undefined
  const { id, amountCents, basis, fromOn, publishedAt } = row
  return { id, amountCents, basis, fromOn, publishedAt }
}
