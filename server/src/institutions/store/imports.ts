import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { SheetProblem } from '../../platform/sheets.ts'
import type { Catalogue } from '../catalogues/catalogue.ts'
import type { ImportRow } from '../catalogues/import-sheet.ts'

export interface CatalogueImport {
  id: string
  catalogue: Catalogue
  sha256: string
  goodRows: ImportRow[]
  badRows: SheetProblem[]
  state: 'previewed' | 'confirmed' | 'discarded'
  accountId: string | null
}

export async function insertImport(
  tx: Tx,
  row: Omit<CatalogueImport, 'id' | 'state'> & {
    fileName: string
    provinceCode: string | null
    previewedBy: string
    previewedAt: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into institutions.catalogue_imports
      (catalogue, file_name, sha256, province_code, good_rows, bad_rows, state, previewed_by, previewed_at, account_id)
    values (${row.catalogue}, ${row.fileName}, ${row.sha256}, ${row.provinceCode}, ${JSON.stringify(row.goodRows)}::jsonb,
      ${JSON.stringify(row.badRows)}::jsonb, 'previewed', ${row.previewedBy}, ${row.previewedAt}, ${row.accountId})
    returning id`.execute(tx)
  return rows[0]!.id
}

export async function lockImport(tx: Tx, id: string): Promise<CatalogueImport | undefined> {
  const { rows } = await sql<CatalogueImport>`
    select id, catalogue, sha256, good_rows, bad_rows, state, account_id
    from institutions.catalogue_imports where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function setImportConfirmed(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await sql`
    update institutions.catalogue_imports set state = 'confirmed', confirmed_by = ${by}, confirmed_at = ${at}
    where id = ${id}`.execute(tx)
}
