// What the candidate wrote, what of it the server has, and what is on its way: a state machine without a clock, a
// network or a disk. One save of an item is on its way at a time and is sent again, number and all, until the server
// has answered it; what is typed meanwhile waits behind it. So a lost answer costs nothing, and nothing counts twice.
import type { AnswerValue, AnswerView, Save, SaveResult } from '../../../../server/src/halls/attempts/wire.ts'

export interface ItemQueue {
  /** What stands on the screen. */
  value: AnswerValue
  /** The revision the server is known to have, and since when. */
  revision: number
  savedAt: string | null
  /** Fixed under its number and not yet answered for by the server. */
  sent: Save | null
  /** Typed after `sent` was fixed. */
  typed: { value: AnswerValue; clientAt: string } | null
  conflict: { revision: number; value: AnswerValue } | null
  /** The server will never take what stands here. */
  rejected: 'late' | 'refused' | null
}

export interface SaveQueue {
  nextSeq: number
  items: Readonly<Record<string, ItemQueue>>
}

/** A reload may have lost a number that was given out; the next browser life starts well above it. */
const SEQ_GAP = 100

export const emptyQueue: SaveQueue = { nextSeq: 1, items: {} }

const FRESH: ItemQueue = {
  value: null,
  revision: 0,
  savedAt: null,
  sent: null,
  typed: null,
  conflict: null,
  rejected: null,
}

export function itemOf(queue: SaveQueue, item: string): ItemQueue {
  return queue.items[item] ?? FRESH
}

function withItem(queue: SaveQueue, item: string, change: Partial<ItemQueue>): SaveQueue {
  return { ...queue, items: { ...queue.items, [item]: { ...itemOf(queue, item), ...change } } }
}

export function typeAnswer(queue: SaveQueue, item: string, value: AnswerValue, clientAt: string): SaveQueue {
  return withItem(queue, item, { value, typed: { value, clientAt }, rejected: null })
}

/** Whether the server still has to answer for something of this item. A conflict waits for the candidate instead. */
export function isUnsaved(one: ItemQueue): boolean {
  return (one.sent !== null || one.typed !== null) && one.rejected === null
}

export function unsavedItems(queue: SaveQueue): string[] {
  return Object.keys(queue.items).filter((item) => isUnsaved(itemOf(queue, item)))
}

/**
 * Fixes what is due under numbers and says what to send: everything unanswered of before goes first and again, in
 * the order of its numbers. The caller stores the queue before it sends.
 */
export function nextBatch(
  queue: SaveQueue,
  due: (item: string) => boolean,
  limits = { saves: 100, chars: 400_000 },
): { queue: SaveQueue; saves: Save[] } {
  let next = queue
  const waiting = Object.values(queue.items)
    .filter((one) => one.sent !== null && one.conflict === null && one.rejected === null)
    .map((one) => one.sent as Save)
    .sort((a, b) => a.clientSeq - b.clientSeq)
  const saves: Save[] = []
  let chars = 0
  const fits = (save: Save) => {
    const size = JSON.stringify(save.value).length
    if (saves.length > 0 && (saves.length >= limits.saves || chars + size > limits.chars)) return false
    chars += size
    saves.push(save)
    return true
  }
  for (const save of waiting) if (!fits(save)) return { queue: next, saves }
  for (const [item, one] of Object.entries(queue.items)) {
    if (one.sent || one.conflict || one.rejected || !one.typed || !due(item)) continue
    const save: Save = {
      item,
      clientSeq: next.nextSeq,
      baseRevision: one.revision,
      value: one.typed.value,
      clientAt: one.typed.clientAt,
    }
    if (!fits(save)) break
    next = withItem({ ...next, nextSeq: next.nextSeq + 1 }, item, { sent: save, typed: null })
  }
  return { queue: next, saves }
}

/** Takes what the server said. An answer to a save that is no longer the one on its way changes nothing. */
export function takeResults(queue: SaveQueue, results: readonly SaveResult[], at: string): SaveQueue {
  let next = queue
  for (const result of results) {
    const one = itemOf(next, result.item)
    if (one.sent?.clientSeq !== result.clientSeq) continue
    next = withItem(next, result.item, taken(one, one.sent, result, at))
  }
  return next
}

function taken(one: ItemQueue, sent: Save, result: SaveResult, at: string): Partial<ItemQueue> {
  const committed = { sent: null, revision: result.revision, savedAt: result.at ?? at, conflict: null }
  switch (result.status) {
    case 'saved':
    case 'same':
      return committed
    case 'conflict': {
      const theirs = result.value ?? null
      // Both sides wrote the same: there is nothing to choose.
      if (sameValue(theirs, sent.value)) return committed
      return {
        sent: null,
        typed: one.typed ?? { value: sent.value, clientAt: sent.clientAt },
        conflict: { revision: result.revision, value: theirs },
      }
    }
    case 'late':
    case 'refused':
      return { rejected: result.status, sent: null, typed: null }
  }
}

/** The candidate has seen both versions of a conflict and chosen. */
export function chooseVersion(
  queue: SaveQueue,
  item: string,
  version: 'mine' | 'theirs',
  at: string,
): SaveQueue {
  const one = itemOf(queue, item)
  if (!one.conflict) return queue
  const { revision, value } = one.conflict
  if (version === 'theirs')
    return withItem(queue, item, { value, revision, savedAt: at, typed: null, conflict: null })
  return withItem(queue, item, {
    revision,
    conflict: null,
    typed: { value: one.value, clientAt: one.typed?.clientAt ?? at },
  })
}

/** What is put away on this machine after every change: enough to go on after a crash. */
export interface LocalAnswers {
  nextSeq: number
  items: Record<string, Pick<ItemQueue, 'value' | 'revision' | 'savedAt' | 'sent' | 'typed' | 'conflict'>>
}

export function localAnswers(queue: SaveQueue): LocalAnswers {
  return { nextSeq: queue.nextSeq, items: { ...queue.items } }
}

/**
 * The queue after a reload or on another machine: what the server has, and over it whatever this machine still had
 * to send. What was sent keeps its number and base, so that the server knows it again.
 */
export function restoreQueue(
  local: LocalAnswers | undefined,
  server: readonly AnswerView[] | undefined,
): SaveQueue {
  const items: Record<string, ItemQueue> = {}
  for (const [item, one] of Object.entries(local?.items ?? {})) items[item] = { ...FRESH, ...one }
  for (const { item, revision, value, at } of server ?? []) {
    const mine = items[item]
    if (!mine || !isUnsaved(mine)) items[item] = { ...FRESH, value, revision, savedAt: at }
    else if (!mine.sent && !mine.conflict && mine.revision < revision) {
      // Typed here over an older revision than the server has: the candidate must choose, unless it is the same.
      if (sameValue(mine.value, value)) items[item] = { ...FRESH, value, revision, savedAt: at }
      else items[item] = { ...mine, conflict: { revision, value } }
    }
  }
  const numbers = [
    local?.nextSeq ?? 1,
    ...(server ?? []).map((one) => one.clientSeq + 1),
    ...Object.values(items).map((one) => (one.sent?.clientSeq ?? 0) + 1),
  ]
  const started = local !== undefined || (server?.length ?? 0) > 0
  return { nextSeq: Math.max(...numbers) + (started ? SEQ_GAP : 0), items }
}

export function sameValue(a: AnswerValue, b: AnswerValue): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => one === b[index])
  if (a && b && typeof a === 'object' && typeof b === 'object' && !Array.isArray(a) && !Array.isArray(b))
    return a.fileId === b.fileId
  return false
}

/** What the hand-in names: every item of which the server has a revision. */
export function revisionsOf(queue: SaveQueue): Record<string, number> {
  return Object.fromEntries(
    Object.entries(queue.items)
      .filter(([, one]) => one.revision > 0)
      .map(([item, one]) => [item, one.revision]),
  )
}
