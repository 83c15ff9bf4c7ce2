// A bounded pool of threads with the face model. Nothing is loaded before the first picture; a thread that dies
// takes its own picture with it and nothing else; whoever asks always gets an answer by the deadline.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Look } from './face.ts'
import type { Answered, Asked } from './worker.ts'

export interface Faces {
  /** Never throws and never waits longer than the deadline. */
  look(picture: Uint8Array, options?: { deadlineMs?: number }): Promise<Look>
  /** Pictures waiting or being looked at. */
  waiting(): number
  close(): Promise<void>
}

export interface FacePoolOptions {
  threads?: number
  /** How many pictures may wait; the next is told `busy` at once. */
  queue?: number
  /** The module with `openModel`; tests put a broken one in its place. */
  model?: string
}

interface Waiting {
  bytes: Uint8Array
  answer: (look: Look) => void
  timer: NodeJS.Timeout
  settled: boolean
}
interface Thread {
  worker: Worker
  job: Waiting | undefined
  number: number
}

const DEADLINE_MS = 15_000
/** A thread that is still at a picture this long after nobody waits for it any more hangs: it is ended. */
const HANGS_MS = 30_000
const RESTARTS_PER_MINUTE = 10

/** Half the cores at most, so that answers always have the rest. */
export function openFacePool({
  threads = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2))),
  queue = 64,
  model = new URL('./model.ts', import.meta.url).href,
}: FacePoolOptions = {}): Faces {
  const running = new Set<Thread>()
  const queued: Waiting[] = []
  let restarts: number[] = []
  let closed = false

  function settle(one: Waiting, look: Look): void {
    if (one.settled) return
    one.settled = true
    clearTimeout(one.timer)
    one.answer(look)
  }

  function late(one: Waiting, deadlineMs: number): void {
    settle(one, { outcome: 'late', why: `not within ${deadlineMs} ms` })
    for (const thread of running) {
      if (thread.job !== one) continue
      setTimeout(() => thread.job === one && thread.worker.terminate(), HANGS_MS).unref()
    }
  }

  function start(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { model } })
    worker.unref()
    const thread: Thread = { worker, job: undefined, number: 0 }
    worker.on('message', ({ number, look }: Answered) => {
      if (number !== thread.number || !thread.job) return
      settle(thread.job, look)
      thread.job = undefined
      next()
    })
    const gone = (why: string) => {
      if (!running.delete(thread)) return
      restarts.push(performance.now())
      if (thread.job) settle(thread.job, { outcome: 'crashed', why })
      next()
    }
    worker.on('error', (error) => gone(error instanceof Error ? error.message : String(error)))
    worker.on('exit', () => gone('the thread ended'))
    running.add(thread)
    return thread
  }

  function freeThread(): Thread | undefined {
    for (const thread of running) if (!thread.job) return thread
    if (running.size >= threads || closed) return undefined
    restarts = restarts.filter((at) => at > performance.now() - 60_000)
    return restarts.length < RESTARTS_PER_MINUTE ? start() : undefined
  }

  function next(): void {
    while (queued.length > 0) {
      const thread = freeThread()
      if (!thread) {
        if (running.size === 0) for (const one of queued.splice(0)) settle(one, gaveUp())
        return
      }
      const job = queued.shift()
      if (!job || job.settled) continue
      thread.job = job
      thread.number += 1
      thread.worker.postMessage({ number: thread.number, bytes: job.bytes } satisfies Asked)
    }
  }

  const gaveUp = (): Look => ({
    outcome: 'missing',
    why: closed ? 'closed' : 'the threads end again and again',
  })

  return {
    look: (bytes, { deadlineMs = DEADLINE_MS } = {}) =>
      new Promise((answer) => {
        if (closed) return answer(gaveUp())
        if (queued.filter((one) => !one.settled).length >= queue)
          return answer({ outcome: 'busy', why: `${queue} wait already` })
        const one: Waiting = {
          bytes,
          answer,
          settled: false,
          timer: setTimeout(() => late(one, deadlineMs), deadlineMs),
        }
        queued.push(one)
        next()
      }),
    waiting: () =>
      queued.filter((one) => !one.settled).length + [...running].filter((thread) => thread.job).length,
    close: async () => {
      closed = true
      for (const one of queued.splice(0)) settle(one, gaveUp())
      const threads_ = [...running]
      running.clear()
      for (const thread of threads_) if (thread.job) settle(thread.job, gaveUp())
      await Promise.all(threads_.map((thread) => thread.worker.terminate()))
    },
  }
}

const pools = new WeakMap<object, Faces>()

/** The process's pool, opened at the first picture. `of` is the App. */
export function facesOf(of: object): Faces {
  const open = pools.get(of) ?? openFacePool()
  pools.set(of, open)
  return open
}

/** Puts another pool in its place: for tests, a hall without the model, a bench. */
export function useFaces(of: object, faces: Faces): void {
  pools.set(of, faces)
}
