import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { extendAttempts, pauseHall, releaseAttempt, resumeHall, terminateAttempt } from './act-on-attempts.ts'
import { closeTimedOut } from './close-timed-out.ts'
import { inTime } from './deadline.ts'
import { type AttemptState, apply, type Bodies, brokenAt, entryOf, freshState, type Row } from './entry.ts'
import { aHallOf, type HallFixture, type Seated } from './fixtures.ts'
import { handIn } from './hand-in.ts'
import { holderOf } from './holder.ts'
import { type Append, type Journal, openJournal } from './journal.ts'
import { appendGroup } from './journal-store.ts'
import { openLease } from './open-lease.ts'
import { saveAnswers } from './save-answers.ts'
import { startAttempt } from './start-attempt.ts'
import { journalRows } from './store.ts'
import type { Save, SaveResult } from './wire.ts'

// Random schedules of everything that can happen to an attempt, over two processes on one database. The arbiter is
// the journal as it stands afterwards: it is replayed, and every answer that was given is held against it.

const ITEMS = ['q01', 'q02', 'q03']
const MINUTES = 10
const GRACE = 60

type Step =
  | { do: 'save'; at: 0 | 1; browser: number; saves: { item: number; base: number; old: number | null }[] }
  | { do: 'start' | 'hand_in' | 'enter'; at: 0 | 1; browser: number }
  | { do: 'pause' | 'resume' | 'release' | 'terminate' | 'sweep' }
  | { do: 'extend'; seconds: number }
  | { do: 'advance'; seconds: number }

const process = fc.constantFrom(0 as const, 1 as const)
const browser = fc.integer({ min: 0, max: 2 })
const save = fc.record({
  do: fc.constant('save' as const),
  at: process,
  browser,
  saves: fc.array(
    fc.record({
      item: fc.integer({ min: 0, max: ITEMS.length - 1 }),
      // Against what this browser last heard of: the same, one less, one more.
      base: fc.constantFrom(0, 0, 0, 0, -1, 1),
      old: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: save },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('start' as const, 'enter' as const), at: process, browser }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hand_in' as const), at: process, browser }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'sweep' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('extend' as const), seconds: fc.integer({ min: 60, max: 600 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 300 }) }),
  },
)
/** Steps of one wave are under way together. */
const schedule = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 14 })
const ending = fc.constantFrom<Step['do'] | 'none'>('none', 'terminate', 'sweep')

interface Told {
  save: Save
  result: SaveResult
}
/** What a save was answered as a whole: each status, or the refusal. */
type Said = string[] | string

let app: TestApp
let hall: HallFixture
let journals: [Journal, Journal]
let next = 0
beforeAll(async () => {
  app = await aTestApp()
  journals = [openJournal(app), openJournal(app)]
})
afterAll(async () => {
  for (const one of journals ?? []) await one.close()
  await app?.close()
})

/** Everybody has a hall of their own here, so that a pause reaches one. */
async function somebody(): Promise<Seated> {
  if (!hall || next === hall.seated.length) {
    hall = await aHallOf(app, {
      ...(hall ? { world: hall.world } : {}),
      candidates: 60,
      seatsPerHall: 1,
      spareSeats: 0,
      minutes: MINUTES,
      // The window of whoever is next is set when it is their turn.
      closesAt: new Date(app.clock.now().getTime() + 3650 * 24 * 3600_000),
      rules: { graceSeconds: GRACE, lateMinutes: 100_000 },
    })
    next = 0
  }
  const one = hall.seated[next++] as Seated
  await sql`
    update halls.attempts set opens_at = ${new Date(app.clock.now().getTime() - 60_000)},
      closes_at = ${new Date(app.clock.now().getTime() + 30 * 60_000)} where id = ${one.attemptId}`.execute(
    app.db,
  )
  return one
}

async function run(waves: Step[][], last: string, over: [Journal, Journal]) {
  const one = await somebody()
  const { sittingId } = hall
  const told: Told[] = []
  const said: { step: Extract<Step, { do: 'save' }>; saves: Save[]; said: Said }[] = []
  const handedIn: { ok: boolean }[] = []
  let clientSeq = 0
  const sent: Save[] = []
  const leases: (string | undefined)[] = [undefined, undefined, undefined]
  const heard = new Map<string, number>()
  const key = { sittingId, attemptId: one.attemptId, actId: randomUUID() }

  const enter = async (at: 0 | 1, who: number) => {
    const lease = await openLease(
      app,
      {
        ...{ sittingId, candidateId: one.candidateId, part: hall.part, seatId: one.seatId, agent: 'test' },
        admission: `${one.attemptId} ${who}`,
        presented: { attempt: one.attemptId, lease: leases[who] },
      },
      over[at],
    )
    if (lease.ok) leases[who] = lease.value.lease
  }
  const holderFor = (who: number) =>
    holderOf({ attempt: one.attemptId, lease: leases[who] ?? `none ${who}` })!

  const take = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'save': {
        const saves = step.saves.map(({ item, base, old }): Save => {
          const again = old === null ? undefined : sent.at(-1 - old)
          if (again) return again
          clientSeq += 1
          const id = ITEMS[item] as string
          const baseRevision = Math.max(0, (heard.get(`${step.browser} ${id}`) ?? 0) + base)
          const made = {
            item: id,
            clientSeq,
            baseRevision,
            value: `v${clientSeq}`,
            clientAt: '2026-03-02T01:00:00Z',
          }
          sent.push(made)
          return made
        })
        const holder = holderFor(step.browser)
        const answer = await saveAnswers(app, over[step.at], holder, saves).catch(unavailable)
        if (!answer) return
        said.push({
          ...{ step, saves },
          said: answer.ok ? answer.value.results.map((one) => one.status) : answer.refusal.code,
        })
        if (!answer.ok) return
        for (const [index, result] of answer.value.results.entries()) {
          told.push({ save: saves[index] as Save, result })
          heard.set(`${step.browser} ${result.item}`, result.revision)
        }
        return
      }
      case 'start':
        await startAttempt(app, over[step.at], holderFor(step.browser)).catch(unavailable)
        return
      case 'enter':
        return enter(step.at, step.browser).catch(() => {})
      case 'hand_in': {
        const answer = await handIn(over[step.at], holderFor(step.browser), { answers: {} }).catch(
          unavailable,
        )
        if (answer) handedIn.push(answer)
        return
      }
      case 'pause':
        await app.db.transaction().execute((tx) => pauseHall(tx, app, { ...key, hallId: one.hallId }))
        return
      case 'resume':
        await app.db.transaction().execute((tx) => resumeHall(tx, app, { ...key, hallId: one.hallId }))
        return
      case 'extend':
        await app.db.transaction().execute((tx) =>
          extendAttempts(tx, app, {
            ...key,
            attemptIds: [one.attemptId],
            seconds: step.seconds,
            reason: '断电',
          }),
        )
        return
      case 'release':
        await app.db.transaction().execute((tx) => releaseAttempt(tx, app, { ...key, seatId: null }))
        return
      case 'terminate':
        await app.db.transaction().execute((tx) => terminateAttempt(tx, app, key))
        return
      case 'sweep':
        await closeTimedOut(app, { sittingId }, over[0])
        return
      case 'advance':
        app.clock.advance(step.seconds)
    }
  }
  await enter(0, 0)
  value(await startAttempt(app, over[1], holderFor(0)))
  for (const wave of waves) await Promise.all(wave.map(take))
  if (last !== 'none') await take({ do: last as 'sweep' })
  return { told, said, handedIn, rows: await journalRows(app.db, { sittingId, attemptId: one.attemptId }) }
}

/** No answer at all is allowed; a wrong one is not. */
function unavailable(error: unknown): undefined {
  if ((error as { statusCode?: number }).statusCode !== 503) throw error
}

type Ran = Awaited<ReturnType<typeof run>>

/** What the journal itself must satisfy, entry by entry, and nothing acknowledged may be missing from it. */
function faultsOf({ told, rows, handedIn }: Ran): string[] {
  const faults: string[] = []
  const broken = brokenAt(rows)
  if (broken) faults.push(`chain broken at ${broken.seq}: ${broken.why}`)
  const window = {
    opensAt: new Date(0),
    closesAt: closesAtOf(rows),
    minutes: MINUTES,
    extraMinutes: 0,
    graceSeconds: GRACE,
  }
  const state = freshState()
  for (const row of rows) {
    if (row.kind === 'answer') faults.push(...answerFaults(state, row, window))
    else if (state.closed) faults.push(`${row.kind} after the close`)
    if (row.kind === 'hand_in' && (state.pausedAt || !inTime(window, state, row.at)))
      faults.push('hand-in too late')
    if (row.kind === 'start' && state.startedAt) faults.push('started twice')
    apply(state, entryOf(row), row.hash)
  }
  const written = rows
    .filter((row) => row.kind === 'answer')
    .map((row) => JSON.parse(row.body) as Bodies['answer'])
  for (const { save, result } of told) {
    const same = written.filter((one) => one.item === save.item && one.clientSeq === save.clientSeq)
    const { status, revision } = result
    if (same.length > 1) faults.push(`save ${save.clientSeq} counts twice`)
    if (status === 'saved' || status === 'same') {
      if (same[0]?.revision !== revision || same[0]?.value !== save.value)
        faults.push(`save ${save.clientSeq} lost`)
    }
    if (status === 'conflict') {
      if (!written.some((one) => one.item === save.item && one.revision === revision) && revision > 0)
        faults.push(`conflict with a revision ${revision} that is not there`)
      if (save.baseRevision === 0 && !written.some((one) => one.item === save.item))
        faults.push(`conflict of ${save.clientSeq} without a reason`)
    }
    if (status === 'late' && !state.closed) faults.push('late in an open attempt')
    if (status === 'refused') faults.push('a good save refused')
  }
  if (handedIn.some((one) => one.ok) && !state.closed) faults.push('handed in and open')
  return faults
}

function answerFaults(state: AttemptState, row: Row, window: Parameters<typeof inTime>[0]): string[] {
  const { item, revision, baseRevision, clientSeq } = JSON.parse(row.body) as Bodies['answer']
  const standing = state.answers.get(item)
  return [
    ...(state.closed ? ['answer after the close'] : []),
    ...(state.pausedAt ? ['answer while paused'] : []),
    ...(!state.startedAt ? ['answer before the start'] : []),
    ...(state.lease === null ? ['answer without a lease'] : []),
    ...(!inTime(window, state, row.at) ? ['answer after the deadline'] : []),
    ...(baseRevision !== (standing?.revision ?? 0) || revision !== baseRevision + 1
      ? ['revision jumps']
      : []),
    ...(standing && clientSeq <= standing.clientSeq ? ['older save over a newer one'] : []),
  ]
}

/** The window's end was set thirty minutes after the fixture handed the attempt out, a moment before the first entry. */
function closesAtOf(rows: Row[]): Date {
  return new Date((rows[0]?.at.getTime() ?? 0) + 30 * 60_000 + 1000)
}

/**
 * The same rules in the plainest words: whole seconds, one attempt, one step after another. What the clock ticks by
 * itself makes every limit that is reached in whole seconds one that has just passed.
 */
function aModel() {
  let lease: number | null = 0
  const ended = new Set<number>()
  let paused = false
  let closed = false
  let working = 0
  let windowed = 0
  let extended = 0
  const answers = new Map<string, { revision: number; clientSeq: number }>()
  const known = new Set<number>()
  const over = () => !paused && Math.min(MINUTES * 60 - working, 30 * 60 - windowed) + extended + GRACE <= 0
  const asked = () => {
    if (over()) closed = true
  }

  const one = (save: Save): string => {
    const standing = answers.get(save.item)
    if (known.has(save.clientSeq)) return 'same'
    if (closed) return 'late'
    if (save.baseRevision !== (standing?.revision ?? 0)) return 'conflict'
    if (standing && save.clientSeq < standing.clientSeq) return 'conflict'
    known.add(save.clientSeq)
    answers.set(save.item, { revision: save.baseRevision + 1, clientSeq: save.clientSeq })
    return 'saved'
  }
  const holds = (browser: number) => lease === browser

  return (step: Step, saves: Save[]): Said => {
    switch (step.do) {
      case 'advance':
        if (!paused) {
          working += step.seconds
          windowed += step.seconds
        }
        return ''
      case 'save':
        if (!holds(step.browser)) return ended.has(step.browser) ? 'LEASE_MOVED' : 'LEASE_SECRET_INVALID'
        asked()
        if (!closed && paused) return 'ATTEMPT_PAUSED'
        return saves.map(one)
      case 'enter':
        asked()
        if (!closed && lease === null) lease = step.browser
        return ''
      case 'start':
        if (holds(step.browser)) asked()
        return ''
      case 'hand_in':
        if (!holds(step.browser)) return ''
        asked()
        if (!paused) closed = true
        return ''
      case 'sweep':
        asked()
        return ''
      case 'terminate':
        closed = true
        return ''
      case 'release':
        if (!closed && lease !== null) ended.add(lease)
        if (!closed) lease = null
        return ''
      case 'pause':
        if (!closed) paused = true
        return ''
      case 'resume':
        paused = false
        return ''
      case 'extend':
        if (!closed) extended += step.seconds
        return ''
    }
  }
}

describe('the journal under random schedules', () => {
  it('keeps every law, with two processes and everything at once', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, ending, async (waves, last) => {
        expect(faultsOf(await run(waves, last, journals))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('answers, one step after another, exactly what a simple model says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const ran = await run(
          steps.map((one) => [one]),
          'none',
          journals,
        )
        expect(faultsOf(ran)).toEqual([])
        const sent = [...ran.said]
        const model = aModel()
        const foretold = steps.flatMap((one) => {
          const saves = one.do === 'save' ? sent.shift()?.saves : undefined
          const said = model(one, saves ?? [])
          return one.do === 'save' ? [said] : []
        })
        expect(ran.said.map((one) => one.said)).toEqual(foretold)
      }),
      { numRuns: 30 },
    )
  })

  it('finds the fault when a process acknowledges before it has committed', async () => {
    const hasty: Append = async (pool, group) => {
      setImmediate(() => void appendGroup(pool, group).catch(() => {}))
      return new Set()
    }
    const faulty: [Journal, Journal] = [openJournal(app, hasty), openJournal(app)]
    try {
      const wrong = await fc.check(
        fc.asyncProperty(schedule, ending, async (waves, last) => {
          const faults = faultsOf(await run(waves, last, faulty))
          expect(faults.filter((fault) => /lost|broken|twice/.test(fault))).toEqual([])
        }),
        { numRuns: 40, endOnFailure: true },
      )
      expect(wrong.failed).toBe(true)
    } finally {
      for (const one of faulty) await one.close()
    }
  })
})
