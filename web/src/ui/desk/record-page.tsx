import type { ReactNode } from 'react'
import { usePageHeading } from '../page.tsx'
import type { TimelineEntry } from '../timeline.tsx'
import { BackLink, type FactRows, Facts, Group, WORKBENCH } from './page.tsx'
import { Timeline } from './timeline.tsx'

export interface RecordDocument {
  name: string
  /** Reading it is an act of its own: `openFile(…)` or `saveFile(…)`. */
  onOpen?: () => unknown
  note?: ReactNode
}

/** A record: what it is and how it stands · what is next and who has it · facts · documents · timeline. */
export function RecordPage(props: {
  back: { to: string; label: string }
  /** 培训班， 备案， 成绩报送 … */
  kind: string
  name: string
  number?: string | null
  state: ReactNode
  /** `<DueText …/>` of the open duty. */
  clock?: ReactNode
  next?: { what: ReactNode; who: ReactNode } | undefined
  /** `<ActButton>`s, the main one first. */
  acts?: ReactNode
  /** Above everything: a return's reason, a warning. */
  notice?: ReactNode
  facts: readonly { title: string; rows: FactRows }[]
  documents?: readonly RecordDocument[]
  timeline?: readonly TimelineEntry[]
  children?: ReactNode
}) {
  const heading = usePageHeading(props.name, WORKBENCH)
  return (
    <article className="desk-page">
      <BackLink {...props.back} />
      <header className="record-head">
        <div className="record-kind">
          {props.kind}
          {props.number ? <span className="num"> {props.number}</span> : null}
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {props.name}
        </h1>
        <div className="record-marks">
          {props.state}
          {props.clock}
        </div>
      </header>
      {props.next || props.acts ? (
        <section className="record-next no-print" aria-label="下一步">
          {props.next ? (
            <div>
              <p>
                <strong>下一步：{props.next.what}</strong>
              </p>
              <p className="who">办理人：{props.next.who}</p>
            </div>
          ) : null}
          {props.acts ? <div className="record-acts">{props.acts}</div> : null}
        </section>
      ) : null}
      <div className="record-body">
        <div>
          {props.notice}
          {props.facts.map((group) => (
            <Group key={group.title} title={group.title}>
              <Facts rows={group.rows} />
            </Group>
          ))}
          {props.documents ? <Documents documents={props.documents} /> : null}
          {props.children}
        </div>
        {props.timeline ? (
          <aside>
            <Group title="办理经过">
              <Timeline entries={props.timeline} />
            </Group>
          </aside>
        ) : null}
      </div>
    </article>
  )
}

export function Documents({
  documents,
  title = '文件',
}: {
  documents: readonly RecordDocument[]
  title?: string
}) {
  return (
    <Group title={title}>
      {documents.length === 0 ? <p className="nothing">还没有文件。</p> : null}
      <ul className="documents">
        {documents.map((document) => (
          <li key={document.name}>
            {document.onOpen ? (
              <button type="button" className="document-open" onClick={() => void document.onOpen?.()}>
                {document.name}
              </button>
            ) : (
              document.name
            )}
            {document.note}
          </li>
        ))}
      </ul>
    </Group>
  )
}
