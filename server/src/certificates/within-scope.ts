import { type RawBuilder, sql } from 'kysely'
import { scopeOf } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'

/**
 * Condition on a row `r` that carries organisation_id, province_code and city_code. Out of scope reads as absent.
 * A person's own certificates are asked for by person, never through this.
 */
export function withinScope(actor: Actor): RawBuilder<boolean> {
  const scope = scopeOf(actor)
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`r.organisation_id = ${scope.organisationId}`
    case 'city':
      return sql<boolean>`r.city_code = ${scope.cityCode}`
    case 'province':
      return sql<boolean>`r.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}
