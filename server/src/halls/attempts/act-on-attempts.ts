// What invigilators do to attempts, as entries of each attempt's journal. The board calls these last in the
// transaction of its act, so that act and entries commit together; rooms that hold an attempt in hand wait for that
// commit, then see what is new by the primary key.
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { closedStateOf } from './attempt.ts'
import { answeredOf, canonicalText, type Draft, hashOf, ROOT, stateOf } from './entry.ts'
import { no } from './refusals.ts'
import {
  anyAtNode,
  insertEntries,
  journalRows,
  openHeads,
  openOfHall,
  projectClose,
  standingStillOfHall,
  tellOthers,
} from './store.ts'

export type ActRefusal = RefusalOf<typeof no, 'ATTEMPTS_ALL_CLOSED' | 'ATTEMPT_NOT_FOUND' | 'HALL_AT_NODE'>
export interface Acted {
  /** Those it reached; closed ones are left out. */
  attemptIds: string[]
}

/** Gives time to attempts that are not closed. */
export async function extendAttempts(
  tx: Tx,
  app: App,
  input: { sittingId: string; attemptIds: string[]; seconds: number; reason: string; actId: string },
): Promise<Result<Acted, ActRefusal>> {
  const { seconds, reason, actId } = input
  return append(tx, app, input.sittingId, input.attemptIds, {
    kind: 'extend',
    body: { seconds, reason, act: actId },
  })
}

/** Stops the clock of everybody in a hall whose part has begun or is about to. */
export async function pauseHall(
  tx: Tx,
  app: App,
  input: { sittingId: string; hallId: string; actId: string },
): Promise<Result<Acted, ActRefusal>> {
  const soon = new Date(app.clock.now().getTime() + SOON_MS)
  const running = await openOfHall(tx, { ...input, opensBefore: soon })
  const still = new Set(await standingStillOfHall(tx, input))
  const attemptIds = running.filter((id) => !still.has(id))
  return append(tx, app, input.sittingId, attemptIds, { kind: 'pause', body: { act: input.actId } })
}

/** A pause shortly before the start holds for those who have not begun. */
const SOON_MS = 60 * 60_000

export async function resumeHall(
  tx: Tx,
  app: App,
  input: { sittingId: string; hallId: string; actId: string },
): Promise<Result<Acted, ActRefusal>> {
  const attemptIds = await standingStillOfHall(tx, input)
  return append(tx, app, input.sittingId, attemptIds, { kind: 'resume', body: { act: input.actId } })
}

/** Ends the lease of whoever writes now: the next one to enter, here or at another seat, gets a new one. */
export async function releaseAttempt(
  tx: Tx,
  app: App,
  input: { sittingId: string; attemptId: string; seatId: string | null; actId: string },
): Promise<Result<Acted, ActRefusal>> {
  return append(tx, app, input.sittingId, [input.attemptId], {
    kind: 'lease',
    body: { lease: null, seatId: input.seatId, reason: 'released', act: input.actId, agent: '' },
  })
}

/** Ends an attempt against the candidate's will; the answers acknowledged so far stay as they are. */
export async function terminateAttempt(
  tx: Tx,
  app: App,
  input: { sittingId: string; attemptId: string; actId: string },
): Promise<Result<Acted, ActRefusal>> {
  const key = { sittingId: input.sittingId, attemptId: input.attemptId }
  if (await anyAtNode(tx, key.sittingId, [key.attemptId])) return refuse(no.HALL_AT_NODE())
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [head] = await openHeads(tx, key.sittingId, [key.attemptId])
    if (!head) return refuse(no.ATTEMPTS_ALL_CLOSED())
    const state = stateOf(await journalRows(tx, key))
    const why = 'terminated' as const
    const at = app.clock.now()
    const row = rowOf(key, { seq: state.seq, hash: state.hash }, at, {
      kind: 'close',
      body: { why, act: input.actId, answered: answeredOf(state) },
    })
    const kept = await insertEntries(tx, [row])
    if (kept.length === 0) continue
    await projectClose(tx, {
      ...key,
      state: closedStateOf(why, state.startedAt),
      at,
      seq: row.seq,
      hash: row.hash,
      answered: answeredOf(state),
    })
    await tellOthers(tx, [key.attemptId])
    return ok({ attemptIds: [key.attemptId] })
  }
  throw new Error(`attempt ${key.attemptId} is written to faster than an act can follow`)
}

const MOST_TRIES = 50

async function append(
  tx: Tx,
  app: App,
  sittingId: string,
  attemptIds: string[],
  draft: Draft,
): Promise<Result<Acted, ActRefusal>> {
  if (await anyAtNode(tx, sittingId, attemptIds)) return refuse(no.HALL_AT_NODE())
  const done: string[] = []
  let left = attemptIds
  for (let tries = 0; left.length > 0 && tries < MOST_TRIES; tries += 1) {
    const heads = await openHeads(tx, sittingId, left)
    const at = app.clock.now()
    const rows = heads.map((head) => rowOf({ sittingId, attemptId: head.attemptId }, head, at, draft))
    const kept = new Set(await insertEntries(tx, rows))
    done.push(...kept)
    // Closed ones fall out; where a candidate's save was first, the entry goes after it.
    left = heads.map((head) => head.attemptId).filter((id) => !kept.has(id))
  }
  if (left.length > 0) throw new Error(`${left.length} attempts are written to faster than an act can follow`)
  if (done.length === 0) return refuse(no.ATTEMPTS_ALL_CLOSED())
  await tellOthers(tx, done)
  return ok({ attemptIds: done })
}

function rowOf(
  key: { sittingId: string; attemptId: string },
  head: { seq: number; hash: Buffer | null },
  at: Date,
  draft: Draft,
) {
  const unhashed = { ...key, seq: head.seq + 1, kind: draft.kind, at, body: canonicalText(draft.body) }
  return { ...unhashed, hash: hashOf(head.hash ?? ROOT, unhashed) }
}
