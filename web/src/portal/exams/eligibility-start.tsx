import { SelectField, Steps } from '../../ui/plain/index.ts'
import type { MatterId, Matters, Said } from './eligibility-state.ts'
import { OneChoice, Screen } from './one-choice.tsx'

export const STEPS = ['选事项', '回答问题', '看结论'] as const
const MOST_ROWS = 12

/** Programme, matter, occupation, level: one choice a screen, and only where there is one. */
export function Start(props: { of: Matters; said: Said; onSaid: (said: Said) => void }) {
  const { of, said, onSaid } = props
  return (
    <>
      <Steps names={STEPS} at={0} />
      <Screen name={[said.programme, said.matter, said.occupationId].join()}>
        <Choice of={of} said={said} onSaid={onSaid} />
      </Screen>
    </>
  )
}

function Choice({ of, said, onSaid }: { of: Matters; said: Said; onSaid: (said: Said) => void }) {
  // The programme of this site's own province first.
  const matters = [...of.matters].sort(
    (a, b) => Number(b.provinceCode === of.own) - Number(a.provinceCode === of.own),
  )
  const programmes = [...new Set(matters.map((one) => one.programme))]
  if (!said.programme) {
    return (
      <OneChoice
        name="programme"
        label="您想问的是哪一项？"
        choices={programmes.map((value) => ({ value, label: value }))}
        onTake={(programme) => onSaid({ programme, answers: [] })}
      />
    )
  }
  const own = matters.filter((one) => one.programme === said.programme)
  const matter = own.length === 1 ? own[0] : own.find((one) => one.id === said.matter)
  if (!matter) {
    return (
      <OneChoice
        name="matter"
        label="您想办的是？"
        choices={own.map((one) => ({ value: one.id, label: one.title, hint: one.about }))}
        onTake={(id) => onSaid({ ...said, matter: id as MatterId })}
      />
    )
  }
  if (!said.occupationId) {
    const choices = matter.occupations.map((one) => ({ value: one.id, label: one.name }))
    const take = (occupationId: string) => onSaid({ ...said, matter: matter.id, occupationId })
    return choices.length > MOST_ROWS ? (
      <SelectField
        name="occupationId"
        label="您想申报哪个职业？"
        help="申报条件按职业和等级规定。"
        none="请选择职业"
        value=""
        choices={choices}
        onChange={take}
      />
    ) : (
      <OneChoice
        name="occupationId"
        label="您想申报哪个职业？"
        help="申报条件按职业和等级规定。"
        choices={choices}
        onTake={take}
      />
    )
  }
  return (
    <OneChoice
      name="level"
      label="您想申报哪一级？"
      help="不确定的，可以从低的一级开始看。"
      choices={matter.levels.map((value) => ({ value, label: value }))}
      onTake={(level) => onSaid({ ...said, level })}
    />
  )
}
