// The journal of an attempt: its entries, their hash chain, and what they amount to. Pure, so that the archive, a
// hall node, the replay and the drills judge with the very same code as the room.
import { hash as digest } from 'node:crypto'
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
  /** `lease` null: the invigilator has released the attempt, nobody may write until somebody enters again. */
  lease: {
    lease: string | null
    seatId: string | null
    reason: LeaseReason
    act: string | null
    agent: string
  }
  start: Record<string, never>
  answer: {
    item: string
    clientSeq: number
    baseRevision: number
    revision: number
    value: AnswerValue
    clientAt: string
  }
  /** A piece of work that was received; an answer may name it from then on. */
  file: { item: string; fileId: string; name: string; sha256: string; bytes: number }
  /** `id` is the browser's own, so that a report sent twice counts once. */
  event: { id: string; what: string; clientAt: string; data: Record<string, unknown> }
  extend: { seconds: number; reason: string; act: string }
  pause: { act: string }
  resume: { act: string }
  hand_in: { answered: number }
  close: { why: CloseReason; act: string | null; answered: number }
}
export type Kind = keyof Bodies
/** What a verb wants written; number, time and hash come with the group. */
export type Draft = { [K in Kind]: { kind: K; body: Bodies[K] } }[Kind]
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
  const text = Buffer.from(
    `${row.sittingId}\n${row.attemptId}\n${row.seq}\n${row.kind}\n${row.at.toISOString()}\n${row.body}`,
  )
  return digest('sha256', Buffer.concat([previous, text]), 'buffer')
}

/** JSON with the keys of every object in order: equal bodies are equal bytes. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(inOrder(value))
}

/** The value itself where nothing needs to be moved: thousands of answers a second are written in order already. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    return value.some((one) => typeof one === 'object' && one !== null) ? value.map(inOrder) : value
  }
  let before = ''
  let ordered = true
  for (const key in value) {
    const one = (value as Record<string, unknown>)[key]
    if (key < before || (typeof one === 'object' && one !== null)) ordered = false
    before = key
  }
  if (ordered) return value
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([key, one]) => [key, inOrder(one)]))
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
  /** False when the candidate has cleared the answer. */
  filled: boolean
}

/** What the entries of an attempt amount to. The values themselves are read from the journal when asked for. */
export interface AttemptState {
  seq: number
  hash: Buffer
  /** SHA-256 of the secret that may write; null before the candidate entered. */
  lease: string | null
  /** Those that could write before. */
  endedLeases: string[]
  seatId: string | null
  /** When somebody first entered. */
  enteredAt: Date | null
  startedAt: Date | null
  answers: Map<string, Standing>
  /** Files received, by id. */
  files: Map<string, { item: string; sha256: string }>
  /** Reports of the browser already taken. */
  eventIds: Set<string>
  extensions: { seconds: number; reason: string; at: Date }[]
  /** Added by `extend` entries, and spans paused, in milliseconds. */
  extendedMs: number
  pausedMs: number
  /** What of it was over before the start: it moves the window, not the working time. */
  pausedBeforeStartMs: number
  pausedAt: Date | null
  closed: Closed | null
}

/** The entry that ended the attempt: what a receipt names. */
export interface Closed {
  at: Date
  why: 'handed_in' | CloseReason
  seq: number
  hash: Buffer
  answered: number
}

export function freshState(): AttemptState {
  return {
    seq: 0,
    hash: ROOT,
    lease: null,
    endedLeases: [],
    seatId: null,
    enteredAt: null,
    startedAt: null,
    answers: new Map(),
    files: new Map(),
    eventIds: new Set(),
    extensions: [],
    extendedMs: 0,
    pausedMs: 0,
    pausedBeforeStartMs: 0,
    pausedAt: null,
    closed: null,
  }
}

/** Whether a value answers anything: blanks left empty and a choice taken back do not. */
export function isFilled(value: AnswerValue): boolean {
  if (value === null || value === '') return false
  return Array.isArray(value) ? value.some((one) => one !== '') : true
}

/** Whether the file an answer names was received in this attempt for this item, with this content. */
export function isReceived(state: Pick<AttemptState, 'files'>, item: string, value: AnswerValue): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return true
  const file = state.files.get(value.fileId)
  return file?.item === item && file.sha256 === value.sha256
}

export function answeredOf(state: Pick<AttemptState, 'answers'>): number {
  let answered = 0
  for (const one of state.answers.values()) if (one.filled) answered += 1
  return answered
}

/** Takes one more entry into the state, in place: the room folds thousands a second. */
export function apply(state: AttemptState, entry: Entry, hash: Buffer): void {
  state.seq = entry.seq
  state.hash = hash
  switch (entry.kind) {
    case 'lease':
      if (state.lease !== null && state.lease !== entry.body.lease) state.endedLeases.push(state.lease)
      state.lease = entry.body.lease
      state.seatId = entry.body.seatId ?? state.seatId
      if (entry.body.lease !== null) state.enteredAt ??= entry.at
      return
    case 'start':
      state.startedAt = entry.at
      state.pausedBeforeStartMs = state.pausedMs
      return
    case 'answer': {
      const { item, revision, clientSeq, value } = entry.body
      state.answers.set(item, { revision, clientSeq, filled: isFilled(value) })
      return
    }
    case 'file': {
      const { fileId, item, sha256 } = entry.body
      state.files.set(fileId, { item, sha256 })
      return
    }
    case 'event':
      state.eventIds.add(entry.body.id)
      return
    case 'extend':
      state.extendedMs += entry.body.seconds * 1000
      state.extensions.push({ seconds: entry.body.seconds, reason: entry.body.reason, at: entry.at })
      return
    case 'pause':
      state.pausedAt ??= entry.at
      return
    case 'resume':
      // A clock set back in the meantime takes no time away.
      if (state.pausedAt) state.pausedMs += Math.max(0, entry.at.getTime() - state.pausedAt.getTime())
      state.pausedAt = null
      return
    case 'hand_in':
    case 'close':
      state.closed = {
        at: entry.at,
        why: entry.kind === 'close' ? entry.body.why : 'handed_in',
        seq: entry.seq,
        hash,
        answered: entry.body.answered,
      }
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
