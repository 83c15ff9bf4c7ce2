// What the browser can see of how it is used. Each event is noted, told to the candidate or prevented, as the rules
// of the sitting say. What was copied or pasted is never read, only how much.
import type { RoomEvent, RoomRules } from '../../../../server/src/halls/attempts/wire.ts'

export interface Watching {
  rules: RoomRules['events']
  report(what: RoomEvent, data: Record<string, unknown>): void
  /** For the candidate, in a sentence. */
  warn(what: RoomEvent, words: string): void
}

const WORDS: Partial<Record<RoomEvent, [warned: string, blocked: string]>> = {
  copy: ['复制操作已记录。', '考试中不能复制。'],
  cut: ['剪切操作已记录。', '考试中不能剪切。'],
  paste: ['粘贴操作已记录。', '考试中不能粘贴，请直接输入。'],
  blur: [
    '您刚才离开了考试窗口，已记录。请不要切换到其他窗口。',
    '您刚才离开了考试窗口，已记录。请不要切换到其他窗口。',
  ],
  hidden: [
    '考试页面刚才被遮住，已记录。请保持考试页面可见。',
    '考试页面刚才被遮住，已记录。请保持考试页面可见。',
  ],
  full_screen_left: ['您已退出全屏，已记录。', '您已退出全屏，请返回全屏后继续作答。'],
  second_screen: ['本机接有第二块屏幕，已记录。请举手告知监考员。', '本机接有第二块屏幕，请举手告知监考员。'],
  developer_tools: ['打开开发者工具的操作已记录。', '考试中不能打开开发者工具。'],
  printed: ['打印操作已记录。', '考试中不能打印。'],
  context_menu: ['右键操作已记录。', '考试中不能使用右键菜单。'],
}

/**
 * Keys that open the developer tools or the print dialog. Only keys: sizes of windows and timings tell of zoom, side
 * bars and slow machines just as often, and a false alarm against a candidate is worse than a missed one.
 */
export function forbiddenKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey'>,
): RoomEvent | undefined {
  const command = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (event.key === 'F12') return 'developer_tools'
  if (command && (event.shiftKey || event.altKey) && ['i', 'j', 'c'].includes(key)) return 'developer_tools'
  if (command && !event.shiftKey && !event.altKey && key === 'u') return 'developer_tools'
  if (command && !event.altKey && key === 'p') return 'printed'
  return undefined
}

export function watchRoom({ rules, report, warn }: Watching): () => void {
  const gone = new AbortController()
  const { signal } = gone
  let awaySince: number | undefined
  const say = (what: RoomEvent) => {
    const rule = rules[what]
    const words = WORDS[what]
    if (words && (rule === 'warn' || rule === 'block')) warn(what, words[rule === 'block' ? 1 : 0])
  }
  const note = (what: RoomEvent, data: Record<string, unknown> = {}) => {
    if (!rules[what]) return
    report(what, data)
    say(what)
  }
  const prevent = (what: RoomEvent, event: Event, data: Record<string, unknown> = {}) => {
    if (rules[what] === 'block') event.preventDefault()
    note(what, data)
  }

  for (const what of ['copy', 'cut', 'paste'] as const) {
    document.addEventListener(
      what,
      (event) => {
        const chars =
          what === 'paste'
            ? (event.clipboardData?.getData('text/plain').length ?? 0)
            : (getSelection()?.toString().length ?? 0)
        prevent(what, event, { chars })
      },
      { signal, capture: true },
    )
  }
  document.addEventListener('contextmenu', (event) => prevent('context_menu', event), {
    signal,
    capture: true,
  })
  // Dropped text is pasted text.
  document.addEventListener(
    'drop',
    (event) => {
      if (event.dataTransfer?.types.includes('text/plain')) prevent('paste', event, { dropped: true })
    },
    { signal, capture: true },
  )
  document.addEventListener(
    'keydown',
    (event) => {
      const what = forbiddenKey(event)
      if (what) prevent(what, event, { key: event.key })
    },
    { signal, capture: true },
  )
  window.addEventListener('beforeprint', () => note('printed'), { signal })
  window.addEventListener(
    'blur',
    () => {
      // A dialog for choosing a file takes the focus too, and our own page stays the active element then.
      if (awaySince !== undefined) return
      awaySince = performance.now()
      note('blur', { fileDialog: document.activeElement?.matches('input[type=file]') ?? false })
    },
    { signal },
  )
  window.addEventListener(
    'focus',
    () => {
      if (awaySince === undefined) return
      note('focus', { awayMs: Math.round(performance.now() - awaySince) })
      awaySince = undefined
    },
    { signal },
  )
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') note('hidden')
    },
    { signal },
  )
  let wasFull = document.fullscreenElement !== null
  document.addEventListener(
    'fullscreenchange',
    () => {
      const full = document.fullscreenElement !== null
      if (wasFull && !full) note('full_screen_left')
      wasFull = full
    },
    { signal },
  )
  const screens = screenWithExtension()
  let extended = false
  const lookAtScreens = () => {
    const now = screens?.isExtended ?? false
    if (now && !extended) note('second_screen')
    extended = now
  }
  lookAtScreens()
  const timer = setInterval(lookAtScreens, 10_000)
  screens?.addEventListener?.('change', lookAtScreens, { signal })
  return () => {
    clearInterval(timer)
    gone.abort()
  }
}

/** `screen.isExtended` is not known to every browser, and only over a secure line. */
function screenWithExtension(): (Screen & Partial<EventTarget> & { isExtended?: boolean }) | undefined {
  return 'isExtended' in screen ? (screen as Screen & { isExtended?: boolean }) : undefined
}

export function secondScreen(): boolean | null {
  return screenWithExtension()?.isExtended ?? null
}

export function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.type === 'reload'
}
