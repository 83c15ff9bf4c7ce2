import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countQueries } from './db.ts'
import { aTestApp, type TestApp } from './testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())

describe('openDatabase', () => {
  it('outlives a database that cuts its connections, idle or in the middle of a transaction', async () => {
    const cut = sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    await expect(
      app.db.transaction().execute(async (tx) => {
        await sql`select 1`.execute(tx)
        await cut.execute(app.db)
        await sql`select 1`.execute(tx)
      }),
    ).rejects.toThrow()
    await cut.execute(app.db)
    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(app.db)
    expect(rows).toEqual([{ one: 1 }])
  })

  it('gives civil days as text and large numbers as numbers', async () => {
    const { rows } = await sql`select date '2026-03-02' as on_day, 9007199254740991::bigint as large`.execute(
      app.db,
    )
    expect(rows).toEqual([{ onDay: '2026-03-02', large: 9_007_199_254_740_991 }])
  })

  it('counts the queries of one piece of work apart from those of another beside it', async () => {
    const ask = (times: number) =>
      countQueries(async (count) => {
        for (let n = 0; n < times; n += 1) await sql`select 1`.execute(app.db)
        return count.queries
      })
    expect(await Promise.all([ask(2), ask(5)])).toEqual([2, 5])
  })
})
