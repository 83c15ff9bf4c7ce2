import { type RawBuilder, sql } from 'kysely'
import { scopeOf } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'

/**
 * Condition on a row `c` that carries organisation_id, province_code and city_code: in the actor's scope or not.
 * A learner's scope holds no class; the learner's own rows are asked for by person.
 */
export function withinScope(actor: Actor): RawBuilder<boolean> {
  const scope = scopeOf(actor)
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`c.organisation_id = ${scope.organisationId}`
    case 'city':
      return sql<boolean>`c.city_code = ${scope.cityCode}`
    case 'province':
      return sql<boolean>`c.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}

/** The same for rows that carry only their organisation. Supervisors see every institution's. */
export function withinScopeOfOrganisation(actor: Actor, alias: string): RawBuilder<boolean> {
  const scope = scopeOf(actor)
  if (scope.kind === 'organisation')
    return sql<boolean>`${sql.ref(`${alias}.organisation_id`)} = ${scope.organisationId}`
  return scope.kind === 'person' ? sql<boolean>`false` : sql<boolean>`true`
}
