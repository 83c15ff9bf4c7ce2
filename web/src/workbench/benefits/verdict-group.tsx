import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ClauseTag, Day, Facts, Group, Unverified } from '../../ui/desk/index.ts'

type Decision = OutputOf<WorkbenchApi, 'benefits.read-hours'>['decision']

/** The rule's verdict a benefit rests on, as it was kept that day. */
export function VerdictGroup({ decision }: { decision: Decision }) {
  return (
    <Group title="判定依据">
      <p>
        {decision.sentence} <ClauseTag id={decision.clause} />
      </p>
      <Facts
        rows={[
          ['规则', decision.ruleName],
          ['判定日', <Day key="on" on={decision.on} />],
          ['文件', `${decision.document}，${decision.documentNumber}`],
          ['所用版本', <Day key="version" on={decision.version} />],
          ...decision.effects.map(
            (effect) =>
              [effect.automatic ? '结果' : '作用', <Effect key={effect.name} {...effect} />] as const,
          ),
          ['办理', decision.confirms],
        ]}
      />
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
