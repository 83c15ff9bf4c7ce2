import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { App } from './app.ts'
import { sealAudit } from './audit.ts'
import type { JobHandler, JobHandlers, Jobs } from './jobs.ts'
import { lookForTexts } from './policy-book.ts'

declare module './jobs.ts' {
  interface Jobs {
    /** Every minute: links the audit events of the last minute into the chain. */
    'platform.seal-audit': Record<string, never>
  }
}

/** A task that comes round by itself; its handler takes an empty payload. Times of day are China's. */
export interface Schedule {
  task: keyof Jobs & string
  every: 'minute' | 'hour' | { dayAt: `${number}:${number}` }
}

export const platformJobs: JobHandlers = {
  'platform.seal-audit': async (app) => {
    await app.db.transaction().execute((tx) => sealAudit(tx))
  },
}
export const platformSchedules: Schedule[] = [{ task: 'platform.seal-audit', every: 'minute' }]

export interface JobRunner {
  /** Takes no new job, lets the running ones end. */
  stop(): Promise<void>
}

const RESTART_SECONDS = 5

type AnyHandler = JobHandler<unknown>

/**
 * Runs jobs until stopped. Any number of processes may: each job is taken by one. A job that throws is tried
 * again, later each time; after 25 attempts (about three days) it stays as `jobs{state="failed"}` in `/metrics`.
 */
export async function startJobs(
  app: App,
  handlers: JobHandlers,
  schedules: Schedule[],
  { concurrency = 4, alone = false }: { concurrency?: number; alone?: boolean } = {},
): Promise<JobRunner> {
  if (!app.config.databaseUrl) throw new Error('the job runner needs the address of the database')
  const pool = new pg.Pool({
    connectionString: app.config.databaseUrl,
    max: concurrency + 2,
    application_name: 'shujiang jobs',
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const begin = () =>
    run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      taskList: taskList(app, handlers),
      parsedCronItems: cronItems(schedules),
      logger: new Logger(() => (level, message, meta) => {
        if (level === 'error') app.log.error({ ...meta }, message)
        else if (level === 'warning') app.log.warn(message)
        else app.log.debug(message)
      }),
    })

  if (alone) await releaseHeldJobs(app)
  let stopping = false
  let runner = await begin()
  const keepOn = async () => {
    while (!stopping) {
      await runner.promise.catch((error) => app.log.error({ err: error }, 'the job runner stopped'))
      // It gives up when the database is out of reach for a while; we do not.
      while (!stopping) {
        await sleep(RESTART_SECONDS * 1000, undefined, { ref: false })
        const again = await begin().catch((error) => app.log.error({ err: error }, 'no job runner yet'))
        if (!again) continue
        runner = again
        if (stopping) await runner.stop()
        break
      }
    }
  }
  void keepOn()
  return {
    stop: async () => {
      stopping = true
      await runner.stop().catch((error) => app.log.warn({ err: error }, 'the job runner had stopped before'))
      await pool.end()
    },
  }
}

/** A runner that was killed still holds its jobs, for four hours; without any other runner nobody can be at them. */
async function releaseHeldJobs(app: App) {
  await sql`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker.jobs where locked_by is not null having count(*) > 0`.execute(app.db)
}

function cronItems(schedules: Schedule[]) {
  return parseCronItems(
    schedules.map(({ task, every }) => ({
      task,
      match: cronOf(every),
      // Late is better than never for a daily task; one run makes up for all that were missed.
      options: { jobKey: task, backfillPeriod: typeof every === 'object' ? 24 * 60 * 60 * 1000 : 0 },
    })),
  )
}

function taskList(app: App, handlers: JobHandlers): TaskList {
  return Object.fromEntries(
    Object.entries(handlers as Record<string, AnyHandler>).map(([name, handler]) => [
      name,
      async (payload: unknown) => {
        await lookForTexts(app)
        await handler(app, payload)
      },
    ]),
  )
}

/** graphile-worker reads cron in UTC. */
function cronOf(every: Schedule['every']): string {
  if (every === 'minute') return '* * * * *'
  if (every === 'hour') return '0 * * * *'
  const [hour = 0, minute = 0] = every.dayAt.split(':').map(Number)
  return `${minute} ${(hour + 16) % 24} * * *`
}

/**
 * Runs every job that is due by the app's clock, and the jobs these enqueue, one after another, until none is
 * left; returns how many. For tests and the chain, which move their clock: the real runner goes by the database's.
 * A job that throws is thrown at the caller, and stays.
 */
export async function runJobsNow(app: App, handlers: JobHandlers): Promise<number> {
  const byName = handlers as Record<string, AnyHandler | undefined>
  for (let done = 0; ; done += 1) {
    // Enqueued without a time, a job's run_at is the instant of its own writing: due, whatever the app's clock says.
    const { rows } = await sql<{ id: string; name: string; payload: unknown }>`
      select job.id::text as id, task.identifier as name, job.payload
      from graphile_worker._private_jobs job
      join graphile_worker._private_tasks task on task.id = job.task_id
      where job.run_at in (job.created_at, job.updated_at) or job.run_at <= ${app.clock.now()}
      order by job.priority, job.id limit 1`.execute(app.db)
    const [job] = rows
    if (!job) return done
    const handler = byName[job.name]
    if (!handler) throw new Error(`nobody answers to the job ${job.name}`)
    await handler(app, job.payload)
    await sql`select graphile_worker.complete_jobs(array[${job.id}]::bigint[])`.execute(app.db)
  }
}
