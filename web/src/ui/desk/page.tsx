import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { usePageHeading } from '../page.tsx'

export const WORKBENCH = '数匠工作台'

/** Heading of a workbench page, with its acts at the right. Exactly one per screen. */
export function DeskPage(props: {
  title: string
  lead?: ReactNode
  back?: { to: string; label: string }
  acts?: ReactNode
  children?: ReactNode
}) {
  const heading = usePageHeading(props.title, WORKBENCH)
  return (
    <div className="desk-page">
      {props.back ? <BackLink {...props.back} /> : null}
      <div className="desk-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.lead ? <p className="desk-lead">{props.lead}</p> : null}
        </div>
        {props.acts ? <div className="desk-head-acts no-print">{props.acts}</div> : null}
      </div>
      {props.children}
    </div>
  )
}

export function BackLink({ to, label }: { to: string; label: string }) {
  return (
    <Link className="desk-back no-print" to={to}>
      <span aria-hidden="true">‹ </span>
      {label}
    </Link>
  )
}

/** A titled part of a page. */
export function Group(props: { title: string; acts?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="group" aria-labelledby={id}>
      <div className="group-head">
        <h2 id={id}>{props.title}</h2>
        {props.acts}
      </div>
      {props.children}
    </section>
  )
}

export type FactRows = readonly (readonly [label: string, value: ReactNode] | undefined | false)[]
/** Facts in pairs; a row of undefined is left out. */
export function Facts({ rows }: { rows: FactRows }) {
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

/** Numbers of my scope, each a link to the list it counts. */
export function Figures({
  items,
}: {
  items: readonly { label: string; value: ReactNode; to?: string; search?: Record<string, string> }[]
}) {
  return (
    <ul className="figures">
      {items.map((item) => (
        <li key={item.label}>
          {item.to ? (
            <Link to={item.to} search={(item.search ?? {}) as never}>
              <strong>{item.value}</strong>
              <span>{item.label}</span>
            </Link>
          ) : (
            <div className="figure">
              <strong>{item.value}</strong>
              <span>{item.label}</span>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
