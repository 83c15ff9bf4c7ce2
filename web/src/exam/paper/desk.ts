import type { AnswerValue } from '../../../../server/src/halls/attempts/wire.ts'
import { itemOf } from '../answers/save-queue.ts'
import { type SaverView, saveState } from '../answers/saver.ts'
import { timeOfDay } from '../clock/time-words.ts'
import type { Upload } from '../room/file-answers.ts'
import type { Question } from './question-map.ts'

/** What a paper needs of whoever holds the answers: the room, or the rehearsal. */
export interface Desk {
  questions: Question[]
  position: number
  marked: ReadonlySet<string>
  saver: SaverView
  uploads: Record<string, Upload>
  /** Nothing can be typed now; what stands there stays. */
  locked: boolean
  type(item: string, value: AnswerValue, soon: 'at once' | 'when quiet'): void
  choose(item: string, version: 'mine' | 'theirs'): void
  chooseFile(item: string, file: File): void
  cancelFile(item: string): void
  go(position: number): void
  toggleMark(item: string): void
}

export interface SaveWords {
  tone: 'done' | 'run' | 'wait' | 'stop' | 'empty'
  words: string
}

/** How it stands with one answer, in words. */
export function saveWords(view: SaverView, item: string): SaveWords {
  switch (saveState(view, item)) {
    case 'saved':
      return { tone: 'done', words: `已保存 ${savedAt(view, item)}` }
    case 'saving':
      return { tone: 'run', words: '正在保存' }
    case 'offline':
    case 'busy':
      return { tone: 'wait', words: unsentWords(view) }
    case 'conflict':
      return { tone: 'wait', words: '有两个版本，请选择' }
    case 'late':
      return { tone: 'stop', words: '已过截止时间，此次修改未计入' }
    case 'refused':
      return { tone: 'stop', words: '未能保存，请修改后重试' }
    case 'empty':
      return { tone: 'empty', words: '尚未作答' }
  }
}

/** How it stands with all of them: the worst first. */
export function allSaveWords(view: SaverView): SaveWords {
  const items = Object.keys(view.queue.items)
  const states = items.map((item) => saveState(view, item))
  const worst = (['conflict', 'refused', 'late'] as const).find((one) => states.includes(one))
  if (worst) {
    const item = items[states.indexOf(worst)] as string
    return saveWords(view, item)
  }
  if (states.includes('offline') || states.includes('busy')) return { tone: 'wait', words: unsentWords(view) }
  if (states.includes('saving')) return { tone: 'run', words: '正在保存' }
  const latest = items
    .map((item) => itemOf(view.queue, item).savedAt ?? '')
    .sort()
    .at(-1)
  if (latest) return { tone: 'done', words: `已保存 ${timeOfDay(latest)}` }
  return { tone: 'empty', words: '尚未作答' }
}

function unsentWords(view: SaverView): string {
  const why = view.busy ? '服务器忙，正在重试' : '网络中断'
  return `${why}，${view.stored ? '答案已存在本机' : '答案只在本页，请勿关闭或刷新'}`
}

function savedAt(view: SaverView, item: string): string {
  const at = itemOf(view.queue, item).savedAt
  return at ? timeOfDay(at) : ''
}
