import { organisation } from '../people/index.ts'
import type { Tx } from '../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import {
  CATALOGUES,
  type Catalogue,
  type CatalogueEntry,
  type EngineerLevel,
} from './catalogues/catalogue.ts'
import { no } from './refusals.ts'
import { entriesOf } from './store/entries.ts'
import { isOccupationListed, occupationName } from './store/occupations.ts'

export type ListedOnRefusal = RefusalOf<
  typeof no,
  'OCCUPATION_NOT_LISTED' | 'INSTITUTION_NOT_LISTED' | 'INSTITUTION_NOT_LISTED_FOR'
>

/**
 * The one question every module asks before it lets an institution act (HB-6.2): is the occupation in the
 * catalogue on that day, and the institution listed for this occupation and level? Refusals carry the clause.
 * Leave `occupationId` and `level` out to ask only whether the institution is listed at all.
 */
export async function listedOn(
  tx: Tx,
  ask: {
    catalogue: Catalogue
    organisationId: string
    occupationId?: string
    level?: EngineerLevel
    on: string
  },
): Promise<Result<CatalogueEntry, ListedOnRefusal>> {
  const { catalogue, organisationId, occupationId, level, on } = ask
  const occupation =
    occupationId === undefined ? '' : ((await occupationName(tx, occupationId)) ?? occupationId)
  if (occupationId !== undefined && !(await isOccupationListed(tx, occupationId, on))) {
    return refuse(no.OCCUPATION_NOT_LISTED({ occupation, on }))
  }
  const { creditCode } = await organisation(tx, organisationId)
  const entries = await entriesOf(tx, { catalogue, organisationId, creditCode, on })
  if (entries.length === 0) {
    return refuse(no.INSTITUTION_NOT_LISTED({ catalogue: CATALOGUES[catalogue], on }))
  }
  const entry = entries.find(
    (one) =>
      (occupationId === undefined || one.occupationIds.includes(occupationId)) &&
      (level === undefined || one.levels.includes(level)),
  )
  if (!entry) {
    return refuse(
      no.INSTITUTION_NOT_LISTED_FOR({ catalogue: CATALOGUES[catalogue], occupation, level: level ?? '', on }),
    )
  }
  return ok(entry)
}
