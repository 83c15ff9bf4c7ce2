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

/** So many of the same in a row say no more than their number: thirty machines bound one after the other. */
const FOLDED_FROM = 4

interface Run {
  /** The newest of the run. */
  entry: TimelineEntry
  times: number
  since: string
}

/** Acts of the same name, person and clause in a row, with no words of their own, are one line with a count. */
export function runsOf(newestFirst: readonly TimelineEntry[]): Run[] {
  const runs: TimelineEntry[][] = []
  for (const entry of newestFirst) {
    const last = runs.at(-1)
    if (last?.[0] && isSame(last[0], entry)) last.push(entry)
    else runs.push([entry])
  }
  return runs.flatMap((run) =>
    run.length < FOLDED_FROM
      ? run.map((entry) => ({ entry, times: 1, since: entry.at }))
      : [{ entry: run[0] as TimelineEntry, times: run.length, since: (run.at(-1) as TimelineEntry).at }],
  )
}

function isSame(a: TimelineEntry, b: TimelineEntry): boolean {
  const plain = (entry: TimelineEntry) =>
    !text(entry.data.reason) && !text(entry.data.purpose) && !text(entry.data.policyVersion)
  return a.name === b.name && a.who === b.who && a.clause === b.clause && plain(a) && plain(b)
}

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
      {runsOf(newestFirst).map(({ entry, times, since }) => (
        <li key={`${entry.at} ${entry.name} ${entry.who}`}>
          <div className="timeline-title">
            {entry.title} {entry.clause ? props.clause(entry.clause) : null}
          </div>
          <div className="timeline-who">
            {times > 1 ? (
              <>
                <Instant at={since} /> 起 {times} 次，最近{' '}
              </>
            ) : null}
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
