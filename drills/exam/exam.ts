import { setTimeout as sleep } from 'node:timers/promises'
import { mustLoadPolicy } from '../../policy/cli/read-packs.ts'
import { anExamsWorld, type ExamsWorld } from '../../server/src/exams/fixtures.ts'
import { aHallOf, type HallFixture } from '../../server/src/halls/attempts/fixtures.ts'
import type { App } from '../../server/src/platform/app.ts'
import { dayOf } from '../../server/src/platform/clock.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { localCrypto } from '../../server/src/platform/crypto.ts'
import { openDatabase } from '../../server/src/platform/db.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { openPolicyBook } from '../../server/src/platform/policy-book.ts'
import { folderStorage } from '../../server/src/platform/storage-folder.ts'
import { generator } from '../generator.ts'
import { aCandidate, type Candidate, handIn, type Line, send, type } from './candidate.ts'
import { judge } from './judge.ts'
import { type Machine, openMachine } from './machine.ts'

interface DrillReport {
  ok: boolean
  seed: number
  rounds: number
  /** Acknowledged answers and receipts that are not in the journal. */
  lost: number
  /** Answers accepted after the deadline. */
  late: number
  /** Saves that count twice, attempts closed twice. */
  twice: number
  chainBreaks: number
  contradictions: number
  acknowledged: number
  handedIn: number
  /** Saves that came after the deadline and were turned away. */
  turnedAway: number
  defect: boolean
  faults: Record<string, number>
}

const CANDIDATES = 6
const TYPING_MS = 2_200
const PAUSE_MS = 12
const GRACE_SECONDS = 1
const MINUTE = 60_000
const TEN_MINUTES = 10 * MINUTE
/** A round that has not come to rest by then has hung. */
const REST_MS = 45_000

const FAULTS = [
  'server killed',
  'database process killed',
  'database and server killed',
  'network cut',
  'hall cut off ten minutes',
  'disk full',
  'server clock set',
  'candidate clock wrong',
  'duplicates',
  'reordered',
  'stale tab',
  'two browsers',
] as const
type Fault = (typeof FAULTS)[number]

interface Round {
  machine: Machine
  hall: HallFixture
  candidates: Candidate[]
  lines: Line[]
  draw: () => number
}

/**
 * Candidates sit a real examination over HTTP while everything under them breaks, at moments drawn from the seed. Each
 * round is a sitting of its own on the same database. At its end every acknowledgement is looked for in the journal.
 */
export async function examDrill(options: {
  seed: number
  rounds: number
  defect: boolean
}): Promise<DrillReport> {
  const { seed, rounds, defect } = options
  const faults: Record<string, number> = {}
  const sum = {
    lost: 0,
    late: 0,
    twice: 0,
    chainBreaks: 0,
    contradictions: 0,
    acknowledged: 0,
    handedIn: 0,
    turnedAway: 0,
  }
  const machine = await openMachine({ defect })
  if (!machine.smallDisk) console.error('no right to mount: the disk is never full in this run')
  let world: ExamsWorld | undefined
  try {
    for (let number = 1; number <= rounds; number += 1) {
      const draw = generator(seed * 100_003 + number)
      const drawn = drawFaults(draw, machine.smallDisk)
      const ends = draw() < 0.4
      const opened = openApp(machine, ends ? MINUTE - TYPING_MS - 300 : 0)
      world ??= await anExamsWorld(opened.app)
      const hall = await aHallOf(opened.app, {
        candidates: CANDIDATES,
        stage: 'started',
        world,
        minutes: ends ? 1 : 60,
        rules: { graceSeconds: GRACE_SECONDS },
      })
      await opened.close()
      const candidates = await playRound({ machine, hall, draw, drawn, ends })
      const verdict = await judge(
        machine.databaseUrl,
        hall.sittingId,
        {
          opensAt: hall.opensAt,
          closesAt: hall.closesAt,
          minutes: ends ? 1 : 60,
          graceSeconds: GRACE_SECONDS,
        },
        candidates,
      )
      for (const fault of drawn) faults[fault] = (faults[fault] ?? 0) + 1
      for (const key of ['lost', 'late', 'twice', 'chainBreaks', 'acknowledged'] as const)
        sum[key] += verdict[key]
      sum.contradictions += verdict.contradictions.length
      sum.handedIn += candidates.filter((one) => one.witness.receipt).length
      sum.turnedAway += candidates.reduce((all, one) => all + one.witness.late.length, 0)
      const { contradictions, ...counts } = verdict
      console.error(
        `round ${number} (${ends ? 'to the deadline; ' : ''}${drawn.join(', ')}): ${JSON.stringify(counts)}`,
      )
      for (const words of contradictions.slice(0, 5)) console.error(`  ${words}`)
    }
  } finally {
    await machine.close()
  }
  const clean = sum.lost + sum.late + sum.twice + sum.chainBreaks + sum.contradictions === 0
  return { ok: clean && sum.acknowledged > 0, seed, rounds, ...sum, defect, faults }
}

function drawFaults(draw: () => number, smallDisk: boolean): Fault[] {
  const possible = FAULTS.filter((fault) => smallDisk || fault !== 'disk full')
  const chosen = new Set<Fault>()
  const wanted = 1 + Math.floor(draw() * 3)
  while (chosen.size < wanted) chosen.add(possible[Math.floor(draw() * possible.length)] as Fault)
  return [...chosen]
}

async function playRound(of: {
  machine: Machine
  hall: HallFixture
  draw: () => number
  drawn: Fault[]
  ends: boolean
}): Promise<Candidate[]> {
  const { machine, hall, draw, drawn, ends } = of
  const lines = hall.seated.map(
    (): Line => ({ address: machine.address, cut: false, duplicate: 0, reorder: 0, stale: 0 }),
  )
  const candidates = hall.seated.map((one, index) =>
    aCandidate(
      {
        attempt: one.attemptId,
        lease: one.lease,
        items: hall.items.filter((item) => item.kind === 'single').map((item) => item.id),
      },
      lines[index] as Line,
      generator(Math.floor(draw() * 2 ** 31)),
    ),
  )
  const typing = candidates.map((one) => type(one, PAUSE_MS))
  const sending = candidates.map((one) => send(one))
  const round: Round = { machine, hall, candidates, lines, draw }
  const breaking = drawn.map(async (fault) => {
    await sleep(150 + draw() * (TYPING_MS - 900))
    await breakBy(fault, round)
  })
  await sleep(TYPING_MS)
  await Promise.all(breaking)
  await machine.restore()
  for (const line of lines) line.cut = false
  // Some go on typing past the end of their time: those answers must be turned away.
  if (ends) await sleep(GRACE_SECONDS * 1000 + 1_200)
  for (const one of candidates) one.done = true
  await rest(Promise.all([...typing, ...sending]))
  await rest(Promise.all(candidates.map((one) => (one.over === undefined ? handIn(one) : undefined))))
  // Whoever asks again gets the same receipt.
  await rest(Promise.all(candidates.map((one) => (one.witness.receipt ? handIn(one) : undefined))))
  return candidates
}

async function breakBy(fault: Fault, { machine, lines, candidates, draw }: Round): Promise<void> {
  const span = 200 + draw() * 700
  switch (fault) {
    case 'server killed':
      await machine.killServer()
      await sleep(span / 2)
      return machine.restore()
    case 'database process killed':
      return machine.killBackend(draw)
    case 'database and server killed':
      await machine.killAll()
      await sleep(span / 2)
      return machine.restore()
    case 'network cut': {
      const cut = lines.filter(() => draw() < 0.6)
      for (const line of cut) line.cut = true
      await sleep(span)
      for (const line of cut) line.cut = false
      return
    }
    case 'hall cut off ten minutes':
      for (const line of lines) line.cut = true
      await sleep(span)
      machine.order({ passMs: TEN_MINUTES })
      for (const line of lines) line.cut = false
      return
    case 'disk full':
      machine.fillDisk()
      await sleep(span)
      machine.emptyDisk()
      return
    case 'server clock set':
      machine.order({ jumpMs: (draw() < 0.5 ? -1 : 1) * draw() * 30 * MINUTE })
      return
    case 'candidate clock wrong':
      for (const one of candidates) one.clockOffMs = (draw() - 0.5) * 120 * MINUTE
      return
    case 'duplicates':
      for (const line of lines) line.duplicate = 0.5
      return
    case 'reordered':
      for (const line of lines) line.reorder = 0.7
      return
    case 'stale tab':
      for (const line of lines) line.stale = 0.4
      return
    case 'two browsers': {
      // A second browser that never entered: nothing it sends may be taken.
      const [victim] = candidates
      if (!victim) return
      const intruder = aCandidate(
        { ...victim.held, lease: 'another-browser' },
        { ...victim.line, cut: false },
        generator(Math.floor(draw() * 2 ** 31)),
      )
      const done = Promise.all([type(intruder, PAUSE_MS), send(intruder)])
      await sleep(span)
      intruder.done = true
      intruder.over ??= 'gone'
      await done
      if (intruder.witness.acknowledged.length > 0)
        victim.witness.contradictions.push('a second browser was let in')
      return
    }
  }
}

async function rest(work: Promise<unknown>): Promise<void> {
  const hung = sleep(REST_MS).then(() => {
    throw new Error('the round does not come to rest')
  })
  await Promise.race([work, hung])
}

/** The drill's own hand in the database, with the time the server has; `agoMs` lets a sitting have begun earlier. */
function openApp(machine: Machine, agoMs: number): { app: App; close: () => Promise<void> } {
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: machine.databaseUrl,
    DEMO: '1',
    LOG_LEVEL: 'fatal',
  })
  const { db, close } = openDatabase(machine.databaseUrl, { max: 2 })
  const now = () => new Date(Date.now() + machine.passedMs - agoMs)
  const packs = mustLoadPolicy()
  const policyBook = openPolicyBook(db, () => packs)
  const app = {
    config,
    db,
    clock: { now, today: () => dayOf(now()) },
    storage: folderStorage('.drill-objects'),
    crypto: localCrypto(config.masterKey),
    get policy() {
      return policyBook.current()
    },
    policyBook,
    log: createLog('fatal'),
  }
  return { app, close }
}
