// The few parts the room is made of. Small on purpose: nothing here but what a candidate needs.
import { type ReactNode, useEffect, useId, useRef } from 'react'

export function Button(props: {
  children: ReactNode
  onPress: () => void
  weight?: 'main' | 'quiet' | 'plain'
  /** Cannot be pressed now, and why; keeps the focus, so that the reason is heard. */
  because?: string | undefined
  busy?: string | undefined
  label?: string
  pressed?: boolean
  className?: string
}) {
  const reason = useId()
  const blocked = Boolean(props.because) || Boolean(props.busy)
  return (
    <>
      <button
        type="button"
        className={`button button-${props.weight ?? 'quiet'} ${props.className ?? ''}`}
        aria-disabled={blocked || undefined}
        aria-describedby={props.because ? reason : undefined}
        aria-label={props.label}
        aria-pressed={props.pressed}
        onClick={() => {
          if (!blocked) props.onPress()
        }}
      >
        {props.busy ?? props.children}
      </button>
      {props.because ? (
        <span className="reason" id={reason}>
          {props.because}
        </span>
      ) : null}
    </>
  )
}

/** A window over the paper; the browser keeps the focus inside and gives it back. Escape closes it. */
export function Dialog(props: {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  wide?: boolean
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (props.open && !dialog.open) dialog.showModal()
    if (!props.open && dialog.open) dialog.close()
  }, [props.open])
  return (
    <dialog
      ref={ref}
      className={props.wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={title}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        props.onClose()
      }}
      // Told a moment after it closed: by then it may have been opened again.
      onClose={(event) => event.currentTarget.open || props.onClose()}
    >
      {props.open ? (
        <>
          <header className="dialog-head">
            <h2 id={title}>{props.title}</h2>
            <Button weight="plain" onPress={props.onClose} label="关闭">
              ✕
            </Button>
          </header>
          {props.children}
        </>
      ) : null}
    </dialog>
  )
}

/** One thing on the screen: the door's steps, the closing pages. Takes the focus, so that it is read out. */
export function Stage(props: { title: string; children: ReactNode; aside?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${props.title} · 考场`
    heading.current?.focus()
  }, [props.title])
  return (
    <main className="stage">
      <div className="stage-body">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.children}
      </div>
      {props.aside}
    </main>
  )
}

/** What went wrong, said when it appears. */
export function Trouble({ children }: { children: ReactNode }) {
  return <div role="alert">{children ? <p className="trouble">{children}</p> : null}</div>
}

export function Field(props: {
  label: string
  help?: string
  value: string
  onChange: (value: string) => void
  inputMode?: 'numeric' | 'text'
  maxLength?: number
  autoFocus?: boolean
}) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.help ? (
        <p className="help" id={`${id}-help`}>
          {props.help}
        </p>
      ) : null}
      <input
        id={id}
        aria-describedby={props.help ? `${id}-help` : undefined}
        value={props.value}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  )
}

type Shape = 'done' | 'wait' | 'stop' | 'empty' | 'run'
const SHAPES: Record<Shape, ReactNode> = {
  done: <path d="M2 6.5 5 9.5 10 3" fill="none" strokeWidth="2" />,
  wait: <path d="M6 1.5 11 10.5H1z" fill="none" strokeWidth="1.6" />,
  stop: <path d="M2.5 2.5l7 7m0-7l-7 7" fill="none" strokeWidth="2" />,
  empty: <circle cx="6" cy="6" r="4.2" fill="none" strokeWidth="1.6" />,
  run: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" strokeWidth="1.4" />
      <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" strokeWidth="0" />
    </>
  ),
}

/** A state as a word, a shape and a colour. */
export function Mark({ shape, children }: { shape: Shape; children: ReactNode }) {
  return (
    <span className={`mark mark-${shape}`}>
      <svg
        viewBox="0 0 12 12"
        width="14"
        height="14"
        aria-hidden="true"
        stroke="currentColor"
        strokeLinecap="round"
      >
        {SHAPES[shape]}
      </svg>
      {children}
    </span>
  )
}
