import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './db.ts'

/** A row as PostgreSQL writes it in JSON: its columns by name. */
export type CarriedRow = Record<string, unknown>

/** Rows of a table (alias `t` in the condition), to be carried to another database of the same version. */
export async function rowsToCarry(
  tx: Tx,
  table: string,
  where: RawBuilder<unknown>,
  options: { limit?: number } = {},
): Promise<CarriedRow[]> {
  const { rows } = await sql<{ row: CarriedRow }>`
    select to_jsonb(t) as row from ${sql.table(table)} t where ${where}
    ${options.limit === undefined ? sql`` : sql`limit ${options.limit}`}`.execute(tx)
  return rows.map(({ row }) => row)
}

/** Puts rows in as they are; one that is there already stays as it is. Returns how many came in. */
export async function insertCarried(tx: Tx, table: string, rows: readonly CarriedRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numAffectedRows } = await sql`
    insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/**
 * For this transaction: references to rows that stay behind are not checked. A hall's part of the province's database
 * cannot hold all that its rows refer to. The role must be allowed to (the built-in PostgreSQL's is).
 */
export async function withoutForeignKeys(tx: Tx): Promise<void> {
  await sql`set local session_replication_role = replica`.execute(tx)
}

/** `bytea` as JSON writes it. */
export function bytesOf(text: unknown): Buffer {
  if (typeof text !== 'string' || !text.startsWith('\\x'))
    throw new Error('not bytes as PostgreSQL writes them')
  return Buffer.from(text.slice(2), 'hex')
}

export function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`
}
