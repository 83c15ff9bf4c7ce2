import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../embedded.ts'
import { migrate, readMigrations } from '../migrate.ts'

/**
 * One PostgreSQL for a run of tests: a throw-away one of our own, or `TEST_DATABASE_URL` (its user may create
 * databases). The migrations run once, into a template that every test file clones.
 */
export interface TestServer {
  url: string
  template: string
  close(): Promise<void>
}

const TEMPLATE_LOCK = 7_201_099

export async function openTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) {
    const template = await prepareTemplate(given)
    return { url: given, template, close: async () => {} }
  }
  const postgres = await startPostgres({
    folder: mkdtempSync(join(tmpdir(), 'shujiang-test-')),
    throwAway: true,
  })
  try {
    const url = postgres.url('postgres')
    return { url, template: await prepareTemplate(url), close: postgres.stop }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** Built under another name and renamed when whole, so that a template which exists is a template to trust. */
async function prepareTemplate(url: string): Promise<string> {
  const migrations = readMigrations()
  const hash = createHash('sha256')
  for (const one of migrations) hash.update(one.sha256)
  const template = `shujiang_template_${hash.digest('hex').slice(0, 16)}`
  await onServer(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (rowCount) return
    const making = `shujiang_making_${randomUUID().slice(0, 8)}`
    await client.query(`create database ${making}`)
    try {
      await migrate(databaseUrl(url, making), migrations)
      await client.query(`alter database ${making} rename to ${template}`)
    } catch (error) {
      await client.query(`drop database if exists ${making} with (force)`)
      throw error
    }
  })
  return template
}

/** A fresh database with every migration; `drop` removes it. */
export async function cloneDatabase(server: { url: string; template: string }) {
  const name = `shujiang_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await onServer(server.url, (client) => client.query(`create database ${name} template ${server.template}`))
  return {
    url: databaseUrl(server.url, name),
    drop: () =>
      onServer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`)),
  }
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
