import { type TimelineEntry, TimelineList } from '../timeline.tsx'
import { ClauseTag } from './clause-tag.tsx'

export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return <TimelineList entries={entries} clause={(id) => <ClauseTag id={id} />} />
}
