import { AsyncLocalStorage } from 'node:async_hooks'
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './db-types.generated.ts'

export type Db = Kysely<DB>
/** An open transaction, or the plain database for reads. Store functions take this first. */
export type Tx = Transaction<DB> | Db

const { types } = pg
// A civil day stays the text it is: turning it into a Date would tie it to a time zone.
types.setTypeParser(types.builtins.DATE, (text) => text)
types.setTypeParser(types.builtins.INT8, (text) => Number(text))

/** Counts the queries of one piece of work; `bench -- chain` reports them per step. */
export interface QueryCount {
  queries: number
}
const counting = new AsyncLocalStorage<QueryCount>()
let total = 0

export function countQueries<T>(work: (count: QueryCount) => Promise<T>): Promise<T> {
  const count = { queries: 0 }
  return counting.run(count, () => work(count))
}

/** Queries sent by this process since its start. */
export function queriesSoFar(): number {
  return total
}

export interface Database {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: 'shujiang',
    // The same on every server: the audit chain hashes instants as PostgreSQL writes them in the session's zone.
    options: '-c TimeZone=Asia/Shanghai',
  })
  // A connection cut by the server must not end the process, idle or in the middle of a transaction: the query that
  // was on its way fails, the next one opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: () => {
      total += 1
      const count = counting.getStore()
      if (count) count.queries += 1
    },
  })
  return { db, pool, close: () => db.destroy() }
}
