import { Fragment, type ReactNode } from 'react'
import { due, grouped, instant, money } from './format.ts'

/** Done and valid · under way · waits for somebody · overdue, refused, misconduct · not begun, ended without effect. */
export type Tone = 'done' | 'running' | 'waiting' | 'refused' | 'idle'

const SHAPES: Record<Tone, ReactNode> = {
  done: <path d="M2 6.5 5 9.5 10 3" fill="none" strokeWidth="2" />,
  running: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" strokeWidth="1.4" />
      <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" strokeWidth="0" />
    </>
  ),
  waiting: <path d="M6 1.5 11 10.5H1z" fill="none" strokeWidth="1.6" />,
  refused: <path d="M2.5 2.5l7 7m0-7l-7 7" fill="none" strokeWidth="2" />,
  idle: <circle cx="6" cy="6" r="4.2" fill="none" strokeWidth="1.6" />,
}

/** A state as a word, a colour and a shape: `<StateTag tone="done">已备案</StateTag>`. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`state state-${tone}`}>
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        aria-hidden="true"
        stroke="currentColor"
        strokeLinecap="round"
      >
        {SHAPES[tone]}
      </svg>
      {children}
    </span>
  )
}

/** A module's states by name: `<StateOf state={row.state} of={CLASS_STATES} />`. An unknown state shows as it is. */
export type StateWords = Record<string, readonly [word: string, tone: Tone]>
/** The same states as choices of a filter. */
export function choicesOf(words: StateWords): { value: string; label: string }[] {
  return Object.entries(words).map(([value, [label]]) => ({ value, label }))
}
export function StateOf({ state, of }: { state: string; of: StateWords }) {
  const [word, tone] = of[state] ?? [state, 'idle']
  return <StateTag tone={tone}>{word}</StateTag>
}

/** The clock of a duty: 还剩 3 个工作日 · 2026-11-25. `left` and `unit` come from the server. */
export function DueText(props: {
  on: string
  left?: number | null
  unit?: string | null
  provisional?: boolean
}) {
  const { tone, words } = due(props.on, props.left, props.unit ?? '', props.provisional)
  const title = props.provisional ? '该年度工作日历尚未公布，日期为暂定' : undefined
  return (
    <span className={`due due-${tone}`} title={title}>
      {words.split(' · ').map((part, index) => (
        <Fragment key={part}>
          {index > 0 ? ' ' : ''}
          <span>{index > 0 ? `· ${part}` : part}</span>
        </Fragment>
      ))}
    </span>
  )
}

export function Money({ cents }: { cents: number | null | undefined }) {
  return cents === null || cents === undefined ? <Unverified /> : <span className="num">{money(cents)}</span>
}
/** A civil day or the day of an instant. */
export function Day({ on }: { on: string | null | undefined }) {
  return on ? (
    <time className="num" dateTime={on}>
      {instant(on).slice(0, 10)}
    </time>
  ) : (
    <Nothing />
  )
}
export function Instant({ at }: { at: string | null | undefined }) {
  return at ? (
    <time className="num" dateTime={at}>
      {instant(at)}
    </time>
  ) : (
    <Nothing />
  )
}
/** A number the server already masked, grouped for reading. */
export function Masked({ number }: { number: string | null | undefined }) {
  return number ? <span className="num">{grouped(number)}</span> : <Nothing />
}
/** An official figure for which no source was found yet. */
export function Unverified({ children }: { children?: ReactNode }) {
  return (
    <span className="unverified">
      {children}
      {children ? ' ' : null}
      <StateTag tone="waiting">待核实</StateTag>
    </span>
  )
}
export function Nothing() {
  return (
    <span className="nothing">
      <span aria-hidden="true">—</span>
      <span className="sr-only">无</span>
    </span>
  )
}
