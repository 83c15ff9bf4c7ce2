import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../server/src/platform/testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())

async function names(query: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`${sql.raw(query)}`.execute(app.db)
  return rows.map((row) => row.name)
}

const OURS = `n.nspname !~ '^(pg_|information_schema$|graphile_worker$|migration$)'`

describe('the schema', () => {
  it('has tables to look at', async () => {
    const tables = await names(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p')`)
    expect(tables).toContain('platform.audit_events')
  })

  it('says of every schema and table what it holds', async () => {
    const silent = await names(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is null
      union all
      select n.nspname from pg_namespace n
      where ${OURS} and n.nspname <> 'public' and obj_description(n.oid, 'pg_namespace') is null`)
    expect(silent, 'without a comment').toEqual([])
  })

  it('has an index behind every foreign key', async () => {
    const bare = await names(`
      select k.conrelid::regclass || ' (' || k.conname || ')' as name
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and k.contype = 'f' and not exists (
          select 1 from pg_index i where i.indrelid = k.conrelid
            -- leaving out the rows without a value loses nothing
            and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = format('(%s IS NOT NULL)',
              (select quote_ident(a.attname) from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1])))
            and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`)
    expect(bare, 'foreign keys without an index').toEqual([])
  })

  // The account library deletes its own sessions and codes; nothing of the trade hangs on them.
  it('deletes nothing by cascade outside the sign-in tables', async () => {
    const cascades = await names(`
      select k.conrelid::regclass || ' (' || k.conname || ')' as name
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and n.nspname <> 'accounts' and k.contype = 'f' and k.confdeltype not in ('a', 'r')`)
    expect(cascades, 'foreign keys that delete or empty').toEqual([])
  })

  it('keeps what is append-only so, with a trigger for change, removal and emptying', async () => {
    const open = await names(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'r' and obj_description(c.oid, 'pg_class') ilike '%append-only%'
        and not exists (
          select 1 from pg_trigger t join pg_proc p on p.oid = t.tgfoid
          where t.tgrelid = c.oid and p.proname = 'refuse_change' and t.tgenabled <> 'D'
            and t.tgtype & 56 = 56)`)
    expect(open, 'called append-only, but can be changed').toEqual([])
  })
})
