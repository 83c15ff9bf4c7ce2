import { createHash } from 'node:crypto'
import type { CarriedSitting } from '../../exams/index.ts'
import type { CarriedPeople } from '../../people/index.ts'
import type { CarriedRow } from '../../platform/carry-rows.ts'
import { readMigrations } from '../../platform/migrate.ts'

/** What a node takes ahead. Inside the sealed message; the paper keys in it are under one more key each. */
export interface HallPackage {
  format: 'shujiang-hall/1'
  version: string
  id: string
  nodeId: string
  sittingId: string
  hallId: string
  regions: CarriedRow[]
  occupations: CarriedRow[]
  people: CarriedPeople
  exams: CarriedSitting
  /** Rows of the halls' own tables, in the order in which they refer to each other. */
  tables: { table: string; rows: CarriedRow[] }[]
  /** By attempt: the paper's key under the key of its part, base64. */
  paperKeys: Record<string, string>
  /** Registered photos and templates of candidates whose consent stands. */
  faces: {
    photo: CarriedRow
    photoKey: string
    object: string
    template: CarriedRow | null
    templateKey: string | null
  }[]
}

let version: string | undefined

/** Node and province must have the same tables. */
export function packageVersion(): string {
  version ??= createHash('sha256')
    .update(
      readMigrations()
        .map((one) => `${one.name} ${one.sha256}\n`)
        .join(''),
    )
    .digest('hex')
    .slice(0, 16)
  return version
}
