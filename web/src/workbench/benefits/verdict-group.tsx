import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ClauseTag, Facts, Group, Unverified } from '../../ui/desk/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'

type Decision = OutputOf<WorkbenchApi, 'benefits.read-hours'>['decision']

/** The rule's verdict a benefit rests on, as it was kept that day, and what follows from it. */
export function VerdictGroup({ decision }: { decision: Decision }) {
  return (
    <Group title="判定依据">
      <Facts
        rows={decision.effects.map(
          (effect) => [effect.automatic ? '结果' : '作用', <Effect key={effect.name} {...effect} />] as const,
        )}
      />
      <Verdict decision={decision} clause={(id) => <ClauseTag id={id} />} />
    </Group>
  )
}

function Effect({ name, note }: Decision['effects'][number]) {
  return note ? (
    <>
      {name}。<Unverified>{note.replace(/，?待核实$/, '')}</Unverified>
    </>
  ) : (
    name
  )
}
