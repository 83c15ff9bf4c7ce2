// Whether a journal keeps the laws of the room, entry by entry. Pure, and apart from the code that wrote it: the
// second look at scores, the replay and the check of an archive without the platform all judge here.
import { inTime, type Window } from '../attempts/deadline.ts'
import {
  type AnswerValue,
  type AttemptState,
  apply,
  type Entry,
  entryOf,
  freshState,
  hashOf,
  isReceived,
  ROOT,
  type Row,
} from '../attempts/entry.ts'

export type Law =
  | 'chain'
  | 'body'
  | 'before-start'
  | 'after-close'
  | 'while-paused'
  | 'late'
  | 'revision'
  | 'file'
  | 'twice'
  | 'head'

export interface Breach {
  seq: number
  law: Law
}

export interface AttemptVerdict {
  breaches: Breach[]
  entries: number
  /** Answer entries that were held against the deadline. */
  answersChecked: number
  state: AttemptState
  /** Of every item the highest revision before the close. */
  answers: Map<string, { value: AnswerValue; revision: number }>
}

/** `closed` is what lists say of the end of the attempt; it must be the entry that closed the journal. */
export function checkAttempt(
  window: Window,
  rows: readonly Row[],
  closed: { seq: number; hash: Uint8Array } | null,
): AttemptVerdict {
  const state = freshState()
  const breaches: Breach[] = []
  const answers: AttemptVerdict['answers'] = new Map()
  let previous: Uint8Array = ROOT
  let answersChecked = 0
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1 || !hashOf(previous, row).equals(row.hash)) {
      // After a break nothing that follows proves anything.
      breaches.push({ seq: index + 1, law: 'chain' })
      break
    }
    previous = row.hash
    const entry = read(row)
    if (!entry) {
      breaches.push({ seq: row.seq, law: 'body' })
      continue
    }
    for (const law of broken(window, state, entry)) breaches.push({ seq: row.seq, law })
    if (entry.kind === 'answer') {
      answersChecked += 1
      const before = answers.get(entry.body.item)
      if (!state.closed && entry.body.revision > (before?.revision ?? 0))
        answers.set(entry.body.item, { value: entry.body.value, revision: entry.body.revision })
    }
    if (!state.closed || (entry.kind !== 'hand_in' && entry.kind !== 'close')) apply(state, entry, row.hash)
  }
  if (breaches.every((one) => one.law !== 'chain') && !sameEnd(state, closed))
    breaches.push({ seq: closed?.seq ?? state.closed?.seq ?? 0, law: 'head' })
  return { breaches, entries: rows.length, answersChecked, state, answers }
}

function sameEnd(state: AttemptState, closed: { seq: number; hash: Uint8Array } | null): boolean {
  if (!state.closed || !closed) return !state.closed && !closed
  return state.closed.seq === closed.seq && state.closed.hash.equals(closed.hash)
}

function read(row: Row): Entry | undefined {
  try {
    const entry = entryOf(row)
    return typeof entry.body === 'object' && entry.body !== null ? entry : undefined
  } catch {
    return undefined
  }
}

/** Why nothing of the candidate's may be written at this instant. */
function outOfTime(window: Window, state: AttemptState, at: Date): Law[] {
  const laws: Law[] = []
  if (!state.startedAt) laws.push('before-start')
  if (state.closed) laws.push('after-close')
  if (state.pausedAt) laws.push('while-paused')
  if (!inTime(window, state, at)) laws.push('late')
  return laws
}

function broken(window: Window, state: AttemptState, entry: Entry): Law[] {
  switch (entry.kind) {
    case 'file':
      return outOfTime(window, state, entry.at)
    case 'answer': {
      const laws = outOfTime(window, state, entry.at)
      if (!isReceived(state, entry.body.item, entry.body.value)) laws.push('file')
      if (entry.body.revision !== (state.answers.get(entry.body.item)?.revision ?? 0) + 1)
        laws.push('revision')
      return laws
    }
    case 'start':
      return [
        ...(state.startedAt ? ['twice' as const] : []),
        ...(state.closed ? ['after-close' as const] : []),
      ]
    case 'hand_in': {
      const laws: Law[] = state.closed ? ['twice'] : []
      if (!state.startedAt) laws.push('before-start')
      if (!state.closed && !inTime(window, state, entry.at)) laws.push('late')
      return laws
    }
    case 'close':
      return state.closed ? ['twice'] : []
    default:
      return []
  }
}
