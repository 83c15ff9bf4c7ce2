import { useState } from 'react'
import {
  Button,
  ButtonRow,
  ChoiceList,
  DayField,
  Loaded,
  PlainButton,
  Problem,
} from '../../ui/plain/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import {
  type Answers,
  type AudienceKind,
  type Choices,
  factOf,
  nextQuestion,
  type Question,
} from './audience-questions.ts'

/** Asks what the audience rule (HB-2) still has to know, one question a screen, and keeps it in 我的资料. */
export function AskAudience(props: { kind: AudienceKind; today: string; onSaid: () => void }) {
  const choices = useApiQuery('people.fact-choices')
  return <Loaded query={choices}>{(of) => <Asking {...props} of={of} />}</Loaded>
}

function Asking(props: { kind: AudienceKind; today: string; of: Choices; onSaid: () => void }) {
  const { kind, of } = props
  const [said, setSaid] = useState<Answers>({})
  const [order, setOrder] = useState<string[]>([])
  const state = useCommand('people.state-fact', {
    inPlace: true,
    alsoChanges: ['training'],
    onDone: props.onSaid,
  })
  const question = nextQuestion(kind, said, of)
  const back = () => {
    const last = order.at(-1)
    if (!last) return
    state.clear()
    setOrder(order.slice(0, -1))
    setSaid(Object.fromEntries(Object.entries(said).filter(([name]) => name !== last)))
  }
  const answer = (name: string, value: string) => {
    const now = { ...said, [name]: value }
    setSaid(now)
    setOrder([...order, name])
    if (!nextQuestion(kind, now, of)) void state.run({ kind, value: factOf(kind, now, props.today) })
  }
  return (
    <>
      {question ? (
        <AskOne key={question.name} question={question} onAnswer={(value) => answer(question.name, value)} />
      ) : (
        <>
          <Problem problem={state.problem} />
          {state.problem ? null : <p role="status">正在记下您的回答…</p>}
        </>
      )}
      {order.length > 0 && !state.running ? (
        <p>
          <PlainButton onPress={back}>回到上一题</PlainButton>
        </p>
      ) : null}
    </>
  )
}

function AskOne({ question, onAnswer }: { question: Question; onAnswer: (value: string) => void }) {
  const [value, setValue] = useState('')
  const [missing, setMissing] = useState(false)
  const shared = {
    name: question.name,
    label: question.title,
    help: question.why,
    value,
    onChange: setValue,
    ...(missing ? { error: question.day ? '请填写日期' : '请选择一项' } : {}),
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(value === '')
        if (value) onAnswer(value)
      }}
    >
      {question.day ? <DayField {...shared} /> : <ChoiceList {...shared} choices={question.choices ?? []} />}
      <ButtonRow>
        <Button submit weight="main">
          下一步
        </Button>
      </ButtonRow>
    </form>
  )
}
