import { type ApiProblem, problemOf } from '../../ui/api.ts'

/**
 * Learning an online lesson by reading its pages against the server's clock (HB-4.3 规定学时). The server alone credits;
 * the player only keeps what it reports honest and says what is going on. Time runs while the page in turn is read in
 * front; at the end of a page it waits for the learner to turn it. What was not acknowledged is learned again: after
 * every stop the player goes on from the server's first unwatched moment.
 */
export type Standing =
  | 'ready'
  | 'starting'
  | 'running'
  | 'paused'
  | 'page-over'
  /** The browser's tab went to the back. */
  | 'hidden'
  /** The server cannot be reached: nothing is credited, tried again by itself. */
  | 'cut-off'
  /** Another tab or phone took over. */
  | 'elsewhere'
  /** The server refused to go on; `problem` says why. */
  | 'stopped'
  | 'done'

export interface PlayerState {
  standing: Standing
  /** The page whose turn it is. */
  page: number
  positionMs: number
  /** As the server last said. */
  creditedMs: number
  problem: ApiProblem | null
}

export interface LessonCalls {
  start(): Promise<{ sessionId: string; positionMs: number; creditedMs: number }>
  beat(beat: {
    sessionId: string
    positionMs: number
    playing: boolean
    ending?: boolean
  }): Promise<{ creditedMs: number; resumeMs: number; done: boolean }>
}

export interface Player {
  state(): PlayerState
  subscribe(watch: () => void): () => void
  /** Takes the person's one lease, from whatever else was being learned. */
  begin(): void
  pause(): void
  goOn(): void
  turnPage(): void
  hide(): void
  show(): void
  leave(): void
  /** To be called about twice a second. */
  tick(): void
}

/** Silence that means the connection is gone, and how often it is tried again. */
const LONGEST_ANSWER_MS = 10_000
const RETRY_MS = 5000
/** A clock that jumped further than this between two ticks: the computer slept. */
const SLEPT_MS = 5000

export function createLessonPlayer(given: {
  lengthMs: number
  pages: number
  creditedMs: number
  beatSeconds: number
  calls: LessonCalls
  now: () => number
}): Player {
  const { lengthMs, pages, calls, now } = given
  const watchers = new Set<() => void>()
  let state: PlayerState = {
    standing: given.creditedMs >= lengthMs ? 'done' : 'ready',
    page: 0,
    positionMs: given.creditedMs,
    creditedMs: given.creditedMs,
    problem: null,
  }
  state.page = pageAt(state.positionMs)
  let sessionId = ''
  let resumeMs = given.creditedMs
  let runFrom = { positionMs: 0, at: 0 }
  let inFront = true
  let lastTickAt = 0
  let lastBeatAt = 0
  let lastTryAt = 0
  // Calls go one after another; a failure forgets those that still wait and the late answer of the one under way.
  let line = Promise.resolve()
  let epoch = 0
  let askedAt: number | null = null

  function pageAt(positionMs: number): number {
    return Math.min(pages - 1, Math.floor((positionMs * pages) / lengthMs))
  }
  const endOf = (page: number) => Math.round(((page + 1) * lengthMs) / pages)

  function set(change: Partial<PlayerState>): void {
    state = { ...state, ...change }
    for (const watch of watchers) watch()
  }

  function inLine<T>(work: () => Promise<T>, then: (answer: T) => void): void {
    const mine = epoch
    line = line.then(async () => {
      if (mine !== epoch) return
      askedAt = now()
      try {
        const answer = await work()
        if (mine !== epoch) return
        askedAt = null
        then(answer)
      } catch (failure) {
        if (mine === epoch) fail(problemOf(failure))
      }
    })
  }

  function fail(problem: ApiProblem): void {
    epoch += 1
    line = Promise.resolve()
    askedAt = null
    lastTryAt = now()
    if (problem.kind === 'network' || problem.kind === 'server') {
      if (!sessionId) set({ standing: 'ready', problem })
      else if (state.standing !== 'paused' && state.standing !== 'hidden')
        set({ standing: 'cut-off', positionMs: resumeMs, problem: null })
      return
    }
    const elsewhere = problem.kind === 'refusal' && problem.refusal.code === 'WATCHING_ELSEWHERE'
    set({ standing: elsewhere ? 'elsewhere' : 'stopped', positionMs: resumeMs, problem })
  }

  function run(positionMs: number): void {
    if (!inFront) {
      set({ standing: 'hidden', positionMs, problem: null })
      return
    }
    const at = now()
    runFrom = { positionMs, at }
    lastTickAt = at
    lastBeatAt = at
    const fellBack = positionMs < endOf(state.page - 1) - SLEPT_MS
    set({
      standing: 'running',
      positionMs,
      page: fellBack ? pageAt(positionMs) : state.page,
      problem: null,
    })
  }

  function report(positionMs: number): void {
    lastBeatAt = now()
    const beat = { sessionId, positionMs: Math.round(positionMs), playing: true }
    inLine(
      () => calls.beat(beat),
      (answer) => {
        resumeMs = answer.resumeMs
        set({ creditedMs: answer.creditedMs })
        if (answer.done) set({ standing: 'done', positionMs: lengthMs })
        // The last page is over, but a moment of it was lost on the way: it is made up at once.
        else if (state.standing === 'page-over' && state.page === pages - 1) goOn()
      },
    )
  }

  function stop(standing: 'paused' | 'hidden' | 'page-over', positionMs: number): void {
    report(positionMs)
    set({ standing, positionMs })
  }

  function goOn(): void {
    if (state.standing !== 'cut-off') set({ standing: 'starting' })
    lastTryAt = now()
    // The standstill itself must not count: a pause is reported where learning goes on.
    inLine(
      () => calls.beat({ sessionId, positionMs: Math.round(resumeMs), playing: false }),
      (answer) => {
        resumeMs = answer.resumeMs
        set({ creditedMs: answer.creditedMs })
        if (answer.done) set({ standing: 'done', positionMs: lengthMs })
        else run(resumeMs)
      },
    )
  }

  const reached = (at: number) =>
    Math.min(endOf(state.page), runFrom.positionMs + Math.max(0, at - runFrom.at))

  return {
    state: () => state,
    subscribe: (watch) => {
      watchers.add(watch)
      return () => watchers.delete(watch)
    },
    begin: () => {
      epoch += 1
      line = Promise.resolve()
      set({ standing: 'starting', problem: null })
      inLine(calls.start, (answer) => {
        sessionId = answer.sessionId
        resumeMs = answer.positionMs
        set({ creditedMs: answer.creditedMs, page: pageAt(answer.positionMs) })
        if (answer.creditedMs >= lengthMs) set({ standing: 'done', positionMs: lengthMs })
        else run(answer.positionMs)
      })
    },
    pause: () => {
      if (state.standing === 'running') stop('paused', reached(now()))
    },
    goOn: () => {
      if (state.standing === 'paused') goOn()
    },
    turnPage: () => {
      if (state.standing !== 'page-over') return
      set({ page: Math.min(pages - 1, state.page + 1) })
      goOn()
    },
    hide: () => {
      inFront = false
      if (state.standing === 'running') stop('hidden', reached(now()))
    },
    show: () => {
      inFront = true
      if (state.standing === 'hidden') goOn()
    },
    leave: () => {
      if (!sessionId || ['elsewhere', 'stopped', 'done', 'ready'].includes(state.standing)) return
      const playing = state.standing === 'running'
      const positionMs = Math.round(playing ? reached(now()) : resumeMs)
      // Nobody is left to hear of a failure: what was learned since the last beat is then learned again.
      calls.beat({ sessionId, positionMs, playing, ending: true }).catch(() => {})
      sessionId = ''
      set({ standing: 'ready', positionMs })
    },
    tick: () => {
      const at = now()
      if (askedAt !== null && at - askedAt > LONGEST_ANSWER_MS)
        return fail({ kind: 'network', message: '服务器没有应答。' })
      if (state.standing === 'cut-off') {
        if (askedAt === null && at - lastTryAt >= RETRY_MS) goOn()
        return
      }
      if (state.standing !== 'running') return
      if (at - lastTickAt > SLEPT_MS) return stop('paused', reached(lastTickAt))
      lastTickAt = at
      const positionMs = reached(at)
      if (positionMs >= endOf(state.page)) return stop('page-over', positionMs)
      set({ positionMs })
      if (at - lastBeatAt >= given.beatSeconds * 1000) report(positionMs)
    },
  }
}
