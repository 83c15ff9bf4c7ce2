import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, ButtonRow, type Choice, ChoiceList } from '../../ui/plain/index.ts'

/** One choice a screen. Choosing does not leave the screen: arrow keys move through the choices before one is taken. */
export function OneChoice(props: {
  name: string
  label: string
  help?: ReactNode
  choices: readonly Choice[]
  onTake: (value: string) => void
}) {
  const [value, setValue] = useState<string>()
  const [error, setError] = useState<string>()
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (value === undefined) setError('请选一项；不确定的选“不清楚”。')
        else props.onTake(value)
      }}
    >
      <ChoiceList
        name={props.name}
        label={props.label}
        {...(props.help ? { help: props.help } : {})}
        error={error}
        choices={props.choices}
        value={value}
        onChange={(chosen) => {
          setValue(chosen)
          setError(undefined)
        }}
      />
      <ButtonRow>
        <Button submit weight="main">
          下一步
        </Button>
      </ButtonRow>
    </form>
  )
}

/** Takes the focus when it appears, so that a keyboard and a screen reader go on with the new question. */
export function Screen({ name, children }: { name: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another screen
  useEffect(() => box.current?.focus(), [name])
  return (
    <div className="ask" ref={box} tabIndex={-1}>
      {children}
    </div>
  )
}
