import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { mustLoadPolicy } from '../policy/cli/read-packs.ts'
import { handlers } from '../server/src/handlers.ts'
import { buildServer } from '../server/src/http/server.ts'
import { openAccounts } from '../server/src/people/index.ts'
import type { App } from '../server/src/platform/app.ts'
import { instantAt, type SettableClock, settableClock } from '../server/src/platform/clock.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { localCrypto } from '../server/src/platform/crypto.ts'
import { openDatabase } from '../server/src/platform/db.ts'
import { startPostgres } from '../server/src/platform/embedded.ts'
import { registerHealth } from '../server/src/platform/health.ts'
import { runJobsNow } from '../server/src/platform/jobs-runner.ts'
import { createLog } from '../server/src/platform/log.ts'
import { migrate } from '../server/src/platform/migrate.ts'
import { openPolicyBook } from '../server/src/platform/policy-book.ts'
import { folderStorage } from '../server/src/platform/storage-folder.ts'

/**
 * A whole platform on a throw-away database, over real HTTP, with a clock the caller moves: for the chain, the
 * benches and the browser tests. Only two things of the outside world are stood in for: the clock, and the SMS
 * gateway, whose codes land in `codes`.
 */
export interface World {
  app: App & { clock: SettableClock }
  address: string
  databaseUrl: string
  /** Newest phone code by number. */
  codes: Map<string, string>
  /** Runs every waiting job to its end. */
  settle(): Promise<void>
  close(): Promise<void>
}

interface WorldOptions {
  /** The civil day it is, 09:00 in China. */
  startOn: string
  /** A server to make a throw-away database on; otherwise the built-in PostgreSQL. */
  databaseUrl?: string | undefined
  /** Commits reach the disk, as in production: for measuring. */
  durable?: boolean
  /** A hall node of that province instead: keys of its own, and nothing but its halls. */
  node?: { provinceUrl: string; secret: string }
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'shujiang-world-'))
  const database = await throwAwayDatabase(options, folder)
  await migrate(database.url)
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    DEMO: '1',
    LOG_LEVEL: 'error',
    SIGN_IN_PER_MINUTE: '100000',
    ...(options.node
      ? {
          DEMO: '0',
          NODE_PROVINCE_URL: options.node.provinceUrl,
          NODE_SECRET: options.node.secret,
          SHUJIANG_MASTER_KEY: 'a-hall-node-has-a-master-key-of-its-own',
          AUTH_SECRET: 'a-hall-node-has-a-sign-in-secret-of-its-own',
        }
      : {}),
  })
  const { db, close } = openDatabase(database.url, { max: 10 })
  const clock = settableClock(instantAt(options.startOn, '09:00'))
  const packs = mustLoadPolicy()
  const policyBook = openPolicyBook(db, () => packs)
  const app = {
    config,
    db,
    clock,
    storage: folderStorage(join(folder, 'objects')),
    crypto: localCrypto(config.masterKey),
    get policy() {
      return policyBook.current()
    },
    policyBook,
    log: createLog('error'),
  }
  const codes = new Map<string, string>()
  const accounts = openAccounts(app, {
    sms: {
      sendCode: async (phone, code) => {
        codes.set(phone, code)
        return true
      },
    },
  })
  const server: FastifyInstance = await buildServer(app, accounts, (one) => registerHealth(one, app))
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  config.publicUrl = address
  return {
    app,
    address,
    databaseUrl: database.url,
    codes,
    settle: async () => {
      await runJobsNow(app, handlers)
    },
    close: async () => {
      await server.close()
      await close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function throwAwayDatabase(options: WorldOptions, folder: string) {
  if (!options.databaseUrl) {
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), throwAway: !options.durable })
    return { url: postgres.url('postgres'), drop: postgres.stop }
  }
  const name = `shujiang_world_${Date.now().toString(36)}${process.pid}`
  const url = new URL(options.databaseUrl)
  await onServer(options.databaseUrl, `create database ${name}`)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(options.databaseUrl as string, `drop database if exists ${name} with (force)`),
  }
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
