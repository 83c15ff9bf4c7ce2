/**
 * Catalogues 目录清单 (HB-6.2): occupations, training institutions, evaluation institutions; subsidy standards
 * (HB-5.4). A row is dated and written once. Ending sets its last day with the reason; a change ends the row the
 * day before and opens another that names it. So the catalogue as of any past day can still be read.
 */
export const CATALOGUES = { training: '培训机构目录', evaluation: '评价机构目录' } as const
export type Catalogue = keyof typeof CATALOGUES

export const LEVELS = ['初级', '中级', '高级'] as const
export type EngineerLevel = (typeof LEVELS)[number]

/** HB-6.2 forbids cross-province training under these names; a name that carries one is looked at, not refused. */
const SUSPICIOUS_WORDS = ['合作', '联合', '联盟'] as const

export function suspiciousWords(name: string): string[] {
  return SUSPICIOUS_WORDS.filter((word) => name.includes(word))
}

export interface CatalogueEntry {
  entryId: string
  catalogue: Catalogue
  organisationId: string | null
  organisationName: string
  creditCode: string | null
  provinceCode: string | null
  occupationIds: string[]
  levels: EngineerLevel[]
  batch: string | null
  fromOn: string
  toOn: string | null
  source: string
  sourceStatus: string
}

export function inForce(row: { fromOn: string; toOn: string | null }, on: string): boolean {
  return row.fromOn <= on && (row.toOn === null || on <= row.toOn)
}

export function laterDay(a: string, b: string): string {
  if (a > b) return a
  return b
}
