// One candidate's attempt in this browser: from the sealed paper to the receipt. Holds what is shown and talks to the
// server; the answers themselves are the saver's.
import type {
  AnswerValue,
  AttemptView,
  ClockView,
  Entered,
  Paper,
  PulseAnswer,
  Receipt,
  RoomEvent,
  Save,
  Signals,
} from '../../../../server/src/halls/attempts/wire.ts'
import {
  isUnsaved,
  itemOf,
  type LocalAnswers,
  restoreQueue,
  revisionsOf,
  unsavedItems,
} from '../answers/save-queue.ts'
import { openSaver, type Saver, type SaverWorld } from '../answers/saver.ts'
import { sealAnswers } from '../answers/sealed-export.ts'
import { type Answer, call, type Failure, willPass, wordsOf } from '../api.ts'
import { leftMs, type ServerClock, serverNow, takeSample } from '../clock/server-clock.ts'
import { endOf } from '../left-behind.ts'
import { forgetAnswers, forgetAttempt, keepEnd, keysUnder, putLocal, readLocal } from '../local-store.ts'
import { importPaperKey, openPaper } from '../paper/open-paper.ts'
import { isAnswered, type Question, questionsOf } from '../paper/question-map.ts'
import { type EventLog, openEventLog } from '../watch/event-log.ts'
import { type FileAnswers, openFileAnswers } from './file-answers.ts'
import { openStore, type Store } from './store.ts'

/** What this machine keeps of the attempt, so that a page loaded anew goes on, with or without a line. */
export interface KeptAttempt {
  entered: Entered
  key?: CryptoKey
  startedAt?: string
  times?: Times
  /** Server time less this machine's wall clock when they were last compared: all there is after a reload without a line. */
  wallOffsetMs?: number
  position?: number
  marked?: string[]
}

export type Times = ClockView & { heardAtMs: number }

export interface RoomView {
  phase: 'sealed' | 'working' | 'ending' | 'closed' | 'lost'
  paper: Paper | null
  questions: Question[]
  clock: ServerClock | undefined
  times: Times
  /** `busy`: the server is heard and cannot answer. */
  line: 'up' | 'busy' | 'down'
  position: number
  marked: ReadonlySet<string>
  messages: PulseAnswer['messages']
  extensions: PulseAnswer['extensions']
  busy: 'starting' | 'handing-in' | null
  problem: string | null
  receipt: Receipt | null
  /** Why this browser may not go on. */
  lost: string | null
  saver: Saver | null
  files: FileAnswers | null
}

export interface RoomWorld {
  signals(): Signals
  captureNow(): void
}

/** The board calls silence after five seconds: one lost pulse is seen, one late pulse is not. */
const PULSE_MS = 3_000
const PULSE_EVENTS = 50
const LOST =
  '这台机器不能继续作答：答题已转到另一台机器，或本机的答题凭证已失效。已保存的答案都在服务器上。请举手告知监考员。'

export type Room = ReturnType<typeof openRoom>

export function openRoom(kept: KeptAttempt, world: RoomWorld) {
  const { entered } = kept
  const secrets = { attempt: entered.attempt, lease: entered.lease }
  const store = openStore<RoomView>({
    phase: 'sealed',
    paper: null,
    questions: [],
    clock: undefined,
    times: kept.times ?? {
      ...clockOf(entered.state),
      heardAtMs: Date.parse(entered.state.deadline ?? '') || 0,
    },
    line: 'up',
    position: kept.position ?? 0,
    marked: new Set(kept.marked ?? []),
    messages: [],
    extensions: [],
    busy: null,
    problem: null,
    receipt: null,
    lost: null,
    saver: null,
    files: null,
  })
  const events: EventLog = openEventLog(entered.attempt, () => instant())
  let stopped = false
  let cleared = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let roundTripMs: number | null = null

  const nowMs = () => {
    const { clock } = store.get()
    return clock ? serverNow(clock, performance.now()) : Date.now() + (kept.wallOffsetMs ?? 0)
  }
  const instant = () => new Date(nowMs()).toISOString()

  /** Every answer tells the time, and every failure tells of the line. */
  const hear = <T>(answer: Answer<T>): Answer<T> => {
    const { sample } = answer
    if (sample) {
      roundTripMs = Math.round(sample.receivedAt - sample.sentAt)
      store.set({ clock: takeSample(store.get().clock, sample) })
    }
    const line = answer.ok ? 'up' : lineAfter(answer.failure)
    const before = store.get().line
    if (line !== before) {
      if (line === 'down') events.report('offline', {})
      else if (before === 'down') events.report('online', {})
      store.set({ line })
    }
    if (line === 'up') store.get().saver?.lineIsBack()
    if (!answer.ok && leaseIsGone(answer.failure)) lose(answer.failure)
    return answer
  }

  const lose = (failure: Failure) => {
    store.get().saver?.stop()
    const words = failure.kind === 'refusal' ? failure.refusal.message : LOST
    store.set({ phase: 'lost', lost: words, busy: null })
  }

  const keep = () => {
    const { position, marked, times, clock } = store.get()
    Object.assign(kept, { position, marked: [...marked], times })
    if (clock) kept.wallOffsetMs = nowMs() - Date.now()
    void putLocal('room', 'attempt', kept)
  }

  const takeTimes = (clock: ClockView) => {
    const before = store.get().times
    const times = { ...clockOf(clock), heardAtMs: nowMs() }
    store.set({ times })
    if (before.pausedAt && !times.pausedAt) store.get().saver?.goOn()
    if (before.deadline !== times.deadline || before.pausedAt !== times.pausedAt) {
      keep()
      void keepEnd(entered.attempt, endOf(entered, times))
    }
    if (times.closed && store.get().phase !== 'closed' && !stopped) void readReceipt()
  }

  const takeState = (state: AttemptView) => {
    takeTimes(state)
    if (state.receipt) close(state.receipt)
  }

  const close = (receipt: Receipt) => {
    store.get().saver?.stop()
    store.set({ phase: 'closed', receipt, busy: null, problem: null })
    void clear()
  }

  /** How many items have something the server has not; also after a reload, when only the disk knows. */
  const unsent = async (): Promise<number> => {
    const queue = store.get().saver?.get().queue
    const local = queue ? undefined : await readLocal<LocalAnswers>('answers', entered.attempt)
    // A file lies here until the server has it.
    const files = await keysUnder('files', entered.attempt)
    const items = files.map((key) => key.slice(entered.attempt.length + 1))
    return new Set([...unsavedItems(queue ?? restoreQueue(local, undefined)), ...items]).size
  }

  /** With the receipt the answers and the paper's key go: this machine is for others, and its disk is not encrypted. */
  const clear = async () => {
    if ((await unsent()) > 0 || stopped) return
    cleared = true
    delete kept.key
    await putLocal('room', 'attempt', kept)
    await forgetAnswers(entered.attempt)
  }

  const readReceipt = async () => {
    const answer = hear(await call('state', undefined, { secrets }))
    if (answer.ok) takeState(answer.value.state)
    return answer.ok && answer.value.state.receipt !== null
  }

  const send: SaverWorld['send'] = async (saves: Save[]) => {
    const answer = hear(await call('save', { saves }, { secrets }))
    if (answer.ok) {
      takeTimes(answer.value)
      if (answer.value.results.some((one) => one.status === 'conflict')) void catchUp()
      return { results: answer.value.results }
    }
    const { failure } = answer
    if (failure.kind === 'unreadable') return { failure: 'unreadable' }
    if (leaseIsGone(failure)) return { failure: 'ended' }
    if (failure.kind === 'refusal') {
      if (failure.refusal.code.includes('PAUSED')) return { failure: 'paused' }
      // Anything else final is told by the state: closed, or only this batch.
      if (await readReceipt()) return { failure: 'ended' }
      store.set({ problem: failure.refusal.message })
    }
    return { failure: failure.kind === 'busy' ? 'busy' : 'unreachable' }
  }

  /** Somebody else wrote: learn all that the server has, and number what follows above it. */
  const catchUp = async () => {
    const answer = hear(await call('state', undefined, { secrets }))
    if (answer.ok) store.get().saver?.merge(answer.value.state.answers)
  }

  const begin = async (key: CryptoKey, state: AttemptView | undefined) => {
    const [paper, local] = await Promise.all([
      openPaper(entered.paper.cipher, key),
      readLocal<LocalAnswers>('answers', entered.attempt),
    ])
    const saverWorld: SaverWorld = {
      send,
      store: (answers) => (cleared ? Promise.resolve(true) : putLocal('answers', entered.attempt, answers)),
      monotonicMs: () => performance.now(),
      instant,
      after: (ms, run) => {
        const id = setTimeout(run, ms)
        return () => clearTimeout(id)
      },
      random: Math.random,
    }
    const saver = openSaver(saverWorld, local, state?.answers ?? entered.state.answers)
    const files = openFileAnswers(entered.attempt, secrets, hear, (item, value) =>
      saver.type(item, value, 'at once'),
    )
    const questions = questionsOf(paper)
    store.set({
      phase: 'working',
      paper,
      questions,
      saver,
      files,
      busy: null,
      problem: null,
      position: Math.min(store.get().position, questions.length - 1),
    })
    if (state) takeState(state)
  }

  const start = async () => {
    if (store.get().busy) return
    store.set({ busy: 'starting', problem: null })
    const answer = hear(await call('start', {}, { secrets, timeoutMs: 15_000 }))
    if (!answer.ok) {
      // Everybody presses at the same moment; a server that is busy is asked again by itself, each at another time.
      if (willPass(answer.failure) && !stopped) {
        store.set({ problem: '正在领取试卷，请稍候，无须重复操作……' })
        await pause(1_000 + Math.random() * 2_000)
        store.set({ busy: null })
        return start()
      }
      store.set({ busy: null, problem: wordsOf(answer.failure) })
      return
    }
    const key = await importPaperKey(answer.value.key)
    Object.assign(kept, { key, startedAt: answer.value.state.startedAt ?? instant() })
    keep()
    try {
      await begin(key, answer.value.state)
    } catch {
      store.set({ busy: null, problem: '试卷无法打开，请举手告知监考员。您的考试时间会据实记录。' })
    }
  }

  /** A page loaded anew: straight back to the paper, and the line may be down. */
  const resume = async () => {
    const answer = hear(await call('state', undefined, { secrets, timeoutMs: 4_000 }))
    if (stopped || store.get().phase === 'lost') return
    const state = answer.ok ? answer.value.state : undefined
    if (state?.receipt) return takeState(state)
    if (kept.key && (kept.startedAt || state?.startedAt)) {
      await begin(kept.key, state).catch(() => start())
      return
    }
    if (state) takeTimes(state)
    if (state?.startedAt) await start()
  }

  const pulse = async () => {
    const view = store.get()
    if (view.phase === 'closed' || view.phase === 'lost') return
    const reports = await events.next(PULSE_EVENTS)
    const queue = view.saver?.get().queue
    const answer = hear(
      await call(
        'pulse',
        {
          clientAt: instant(),
          unsaved: queue ? unsavedItems(queue).length : 0,
          answered: answeredCount(),
          position: view.questions[view.position]?.item.id ?? null,
          roundTripMs,
          signals: world.signals(),
          events: reports,
        },
        { secrets, timeoutMs: PULSE_MS },
      ),
    )
    if (!answer.ok) return
    await events.done(reports)
    takeTimes(answer.value)
    store.set({ messages: answer.value.messages, extensions: answer.value.extensions })
    if (answer.value.captureNow) world.captureNow()
  }
  const beat = async () => {
    await pulse()
    if (!stopped) timer = setTimeout(() => void beat(), PULSE_MS)
  }

  const answeredCount = () => {
    const { questions, saver } = store.get()
    if (!saver) return 0
    const { queue } = saver.get()
    return questions.filter((one) => isAnswered(itemOf(queue, one.item.id).value)).length
  }

  /** The time is over: send what was typed before, then show what the server has. */
  const end = async () => {
    const { saver, phase } = store.get()
    if (phase !== 'working' || !saver) return
    store.set({ phase: 'ending' })
    await saver.flushAll(Math.max(5, entered.rules.graceSeconds) * 1_000)
    while (!stopped && store.get().phase === 'ending') {
      // An invigilator may have added time in the last moment.
      const left = leftMs(store.get().times, nowMs())
      if (left !== null && left > 1_000 && !store.get().times.closed) return store.set({ phase: 'working' })
      if (await readReceipt()) return
      await pause(3_000)
    }
  }

  const handIn = async (): Promise<void> => {
    const { saver } = store.get()
    if (!saver || store.get().busy) return
    store.set({ busy: 'handing-in', problem: null })
    const all = await saver.flushAll(20_000)
    if (!all) {
      const conflict = unsavedItems(saver.get().queue).some(
        (item) => itemOf(saver.get().queue, item).conflict,
      )
      return store.set({
        busy: null,
        problem: conflict
          ? '还有题目存在两个版本，请先选择保留哪一个，再交卷。'
          : '还有答案没有送达服务器，暂不能交卷。答案已存在本机，请保持本页打开；网络恢复后再交卷，或举手告知监考员。',
      })
    }
    const answer = hear(
      await call('hand-in', { answers: revisionsOf(saver.get().queue) }, { secrets, timeoutMs: 20_000 }),
    )
    if (answer.ok) return close(answer.value)
    if (answer.failure.kind === 'refusal' && answer.failure.refusal.code === 'HAND_IN_DIFFERS') {
      await catchUp()
    }
    if (store.get().phase === 'working') store.set({ busy: null, problem: wordsOf(answer.failure) })
  }

  const exportSealed = async () => {
    const { saver } = store.get()
    const queue = saver?.get().queue
    const local = queue ?? (await readLocal<LocalAnswers>('answers', entered.attempt))
    const items = Object.entries(local?.items ?? {})
    const saves = items.flatMap(([item, one]) => {
      const own: Save[] = one.sent ? [one.sent] : []
      if (one.typed)
        own.push({
          item,
          // Above everything this browser ever numbered, so that the server never takes it for an earlier save.
          clientSeq: (local?.nextSeq ?? 1) + 10_000 + own.length,
          baseRevision: one.sent ? one.sent.baseRevision + 1 : one.revision,
          value: one.typed.value,
          clientAt: one.typed.clientAt,
        })
      return own
    })
    return sealAnswers(
      { attempt: entered.attempt, lease: entered.lease, exportKey: entered.exportKey, madeAt: instant() },
      {
        candidate: entered.candidate,
        seat: entered.seat.label,
        saves,
        answers: items.map(([item, one]) => ({ item, revision: one.revision, value: one.value })),
      },
    )
  }

  return {
    entered,
    secrets,
    view: store as Store<RoomView>,
    nowMs,
    leftMs: () => leftMs(store.get().times, nowMs()),
    startedAtMs: () => (kept.startedAt ? Date.parse(kept.startedAt) : null),
    report: (what: RoomEvent, data: Record<string, unknown> = {}) => events.report(what, data),
    hear,
    /** Answers wait to go: evidence must not take the line. */
    lineIsFree: () => {
      const { saver, line, phase } = store.get()
      if (line !== 'up' || phase === 'lost') return false
      if (!saver) return true
      return !saver.get().sending && !Object.values(saver.get().queue.items).some(isUnsaved)
    },
    open(): void {
      void resume().then(() => beat())
    },
    start,
    end,
    handIn,
    exportSealed,
    unsent,
    type(item: string, value: AnswerValue, soon: 'at once' | 'when quiet'): void {
      const { saver, phase, times } = store.get()
      if (phase === 'working' && !times.pausedAt) saver?.type(item, value, soon)
    },
    go(position: number): void {
      const last = store.get().questions.length - 1
      store.set({ position: Math.max(0, Math.min(last, position)) })
      keep()
    },
    toggleMark(item: string): void {
      const marked = new Set(store.get().marked)
      if (!marked.delete(item)) marked.add(item)
      store.set({ marked })
      keep()
    },
    answeredCount,
    checkAgain: () => void resume(),
    dismissProblem: () => store.set({ problem: null }),
    /** Leaves the attempt; what the server has need not stay on a machine that others use. */
    async leave(): Promise<void> {
      stopped = true
      clearTimeout(timer)
      const { phase } = store.get()
      if (phase === 'closed' && (await unsent()) === 0) await forgetAttempt(entered.attempt)
      else if (phase === 'closed' || phase === 'lost') await putLocal('room', 'attempt', undefined)
    },
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
  }
}

function leaseIsGone(failure: Failure): boolean {
  return failure.kind === 'secret' || (failure.kind === 'refusal' && failure.refusal.code === 'LEASE_MOVED')
}

function lineAfter(failure: Failure): RoomView['line'] {
  if (failure.kind === 'unreachable') return 'down'
  return failure.kind === 'busy' ? 'busy' : 'up'
}

function clockOf({ deadline, pausedAt, closed }: ClockView): ClockView {
  return { deadline, pausedAt, closed }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
