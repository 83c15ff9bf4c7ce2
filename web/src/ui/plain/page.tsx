import { Link } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext, useId } from 'react'
import { usePageHeading } from '../page.tsx'

/** Name after the page's title in the browser's tab. */
export const SiteName = createContext('数匠')

/** A page: its heading takes the focus after navigation, its title names the tab. Exactly one per screen. */
export function Page(props: {
  title: string
  lead?: ReactNode
  back?: { to: string; label: string }
  wide?: boolean
  children?: ReactNode
}) {
  const heading = usePageHeading(props.title, useContext(SiteName))
  return (
    <div className={`column page ${props.wide ? 'column-wide' : ''}`}>
      <div className="page-head">
        {props.back ? (
          <Link className="page-back no-print" to={props.back.to}>
            <span aria-hidden="true">‹ </span>
            {props.back.label}
          </Link>
        ) : null}
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead ? <p className="page-lead">{props.lead}</p> : null}
      </div>
      {props.children}
    </div>
  )
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** One thing of a list or one answer. With `to` the whole card is a link. */
export function Card(props: { title?: ReactNode; mark?: ReactNode; to?: string; children?: ReactNode }) {
  const head =
    props.title || props.mark ? (
      <div className="card-head">
        {props.title ? <h3>{props.title}</h3> : null}
        {props.mark}
      </div>
    ) : null
  if (props.to) {
    return (
      <Link className="card card-link" to={props.to}>
        {head}
        {props.children}
      </Link>
    )
  }
  return (
    <div className="card">
      {head}
      {props.children}
    </div>
  )
}

/** Facts in pairs: `<Facts rows={[['职业', '人工智能工程技术人员'], …]} />`. A row of undefined is left out. */
export function Facts({
  rows,
}: {
  rows: readonly (readonly [label: string, value: ReactNode] | undefined | false)[]
}) {
  return (
    <dl className="facts">
      {rows.map((row) =>
        row ? (
          <div key={row[0]}>
            <dt>{row[0]}</dt>
            <dd>{row[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

/** The sentence a person came for: 您现在可以申报中级。 */
export function Answer({ children }: { children: ReactNode }) {
  return (
    <p className="answer" role="status">
      {children}
    </p>
  )
}

export function Steps({ names, at }: { names: readonly string[]; at: number }) {
  return (
    <ol className="steps" aria-label="步骤">
      {names.map((name, index) => (
        <li
          key={name}
          {...(index === at ? { 'aria-current': 'step' as const } : {})}
          {...(index < at ? { className: 'step-done' } : {})}
        >
          {index < at ? <span aria-hidden="true">✓ </span> : `${index + 1} `}
          {name}
          {index < at ? <span className="sr-only">（已完成）</span> : null}
        </li>
      ))}
    </ol>
  )
}

/** How far: `<ProgressBar label="理论学时" done={36} of={48} unit="学时" />`. */
export function ProgressBar(props: { label: string; done: number; of: number; unit?: string }) {
  const id = useId()
  const words = `${props.done} / ${props.of}${props.unit ? ` ${props.unit}` : ''}`
  return (
    <div className="progress">
      <div className="progress-words">
        <span id={id}>{props.label}</span>
        <span className="num">{words}</span>
      </div>
      <progress
        aria-labelledby={id}
        aria-valuetext={words}
        value={Math.min(props.done, props.of)}
        max={props.of || 1}
      />
    </div>
  )
}
