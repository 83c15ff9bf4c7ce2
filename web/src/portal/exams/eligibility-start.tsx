import { ChoiceList, SelectField, Steps } from '../../ui/plain/index.ts'
import type { MatterId, Matters, Said } from './eligibility-state.ts'

export const STEPS = ['选事项', '回答问题', '看结论'] as const
const MOST_ROWS = 12

/** Programme, matter, occupation, level: one choice a screen, and only where there is one. */
export function Start(props: { of: Matters; said: Said; onSaid: (said: Said) => void }) {
  const { of, said, onSaid } = props
  return (
    <>
      <Steps names={STEPS} at={0} />
      <Choice of={of} said={said} onSaid={onSaid} />
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
      <ChoiceList
        name="programme"
        label="您想问的是哪一项？"
        value={undefined}
        choices={programmes.map((value) => ({ value, label: value }))}
        onChange={(programme) => onSaid({ programme, answers: [] })}
      />
    )
  }
  const own = matters.filter((one) => one.programme === said.programme)
  const matter = own.length === 1 ? own[0] : own.find((one) => one.id === said.matter)
  if (!matter) {
    return (
      <ChoiceList
        name="matter"
        label="您想办的是？"
        value={undefined}
        choices={own.map((one) => ({ value: one.id, label: one.title, hint: one.about }))}
        onChange={(id) => onSaid({ ...said, matter: id as MatterId })}
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
      <ChoiceList
        name="occupationId"
        label="您想申报哪个职业？"
        help="申报条件按职业和等级规定。"
        value={undefined}
        choices={choices}
        onChange={take}
      />
    )
  }
  return (
    <ChoiceList
      name="level"
      label="您想申报哪一级？"
      help="不确定的，可以从低的一级开始看。"
      value={undefined}
      choices={matter.levels.map((value) => ({ value, label: value }))}
      onChange={(level) => onSaid({ ...said, level })}
    />
  )
}
