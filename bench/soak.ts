// A long sitting at an ordinary pace: whether anything grows that should not. npm run bench -- soak [--minutes 40]
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Saved } from '../server/src/halls/attempts/wire.ts'
import { type Ground, prepareGround, say } from './hall/ground.ts'
import { type BenchReport, environment } from './report.ts'

const PULSE_MS = 3_000
/** A candidate answers every four to twelve seconds. */
const ANSWER_MS = { from: 4_000, to: 12_000 }
const RELOAD_SHARE = 0.001
const SAMPLE_MS = 60_000
/** Left out at the beginning: caches fill, the compiler learns, and the collector finds its size within ten minutes. */
const WARM_UP_SAMPLES = 10
/** What the last quarter may be above the first and still be called flat. */
const FLAT = { p95: 1.6, p95FloorMs: 5, rssMbAnHour: 60, bytesASave: 1.15 }

interface Sample {
  minute: number
  saves: number
  pulses: number
  failed: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
  rssMb: number
  heapMb: number
  journalRows: number
  journalMb: number
  databaseMb: number
  /** What else the machine did meanwhile. */
  load1: number
}

interface Tally {
  latencies: number[]
  saves: number
  pulses: number
  failed: number
  acknowledged: Map<string, number>
}

export async function run(words: string[]): Promise<BenchReport> {
  const { values } = parseArgs({
    args: words,
    options: {
      json: { type: 'boolean' },
      candidates: { type: 'string', default: '500' },
      minutes: { type: 'string', default: '40' },
    },
  })
  const minutes = Number(values.minutes)
  const ground = await prepareGround({
    candidates: Number(values.candidates),
    stage: 'started',
    minutes: 240,
  })
  try {
    const tally: Tally = { latencies: [], saves: 0, pulses: 0, failed: 0, acknowledged: new Map() }
    const until = performance.now() + minutes * 60_000
    const busy = ground.hall.seated.map((one) => sit(ground, one.secrets, tally, until))
    const samples: Sample[] = []
    for (let minute = 1; performance.now() < until - 1_000; minute += 1) {
      await sleep(Math.min(SAMPLE_MS, Math.max(0, until - performance.now())))
      const sample = await take(ground, tally, minute)
      samples.push(sample)
      say(JSON.stringify(sample))
    }
    await Promise.all(busy)
    const lost = await lostOf(ground, tally)
    return reportOf({ ground, samples, lost, minutes })
  } finally {
    await ground.close()
  }
}

type Secrets = Ground['hall']['seated'][number]['secrets']

async function sit(ground: Ground, secrets: Secrets, tally: Tally, until: number): Promise<void> {
  // Not all in step.
  await sleep(Math.random() * ANSWER_MS.to)
  await Promise.all([answer(ground, secrets, tally, until), pulse(ground, secrets, tally, until)])
}

async function answer(ground: Ground, secrets: Secrets, tally: Tally, until: number): Promise<void> {
  const items = ground.hall.items.filter((item) => item.kind === 'single')
  const revisions = new Map<string, number>()
  for (let clientSeq = 1; performance.now() < until; clientSeq += 1) {
    const item = items[Math.floor(Math.random() * items.length)]?.id as string
    const save = {
      item,
      clientSeq,
      baseRevision: revisions.get(item) ?? 0,
      value: 'abcd'[Math.floor(Math.random() * 4)],
      clientAt: new Date().toISOString(),
    }
    const begun = performance.now()
    const answered = (await call(ground, secrets, 'save', { saves: [save] })) as Saved | undefined
    tally.latencies.push(performance.now() - begun)
    const result = answered?.results[0]
    if (result?.status === 'saved' || result?.status === 'same') {
      tally.saves += 1
      revisions.set(item, result.revision)
      tally.acknowledged.set(secrets.attempt, (tally.acknowledged.get(secrets.attempt) ?? 0) + 1)
    } else tally.failed += 1
    if (Math.random() < RELOAD_SHARE) await call(ground, secrets, 'state')
    await sleep(ANSWER_MS.from + Math.random() * (ANSWER_MS.to - ANSWER_MS.from))
  }
}

async function pulse(ground: Ground, secrets: Secrets, tally: Tally, until: number): Promise<void> {
  while (performance.now() < until) {
    const beat = {
      clientAt: new Date().toISOString(),
      unsaved: 0,
      answered: 10,
      position: ground.hall.items[0]?.id ?? null,
      roundTripMs: 5,
      signals: { visible: true, fullScreen: true, camera: 'on', secondScreen: false, battery: null },
      events: [],
    }
    if (await call(ground, secrets, 'pulse', beat)) tally.pulses += 1
    else tally.failed += 1
    await sleep(PULSE_MS)
  }
}

async function call(ground: Ground, secrets: Secrets, path: string, body?: object): Promise<unknown> {
  const { host, port } = ground.address
  try {
    const response = await fetch(`http://${host}:${port}/api/exam/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        'x-attempt': secrets.attempt,
        'x-lease': secrets.lease,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return response.ok ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

async function take(ground: Ground, tally: Tally, minute: number): Promise<Sample> {
  const sorted = tally.latencies.splice(0).sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  const { rssMb, heapMb } = await ground.serverMemory()
  const { rows } = await sql<{ journalRows: number; journal: number; database: number }>`
    select (select count(*)::int from halls.journal) as journal_rows,
      pg_total_relation_size('halls.journal')::float8 as journal, pg_database_size(current_database())::float8 as database`.execute(
    ground.app.db,
  )
  const size = rows[0] ?? { journalRows: 0, journal: 0, database: 0 }
  const sample = {
    minute,
    saves: tally.saves,
    pulses: tally.pulses,
    failed: tally.failed,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: at(1),
    rssMb,
    heapMb,
    journalRows: size.journalRows,
    journalMb: Math.round(size.journal / 104_857.6) / 10,
    databaseMb: Math.round(size.database / 104_857.6) / 10,
    load1: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
  tally.saves = 0
  tally.pulses = 0
  tally.failed = 0
  return sample
}

/** Every acknowledged save has an entry. */
async function lostOf(ground: Ground, tally: Tally): Promise<number> {
  const { rows } = await sql<{ attemptId: string; answers: number }>`
    select attempt_id, count(*)::int as answers from halls.journal
    where sitting_id = ${ground.hall.sittingId} and kind = 'answer' group by 1`.execute(ground.app.db)
  const kept = new Map(rows.map((row) => [row.attemptId, row.answers]))
  return [...tally.acknowledged].reduce(
    (lost, [attempt, saves]) => lost + Math.max(0, saves - (kept.get(attempt) ?? 0)),
    0,
  )
}

function reportOf(of: { ground: Ground; samples: Sample[]; lost: number; minutes: number }): BenchReport {
  const { ground, samples, lost, minutes } = of
  const warm = samples.slice(Math.min(WARM_UP_SAMPLES, Math.max(0, samples.length - 2)))
  const quarter = Math.max(1, Math.floor(warm.length / 4))
  const first = warm.slice(0, quarter)
  const last = warm.slice(-quarter)
  const median = (from: Sample[], key: keyof Sample) =>
    from.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(from.length / 2)] ?? 0
  const p95 = { first: median(first, 'p95Ms'), last: median(last, 'p95Ms') }
  const rss = { first: median(first, 'rssMb'), last: median(last, 'rssMb') }
  const hours = ((last[0]?.minute ?? 1) - (first[0]?.minute ?? 0)) / 60
  const rssMbAnHour = hours > 0 ? Math.round((rss.last - rss.first) / hours) : 0
  const growth = (from: Sample[]) => {
    const [a, b] = [from[0], from.at(-1)]
    const rows = (b?.journalRows ?? 0) - (a?.journalRows ?? 0)
    return rows > 0 ? Math.round((((b?.journalMb ?? 0) - (a?.journalMb ?? 0)) * 1_048_576) / rows) : 0
  }
  const half = Math.floor(warm.length / 2)
  const bytesAnEntry = { first: growth(warm.slice(0, half)), last: growth(warm.slice(half)) }
  const failed = samples.reduce((sum, one) => sum + one.failed, 0)
  const flat = {
    latency: p95.last <= Math.max(FLAT.p95 * p95.first, FLAT.p95FloorMs),
    memory: rssMbAnHour <= FLAT.rssMbAnHour,
    disk: bytesAnEntry.first === 0 || bytesAnEntry.last <= FLAT.bytesASave * bytesAnEntry.first,
  }
  return {
    name: 'soak',
    ok: flat.latency && flat.memory && flat.disk && lost === 0 && failed === 0,
    metrics: {
      candidates: ground.hall.seated.length,
      minutes,
      saves: samples.reduce((sum, one) => sum + one.saves, 0),
      pulses: samples.reduce((sum, one) => sum + one.pulses, 0),
      failed,
      lost,
      flat,
      p95Ms: p95,
      rssMb: { ...rss, anHour: rssMbAnHour },
      journalBytesAnEntry: bytesAnEntry,
      samples,
    },
    against: [],
    env: environment(ground.database),
  }
}
