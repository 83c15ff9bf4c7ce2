// What every candidate does once, all at the same instant: start and hand-in.
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { type BenchReport, environment, spread } from '../report.ts'
import { type Ground, orderOf, prepareGround, say } from './ground.ts'
import type { LoadOrder } from './load.ts'
import { verifyAnswers } from './verify.ts'

interface Once {
  name: string
  shape: 'start' | 'hand-in'
  stage: 'entered' | 'started'
  floor: number
  figure: 'startsPerSecond' | 'finishesPerSecond'
  against: BenchReport['against'][number]
}

const SAVE_SECONDS = 4

/** Each round on a sitting of its own, so that every figure is that of a first time. */
export async function measureOnce(words: string[], once: Once): Promise<BenchReport> {
  const { values } = parseArgs({
    args: words,
    options: {
      json: { type: 'boolean' },
      candidates: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '3' },
    },
  })
  const candidates = Number(values.candidates)
  const rounds: Round[] = []
  let env: BenchReport['env'] | undefined
  for (let n = 0; n < Number(values.rounds); n += 1) {
    const ground = await prepareGround({ candidates, stage: once.stage })
    try {
      rounds.push(await oneRound(ground, once))
      env = environment(ground.database)
    } finally {
      await ground.close()
    }
    say(JSON.stringify(rounds.at(-1)))
  }
  const perSecond = spread(rounds.map((round) => round.perSecond))
  const faults = rounds.reduce((sum, round) => sum + round.lost + round.twice + round.chainBreaks, 0)
  return {
    name: once.name,
    ok: perSecond.median >= once.floor && faults === 0,
    metrics: { candidates, [once.figure]: perSecond.median, spread: perSecond, floor: once.floor, rounds },
    against: [once.against],
    env: env as BenchReport['env'],
  }
}

interface Round {
  perSecond: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
  statuses: Record<string, number>
  complaint: string | null
  /** Answered with 200 and not in the journal, or not in the list of attempts. */
  lost: number
  twice: number
  chainBreaks: number
  cores: { server: number; postgres: number; load: number }
}

async function oneRound(ground: Ground, once: Once): Promise<Round> {
  const order: LoadOrder = { ...orderOf(ground), shape: once.shape, seconds: 0, warmUpSeconds: 0 }
  // As it is in a hall: everybody has entered by this server before the start, and saved before handing in.
  const before = await ground.load(
    once.shape === 'start'
      ? { ...order, shape: 'state' }
      : { ...order, shape: 'saturate', seconds: SAVE_SECONDS },
  )
  const cpu = { server: ground.serverCpu(), postgres: ground.postgresCpu(), at: performance.now() }
  const answer = await ground.load({ ...order, standing: before.acknowledged })
  const wall = (performance.now() - cpu.at) / 1000
  const share = (seconds: number) => Math.round((seconds / wall) * 100) / 100
  const verified = await verifyAnswers(ground.app, ground.hall, answer.acknowledged)
  const { entries, attempts } = await committed(ground, once)
  return {
    perSecond: Math.round(answer.done / answer.seconds),
    ...answer.latencies,
    statuses: answer.statuses,
    complaint: answer.complaint,
    lost: verified.lost + Math.max(0, answer.done - Math.min(entries, attempts)),
    twice: verified.twice + Math.max(0, entries - answer.done),
    chainBreaks: verified.chainBreaks,
    cores: {
      server: share(ground.serverCpu() - cpu.server),
      postgres: share(ground.postgresCpu() - cpu.postgres),
      load: share(answer.cpuSeconds),
    },
  }
}

async function committed(
  { app, hall }: Ground,
  { shape }: Once,
): Promise<{ entries: number; attempts: number }> {
  const [kind, state] = shape === 'start' ? ['start', 'started'] : ['hand_in', 'handed_in']
  const { rows } = await sql<{ entries: number; attempts: number }>`
    select (select count(*) from halls.journal where sitting_id = ${hall.sittingId} and kind = ${kind}) as entries,
      (select count(*) from halls.attempts where sitting_id = ${hall.sittingId} and state = ${state}) as attempts`.execute(
    app.db,
  )
  return rows[0] ?? { entries: 0, attempts: 0 }
}
