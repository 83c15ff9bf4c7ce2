import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from './db.ts'

/**
 * Brings a database up to date: graphile-worker's own tables, then `db/migrations/NNNN_*.sql` in order, each in
 * one transaction, forward only. A migration that has run is history: to change what it did, add another.
 */
export interface Migration {
  number: number
  name: string
  sha256: string
  sql: string
}

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'db', 'migrations')
/** Two processes that start together take turns. */
const MIGRATION_LOCK = 7_201_000

export function readMigrations(folder = FOLDER): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{4})_([a-z0-9_-]+)[.]sql$/.exec(file)
      if (!match?.[1]) throw new Error(`db/migrations/${file}: a migration is named NNNN_what_it_does.sql`)
      const sql = readFileSync(join(folder, file), 'utf8')
      return {
        number: Number(match[1]),
        name: file,
        sha256: createHash('sha256').update(sql).digest('hex'),
        sql,
      }
    })
  for (const [position, one] of migrations.entries()) {
    const before = migrations[position - 1]
    if (before?.number === one.number) throw new Error(`${before.name} and ${one.name} have the same number`)
  }
  return migrations
}

interface Applied {
  number: number
  name: string
  sha256: string
}

/** Applies what is missing; returns the names. Throws, having changed nothing, when history and files disagree. */
export async function migrate(url: string, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'shujiang migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrateJobs(url)
    await client.query(`
      create schema if not exists migration;
      create table if not exists migration.applied (
        number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now());
      comment on schema migration is 'Which migrations this database has';
      comment on table migration.applied is 'One row a migration, with the hash of its text';`)
    const missing = compare((await client.query<Applied>(APPLIED)).rows, migrations)
    for (const one of missing) await applyOne(client, one)
    return missing.map((one) => one.name)
  } finally {
    await client.end()
  }
}

/** Names of the migrations the database lacks; throws when its history is not ours. */
export async function pendingMigrations(db: Db, migrations = readMigrations()): Promise<string[]> {
  const { rows } = await sql<Applied>`${sql.raw(APPLIED)}`.execute(db)
  return compare(rows, migrations).map((one) => one.name)
}

const APPLIED = 'select number, name, sha256 from migration.applied order by number'

function compare(applied: Applied[], migrations: Migration[]): Migration[] {
  const byNumber = new Map(migrations.map((one) => [one.number, one]))
  for (const row of applied) {
    const file = byNumber.get(row.number)
    if (!file)
      throw new Error(
        `The database has migration ${row.name}, which this version of the program does not know: it is older than the database. Start the newer version.`,
      )
    if (file.sha256 !== row.sha256)
      throw new Error(
        `db/migrations/${file.name} was changed after this database applied it. A migration that has run is never edited: restore its text and add a new one (a throw-away demo: remove the data folder).`,
      )
  }
  const last = applied.at(-1)?.number ?? 0
  const done = new Set(applied.map((row) => row.number))
  const missing = migrations.filter((one) => !done.has(one.number))
  const late = missing.find((one) => one.number < last)
  if (late)
    throw new Error(
      `db/migrations/${late.name} comes before migration ${last}, which this database has already applied. Give it the next number (a throw-away demo: remove the data folder).`,
    )
  return missing
}

async function applyOne(client: pg.Client, one: Migration) {
  await client.query('begin')
  try {
    await client.query('insert into migration.applied (number, name, sha256) values ($1, $2, $3)', [
      one.number,
      one.name,
      one.sha256,
    ])
    await client.query(one.sql)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const { message, position } = error as { message: string; position?: string }
    const line = position ? `:${one.sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new Error(`db/migrations/${one.name}${line} failed and was rolled back: ${message}`, {
      cause: error,
    })
  }
}

async function migrateJobs(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
  } finally {
    await pool.end()
  }
}
