// A hall at its node: candidates sit there while the line to the province is cut for ten minutes, the node is killed and
// comes back, and what it brings arrives twice or its answer not at all. At the end the province must have it all, once.
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { mustLoadPolicy } from '../../policy/cli/read-packs.ts'
import { anExamsWorld, type ExamsWorld, value } from '../../server/src/exams/fixtures.ts'
import { aHallOf, type HallFixture } from '../../server/src/halls/attempts/fixtures.ts'
import { journalOf } from '../../server/src/halls/attempts/journal.ts'
import { openLease } from '../../server/src/halls/attempts/open-lease.ts'
import { raiseAlert } from '../../server/src/halls/board/raise-alert.ts'
import { assignHall } from '../../server/src/halls/nodes/assign-hall.ts'
import { differencesOf, LAST_WORD_SECONDS, SETTLE_SECONDS } from '../../server/src/halls/nodes/node.ts'
import { registerNode } from '../../server/src/halls/nodes/register-node.ts'
import { stockOf } from '../../server/src/halls/nodes/stock.ts'
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

const CANDIDATES = 6
const TYPING_MS = 3_000
const PAUSE_MS = 20
const ALERT_MS = 120
const MINUTE = 60_000
const TEN_MINUTES = 10 * MINUTE
const REST_MS = 60_000
const MINUTES = 60
const NODE_KEY = 'the-drill-gives-its-node-a-master-key-of-its-own'

const FAULTS = [
  'province cut off ten minutes',
  'node killed',
  'province killed',
  'returns doubled',
  'answers lost',
] as const
type Fault = (typeof FAULTS)[number]

interface Wire {
  server: Server
  address: string
  cut: boolean
  doubled: boolean
  loseAnswers: boolean
  /** Called when the province has acknowledged what the node returned, and the node lives to hear it. */
  onReturn: (() => void) | undefined
  /** Calls that arrived twice, and those whose answer was lost. */
  doubles: number
  losses: number
}

/** With `defect` the province acknowledges what a node returns before its commit: the drill must come out as not ok. */
export async function hallNodeDrill(options: { seed: number; rounds: number; defect: boolean }) {
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
    returned: 0,
  }
  let secret = ''
  const province = await openMachine({ defect: false, more: () => (defect ? ['--early-return'] : []) })
  const wire = await openWire(province)
  const node = await openMachine({
    defect: false,
    more: () => [
      `--key=${NODE_KEY}`,
      ...(secret ? [`--province=${wire.address}`, `--secret=${secret}`] : []),
    ],
  })
  let world: ExamsWorld | undefined
  try {
    for (let number = 1; number <= rounds; number += 1) {
      const draw = generator(seed * 100_003 + number)
      const drawn = FAULTS.filter((_fault, at) => at < 2 || draw() < 0.5)
      const here = openApp(province)
      const there = openApp(node, NODE_KEY)
      try {
        world ??= await anExamsWorld(here.app)
        const hall = await aHallOf(here.app, {
          candidates: CANDIDATES,
          world,
          minutes: MINUTES,
          rules: { graceSeconds: 1 },
        })
        await sealNumbers(here.app, hall)
        secret = await giveToNode(here.app, hall)
        passBoth(province, node, (SETTLE_SECONDS + 1) * 1000)
        // A node of its own each round: the process starts again with the new secret.
        await node.killServer()
        await node.restore()
        const candidates = await playRound({ province, node, wire, hall, there: there.app, draw, drawn })
        passBoth(province, node, LAST_WORD_SECONDS * 1000)
        const returned = await untilReturned(here.app, hall.sittingId)
        const verdict = await judge(
          province.databaseUrl,
          hall.sittingId,
          { opensAt: hall.opensAt, closesAt: hall.closesAt, minutes: MINUTES, graceSeconds: 1 },
          candidates,
        )
        const key = { sittingId: hall.sittingId, hallId: hall.halls[0]?.id as string }
        const differing = differencesOf(await stockOf(there.app.db, key), await stockOf(here.app.db, key))
        for (const name of differing) verdict.contradictions.push(`${name} differs between node and province`)
        if (!returned) verdict.contradictions.push('the hall was not returned')
        for (const fault of drawn) faults[fault] = (faults[fault] ?? 0) + 1
        for (const name of ['lost', 'late', 'twice', 'chainBreaks', 'acknowledged'] as const)
          sum[name] += verdict[name]
        sum.contradictions += verdict.contradictions.length
        sum.handedIn += candidates.filter((one) => one.witness.receipt).length
        sum.returned += returned ? 1 : 0
        const { contradictions, ...counts } = verdict
        console.error(`round ${number} (${drawn.join(', ')}): ${JSON.stringify({ ...counts, returned })}`)
        for (const words of contradictions.slice(0, 5)) console.error(`  ${words}`)
      } finally {
        await here.close()
        await there.close()
      }
    }
  } finally {
    wire.server.closeAllConnections()
    wire.server.close()
    await node.close()
    await province.close()
  }
  const clean = sum.lost + sum.late + sum.twice + sum.chainBreaks + sum.contradictions === 0
  const { doubles, losses } = wire
  return {
    ok: clean && sum.acknowledged > 0 && sum.returned === rounds,
    seed,
    rounds,
    ...sum,
    doubles,
    losses,
    defect,
    faults,
  }
}

/** The fixture's people have no real numbers; the door of a node needs their tails. */
async function sealNumbers(app: App, hall: HallFixture): Promise<void> {
  for (const { personId } of hall.seated) {
    const sealed = app.crypto.encryptField('42010619950615001X', 'id-number')
    await sql`update people.persons set id_number_sealed = ${sealed} where id = ${personId}`.execute(app.db)
  }
}

async function giveToNode(app: App, hall: HallFixture): Promise<string> {
  const manager = hall.world.evaluation.actor
  const { id, secret } = value(await registerNode(app, manager, { siteId: hall.siteId, name: '演练节点' }))
  const hallId = hall.halls[0]?.id as string
  value(await assignHall(app, manager, { nodeId: id, sittingId: hall.sittingId, hallId }))
  return secret
}

function passBoth(province: Machine, node: Machine, passMs: number): void {
  for (const machine of [province, node]) machine.order({ passMs })
}

async function playRound(of: {
  province: Machine
  node: Machine
  wire: Wire
  hall: HallFixture
  there: App
  draw: () => number
  drawn: readonly Fault[]
}): Promise<Candidate[]> {
  const { province, node, wire, hall, there, draw, drawn } = of
  await until(async () => {
    const { rows } = await sql`
      select from halls.node_packages where sitting_id = ${hall.sittingId} and releases <> '{}'`.execute(
      there.db,
    )
    return rows.length > 0
  }, 'the node does not take its hall')
  const candidates: Candidate[] = []
  for (const one of hall.seated) {
    const entered = await openLease(there, {
      sittingId: hall.sittingId,
      candidateId: one.candidateId,
      part: hall.part,
      seatId: one.seatId,
      agent: 'drill',
      admission: `admission-${one.attemptId}`,
    })
    const line: Line = { address: node.address, cut: false, duplicate: 0.1, reorder: 0.1, stale: 0 }
    const items = hall.items.filter((item) => item.kind === 'single').map((item) => item.id)
    const held = { attempt: one.attemptId, lease: value(entered).lease, items }
    candidates.push(aCandidate(held, line, generator(Math.floor(draw() * 2 ** 31))))
  }
  for (const { held } of candidates) {
    const started = await fetch(`${node.address}/api/exam/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-attempt': held.attempt, 'x-lease': held.lease },
      body: '{}',
    })
    if (!started.ok) throw new Error(`start: ${started.status} ${await started.text()}`)
  }
  const typing = candidates.map((one) => type(one, PAUSE_MS))
  const sending = candidates.map((one) => send(one))
  await Promise.all([
    sleep(TYPING_MS),
    raiseAlerts(there, hall),
    ...drawn.map(async (fault) => {
      await sleep(100 + draw() * (TYPING_MS - 1_500))
      await breakBy(fault, { province, node, wire, draw })
    }),
  ])
  await Promise.all([node.restore(), province.restore()])
  for (const one of candidates) one.done = true
  await rest(Promise.all([...typing, ...sending]))
  await rest(Promise.all(candidates.map((one) => (one.over === undefined ? handIn(one) : undefined))))
  wire.doubled = false
  wire.loseAnswers = false
  wire.cut = false
  return candidates
}

/** What stands beside the journals, and changes: one alert after another, each time of somebody else. */
async function raiseAlerts(there: App, hall: HallFixture): Promise<void> {
  const kinds = ['copy', 'paste', 'blur', 'hidden', 'full_screen_left'] as const
  for (let n = 0; n < TYPING_MS / ALERT_MS; n += 1) {
    const one = hall.seated[n % hall.seated.length] as HallFixture['seated'][number]
    const at = there.clock.now()
    await raiseAlert(there.db, {
      sittingId: hall.sittingId,
      hallId: one.hallId,
      candidateId: one.candidateId,
      attemptId: one.attemptId,
      kind: kinds[Math.floor(n / hall.seated.length) % kinds.length] as (typeof kinds)[number],
      severity: 'notice',
      data: {},
      captureId: null,
      clientAt: at,
      at,
    })
    await sleep(ALERT_MS)
  }
}

async function breakBy(
  fault: Fault,
  of: { province: Machine; node: Machine; wire: Wire; draw: () => number },
): Promise<void> {
  const { province, node, wire, draw } = of
  const span = 300 + draw() * 900
  switch (fault) {
    case 'province cut off ten minutes':
      wire.cut = true
      await sleep(span / 2)
      passBoth(province, node, TEN_MINUTES)
      await sleep(span / 2)
      wire.cut = false
      return
    case 'node killed':
      await node.killServer()
      await sleep(span / 3)
      return node.restore()
    case 'province killed':
      // The worst moment: it has just said that it has what the node brought.
      await Promise.race([sleep(REST_MS / 4), new Promise<void>((tell) => (wire.onReturn = tell))])
      await province.killServer()
      await sleep(span)
      return province.restore()
    case 'returns doubled':
      wire.doubled = true
      return
    case 'answers lost':
      wire.loseAnswers = true
      await sleep(span)
      wire.loseAnswers = false
      return
  }
}

/** Between node and province: cut, doubled, or deaf on the way back. */
async function openWire(province: Machine): Promise<Wire> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', async () => {
      if (wire.cut) return request.socket.destroy()
      const pass = () =>
        fetch(`${province.address}${request.url}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/octet-stream',
            'x-node': String(request.headers['x-node'] ?? ''),
          },
          body: Buffer.concat(pieces),
        })
      try {
        // Both at once: the second may well overtake the first.
        if (wire.doubled) wire.doubles += 1
        const answers = await Promise.all(wire.doubled ? [pass(), pass()] : [pass()])
        const answer = answers[0] as Response
        const body = Buffer.from(await answer.arrayBuffer())
        if (wire.loseAnswers || wire.cut) {
          wire.losses += 1
          return request.socket.destroy()
        }
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        response.end(body)
        if (request.url === '/api/node/return' && !request.socket.destroyed) wire.onReturn?.()
      } catch {
        request.socket.destroy()
      }
    })
  })
  const wire: Wire = {
    server,
    address: '',
    cut: false,
    doubled: false,
    loseAnswers: false,
    onReturn: undefined,
    doubles: 0,
    losses: 0,
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  wire.address = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  return wire
}

async function untilReturned(app: App, sittingId: string): Promise<boolean> {
  const returned = async () => {
    const { rows } = await sql`
      select from halls.node_packages where sitting_id = ${sittingId} and state = 'returned'`.execute(app.db)
    return rows.length > 0
  }
  return until(returned, 'the hall does not come back').then(
    () => true,
    () => false,
  )
}

async function until(there: () => Promise<boolean>, why: string): Promise<void> {
  for (const end = Date.now() + REST_MS; Date.now() < end; await sleep(150)) if (await there()) return
  throw new Error(why)
}

async function rest(work: Promise<unknown>): Promise<void> {
  const hung = sleep(REST_MS, undefined, { ref: false }).then(() => {
    throw new Error('the round does not come to rest')
  })
  await Promise.race([work, hung])
}

/** The drill's own hand in a database, with the time its server has. */
function openApp(machine: Machine, masterKey?: string): { app: App; close: () => Promise<void> } {
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: machine.databaseUrl,
    DEMO: '1',
    LOG_LEVEL: 'fatal',
    ...(masterKey ? { SHUJIANG_MASTER_KEY: masterKey } : {}),
  })
  const { db, close } = openDatabase(machine.databaseUrl, { max: 2 })
  const now = () => new Date(Date.now() + machine.passedMs)
  const packs = mustLoadPolicy()
  const policyBook = openPolicyBook(db, () => packs)
  const app: App = {
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
  return {
    app,
    close: async () => {
      await journalOf(app).close()
      await close()
    },
  }
}
