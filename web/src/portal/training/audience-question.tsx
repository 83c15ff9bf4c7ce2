import { useEffect, useRef, useState } from 'react'
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

interface Asked {
  kind: AudienceKind
  /** The server's civil day. */
  today: string
  /** Follows a question answered before, so that the focus comes along. */
  takesFocus: boolean
  onSaid: () => void
}

/** Asks what the audience rule (HB-2) still has to know, one question a screen, and keeps it in 我的资料. */
export function AskAudience(props: Asked) {
  const choices = useApiQuery('people.fact-choices')
  return <Loaded query={choices}>{(of) => <Asking {...props} of={of} />}</Loaded>
}

function Asking(props: Asked & { of: Choices }) {
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
        <AskOne
          key={question.name}
          question={question}
          takesFocus={props.takesFocus || order.length > 0}
          onAnswer={(value) => answer(question.name, value)}
        />
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

function AskOne(props: { question: Question; takesFocus: boolean; onAnswer: (value: string) => void }) {
  const { question } = props
  const form = useRef<HTMLFormElement>(null)
  const takesFocus = useRef(props.takesFocus)
  useEffect(() => {
    if (takesFocus.current) form.current?.querySelector('input')?.focus()
  }, [])
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
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(value === '')
        if (value) props.onAnswer(value)
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
