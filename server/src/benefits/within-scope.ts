import { type RawBuilder, sql } from 'kysely'
import { scopeOf } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'

/** Condition on a row `b` with organisation_id, province_code and city_code. A person's own rows are asked for by person. */
export function withinScope(actor: Actor): RawBuilder<boolean> {
  const scope = scopeOf(actor)
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`b.organisation_id = ${scope.organisationId}`
    case 'city':
      return sql<boolean>`b.city_code = ${scope.cityCode}`
    case 'province':
      return sql<boolean>`b.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}
