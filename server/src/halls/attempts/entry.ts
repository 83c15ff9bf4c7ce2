// The journal of an attempt: its entries, their hash chain, and what they amount to. Pure, so that the archive, a
// hall node, the replay and the drills judge with the very same code as the room.
import { createHash } from 'node:crypto'
import { z } from 'zod'

/** A candidate's answer: an option, several, blanks in order, a text, or a file already received; null clears it. */
export const answerValue = z.union([
  z.string().max(50_000),
  z.array(z.string().max(2_000)).max(50),
  z.strictObject({ fileId: z.uuid(), name: z.string().max(200), sha256: z.string().length(64) }),
  z.null(),
])
export type AnswerValue = z.output<typeof answerValue>

/** Why a lease was given: first entry, the same browser again, or the invigilator's release to another seat. */
export type LeaseReason = 'entered' | 'returned' | 'released'
export type CloseReason = 'timed_out' | 'terminated'

/** What an entry says, by kind. Times inside are ISO text with milliseconds. */
export interface Bodies {
  lease: { lease: string; seatId: string | null; reason: LeaseReason; act: string | null; agent: string }
  start: Record<string, never>
  answer: {
    item: string
    clientSeq: number
    baseRevision: number
    revision: number
    value: AnswerValue
    clientAt: string
  }
  event: { what: string; clientAt: string; data: Record<string, unknown> }
  extend: { seconds: number; reason: string; act: string }
  pause: { act: string }
  resume: { act: string }
  hand_in: { answered: number }
  close: { why: CloseReason; act: string | null; answered: number }
}
export type Kind = keyof Bodies
export type Entry = { [K in Kind]: { seq: number; kind: K; at: Date; body: Bodies[K] } }[Kind]

/** An entry as it is stored: its body is the text that was hashed. */
export interface Row {
  sittingId: string
  attemptId: string
  seq: number
  kind: string
  at: Date
  body: string
  hash: Buffer
}

/** What the first entry of an attempt is chained to. */
export const ROOT = Buffer.alloc(32)

/** SHA-256 over the previous hash and the entry; the body goes in as the text that is stored. */
export function hashOf(previous: Uint8Array, row: Omit<Row, 'hash'>): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(
      `${row.sittingId}\n${row.attemptId}\n${row.seq}\n${row.kind}\n${row.at.toISOString()}\n${row.body}`,
    )
    .digest()
}

export function entryOf(row: Pick<Row, 'seq' | 'kind' | 'at' | 'body'>): Entry {
  return { seq: row.seq, kind: row.kind, at: row.at, body: JSON.parse(row.body) } as Entry
}

/** The first place where a chain breaks, or undefined when it holds from the root to its end. */
export function brokenAt(rows: readonly Row[]): { seq: number; why: 'gap' | 'hash' } | undefined {
  let previous: Uint8Array = ROOT
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1) return { seq: index + 1, why: 'gap' }
    if (!hashOf(previous, row).equals(row.hash)) return { seq: row.seq, why: 'hash' }
    previous = row.hash
  }
  return undefined
}

/** What stands for one item: the latest revision, and the client's number of the save that made it. */
export interface Standing {
  revision: number
  clientSeq: number
}

/** What the entries of an attempt amount to. The values themselves are read from the journal when asked for. */
export interface AttemptState {
  seq: number
  hash: Buffer
  /** SHA-256 of the secret that may write; null before the candidate entered. */
  lease: string | null
  seatId: string | null
  startedAt: Date | null
  answers: Map<string, Standing>
  /** Added by `extend` entries, and spans paused, in milliseconds. */
  extendedMs: number
  pausedMs: number
  pausedAt: Date | null
  closed: { at: Date; why: 'handed_in' | CloseReason; seq: number } | null
}

export function freshState(): AttemptState {
  return {
    seq: 0,
    hash: ROOT,
    lease: null,
    seatId: null,
    startedAt: null,
    answers: new Map(),
    extendedMs: 0,
    pausedMs: 0,
    pausedAt: null,
    closed: null,
  }
}

/** Takes one more entry into the state, in place: the room folds thousands a second. */
export function apply(state: AttemptState, entry: Entry, hash: Buffer): void {
  state.seq = entry.seq
  state.hash = hash
  switch (entry.kind) {
    case 'lease':
      state.lease = entry.body.lease
      state.seatId = entry.body.seatId
      return
    case 'start':
      state.startedAt = entry.at
      return
    case 'answer':
      state.answers.set(entry.body.item, { revision: entry.body.revision, clientSeq: entry.body.clientSeq })
      return
    case 'event':
      return
    case 'extend':
      state.extendedMs += entry.body.seconds * 1000
      return
    case 'pause':
      state.pausedAt ??= entry.at
      return
    case 'resume':
      if (state.pausedAt) state.pausedMs += entry.at.getTime() - state.pausedAt.getTime()
      state.pausedAt = null
      return
    case 'hand_in':
      state.closed = { at: entry.at, why: 'handed_in', seq: entry.seq }
      return
    case 'close':
      state.closed = { at: entry.at, why: entry.body.why, seq: entry.seq }
      return
  }
}

export function stateOf(rows: readonly Row[]): AttemptState {
  const state = freshState()
  for (const row of rows) apply(state, entryOf(row), row.hash)
  return state
}

/** The answers that count: of every item the last one before the attempt was closed. */
export function finalAnswers(
  entries: readonly Entry[],
): Map<string, { value: AnswerValue; revision: number; at: Date }> {
  const answers = new Map<string, { value: AnswerValue; revision: number; at: Date }>()
  for (const { kind, body, at } of entries) {
    if (kind === 'hand_in' || kind === 'close') break
    if (kind === 'answer') answers.set(body.item, { value: body.value, revision: body.revision, at })
  }
  return answers
}
