import { useState } from 'react'
import { Button, ButtonRow, ClauseTap, DayField, PlainButton } from '../../ui/plain/index.ts'
import type { Answer, Question } from './eligibility-state.ts'
import { OneChoice, Screen } from './one-choice.tsx'

const UNKNOWN = '不清楚'

/** One question: its reason in one line with the clause, the answer, and 不清楚 always. */
export function Ask(props: {
  question: Question
  atMost: number
  today: string
  onAnswer: (answer: Answer) => void
}) {
  const { question, atMost, today, onAnswer } = props
  const why = (
    <>
      {question.help ? <span className="ask-help">{question.help}</span> : null}
      <span className="ask-why">
        为什么问：{question.why} <ClauseTap id={question.clause} />
      </span>
    </>
  )
  return (
    <Screen name={question.id}>
      <p className="ask-left" role="status">
        最多还有 {atMost} 问
      </p>
      {question.kind === 'choice' ? (
        <OneChoice
          name={question.id}
          label={question.title}
          help={why}
          choices={question.choices.map((value) => ({ value, label: value }))}
          onTake={onAnswer}
        />
      ) : question.kind === 'day' ? (
        <AskDay {...{ question, today, why, onAnswer }} />
      ) : (
        <AskSpans {...{ question, today, why, onAnswer }} />
      )}
    </Screen>
  )
}

interface Part {
  question: Question
  today: string
  why: React.ReactNode
  onAnswer: (answer: Answer) => void
}

function AskDay({ question, today, why, onAnswer }: Part) {
  const [day, setDay] = useState('')
  const [error, setError] = useState<string>()
  const take = () => {
    if (!day) return setError('请填写日期；记不清的选“不清楚”。')
    if (question.days === 'past' && day > today) return setError('这个日期还没有到，请核对。')
    onAnswer(day)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <DayField
        name={question.id}
        label={question.title}
        help={why}
        value={day}
        onChange={setDay}
        error={error}
      />
      <ButtonRow>
        <Button submit weight="main">
          下一步
        </Button>
        <Button onPress={() => onAnswer(UNKNOWN)}>{UNKNOWN}</Button>
      </ButtonRow>
    </form>
  )
}

interface Span {
  from: string
  to: string
}
const EMPTY: Span = { from: '', to: '' }

function AskSpans({ question, today, why, onAnswer }: Part) {
  const [spans, setSpans] = useState<Span[]>([EMPTY])
  const [error, setError] = useState<string>()
  const set = (at: number, span: Span) => setSpans(spans.map((one, i) => (i === at ? span : one)))
  const take = () => {
    const filled = spans.filter((one) => one.from || one.to)
    if (filled.length === 0 || filled.some((one) => !one.from))
      return setError('请填写开始日期；没有做过的，选“没有做过”。')
    if (filled.some((one) => one.to && one.to < one.from)) return setError('结束日期早于开始日期，请核对。')
    if (filled.some((one) => one.from > today)) return setError('开始日期还没有到，请核对。')
    onAnswer(filled.map(({ from, to }) => (to ? { from, to } : { from })))
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <fieldset className="field ask-spans" aria-describedby="ask-why">
        <legend>{question.title}</legend>
        <p className="field-help" id="ask-why">
          {why}
        </p>
        {error ? (
          <p className="field-error" role="alert">
            {error}
          </p>
        ) : null}
        {spans.map((span, at) => {
          const which = spans.length > 1 ? `（第 ${at + 1} 段）` : ''
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
            <div className="ask-span" key={at}>
              <DayField
                name={`from-${at}`}
                label={`开始日期${which}`}
                value={span.from}
                onChange={(from) => set(at, { ...span, from })}
              />
              <DayField
                name={`to-${at}`}
                label={`结束日期${which}`}
                optional
                help="现在还在做的不填。"
                value={span.to}
                onChange={(to) => set(at, { ...span, to })}
              />
            </div>
          )
        })}
        <PlainButton onPress={() => setSpans([...spans, EMPTY])}>再加一段</PlainButton>
      </fieldset>
      <ButtonRow>
        <Button submit weight="main">
          下一步
        </Button>
        <Button onPress={() => onAnswer([])}>没有做过</Button>
        <Button onPress={() => onAnswer(UNKNOWN)}>{UNKNOWN}</Button>
      </ButtonRow>
    </form>
  )
}
