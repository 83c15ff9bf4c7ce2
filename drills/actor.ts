import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { SYSTEM_ACTOR } from '../server/src/platform/api.ts'
import type { App } from '../server/src/platform/app.ts'
import { defineAuditEvents, record } from '../server/src/platform/audit.ts'
import { systemClock } from '../server/src/platform/clock.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { openDatabase } from '../server/src/platform/db.ts'
import { startPostgres } from '../server/src/platform/embedded.ts'
import { enqueue, type JobHandlers } from '../server/src/platform/jobs.ts'
import { platformJobs, platformSchedules, startJobs } from '../server/src/platform/jobs-runner.ts'
import { createLog } from '../server/src/platform/log.ts'
import { migrate } from '../server/src/platform/migrate.ts'
import { takeNumbers } from '../server/src/platform/numbering.ts'
import { ok } from '../server/src/platform/result.ts'
import { transact } from '../server/src/platform/transact.ts'

declare module '../server/src/platform/jobs.ts' {
  interface Jobs {
    'drill.run': { act: string }
  }
}

/** The program that the kill drill kills: acts as fast as it can, and says `done` only after the commit. */
const [folder = ''] = process.argv.slice(2)
const events = defineAuditEvents({ 'drill.acted': { title: '演练', clause: null, doc: 'An act of a drill' } })

const postgres = await startPostgres({ folder })
const databaseUrl = postgres.url('postgres')
await migrate(databaseUrl)
const { db } = openDatabase(databaseUrl)
await sql`create schema if not exists drill`.execute(db)
await sql`create table if not exists drill.ran (act text primary key)`.execute(db)

const app = {
  config: { ...readConfig({ LOG_LEVEL: 'silent' }), databaseUrl },
  db,
  clock: systemClock,
  log: createLog('silent'),
} as App
const handlers: JobHandlers = {
  ...platformJobs,
  'drill.run': async (it, { act }) => {
    await sql`insert into drill.ran values (${act}) on conflict do nothing`.execute(it.db)
  },
}
process.on('unhandledRejection', () => {})
await startJobs(app, handlers, platformSchedules)
process.stdout.write('acting\n')

async function act() {
  const name = randomUUID()
  const result = await transact(db, async (tx) => {
    const number = await takeNumbers(tx, 'drill')
    await record(tx, {
      name: events['drill.acted'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [`act:${name}`],
      data: { act: name, number },
    })
    await enqueue(tx, 'drill.run', { act: name })
    return ok()
  })
  if (result.ok) process.stdout.write(`done ${name}\n`)
}

async function actOn() {
  for (;;) await act()
}
// When the database is killed under it, the program stays up for what comes next: being killed too.
await Promise.all(Array.from({ length: 6 }, () => actOn().catch(() => {})))
setInterval(() => {}, 1000)
