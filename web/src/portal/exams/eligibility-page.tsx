import { useEffect, useRef, useState } from 'react'
import type { InputOf, OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Answer,
  Button,
  ButtonLink,
  ButtonRow,
  ChoiceList,
  ClauseTap,
  DayField,
  Loaded,
  Notice,
  Page,
  PlainButton,
  PrintButton,
  Problem,
  Section,
  SelectField,
  Steps,
} from '../../ui/plain/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { useApiQuery, useCommand } from '../api.ts'
import {
  type Answers,
  type Choices,
  type Entry,
  factsOf,
  type Question,
  questionFor,
} from './eligibility-questions.ts'

type Input = InputOf<PortalApi, 'exams.check-eligibility'>
type Eligibility = OutputOf<PortalApi, 'exams.check-eligibility'>
type Level = Input['level']

interface Said {
  occupationId?: string
  level?: Level
  trained?: 'yes' | 'no'
  answers: Answers
}
const NOTHING: Said = { answers: {} }
const KEPT = 'shujiang.eligibility'

function kept(): Said {
  try {
    return { ...NOTHING, ...JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') }
  } catch {
    return NOTHING
  }
}

/** 我能申报吗: one question a screen, only what can still change the answer; nothing leaves this browser's tab. */
export function EligibilityPage() {
  const choices = useApiQuery('people.fact-choices')
  return (
    <Page
      title="我能申报吗"
      lead="不用登录。回答几个问题，告诉您现在能申报哪一级、还差什么、最早什么时候。您的回答不会被保存。"
      back={{ to: '/', label: '首页' }}
    >
      <Loaded query={choices}>{(of) => <SelfCheck of={of} />}</Loaded>
    </Page>
  )
}

function SelfCheck({ of }: { of: Choices }) {
  const [said, setSaid] = useState<Said>(kept)
  const [found, setFound] = useState<Eligibility | null>(null)
  const check = useCommand('exams.check-eligibility', { inPlace: true, onDone: setFound })
  const { occupationId, level, trained } = said
  const asked = JSON.stringify(said)
  // `run` is another function on each render; what was said is what counts.
  const run = useRef(check.run)
  run.current = check.run
  useEffect(() => {
    sessionStorage.setItem(KEPT, asked)
    const now = JSON.parse(asked) as Said
    if (now.occupationId && now.level && now.trained) void run.current(inputOf(now))
    else setFound(null)
  }, [asked])
  const restart = () => setSaid(NOTHING)
  if (!occupationId || !level || !trained) return <Start of={of} said={said} onSaid={setSaid} />
  const question = found?.ask ? questionFor(found.ask.list, of) : undefined
  return (
    <>
      <Steps names={['选职业和等级', '回答问题', '看结论']} at={question ? 1 : 2} />
      <Problem problem={check.problem} />
      {found && question ? (
        <Ask
          key={question.list}
          question={question}
          given={said.answers[question.list] ?? []}
          onAnswer={(entries) => setSaid({ ...said, answers: { ...said.answers, [question.list]: entries } })}
        />
      ) : null}
      {found && !question ? <Conclusion found={found} level={level} /> : null}
      <p>
        <PlainButton onPress={restart}>重新开始</PlainButton>
      </p>
    </>
  )
}

function inputOf(said: Said): Input {
  const { occupationId = '', level = '初级', trained, answers } = said
  return {
    occupationId: occupationId as Input['occupationId'],
    level,
    facts: {
      ...factsOf(answers, occupationId),
      ...(trained === 'yes'
        ? { trainingCertificates: [{ occupation: occupationId, level, issuedOn: '2021-02-03' }] }
        : {}),
    } as Input['facts'],
  }
}

function Start(props: { of: Choices; said: Said; onSaid: (said: Said) => void }) {
  const { said } = props
  if (!said.occupationId) {
    return (
      <>
        <Steps names={['选职业和等级', '回答问题', '看结论']} at={0} />
        <ChoiceList
          name="occupationId"
          label="您想申报哪个职业？"
          help="申报条件按职业和等级规定。"
          value={said.occupationId}
          choices={props.of.occupations.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(occupationId) => props.onSaid({ ...said, occupationId })}
        />
      </>
    )
  }
  if (!said.level) {
    return (
      <>
        <Steps names={['选职业和等级', '回答问题', '看结论']} at={0} />
        <ChoiceList
          name="level"
          label="您想申报哪一级？"
          help="不确定的，可以从初级开始看。"
          value={said.level}
          choices={props.of.engineerLevels.map((value) => ({ value, label: value }))}
          onChange={(level) => props.onSaid({ ...said, level: level as Level })}
        />
      </>
    )
  }
  return (
    <>
      <Steps names={['选职业和等级', '回答问题', '看结论']} at={1} />
      <ChoiceList
        name="trained"
        label={`您取得这个职业${said.level}的培训合格证书了吗？`}
        help="取得培训合格证书才能申报考核；还没有的，也可以先看条件。"
        value={said.trained}
        choices={[
          { value: 'yes', label: '已取得' },
          { value: 'no', label: '还没有' },
        ]}
        onChange={(trained) => props.onSaid({ ...said, trained: trained as 'yes' | 'no' })}
      />
    </>
  )
}

function Ask(props: { question: Question; given: Entry[]; onAnswer: (entries: Entry[]) => void }) {
  const { question, given } = props
  const [entry, setEntry] = useState<Entry>(given.at(-1) ?? {})
  const [more, setMore] = useState<Entry[]>(given.slice(0, -1))
  const [missing, setMissing] = useState<string[]>([])
  const complete = () => {
    const empty = question.fields.filter((field) => !field.optional && !entry[field.name])
    setMissing(empty.map((field) => field.name))
    return empty.length === 0
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (complete()) props.onAnswer([...more, entry])
      }}
    >
      <Section title={question.title}>
        <p>{question.why}</p>
        {question.fields.map((field) => {
          const shared = {
            name: field.name,
            label: field.label,
            value: entry[field.name] ?? '',
            onChange: (value: string) => setEntry({ ...entry, [field.name]: value }),
            ...(field.help ? { help: field.help } : {}),
            ...(field.optional ? { optional: true } : {}),
            ...(missing.includes(field.name) ? { error: `请填写“${field.label}”` } : {}),
          }
          return field.kind === 'day' ? (
            <DayField key={field.name} {...shared} />
          ) : (
            <SelectField
              key={field.name}
              {...shared}
              choices={(field.of ?? []).map((value) => ({ value, label: value }))}
            />
          )
        })}
        {more.length > 0 ? <p role="status">已记下 {more.length} 条。</p> : null}
        <ButtonRow>
          <Button submit weight="main">
            下一步
          </Button>
          <Button onPress={() => props.onAnswer([])}>{question.none}</Button>
          <Button
            onPress={() => {
              if (!complete()) return
              setMore([...more, entry])
              setEntry({})
            }}
          >
            再填一条
          </Button>
        </ButtonRow>
      </Section>
    </form>
  )
}

/** The sentence first, then the paths, then the clause behind a tap, then print. */
function Conclusion({ found, level }: { found: Eligibility; level: Level }) {
  const trainedVerdict = found.certified ?? found.now
  return (
    <>
      <Answer>{sentenceOf(found, level)}</Answer>
      {found.papers.length > 0 ? (
        <Notice title="申报时请准备">
          <ul>
            {found.papers.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Section title="各条申报路径">
        <Verdict decision={trainedVerdict} clause={(id) => <ClauseTap id={id} />} withoutSentence />
      </Section>
      <ButtonRow>
        {found.certified ? (
          <ButtonLink to="/classes" weight="main">
            找培训班
          </ButtonLink>
        ) : (
          <ButtonLink to="/mine/declarations/new" weight="main">
            去申报
          </ButtonLink>
        )}
        <PrintButton />
      </ButtonRow>
    </>
  )
}

function sentenceOf(found: Eligibility, level: Level): string {
  const verdict = found.certified ?? found.now
  const first = found.certified ? '取得培训合格证书后，' : ''
  switch (verdict.outcome) {
    case '符合':
      return found.certified
        ? `您符合${level}的申报条件。先参加${level}培训，取得培训合格证书后即可申报。`
        : `您现在可以申报${level}。`
    case '尚未到期':
      return verdict.opensOn
        ? `${first}您从 ${verdict.opensOn} 起可以申报${level}。`
        : `您现在还不能申报${level}，条件要到以后才满足。`
    case '需人工认定':
      return `${first}您可以申报${level}，但有一项要由评价机构认定。`
    case '材料不足':
      return `还不能确定您能否申报${level}，请看下面还差什么。`
    default:
      return `按您的回答，现在还不能申报${level}。请看各条路径还差什么。`
  }
}
