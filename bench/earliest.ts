// When may this person declare? 10,000 people: from the timeline, beside a scan day by day.
// npm run bench -- earliest [--json]
import * as fc from 'fast-check'
import { mustLoadPolicy } from '../policy/cli/read-packs.ts'
import { addDays, earliest, type Facts, type Prepared, prepare, verdictFor } from '../policy/src/index.ts'
import { knownFacts } from '../policy/testing/arbitrary-facts.ts'
import { type BenchReport, environment, spread } from './report.ts'

const PEOPLE = 10_000
const ROUNDS = 7
/** Timed by the wall clock in short stretches: a neighbour that takes the core for a while does not move their median. */
const STRETCH = 50
/** Scanned day by day for ten years, outside the measured time; fewer people, because it is slow. */
const SCANNED = 2_000
const SCAN_DAYS = 3_650
const FROM = '2023-07-01'
const LEAST_PER_SECOND = 40_000
const GRANTED = 4
const SEED = 20_260_301

function scan(prepared: Prepared, facts: Facts): string | undefined {
  for (let i = 0, day = FROM; i <= SCAN_DAYS; i++, day = addDays(day, 1))
    if (verdictFor(prepared, facts, day).state === GRANTED) return day
  return undefined
}

export async function run(): Promise<BenchReport> {
  const prepared = prepare(mustLoadPolicy(), {
    rule: 'engineer.declaration',
    jurisdiction: 'hubei',
    params: { occupation: 'smart_mfg', level: '中级' },
  })
  const people = fc.sample(knownFacts, { numRuns: PEOPLE, seed: SEED })
  const rates: number[] = []
  const rounds: number[] = []
  // Beside the wall clock, which the floor goes by: processor time says what a busy neighbour has stretched.
  const coreRates: number[] = []
  const answers: (string | undefined)[] = Array.from({ length: PEOPLE })
  for (let round = 0; round <= ROUNDS; round++) {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const stretches: number[] = []
    for (let from = 0; from < PEOPLE; from += STRETCH) {
      const start = performance.now()
      for (let i = from; i < from + STRETCH; i++) answers[i] = earliest(prepared, people[i]!, FROM)?.on
      stretches.push((STRETCH / (performance.now() - start)) * 1000)
    }
    const rate = (PEOPLE / (performance.now() - began)) * 1000
    const { user, system } = process.cpuUsage(cpu)
    const coreRate = (PEOPLE / (user + system)) * 1_000_000
    // The first round warms up.
    if (round > 0) {
      rates.push(...stretches)
      rounds.push(rate)
      coreRates.push(coreRate)
    }
    console.error(`round ${round}: ${Math.round(rate)} answers/s, ${Math.round(coreRate)} per core-second`)
  }
  const start = performance.now()
  const last = addDays(FROM, SCAN_DAYS)
  let mismatches = 0
  let datesCompared = 0
  // Those for whom a day was found come first: a scan that finds nobody compares little.
  const dated = (i: number) => (answers[i] === undefined ? 2 : answers[i]! > FROM ? 0 : 1)
  const compared = people.map((_, i) => i).sort((a, b) => dated(a) - dated(b))
  for (const i of compared.slice(0, SCANNED)) {
    const found = scan(prepared, people[i]!)
    const answer = answers[i] !== undefined && answers[i]! <= last ? answers[i] : undefined
    if (found !== answer) mismatches++
    if (answer !== undefined && answer > FROM) datesCompared++
  }
  const scanRate = (SCANNED / (performance.now() - start)) * 1000
  const perSecond = spread(rates)
  const perCoreSecond = spread(coreRates)
  return {
    name: 'earliest',
    ok: mismatches === 0 && datesCompared > 0 && perSecond.median >= LEAST_PER_SECOND,
    metrics: {
      task: 'earliest day of engineer.declaration (中级, Hubei) for 10,000 known people',
      answersPerSecond: perSecond,
      wholeRoundsPerSecond: spread(rounds),
      answersPerCoreSecond: perCoreSecond,
      floor: LEAST_PER_SECOND,
      withDate: answers.filter((day) => day !== undefined).length,
      later: answers.filter((day) => day !== undefined && day > FROM).length,
      mismatches,
      comparedWithScan: SCANNED,
      laterDatesCompared: datesCompared,
      rounds: ROUNDS,
    },
    against: [
      { who: 'day scan', version: 'same engine', metrics: { answersPerSecond: Math.round(scanRate) } },
    ],
    env: environment(null),
  }
}
