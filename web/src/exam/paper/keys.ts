import { useEffect } from 'react'

/** The room's keys: always with Alt, so that none is pressed by writing an answer. `?` alone works outside of texts. */
export const KEYS = [
  ['Alt + N', '下一题'],
  ['Alt + P', '上一题'],
  ['Alt + M', '标记或取消标记'],
  ['Alt + K', '打开题卡'],
  ['Alt + O', '检查与交卷'],
  ['Alt + T', '读出剩余时间'],
  ['Alt + S', '显示设置'],
  ['? 或 Alt + H', '打开本说明'],
  ['Tab、Shift + Tab', '在各处之间移动'],
  ['方向键、空格', '在选项之间移动、选择'],
  ['Esc', '关闭打开的窗口'],
] as const

export interface KeyActs {
  next(): void
  previous(): void
  mark(): void
  map(): void
  overview(): void
  time(): void
  settings(): void
  help(): void
}
const ACTS: Record<string, keyof KeyActs> = {
  KeyN: 'next',
  KeyP: 'previous',
  KeyM: 'mark',
  KeyK: 'map',
  KeyO: 'overview',
  KeyT: 'time',
  KeyS: 'settings',
  KeyH: 'help',
}

export function actOfKey(
  event: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'code' | 'key'>,
  writing: boolean,
): keyof KeyActs | undefined {
  if (event.altKey && !event.ctrlKey && !event.metaKey) return ACTS[event.code]
  if ((event.key === '?' || event.key === '？') && !writing && !event.ctrlKey && !event.metaKey) return 'help'
  return undefined
}

export function useKeys(acts: KeyActs): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return
      const target = event.target as HTMLElement
      const writing = target.matches('textarea, input:not([type=radio]):not([type=checkbox])')
      const act = actOfKey(event, writing)
      if (!act) return
      event.preventDefault()
      acts[act]()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
}
