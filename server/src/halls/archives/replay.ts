import type { App } from '../../platform/app.ts'
import { EVENTS, hallRules, type RoomEvent } from '../arrangements/hall-rules.ts'
import { receiptNumber } from '../attempts/attempt.ts'
import { deadlineOf, type Window } from '../attempts/deadline.ts'
import { type AnswerValue, apply, type Entry, entryOf, freshState, type Row } from '../attempts/entry.ts'
import type { Paper, PaperItem, Receipt } from '../attempts/wire.ts'
import { letterOf, takesAnswer } from '../papers/paper.ts'
import { openPaperKey } from '../papers/paper-key.ts'
import { type Breach, checkAttempt, type Law } from './check-attempt.ts'
import type { Anchor, ReplayAttempt } from './store.ts'

export interface ReplayItem {
  id: string
  /** As the candidate counted on this form. */
  number: number
  kind: PaperItem['kind']
  scoreTenths: number
  /** Only where the text may be shown. */
  stem: string | null
  options: { letter: string; text: string }[]
}

export interface ReplayStep {
  seq: number
  kind: Entry['kind']
  at: string
  /** The candidate's own clock, where an entry came from there. */
  clientAt: string | null
  item: string | null
  revision: number | null
  /** The answer as it stood after this step. */
  answer: string | null
  words: string
  /** The file that came with this step or that its answer names. */
  file: { id: string; name: string } | null
  /** When the time would be over, as it stood after this step; null before the start. */
  deadlineAt: string | null
  hash: string
}

export interface Replay {
  /** Whether the items' own text is shown. */
  shown: boolean
  items: ReplayItem[]
  steps: ReplayStep[]
  chain: {
    intact: boolean
    entries: number
    head: string | null
    anchoredAt: string | null
    breaches: { seq: number; words: string }[]
  }
  receipt: Receipt | null
}

/** The attempt step by step, from its journal alone; the paper only gives items their numbers and options their letters. */
export function replayOf(
  app: App,
  attempt: ReplayAttempt,
  rows: readonly Row[],
  options: { shown: boolean; anchors: Anchor[] },
): Replay {
  const { graceSeconds } = hallRules.parse(attempt.rules)
  const window: Window = { ...attempt, graceSeconds }
  const paper = paperOf(app, attempt)
  const answerable = paper.items.filter((item) => takesAnswer(item.kind))
  const items = new Map(answerable.map((item, at) => [item.id, { item, number: at + 1 }]))
  const state = freshState()
  const steps = rows.flatMap((row): ReplayStep[] => {
    const entry = readable(row)
    if (!entry) return []
    apply(state, entry, row.hash)
    const about = entry.kind === 'answer' || entry.kind === 'file' ? entry.body.item : null
    const known = about === null ? undefined : items.get(about)
    return [
      {
        seq: entry.seq,
        kind: entry.kind,
        at: entry.at.toISOString(),
        clientAt: entry.kind === 'answer' || entry.kind === 'event' ? entry.body.clientAt : null,
        item: about,
        revision: entry.kind === 'answer' ? entry.body.revision : null,
        answer: entry.kind === 'answer' ? answerWords(known?.item, entry.body.value) : null,
        words: wordsOf(entry, known?.number),
        file: fileOf(entry),
        deadlineAt: state.startedAt ? deadlineOf(window, state, entry.at).toISOString() : null,
        hash: row.hash.toString('hex'),
      },
    ]
  })
  const closed =
    attempt.closedSeq !== null && attempt.closedHash !== null
      ? { seq: attempt.closedSeq, hash: Buffer.from(attempt.closedHash, 'hex') }
      : null
  const { breaches } = checkAttempt(window, rows, closed)
  return {
    shown: options.shown,
    items: answerable.map((item, at) => itemOf(item, at + 1, options.shown)),
    steps,
    chain: {
      intact: breaches.length === 0,
      entries: rows.length,
      head: rows.at(-1)?.hash.toString('hex') ?? null,
      anchoredAt: options.anchors.at(-1)?.at.toISOString() ?? null,
      breaches: breaches.map(breachWords),
    },
    receipt: receiptOf(attempt, state.closed),
  }
}

function readable(row: Row): Entry | undefined {
  try {
    return entryOf(row)
  } catch {
    return undefined
  }
}

function paperOf(app: App, attempt: ReplayAttempt): Paper {
  const key = Buffer.from(openPaperKey(app.crypto, attempt.id, attempt.keySealed), 'base64')
  return JSON.parse(app.crypto.openApart(attempt.paperCipher, key).toString('utf8')) as Paper
}

function itemOf(item: PaperItem, number: number, shown: boolean): ReplayItem {
  const { id, kind, scoreTenths, stem, options = [] } = item
  return {
    ...{ id, number, kind, scoreTenths },
    stem: shown ? stem : null,
    options: shown ? options.map((option, at) => ({ letter: letterOf(at), text: option.text })) : [],
  }
}

function answerWords(item: PaperItem | undefined, value: AnswerValue): string {
  if (value === null || value === '' || (Array.isArray(value) && value.every((one) => one === '')))
    return '（清空）'
  const letter = (id: string) => {
    const at = item?.options?.findIndex((option) => option.id === id) ?? -1
    if (at < 0) return '（不在选项中）'
    return item?.kind === 'judgement' ? (item.options?.[at]?.text ?? '') : letterOf(at)
  }
  if (typeof value === 'string')
    return item?.kind === 'single' || item?.kind === 'judgement' ? letter(value) : value
  if (!Array.isArray(value)) return `文件「${value.name}」`
  if (item?.kind === 'multiple') return value.map(letter).sort().join('、')
  return value.map((text, at) => `第 ${at + 1} 空：${text || '（空）'}`).join('；')
}

function fileOf(entry: Entry): ReplayStep['file'] {
  if (entry.kind === 'file') return { id: entry.body.fileId, name: entry.body.name }
  const value = entry.kind === 'answer' ? entry.body.value : null
  return value === null || typeof value === 'string' || Array.isArray(value)
    ? null
    : { id: value.fileId, name: value.name }
}

function wordsOf(entry: Entry, number: number | undefined): string {
  switch (entry.kind) {
    case 'lease':
      if (entry.body.lease === null) return '监考员放行换机，原机器不再接收作答'
      return { entered: '进入考试', returned: '同一浏览器重新进入', released: '在新机位进入考试' }[
        entry.body.reason
      ]
    case 'start':
      return '开始答题'
    case 'answer':
      return `第 ${number ?? '？'} 题，第 ${entry.body.revision} 次保存`
    case 'file':
      return `第 ${number ?? '？'} 题，收到文件「${entry.body.name}」`
    case 'event':
      return EVENTS[entry.body.what as RoomEvent] ?? '其他情况'
    case 'extend':
      return `监考员增加 ${Math.round(entry.body.seconds / 6) / 10} 分钟：${entry.body.reason}`
    case 'pause':
      return '考试暂停，时间停住'
    case 'resume':
      return '考试恢复'
    case 'hand_in':
      return `交卷，共答 ${entry.body.answered} 题`
    case 'close':
      return entry.body.why === 'timed_out'
        ? `时间到，自动收卷，共答 ${entry.body.answered} 题`
        : `监考员终止考试，共答 ${entry.body.answered} 题`
  }
}

const LAWS: Record<Law, string> = {
  chain: '记录不连续或被改动',
  body: '记录内容无法读取',
  'before-start': '开始之前就有作答',
  'after-close': '收卷之后还有作答',
  'while-paused': '暂停期间有作答',
  late: '超过时限的作答',
  revision: '保存次序不连续',
  file: '作答所指的文件没有收到过',
  twice: '重复的开始或收卷',
  head: '收卷记录与答卷名单不符',
}

function breachWords({ seq, law }: Breach) {
  return { seq, words: LAWS[law] }
}

function receiptOf(attempt: ReplayAttempt, closed: ReturnType<typeof freshState>['closed']): Receipt | null {
  if (!closed) return null
  const hash = closed.hash.toString('hex')
  return {
    attemptId: attempt.id,
    number: receiptNumber(hash),
    why: closed.why,
    seq: closed.seq,
    hash,
    at: closed.at.toISOString(),
    answered: closed.answered,
    items: attempt.items,
  }
}
