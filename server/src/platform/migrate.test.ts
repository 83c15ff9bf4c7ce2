import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts'
import { aTestApp, type TestApp } from './testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(async () => {
  await app.close()
})

const next = (sql: string, number = 9001): Migration => ({
  number,
  name: `${number}_next.sql`,
  sha256: `sha of ${sql}`,
  sql,
})

describe('migrate', () => {
  it('refuses to start when a migration that ran was changed', async () => {
    const changed = readMigrations().map((one) => (one.number === 1 ? { ...one, sha256: 'other' } : one))
    await expect(migrate(app.databaseUrl, changed)).rejects.toThrow('0001_platform.sql was changed after')
  })

  it('refuses to start an older program on a newer database', async () => {
    await expect(migrate(app.databaseUrl, [])).rejects.toThrow('older than the database')
  })

  it('leaves nothing of a migration that fails, and names its line', async () => {
    const broken = [...readMigrations(), next('create table platform.half (id int);\nselect nothing_such();')]
    await expect(migrate(app.databaseUrl, broken)).rejects.toThrow(
      '9001_next.sql:2 failed and was rolled back',
    )
    const { rows } = await sql<{ half: string | null }>`select to_regclass('platform.half') as half`.execute(
      app.db,
    )
    expect(rows[0]?.half).toBeNull()
    expect(await pendingMigrations(app.db)).toEqual([])
  })

  it('applies a new migration once when two programs start together', async () => {
    const more = [...readMigrations(), next('create table platform.once (id int)', 9002)]
    const applied = await Promise.all([migrate(app.databaseUrl, more), migrate(app.databaseUrl, more)])
    expect(applied.flat()).toEqual(['9002_next.sql'])
    expect(await pendingMigrations(app.db, more)).toEqual([])
  })

  it('refuses a migration numbered before one that has run', async () => {
    const more = [
      ...readMigrations(),
      next('select 1', 9001),
      next('create table platform.once (id int)', 9002),
    ]
    await expect(migrate(app.databaseUrl, more)).rejects.toThrow('Give it the next number')
  })
})
