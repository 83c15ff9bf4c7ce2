import { parseArgs } from 'node:util'
import { type Ground, orderOf, prepareGround, say } from './hall/ground.ts'
import type { Acknowledged, LoadAnswer, LoadOrder } from './hall/load.ts'
import { verifyAnswers } from './hall/verify.ts'
import { type BenchReport, environment } from './report.ts'

/** The floors of the issue. */
const SATURATED = 6_000
const OFFERED_SHARE = 0.98
const OFFERED_P95_MS = 50

/** Saves of so many candidates over HTTP, each acknowledged after its commit: as fast as they go, and one a second each. */
export async function run(words: string[]): Promise<BenchReport> {
  const { values } = parseArgs({
    args: words,
    options: {
      json: { type: 'boolean' },
      candidates: { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '20' },
    },
  })
  const candidates = Number(values.candidates)
  const seconds = Number(values.seconds)
  const ground = await prepareGround({ candidates, stage: 'started' })
  try {
    const idle = await ground.serverMemory()
    const order = orderOf(ground)
    const offered = await measure(ground, { ...order, shape: 'offer', seconds, warmUpSeconds: 3 })
    say(`offered: ${JSON.stringify(offered.figures)}`)
    const held = await ground.serverMemory()
    const saturated = await measure(ground, {
      ...order,
      ...{ shape: 'saturate', seconds, warmUpSeconds: 3 },
      standing: offered.acknowledged,
    })
    say(`saturated: ${JSON.stringify(saturated.figures)}`)
    const full = await ground.serverMemory()
    const verified = await verifyAnswers(ground.app, ground.hall, saturated.acknowledged)
    say(`verified: ${JSON.stringify(verified)}`)
    const { lost, twice, chainBreaks } = verified
    return {
      name: 'answers',
      ok:
        saturated.figures.savesPerSecond >= SATURATED &&
        offered.figures.savesPerSecond >= candidates * OFFERED_SHARE &&
        offered.figures.p95Ms <= OFFERED_P95_MS &&
        lost + twice + chainBreaks === 0,
      metrics: {
        candidates,
        saturated: saturated.figures,
        offered: offered.figures,
        lost,
        twice,
        chainBreaks,
        acknowledged: verified.acknowledged,
        memory: {
          idle,
          afterOffered: held,
          afterSaturated: full,
          heapMbPer1000Candidates: Math.round(((full.heapMb - idle.heapMb) / candidates) * 10_000) / 10,
          rssMbPer1000Candidates: Math.round(((full.rssMb - idle.rssMb) / candidates) * 10_000) / 10,
        },
        floors: { saturated: SATURATED, offered: candidates, offeredP95Ms: OFFERED_P95_MS },
      },
      against: [
        { who: 'Moodle autosave, fsync off', version: '4.2.3', metrics: { savesPerSecond: '21–38' } },
        {
          who: 'bare sketch: Fastify, SHA-256 chain, grouped inserts',
          version: '',
          metrics: { savesPerSecond: 12_800 },
        },
      ],
      env: environment(ground.database),
    }
  } finally {
    await ground.close()
  }
}

async function measure(
  ground: Ground,
  order: LoadOrder,
): Promise<{ figures: SaveFigures; acknowledged: Acknowledged[] }> {
  const before = { server: ground.serverCpu(), postgres: ground.postgresCpu(), at: performance.now() }
  const answer = await ground.load(order)
  const wall = (performance.now() - before.at) / 1000
  return {
    figures: {
      ...figuresOf(answer),
      cores: {
        server: share(ground.serverCpu() - before.server, wall),
        postgres: share(ground.postgresCpu() - before.postgres, wall),
        load: share(answer.cpuSeconds, wall),
      },
    },
    acknowledged: answer.acknowledged,
  }
}

interface SaveFigures {
  savesPerSecond: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
  statuses: Record<string, number>
  complaint: string | null
  /** Processor cores each of the three took. */
  cores: { server: number; postgres: number; load: number }
}

function figuresOf({ done, seconds, latencies, statuses, complaint }: LoadAnswer) {
  return { savesPerSecond: Math.round(done / seconds), ...latencies, statuses, complaint }
}

function share(cpuSeconds: number, wallSeconds: number): number {
  return Math.round((cpuSeconds / wallSeconds) * 100) / 100
}
