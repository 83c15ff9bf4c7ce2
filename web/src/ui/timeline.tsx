import type { ReactNode } from 'react'
import { Instant } from './marks.tsx'

export interface TimelineEntry {
  at: string
  name: string
  title: string
  who: string
  role: string
  organisation: string | null
  clause: string | null
  data: Record<string, unknown>
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

/** Who did what, when and on which clause, newest first. The kits give it their own clause mark. */
export function TimelineList(props: {
  entries: readonly TimelineEntry[]
  clause: (id: string) => ReactNode
  label?: string
}) {
  if (props.entries.length === 0) return <p className="nothing">还没有记录。</p>
  const newestFirst = [...props.entries].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <ol className="timeline" aria-label={props.label ?? '办理经过'}>
      {newestFirst.map((entry) => (
        <li key={`${entry.at} ${entry.name} ${entry.who}`}>
          <div className="timeline-title">
            {entry.title} {entry.clause ? props.clause(entry.clause) : null}
          </div>
          <div className="timeline-who">
            <Instant at={entry.at} /> · {entry.who}
            {entry.organisation ? ` · ${entry.organisation}` : ''}
          </div>
          {text(entry.data.reason) ? <p className="timeline-words">{text(entry.data.reason)}</p> : null}
          {text(entry.data.purpose) ? (
            <p className="timeline-words">用途：{text(entry.data.purpose)}</p>
          ) : null}
          {text(entry.data.policyVersion) ? (
            <div className="timeline-who">适用规则版本 {text(entry.data.policyVersion)}</div>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
