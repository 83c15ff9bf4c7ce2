import { sql } from 'kysely'
import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from './app.ts'
import { queriesSoFar } from './db.ts'

export interface Metrics {
  observe(method: string, route: string | undefined, status: number, seconds: number): void
  text(): Promise<string>
  contentType: string
}

/** A long transaction commits a lower number after higher ones are sealed; further back nothing is looked for. */
const LATE_COMMITS = 10_000

/** Numbers about this process, and about the queues it shares with the others. No label ever holds a person. */
export function appMetrics(app: App, pool?: Pool): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })

  new Counter({
    name: 'db_queries_total',
    help: 'Queries this process has sent',
    registers,
    collect() {
      this.reset()
      this.inc(queriesSoFar())
    },
  })

  if (pool) {
    new Gauge({
      name: 'db_pool_connections',
      help: 'Connections of this process to the database',
      labelNames: ['state'],
      registers,
      collect() {
        this.set({ state: 'open' }, pool.totalCount)
        this.set({ state: 'idle' }, pool.idleCount)
        this.set({ state: 'awaited' }, pool.waitingCount)
      },
    })
  }

  new Gauge({
    name: 'jobs',
    help: 'Jobs that have not succeeded yet: due, delayed, failed for good',
    labelNames: ['state'],
    registers,
    async collect() {
      const { rows } = await sql<{ due: number; later: number; failed: number }>`
        select count(*) filter (where run_at <= now() and attempts < max_attempts) as due,
               count(*) filter (where run_at > now() and attempts < max_attempts) as later,
               count(*) filter (where attempts >= max_attempts) as failed
        from graphile_worker.jobs`.execute(app.db)
      for (const state of ['due', 'later', 'failed'] as const) this.set({ state }, rows[0]?.[state] ?? 0)
    },
  })

  new Gauge({
    name: 'audit_events_unsealed',
    help: 'Audit events that are not in the hash chain yet; grows when no worker runs',
    registers,
    async collect() {
      const { rows } = await sql<{ unsealed: number }>`
        select count(*) as unsealed from platform.audit_events e
        where e.seq > coalesce((select max(event_seq) from platform.audit_seals), 0) - ${LATE_COMMITS}
          and not exists (select 1 from platform.audit_seals s where s.event_seq = e.seq)`.execute(app.db)
      this.set(rows[0]?.unsealed ?? 0)
    },
  })

  return {
    observe: (method, route, status, seconds) =>
      // Without a route the address is anybody's invention: one label for all of them.
      duration.observe({ method, route: route ?? 'none', status: String(status) }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
