import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { mustLoadPolicy } from '../../policy/cli/read-packs.ts'
import { startHallNode } from './halls/index.ts'
import { handlers, schedules } from './handlers.ts'
import { buildServer } from './http/server.ts'
import { assertNoDemoAccounts, openAccounts } from './people/index.ts'
import type { App } from './platform/app.ts'
import { claimDataFolder } from './platform/claim-data-folder.ts'
import { type Config, readConfig } from './platform/config.ts'
import { localCrypto } from './platform/crypto.ts'
import { openDatabase } from './platform/db.ts'
import { startPostgres } from './platform/embedded.ts'
import { registerHealth } from './platform/health.ts'
import { startJobs } from './platform/jobs-runner.ts'
import { createLog } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { nodeKeys } from './platform/node-keys.ts'
import { takeNumbers } from './platform/numbering.ts'
import { openPolicyBook } from './platform/policy-book.ts'
import { steadyClock } from './platform/steady-clock.ts'
import { storageOf } from './platform/storage-of.ts'

/** Configuration → database → storage → role. Everything is wired here, by hand. */
const say = (line: string) => console.log(line)
/** What must be undone, in the reverse order of its doing. */
const opened: (() => unknown)[] = []
const SHUTDOWN_SECONDS = 30
const IMPATIENCE_SECONDS = 2

async function main() {
  const role = readRole()
  const config = role === 'hall' ? nodeConfig(process.env) : readConfig(process.env)
  const startedAt = performance.now()
  listenForTheEnd()
  if (!config.databaseUrl) opened.push(claimDataFolder(resolve(config.dataDir), config.publicUrl))
  if (role !== 'worker') await assertPortFree(config)

  const databaseUrl = config.databaseUrl ?? (await startEmbedded(config, role))
  const applied = await migrate(databaseUrl)
  if (applied.length > 0) say(`database: ${applied.length} migrations applied, up to ${applied.at(-1)}`)
  const { db, pool, close } = openDatabase(databaseUrl)
  opened.push(close)
  if (config.env === 'production') await assertNoDemoAccounts(db)

  const packs = mustLoadPolicy()
  const policyBook = openPolicyBook(db, () => packs)
  await policyBook.refresh({ now: true })
  const log = createLog(config.logLevel)
  const app: App = {
    config: { ...config, databaseUrl },
    db,
    clock: steadyClock((jumpMs) =>
      log.error({ jumpMs }, 'the clock of this machine was set; deadlines go on by the steady clock'),
    ),
    storage: storageOf(config),
    crypto: localCrypto(config.masterKey, config.formerPublicKeys),
    get policy() {
      return policyBook.current()
    },
    policyBook,
    log,
  }
  // The job library loses a promise when the database goes away; the requests beside it must not die of it.
  process.on('unhandledRejection', (error) => app.log.error({ err: error }, 'unhandled rejection'))
  await app.storage.check()
  if (config.demo) await seedWhenEmpty(app)

  if (role !== 'worker') {
    const server = await buildServer(app, openAccounts(app), (it) => registerHealth(it, app, pool))
    opened.push(() => server.close())
    await server.listen({ host: config.host, port: config.port })
  }
  if (role === 'hall' && config.node) {
    const node = startHallNode(app, config.node)
    opened.push(() => node.stop())
  }
  if (role !== 'web') {
    const jobs = await startJobs(app, handlers, schedules, { alone: !config.databaseUrl })
    opened.push(() => jobs.stop())
  }

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (role === 'worker') say(`数匠 Shujiang: jobs are running (ready in ${seconds} s)`)
  else say(`\n数匠 Shujiang is ready in ${seconds} s: ${config.publicUrl}\n`)
  if (config.demo && role !== 'worker') await sayDemo(app)
}

function readRole(): 'web' | 'worker' | 'all' | 'hall' {
  const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' } } })
  if (values.role === 'web' || values.role === 'worker' || values.role === 'all' || values.role === 'hall')
    return values.role
  throw new Error(`--role is web, worker, all or hall, not ${values.role}`)
}

/** A hall node has keys and a database of its own, and nothing of the demonstration. */
function nodeConfig(environment: NodeJS.ProcessEnv): Config {
  const dataDir = environment.DATA_DIR ?? '.data-node'
  const keys = nodeKeys(resolve(dataDir))
  const config = readConfig({ ...keys, ...environment, DATA_DIR: dataDir, DEMO: '0' })
  if (!config.node) throw new Error('--role hall needs NODE_PROVINCE_URL and NODE_SECRET (docs/operating.md)')
  return config
}

async function startEmbedded(config: Config, role: string): Promise<string> {
  if (role === 'worker')
    throw new Error('--role worker shares the database of other processes: set DATABASE_URL')
  if (config.env === 'production' && role !== 'hall') {
    throw new Error('in production the database is your own PostgreSQL: set DATABASE_URL (docs/operating.md)')
  }
  const postgres = await startPostgres({
    folder: join(resolve(config.dataDir), 'postgres'),
    note: (line) => say(`database: ${line}`),
  })
  opened.push(() => postgres.stop())
  return postgres.url('postgres')
}

/** Before the database starts, so that a taken port costs nothing. */
function assertPortFree({ host, port }: Config): Promise<void> {
  return new Promise((done, reject) => {
    const probe = createServer()
    probe.once('error', (error: Error & { code?: string }) => {
      const taken = `${host}:${port} is already in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(taken)
          : new Error(`cannot listen on ${host}:${port}: ${error.message}`),
      )
    })
    probe.listen(port, host, () => probe.close(() => done()))
  })
}

const TOWN = join(import.meta.dirname, '../../db/seed/town.ts')
const SEED_LOCK = 7_201_002

/** Half a town would pass for a whole one: better to say so than to show it. */
function halfBuilt(config: Config): string {
  const remedy = config.dataDir === '.data' ? 'rm -rf .data' : `empty ${config.dataDir}`
  return `an earlier start was interrupted while it built the demo town, so the data is incomplete. Remove it and start again: ${remedy} (or use another, empty database)`
}

async function seedWhenEmpty(app: App) {
  if (!existsSync(TOWN)) return
  const { seedTown } = await import(TOWN)
  await app.db.connection().execute(async (one) => {
    await sql`select pg_advisory_lock(${SEED_LOCK})`.execute(one)
    try {
      const marks = await sql<{ series: string }>`
        select series from platform.number_series where series in ('demo-town.begun', 'demo-town.built')`.execute(
        one,
      )
      if (marks.rows.length === 1) throw new Error(halfBuilt(app.config))
      const { rows } = await sql`select from people.organisations limit 1`.execute(one)
      if (rows.length > 0) return
      say('first start: building the demo town 演示数据 …')
      await takeNumbers(app.db, 'demo-town.begun')
      await seedTown(app)
      await takeNumbers(app.db, 'demo-town.built')
    } finally {
      await sql`select pg_advisory_unlock(${SEED_LOCK})`.execute(one)
    }
  })
}

async function sayDemo(app: App) {
  if (!existsSync(TOWN)) return
  const { demoAccounts, todaysExamination } = await import(TOWN)
  say(demoAccounts())
  const today = await todaysExamination(app)
  if (today) say(today)
}

function listenForTheEnd() {
  let endingSince: number | undefined
  const end = async (why: string) => {
    // A terminal, npm and a service manager each pass the same signal on: only a later one is impatience.
    if (endingSince !== undefined) {
      if (performance.now() - endingSince > IMPATIENCE_SECONDS * 1000) process.exit(1)
      return
    }
    endingSince = performance.now()
    say(`\n${why}: finishing what runs …`)
    setTimeout(() => process.exit(1), SHUTDOWN_SECONDS * 1000).unref()
    await shutDown()
    process.exit(0)
  }
  process.on('SIGINT', () => end('stopping'))
  process.on('SIGTERM', () => end('stopping'))
  // Started by `npm start`, we do not outlive it, even when it is killed.
  if (process.channel) process.on('disconnect', () => end('the starter is gone'))
}

async function shutDown() {
  for (const undo of opened.splice(0).reverse()) {
    try {
      await undo()
    } catch (error) {
      console.error(error)
    }
  }
}

try {
  await main()
} catch (error) {
  console.error(`\nShujiang did not start: ${error instanceof Error ? error.message : error}`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  await shutDown()
  process.exit(1)
}
