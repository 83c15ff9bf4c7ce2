import { type TimelineEntry, TimelineList } from '../timeline.tsx'
import { ClauseTap } from './clause-tap.tsx'

export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return <TimelineList entries={entries} clause={(id) => <ClauseTap id={id} />} />
}
