// When to send what: about a second after the last keystroke, at once for a choice, one batch at a time, again with
// growing pauses when the line is down. Everything it needs from the world comes in as arguments.
import type { AnswerValue, AnswerView, Save, SaveResult } from '../../../../server/src/halls/attempts/wire.ts'
import {
  chooseVersion,
  isUnsaved,
  itemOf,
  type LocalAnswers,
  localAnswers,
  nextBatch,
  restoreQueue,
  type SaveQueue,
  takeResults,
  typeAnswer,
  unsavedItems,
} from './save-queue.ts'

/** How a batch ended when the server did not answer for its saves. */
export type SendFailure =
  /** Nothing heard: the same again later. */
  | 'unreachable'
  /** The server cannot answer now: the same again later. */
  | 'busy'
  /** One of these saves cannot be read: they must go one by one. */
  | 'unreadable'
  /** The hall stands still: again when it goes on. */
  | 'paused'
  /** This browser may not write any more, or nobody may. */
  | 'ended'

export interface SaverWorld {
  send(saves: Save[]): Promise<{ results: SaveResult[] } | { failure: SendFailure }>
  /** Puts the queue away on this machine; false when the machine cannot. */
  store(answers: LocalAnswers): Promise<boolean>
  /** Monotonic, and the server's time as text. */
  monotonicMs(): number
  instant(): string
  after(ms: number, run: () => void): () => void
  random(): number
}

export interface SaverView {
  queue: SaveQueue
  sending: boolean
  /** Batches in a row of which nothing was heard. */
  failures: number
  /** The last of them came from the server: the line is there. */
  busy: boolean
  /** What stands here is also on this machine's disk. */
  stored: boolean
  held: 'paused' | 'ended' | null
}

/** What is shown beside an answer; never "saved" before the server has committed it. */
export type SaveState = 'empty' | 'saved' | 'saving' | 'offline' | 'busy' | 'conflict' | 'late' | 'refused'

const QUIET_MS = 1_000
/** Somebody who types without a pause is saved all the same. */
const LONGEST_WAIT_MS = 5_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 15_000

export type Saver = ReturnType<typeof openSaver>

export function openSaver(
  world: SaverWorld,
  local: LocalAnswers | undefined,
  server: readonly AnswerView[] | undefined,
) {
  let view: SaverView = {
    queue: restoreQueue(local, server),
    sending: false,
    failures: 0,
    busy: false,
    stored: true,
    held: null,
  }
  /** When an item is due, on the monotonic clock: first typed, and not before. */
  const dueAt = new Map<string, { first: number; due: number }>()
  const watchers = new Set<() => void>()
  let timer: (() => void) | undefined
  let notBefore = 0
  let oneByOne = false
  let storing: Promise<void> | undefined
  let restore = false

  const show = (change: Partial<SaverView>) => {
    view = { ...view, ...change }
    for (const watch of watchers) watch()
  }

  /** Writes the newest queue; while one write runs the next waits, whatever happened in between goes with it. */
  const store = (): Promise<void> => {
    restore = true
    storing ??= (async () => {
      while (restore) {
        restore = false
        const stored = await world.store(localAnswers(view.queue))
        if (stored !== view.stored) show({ stored })
      }
      storing = undefined
    })()
    return storing
  }

  const plan = () => {
    timer?.()
    timer = undefined
    if (view.sending || view.held) return
    const now = world.monotonicMs()
    const waits = unsavedItems(view.queue)
      .filter((item) => !itemOf(view.queue, item).conflict)
      .map((item) => (itemOf(view.queue, item).sent ? now : (dueAt.get(item)?.due ?? now)))
    if (waits.length === 0) return
    const at = Math.max(Math.min(...waits), notBefore)
    timer = world.after(Math.max(0, at - now), () => void flush(false))
  }

  const flush = async (all: boolean): Promise<void> => {
    if (view.sending || view.held) return
    const now = world.monotonicMs()
    if (!all && now < notBefore) return plan()
    const due = (item: string) => all || (dueAt.get(item)?.due ?? 0) <= now
    const limits = oneByOne ? { saves: 1, chars: 400_000 } : undefined
    const batch = nextBatch(view.queue, due, limits)
    if (batch.saves.length === 0) return plan()
    for (const { item } of batch.saves) dueAt.delete(item)
    show({ queue: batch.queue, sending: true })
    // The number must be on the disk before it is on the line: after a crash it must never mean another answer.
    await store()
    const answer = await world.send(batch.saves)
    if ('results' in answer) {
      notBefore = 0
      if (batch.saves.length === 1) oneByOne = false
      show({
        queue: takeResults(view.queue, answer.results, world.instant()),
        sending: false,
        failures: 0,
        busy: false,
      })
      void store()
      return plan()
    }
    takeFailure(answer.failure, batch.saves)
    plan()
  }

  const takeFailure = (failure: SendFailure, saves: Save[]) => {
    if (failure === 'paused' || failure === 'ended') return show({ sending: false, held: failure })
    if (failure === 'unreadable') {
      const [only] = saves
      if (only && saves.length === 1) {
        const refused: SaveResult = {
          item: only.item,
          clientSeq: only.clientSeq,
          status: 'refused',
          revision: 0,
        }
        oneByOne = false
        return show({ sending: false, queue: takeResults(view.queue, [refused], world.instant()) })
      }
      oneByOne = true
      return show({ sending: false })
    }
    const failures = view.failures + 1
    const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))
    // A whole hall comes back at the same moment: half of the pause is chance.
    notBefore = world.monotonicMs() + pause * (0.5 + world.random() * 0.5)
    show({ sending: false, failures, busy: failure === 'busy' })
  }

  plan()

  return {
    get: () => view,
    watch(run: () => void): () => void {
      watchers.add(run)
      return () => watchers.delete(run)
    },
    /** Never waits: what was typed is on the screen at once and on its way by itself. */
    type(item: string, value: AnswerValue, soon: 'at once' | 'when quiet'): void {
      const now = world.monotonicMs()
      const first = dueAt.get(item)?.first ?? now
      const due = soon === 'at once' ? now : Math.min(now + QUIET_MS, first + LONGEST_WAIT_MS)
      dueAt.set(item, { first, due })
      show({ queue: typeAnswer(view.queue, item, value, world.instant()) })
      void store()
      plan()
    },
    choose(item: string, version: 'mine' | 'theirs'): void {
      show({ queue: chooseVersion(view.queue, item, version, world.instant()) })
      void store()
      plan()
    },
    /** The line is said to be back: try within two seconds, not all at the same moment. */
    lineIsBack(): void {
      if (view.failures === 0) return
      notBefore = Math.min(notBefore, world.monotonicMs() + world.random() * 2_000)
      plan()
    },
    goOn(): void {
      if (view.held === 'paused') show({ held: null })
      plan()
    },
    /** Takes in what the server says it has, under what is still to be sent. */
    merge(answers: readonly AnswerView[]): void {
      show({ queue: restoreQueue(localAnswers(view.queue), answers) })
      void store()
      plan()
    },
    stop(): void {
      timer?.()
      show({ held: 'ended' })
    },
    /** Sends everything now and waits until the server has it or `withinMs` are over. */
    async flushAll(withinMs: number): Promise<boolean> {
      const until = world.monotonicMs() + withinMs
      notBefore = 0
      while (view.held !== 'ended' && world.monotonicMs() < until) {
        const open = unsavedItems(view.queue).filter((item) => !itemOf(view.queue, item).conflict)
        if (open.length === 0) return true
        if (!view.sending && !view.held) await flush(true)
        if (view.failures > 0 || view.sending || view.held)
          await new Promise<void>((resolve) => world.after(200, resolve))
      }
      return unsavedItems(view.queue).length === 0
    },
    stateOf: (item: string): SaveState => saveState(view, item),
  }
}

export function saveState(view: SaverView, item: string): SaveState {
  const one = itemOf(view.queue, item)
  if (one.rejected) return one.rejected
  if (one.conflict) return 'conflict'
  if (isUnsaved(one)) {
    if (view.failures === 0) return 'saving'
    return view.busy ? 'busy' : 'offline'
  }
  return one.revision > 0 ? 'saved' : 'empty'
}
