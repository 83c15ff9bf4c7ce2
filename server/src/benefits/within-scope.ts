import { type RawBuilder, sql } from 'kysely'
import { scopeOf } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'

/** Condition on a row `b` with person_id, organisation_id, province_code and city_code: whose rows a reader reaches. */
export type Reach = RawBuilder<boolean>

/** Staff see the records of their scope; out of it reads as absent. */
export function withinScope(actor: Actor): Reach {
  const scope = scopeOf(actor)
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`b.organisation_id = ${scope.organisationId}`
    case 'city':
      return sql<boolean>`b.province_code = ${scope.provinceCode} and b.city_code = ${scope.cityCode}`
    case 'province':
      return sql<boolean>`b.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}

export function heldBy(personId: string | null): Reach {
  return sql<boolean>`b.person_id = ${personId}`
}

/** On the portal everybody sees their own, staff too. */
export function ownedBy(actor: Actor): Reach {
  return heldBy(actor.personId)
}
