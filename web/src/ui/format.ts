/** 150000 → `1,500 元`; 150050 → `1,500.50 元`. */
export function money(cents: number): string {
  const yuan = Math.abs(cents) / 100
  const digits = cents % 100 === 0 ? 0 : 2
  const text = yuan.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${cents < 0 ? '-' : ''}${text} 元`
}

/** What a person types in yuan, as 分； undefined when it is not an amount. Never through a float. */
export function centsOf(text: string): number | undefined {
  const match = text.replaceAll(/[,,\s元]/g, '').match(/^(\d{1,11})(?:\.(\d{1,2}))?$/)
  if (!match) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** 785 → `78.5`; 600 → `60`. */
export function score(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1)
}

/** What a person types as a score, in tenths; undefined when it is none. */
export function tenthsOf(text: string): number | undefined {
  const match = text.trim().match(/^(\d{1,3})(?:\.(\d))?$/)
  return match ? Number(match[1]) * 10 + Number(match[2] ?? 0) : undefined
}

export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** 0.8734 → `87.3%`. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)}%`
}

const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** An instant in China's time: `2026-11-22 09:00`. A civil day passes as it is. */
export function instant(at: string | Date, precision: 'minute' | 'second' = 'minute'): string {
  if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at)) return at
  const text = parts.format(new Date(at))
  return precision === 'second' ? text : text.slice(0, 16)
}
export function dayOf(at: string | Date): string {
  return instant(at).slice(0, 10)
}
export function timeOf(at: string | Date): string {
  return instant(at).slice(11, 16)
}

/** A lesson's or sitting's span: `2026-11-22 09:00–11:30`, with both days where they differ. */
export function span(from: string, to: string): string {
  const same = dayOf(from) === dayOf(to)
  return `${instant(from)}–${same ? timeOf(to) : instant(to)}`
}

/** Groups a long number for reading aloud: identity numbers 6-8-4, everything else in fours. Masks stay masks. */
export function grouped(number: string): string {
  const plain = number.replaceAll(/\s/g, '')
  if (/^[\d*]{17}[\dXx*]$/.test(plain)) return `${plain.slice(0, 6)} ${plain.slice(6, 14)} ${plain.slice(14)}`
  if (/^[\d*]{11}$/.test(plain)) return `${plain.slice(0, 3)} ${plain.slice(3, 7)} ${plain.slice(7)}`
  return /^[\d*]{8,}$/.test(plain) ? (plain.match(/.{1,4}/g) ?? []).join(' ') : plain
}

/** Masks what the public typed before it is shown back; the server masks what it sends. */
export function maskIdNumber(number: string): string {
  return number.length < 10
    ? '*'.repeat(number.length)
    : `${number.slice(0, 4)}${'*'.repeat(number.length - 8)}${number.slice(-4)}`
}
export function maskPhone(number: string): string {
  return number.length === 11 ? `${number.slice(0, 3)}****${number.slice(-4)}` : '*'.repeat(number.length)
}

export interface Due {
  /** `done` shows the day only. */
  tone: 'done' | 'calm' | 'soon' | 'overdue'
  words: string
}
/** 还剩 3 个工作日 · 2026-11-25. `left` is the server's count: the browser knows no working-day calendar. */
export function due(
  dueOn: string,
  left: number | null | undefined,
  unit = '自然日',
  provisional = false,
): Due {
  const unitWord = unit === '工作日' ? '个工作日' : '天'
  const tail = `${dueOn}${provisional ? '（暂定）' : ''}`
  if (left === null || left === undefined) return { tone: 'calm', words: tail }
  if (left < 0) return { tone: 'overdue', words: `已超期 ${-left} ${unitWord} · ${tail}` }
  if (left === 0) return { tone: 'soon', words: `今天到期 · ${tail}` }
  return { tone: left <= 3 ? 'soon' : 'calm', words: `还剩 ${left} ${unitWord} · ${tail}` }
}
