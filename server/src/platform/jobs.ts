import { sql } from 'kysely'
import type { App } from './app.ts'
import type { Tx } from './db.ts'

/**
 * Jobs by name and payload. A module adds its own by declaration merging in its `jobs.ts`, so that the name and
 * payload are checked where a job is enqueued and this file imports no module.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the modules
export interface Jobs {}

export type JobHandler<P> = (app: App, payload: P) => Promise<void>
export type JobHandlers = { [N in keyof Jobs]?: JobHandler<Jobs[N]> }

/**
 * Enqueues a job in the caller's transaction: it exists only if the act commits.
 * `key` makes it unique among waiting jobs; `runAt` delays it.
 */
export async function enqueue<N extends keyof Jobs & string>(
  tx: Tx,
  name: N,
  payload: Jobs[N],
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      identifier => ${name}, payload => ${JSON.stringify(payload)}::json,
      job_key => ${options.key ?? null}, run_at => ${options.runAt ?? null}::timestamptz)`.execute(tx)
}

/** The same for many payloads, in one statement. */
export async function enqueueMany<N extends keyof Jobs & string>(
  tx: Tx,
  name: N,
  payloads: Jobs[N][],
): Promise<void> {
  if (payloads.length === 0) return
  await sql`
    select graphile_worker.add_jobs(array(
      select row(${name}::text, one.payload::json, null, null, null, null, null, null)::graphile_worker.job_spec
      from jsonb_array_elements(${JSON.stringify(payloads)}::jsonb) as one(payload)))`.execute(tx)
}

/** The same for many payloads in one statement, for batches. */
export async function enqueueAll<N extends keyof Jobs & string>(
  tx: Tx,
  name: N,
  payloads: Jobs[N][],
): Promise<void> {
  if (payloads.length === 0) return
  await sql`
    select graphile_worker.add_job(identifier => ${name}, payload => p.value::json)
    from jsonb_array_elements(${JSON.stringify(payloads)}::jsonb) as p(value)`.execute(tx)
}
