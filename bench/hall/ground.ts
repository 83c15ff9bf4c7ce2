// The ground the hall's benches stand on: a durable PostgreSQL, a sitting of so many candidates, the server as a
// process of its own, and the load as another. All on this machine, and what each of them costs is reported.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { mustLoadPolicy } from '../../policy/cli/read-packs.ts'
import { aHallOf, type HallFixture, type HallOptions } from '../../server/src/halls/attempts/fixtures.ts'
import type { App } from '../../server/src/platform/app.ts'
import { systemClock } from '../../server/src/platform/clock.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { localCrypto } from '../../server/src/platform/crypto.ts'
import { openDatabase } from '../../server/src/platform/db.ts'
import { freePort, startPostgres } from '../../server/src/platform/embedded.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { migrate } from '../../server/src/platform/migrate.ts'
import { openPolicyBook } from '../../server/src/platform/policy-book.ts'
import { folderStorage } from '../../server/src/platform/storage-folder.ts'
import type { LoadAnswer, LoadOrder } from './load.ts'

export interface Ground {
  app: App
  hall: HallFixture
  address: { host: string; port: number }
  database: { postgres: string; fsync: string }
  /** Seconds of processor time so far. */
  serverCpu(): number
  postgresCpu(): number
  serverMemory(): Promise<{ rssMb: number; heapMb: number }>
  load(order: LoadOrder): Promise<LoadAnswer>
  close(): Promise<void>
}

const ROOT = join(import.meta.dirname, '../..')
const TICKS = 100

export async function prepareGround(options: HallOptions): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'shujiang-bench-'))
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const one of undo.splice(0).reverse()) await one()
  }
  try {
    const database = await durableDatabase(folder)
    undo.push(database.drop)
    await migrate(database.url)
    const app = appOn(database.url, folder, undo)
    const begun = performance.now()
    const hall = await aHallOf(app, options)
    await sql`vacuum analyze halls.attempts, halls.journal`.execute(app.db)
    say(`${hall.seated.length} candidates seated in ${Math.round(performance.now() - begun)} ms`)
    const server = await startServer(database.url, folder)
    undo.push(() => end(server.process))
    const version = await sql<{ serverVersion: string }>`show server_version`.execute(app.db)
    const fsync = await sql<{ fsync: string }>`show fsync`.execute(app.db)
    const pids = await sql<{ pid: number }>`select pid from pg_stat_activity`.execute(app.db)
    const postmaster = parentOf(pids.rows[0]?.pid ?? 0)
    return {
      app,
      hall,
      address: server.address,
      database: { postgres: version.rows[0]?.serverVersion ?? '', fsync: fsync.rows[0]?.fsync ?? '' },
      serverCpu: () => cpuOf(server.process.pid ?? 0),
      postgresCpu: () => cpuOfFamily(postmaster),
      serverMemory: () => memoryOf(server.process.pid ?? 0, server.address),
      load: runLoad,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What every load of this ground has in common. */
export function orderOf(
  ground: Ground,
): Pick<LoadOrder, 'host' | 'port' | 'candidates' | 'items' | 'atOnce'> {
  return {
    ...ground.address,
    candidates: ground.hall.seated.map((one) => one.secrets),
    items: ground.hall.items.map(({ id, kind }) => ({ id, kind })),
    atOnce: 200,
  }
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function appOn(databaseUrl: string, folder: string, undo: (() => unknown)[]): App {
  const config = readConfig({ NODE_ENV: 'development', DATABASE_URL: databaseUrl, DATA_DIR: folder })
  const { db, close } = openDatabase(databaseUrl, { max: 4 })
  undo.push(close)
  const packs = mustLoadPolicy()
  const policyBook = openPolicyBook(db, () => packs)
  return {
    config,
    db,
    clock: systemClock,
    storage: folderStorage(join(folder, 'objects')),
    crypto: localCrypto(config.masterKey),
    get policy() {
      return policyBook.current()
    },
    policyBook,
    log: createLog('error'),
  }
}

async function durableDatabase(folder: string) {
  const given = process.env.DATABASE_URL
  if (!given) {
    const postgres = await startPostgres({ folder: join(folder, 'postgres') })
    return { url: postgres.url('postgres'), drop: postgres.stop }
  }
  const name = `shujiang_bench_${Date.now().toString(36)}${process.pid}`
  const url = new URL(given)
  url.pathname = `/${name}`
  await onServer(given, `create database ${name}`)
  return { url: url.href, drop: () => onServer(given, `drop database if exists ${name} with (force)`) }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The program as it is, on the pinned Node; `BENCH_CPU_PROFILE=folder` has it write where its time went. */
async function startServer(databaseUrl: string, folder: string) {
  const port = await freePort()
  const profile = process.env.BENCH_CPU_PROFILE
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const server = spawn(process.execPath, [...flags, 'server/src/main.ts', '--role', 'web'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      PORT: String(port),
      LOG_LEVEL: 'error',
      DEMO: '0',
    },
  })
  const address = { host: '127.0.0.1', port }
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error('the server did not start')
    try {
      if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) return { process: server, address }
    } catch {
      // not yet
    }
    await sleep(100)
  }
  server.kill('SIGKILL')
  throw new Error('the server did not answer')
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await Promise.race([gone, sleep(15_000).then(() => server.kill('SIGKILL'))])
}

function runLoad(order: LoadOrder): Promise<LoadAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load.ts'), { serialization: 'advanced' })
    child.once('message', (answer) => {
      resolve(answer as LoadAnswer)
      child.kill()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)))
    child.send(order)
  })
}

function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function parentOf(pid: number): number {
  try {
    return Number(statOf(pid)[1])
  } catch {
    return 0
  }
}

/** Zero where the machine does not tell. */
function cpuOf(pid: number): number {
  try {
    const stat = statOf(pid)
    return (Number(stat[11]) + Number(stat[12])) / TICKS
  } catch {
    return 0
  }
}

function cpuOfFamily(parent: number): number {
  if (parent === 0) return 0
  try {
    const children = readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && parentOf(Number(name)) === parent,
    )
    const [, , , , , , , , , , , , , waitedUser, waitedSystem] = statOf(parent)
    const ended = (Number(waitedUser) + Number(waitedSystem)) / TICKS
    return children.reduce((sum, pid) => sum + cpuOf(Number(pid)), cpuOf(parent) + ended)
  } catch {
    return 0
  }
}

async function memoryOf(pid: number, address: Ground['address']) {
  const text = await (await fetch(`http://${address.host}:${address.port}/metrics`)).text()
  const heap = /^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1]
  let rssKb = 0
  try {
    rssKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    // this machine does not tell
  }
  return { rssMb: Math.round(rssKb / 1024), heapMb: Math.round(Number(heap ?? 0) / 1024 / 1024) }
}
