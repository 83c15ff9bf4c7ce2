import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../people/index.ts'

/** Rows that carry organisation, province and city: an institution sees its own, a city and a province their own. */
export function inScope(scope: Scope, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`${column('organisation_id')} = ${scope.organisationId}`
    case 'city':
      return sql<boolean>`(${column('province_code')} = ${scope.provinceCode} and ${column('city_code')} = ${scope.cityCode})`
    case 'province':
      return sql<boolean>`${column('province_code')} = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}

/** Text a person typed, as a pattern that finds it anywhere. */
export function containing(q: string | undefined): string {
  return `%${(q ?? '').replace(/[%_\\]/g, '\\$&')}%`
}
