// The journal as one process serves it. It keeps the folded state of the attempts it has met, collects what is to be
// written to many of them into one statement, and says "written" only after that statement has committed.
//
// Any number of processes may do so at once: an entry goes in at the next number of its attempt, and the primary key
// lets one of them have it. Who was second reads what was first and decides anew. There is no lock and no owner.
import { hash } from 'node:crypto'
import pg from 'pg'
import type { App } from '../../platform/app.ts'
import { type Attempt, type AttemptFacts, closedStateOf } from './attempt.ts'
import {
  type AttemptState,
  apply,
  canonicalText,
  type Draft,
  type Entry,
  entryOf,
  freshState,
  hashOf,
  type Row,
} from './entry.ts'
import {
  appendGroup,
  type Group,
  type Known,
  type Projection,
  readEntries,
  readFacts,
} from './journal-store.ts'
import { listenForNews } from './news.ts'

/** What a verb answers to the state it is shown. It may be asked again: when somebody else was first, or it was stale. */
export type Decision<T> =
  /** Write these; the answer is given once they are committed. */
  | { append: Draft[]; answer: (rows: Row[]) => T; maxAgeMs?: number }
  /**
   * Nothing to write. `maxAgeMs` says how much older than the request the state may be that this rests on: 0 for
   * every refusal, absent for what no later entry can make untrue.
   */
  | { answer: T; maxAgeMs?: number }

export type Decide<T> = (attempt: Attempt, now: Date) => Decision<T>

/** What came of it could not be learnt: the client is told to come again, and nothing has been acknowledged. */
export class JournalUnavailable extends Error {
  readonly statusCode = 503
  readonly retryAfterSeconds: number
  constructor(why: string, retryAfterSeconds: number, cause?: unknown) {
    super(why, { cause })
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface Journal {
  /** Undefined when there is no such attempt. */
  write<T>(attemptId: string, decide: Decide<T>): Promise<T | undefined>
  /** Hears of what others write, so that it need not be stumbled over. */
  listen(): void
  /** Writes waiting or on their way, and attempts kept. */
  load(): { pending: number; attempts: number }
  close(): Promise<void>
}

/** Tuned with `bench -- answers`, see docs/examination-load.md. */
const GROUP_ROWS = 512
const GROUPS_AT_ONCE = 2
const GATHER_MS = 2
const CROWD = 128
const READS_AT_ONCE = 2
/** More than this waiting means minutes of work: better to be sent away than to be forgotten. */
const MOST_PENDING = 20_000
const MOST_TRIES = 8
const IDLE_MS = 15 * 60_000
const QUERY_MS = 8_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

interface Pending {
  decide: Decide<unknown>
  since: number
  tries: number
  resolve(answer: unknown): void
  reject(error: unknown): void
}

/** An attempt as kept here. While `busy` it is in a group or being read, and nobody looks at its state. */
interface Kept {
  id: string
  facts: AttemptFacts | undefined
  /** Undefined: to be read from its first entry. */
  state: AttemptState | undefined
  /** The state is what the database had at this moment or later. */
  readAt: number
  queue: Pending[]
  busy: boolean
  listed: boolean
  look: boolean
  /** A lease was written: whoever entered may sit elsewhere. */
  moved: boolean
  usedAt: number
}

interface Member {
  kept: Kept
  rows: Row[]
  entries: Entry[]
  told: { pending: Pending; answer: () => unknown }[]
}

/** How a group gets into the database; a drill puts a faulty one here to see itself find the fault. */
export type Append = typeof appendGroup

export function openJournal(app: App, append: Append = appendGroup): Journal {
  const address = app.config.databaseUrl
  if (!address) throw new Error('the journal needs the address of the database')
  const pool = new pg.Pool({
    connectionString: address,
    max: GROUPS_AT_ONCE + READS_AT_ONCE,
    application_name: 'shujiang journal',
    options: '-c TimeZone=Asia/Shanghai -c lock_timeout=3000',
    query_timeout: QUERY_MS,
    connectionTimeoutMillis: QUERY_MS,
    keepAlive: true,
    allowExitOnIdle: true,
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))

  const attempts = new Map<string, Kept>()
  const known: Known = { rules: new Map(), outlines: new Map() }
  let ready: Kept[] = []
  const toRead: Kept[] = []
  let pending = 0
  let groups = 0
  let reads = 0
  let scheduled = false
  let closed = false
  let news: { close(): Promise<void> } | undefined
  const sweep = setInterval(forgetIdle, 60_000)
  sweep.unref()

  function write<T>(attemptId: string, decide: Decide<T>): Promise<T | undefined> {
    if (closed) return Promise.reject(new JournalUnavailable('the server is stopping', 2))
    if (pending >= MOST_PENDING) return Promise.reject(new JournalUnavailable('too much is waiting', 3))
    const kept = attempts.get(attemptId) ?? keep(attemptId)
    if (!kept) return Promise.resolve(undefined)
    return new Promise<T | undefined>((resolve, reject) => {
      pending += 1
      const since = performance.now()
      kept.usedAt = since
      kept.queue.push({
        decide: decide as Decide<unknown>,
        since,
        tries: 0,
        resolve: resolve as (answer: unknown) => void,
        reject,
      })
      list(kept)
    })
  }

  function keep(id: string): Kept | undefined {
    if (!UUID.test(id)) return undefined
    const kept: Kept = {
      id,
      facts: undefined,
      state: undefined,
      readAt: Number.NEGATIVE_INFINITY,
      queue: [],
      busy: false,
      listed: false,
      look: false,
      moved: false,
      usedAt: 0,
    }
    attempts.set(id, kept)
    return kept
  }

  function list(kept: Kept): void {
    if (kept.busy || kept.listed || kept.queue.length === 0) return
    kept.listed = true
    ready.push(kept)
    schedule()
  }

  /** A few saves a moment wait for company, many go at once: a commit costs the same for one as for five hundred. */
  function schedule(): void {
    if (ready.length === CROWD) setImmediate(pump)
    if (scheduled) return
    scheduled = true
    setTimeout(pump, GATHER_MS)
  }

  function pump(): void {
    scheduled = false
    while (ready.length > 0 && groups < GROUPS_AT_ONCE) {
      const members = form()
      if (members.length > 0) void send(members)
    }
    while (toRead.length > 0 && reads < READS_AT_ONCE) void read(toRead.splice(0, GROUP_ROWS))
  }

  /** Decides what waits, attempt by attempt, until a group is full. The deadline is judged with this moment's time. */
  function form(): Member[] {
    const now = app.clock.now()
    const members: Member[] = []
    let rows = 0
    let taken = 0
    for (const kept of ready) {
      if (rows >= GROUP_ROWS) break
      taken += 1
      kept.listed = false
      const member = decideFor(kept, now)
      if (!member) continue
      members.push(member)
      rows += member.rows.length
    }
    ready = taken === ready.length ? [] : ready.slice(taken)
    return members
  }

  function decideFor(kept: Kept, now: Date): Member | undefined {
    const { facts, state } = kept
    if (!facts || !state || kept.look) {
      ask(kept)
      return undefined
    }
    const attempt: Attempt = { facts, state }
    const member: Member = { kept, rows: [], entries: [], told: [] }
    while (kept.queue.length > 0) {
      const one = kept.queue[0] as Pending
      let decision: Decision<unknown>
      try {
        decision = one.decide(attempt, now)
      } catch (error) {
        kept.queue.shift()
        settle(() => one.reject(error))
        continue
      }
      const { maxAgeMs } = decision
      const stale = maxAgeMs !== undefined && kept.readAt < one.since - maxAgeMs
      if (stale && ('append' in decision || member.rows.length === 0)) {
        // What was decided before it goes first: to have that committed is to have looked.
        if (member.rows.length === 0) ask(kept)
        break
      }
      if ('append' in decision) {
        const rows = decision.append.map((draft) => extend(attempt, draft, now, member))
        const { answer } = decision
        member.told.push({ pending: one, answer: () => answer(rows) })
      } else {
        const { answer } = decision
        // What rests on rows of this group holds once they have committed.
        if (member.rows.length > 0) member.told.push({ pending: one, answer: () => answer })
        else settle(() => one.resolve(answer))
      }
      kept.queue.shift()
    }
    if (member.rows.length === 0) return undefined
    kept.busy = true
    return member
  }

  function extend(attempt: Attempt, draft: Draft, at: Date, member: Member): Row {
    const { facts, state } = attempt
    const unhashed = {
      sittingId: facts.sittingId,
      attemptId: facts.id,
      seq: state.seq + 1,
      kind: draft.kind,
      at,
      body: canonicalText(draft.body),
    }
    const row: Row = { ...unhashed, hash: hashOf(state.hash, unhashed) }
    const entry = { ...draft, seq: row.seq, at } as Entry
    apply(state, entry, row.hash)
    member.rows.push(row)
    member.entries.push(entry)
    return row
  }

  async function send(members: Member[]): Promise<void> {
    groups += 1
    const sentAt = performance.now()
    try {
      const lost = await append(pool, groupOf(members))
      for (const member of members) {
        if (lost.has(member.kept.id)) again(member)
        else commit(member, sentAt)
      }
    } catch (error) {
      for (const member of members) fail(member, error)
    } finally {
      groups -= 1
      pump()
    }
  }

  function commit({ kept, told, entries }: Member, sentAt: number): void {
    if (entries.some(({ kind }) => kind === 'lease')) noteMove(kept)
    // The key gave us the next number: nobody had written before that statement was sent.
    kept.readAt = Math.max(kept.readAt, sentAt)
    kept.busy = false
    for (const { pending: one, answer } of told) settle(() => one.resolve(answer()))
    list(kept)
  }

  function noteMove(kept: Kept): void {
    kept.moved = true
    kept.look = true
  }

  /** Somebody else was first: what was decided is forgotten, and decided anew from what the database says. */
  function again({ kept, told }: Member): void {
    kept.state = undefined
    for (const { pending: one } of told.reverse()) {
      one.tries += 1
      if (one.tries > MOST_TRIES) settle(() => one.reject(new JournalUnavailable('always second', 1)))
      else kept.queue.unshift(one)
    }
    ask(kept)
  }

  function fail(member: Member, error: unknown): void {
    if (isRetryable(error)) {
      again(member)
      return
    }
    const { kept, told } = member
    // Whether it was committed nobody knows now; the next one to ask for this attempt will.
    kept.state = undefined
    kept.busy = false
    app.log.error({ err: error, attempt: kept.id }, 'the journal could not be written')
    const unavailable = new JournalUnavailable('the journal could not be written', 2, error)
    for (const { pending: one } of told) settle(() => one.reject(unavailable))
    list(kept)
  }

  function ask(kept: Kept): void {
    kept.busy = true
    toRead.push(kept)
    schedule()
  }

  async function read(wanted: Kept[]): Promise<void> {
    reads += 1
    const sentAt = performance.now()
    // Before the look, not after it: what is heard in between asks for another.
    for (const kept of wanted) kept.look = false
    try {
      await lookUp(wanted)
      for (const kept of wanted) {
        kept.readAt = sentAt
        kept.busy = false
        if (!kept.facts) forget(kept)
        else list(kept)
      }
    } catch (error) {
      app.log.error({ err: error, attempts: wanted.length }, 'the journal could not be read')
      const unavailable = new JournalUnavailable('the journal could not be read', 2, error)
      for (const kept of wanted) {
        kept.state = undefined
        kept.busy = false
        for (const one of kept.queue.splice(0)) settle(() => one.reject(unavailable))
      }
    } finally {
      reads -= 1
      pump()
    }
  }

  async function lookUp(wanted: Kept[]): Promise<void> {
    // A paper may be sealed anew until its start, a seat changes with the lease, and a node gives its hall back.
    const incomplete = wanted.filter(
      (kept) => !kept.facts || !kept.state?.startedAt || kept.moved || kept.facts.nodeId !== null,
    )
    const facts = await readFacts(
      pool,
      known,
      incomplete.map((kept) => kept.id),
    )
    const found = new Map(facts.map((one) => [one.id, one]))
    for (const kept of incomplete) {
      kept.facts = found.get(kept.id)
      kept.moved = false
    }
    const there = wanted.flatMap((kept) => (kept.facts ? [{ kept, facts: kept.facts }] : []))
    const rows = await readEntries(
      pool,
      there.map((one) => ({
        sittingId: one.facts.sittingId,
        attemptId: one.kept.id,
        known: one.kept.state?.seq ?? 0,
      })),
    )
    for (const { kept } of there) kept.state ??= freshState()
    for (const row of rows) {
      const kept = attempts.get(row.attemptId)
      if (!kept?.state || row.seq !== kept.state.seq + 1) continue
      apply(kept.state, entryOf(row), row.hash)
      if (row.kind === 'lease' && !incomplete.includes(kept)) noteMove(kept)
    }
  }

  /** There is no such attempt. */
  function forget(kept: Kept): void {
    attempts.delete(kept.id)
    for (const one of kept.queue.splice(0)) settle(() => one.resolve(undefined))
  }

  function settle(tell: () => void): void {
    pending -= 1
    tell()
  }

  function forgetIdle(): void {
    const before = performance.now() - IDLE_MS
    for (const kept of attempts.values()) {
      if (kept.usedAt < before && !kept.busy && kept.queue.length === 0) attempts.delete(kept.id)
    }
    if (attempts.size === 0) {
      known.rules.clear()
      known.outlines.clear()
    }
  }

  return {
    write,
    listen() {
      news ??= listenForNews(app, address, {
        heard: (id) => {
          const kept = attempts.get(id)
          if (kept) kept.look = true
        },
        // What was said meanwhile was not heard.
        deaf: () => {
          for (const kept of attempts.values()) kept.look = true
        },
      })
    },
    load: () => ({ pending, attempts: attempts.size }),
    async close() {
      closed = true
      clearInterval(sweep)
      await news?.close()
      await pool.end()
    },
  }
}

function groupOf(members: Member[]): Group {
  // In one order everywhere: two processes with the same attempts then wait for each other one way round only.
  members.sort((a, b) => (a.kept.id < b.kept.id ? -1 : 1))
  const rows: Row[] = []
  const heads: boolean[] = []
  const projections: Projection[] = []
  for (const member of members) {
    for (const [index, row] of member.rows.entries()) {
      rows.push(row)
      heads.push(index === 0)
    }
    const projection = projectionOf(member)
    if (projection) projections.push(projection)
  }
  return { at: (rows[0] as Row).at, rows, heads, attempts: members.length, projections }
}

function projectionOf({ kept, entries }: Member): Projection | undefined {
  if (!entries.some(({ kind }) => kind === 'start' || kind === 'hand_in' || kind === 'close'))
    return undefined
  const { facts, state } = kept as { facts: AttemptFacts; state: AttemptState }
  const { startedAt, closed } = state
  return {
    sittingId: facts.sittingId,
    attemptId: facts.id,
    state: closed ? closedStateOf(closed.why, startedAt) : 'started',
    startedAt: startedAt?.toISOString() ?? null,
    closedAt: closed?.at.toISOString() ?? null,
    closedSeq: closed?.seq ?? null,
    closedHash: closed?.hash.toString('hex') ?? null,
    answered: closed?.answered ?? null,
  }
}

/** PostgreSQL undid everything and said why: serialization failure, deadlock, lock not to be had. */
function isRetryable(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === '40001' || code === '40P01' || code === '55P03'
}

const journals = new WeakMap<App['db'], Journal>()

/** The one journal of this process; who asks first may say how it appends. */
export function journalOf(app: App, append?: Append): Journal {
  const before = journals.get(app.db)
  if (before) return before
  const opened = openJournal(app, append)
  const journal: Journal = {
    ...opened,
    async close() {
      journals.delete(app.db)
      await opened.close()
    },
  }
  journals.set(app.db, journal)
  return journal
}

/** How a lease's secret stands in the journal. */
export function leaseHashOf(secret: string): string {
  return hash('sha256', secret, 'hex')
}
