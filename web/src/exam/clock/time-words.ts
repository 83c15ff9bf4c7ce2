const CHINA = 'Asia/Shanghai'
const clockTime = new Intl.DateTimeFormat('zh-CN', {
  timeZone: CHINA,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const dayTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: CHINA,
  dateStyle: 'short',
  timeStyle: 'medium',
})
const dayMinute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: CHINA,
  dateStyle: 'short',
  timeStyle: 'short',
})

/** 09:41:07 */
export function timeOfDay(at: string | number): string {
  return clockTime.format(new Date(at))
}

/** 2026-11-22 09:41:07 */
export function dayAndTime(at: string | number): string {
  return dayTime.format(new Date(at))
}

/** 2026-11-22 09:40: when something is planned for. */
export function dayAndMinute(at: string | number): string {
  return dayMinute.format(new Date(at))
}

/** 1:29:05 or 29:05; never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const two = (n: number) => `${n}`.padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`
}

/** 1 小时 29 分 5 秒, for the ear. */
export function spokenSpan(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const parts = [
    [Math.floor(seconds / 3600), '小时'],
    [Math.floor((seconds % 3600) / 60), '分'],
    [seconds % 60, '秒'],
  ] as const
  const said = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`)
  return said.length > 0 ? said.join(' ') : '0 秒'
}

const THRESHOLDS = [30, 10, 5, 1]

/** The threshold that was passed between two looks at the clock, if any; the smallest when several were. */
export function passedThreshold(beforeMs: number, nowMs: number): number | undefined {
  return THRESHOLDS.findLast((minutes) => beforeMs > minutes * 60_000 && nowMs <= minutes * 60_000)
}
