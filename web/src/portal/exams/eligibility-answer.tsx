import { useState } from 'react'
import { clauseLabel } from '../../ui/clause-label.ts'
import {
  Answer as AnswerLine,
  Button,
  ButtonLink,
  ButtonRow,
  ClauseTap,
  ConsentBox,
  Notice,
  PlainButton,
  PrintButton,
  Section,
  Unverified,
} from '../../ui/plain/index.ts'
import { PathList } from '../../ui/verdict/verdict.tsx'
import { OUTCOME_WORDS, wordsOfNeed } from '../../ui/verdict/verdict-words.ts'
import { useCommand } from '../api.ts'
import { type Check, type Input, sayAnswer } from './eligibility-state.ts'

/** The sentence first, then what to bring, then the paths as cards with the clause behind a tap, then print and share. */
export function Conclusion(props: {
  found: Check['found']
  said: Check['said']
  subject: string
  input: Input
  /** Somebody registered is signed in: the answers can be kept. */
  saves: boolean
  onMore: () => void
  onChange: (id: string) => void
}) {
  const { found, said, subject, input } = props
  const papers = found.lead ? (found.papers[found.lead] ?? []) : []
  const confirms = [...new Set(found.decisions.map((one) => one.confirms))]
  return (
    <>
      <p className="answer-subject">
        {subject} <span className="num">{found.on}</span> 自查
      </p>
      <AnswerLine>{found.sentence}</AnswerLine>
      <Notice tone="waiting">
        <p>
          这是预审，不是决定。{confirms.join('')}
          {found.unverified ? (
            <>
              {' '}
              <Unverified>部分条件的原文</Unverified>
            </>
          ) : null}
        </p>
      </Notice>
      {papers.length > 0 ? (
        <Section title="请准备这些材料">
          <ul className="papers">
            {papers.map((paper) => (
              <li key={paper}>
                <span className="papers-box" aria-hidden="true" />
                {paper}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="各条途径">
        <PathList
          decisions={found.decisions}
          papers={found.papers}
          clause={(id) => <ClauseTap id={id} />}
          lead={found.lead}
        />
        {found.more ? (
          <p className="no-print">
            <PlainButton onPress={props.onMore}>已有一条途径满足。再答几题，看其他途径</PlainButton>
          </p>
        ) : null}
      </Section>
      <ButtonRow>
        {found.afterTraining ? (
          <ButtonLink to="/classes" weight="main">
            找培训班
          </ButtonLink>
        ) : found.outcome === '符合' && input.matter === 'hubei-engineer' ? (
          <ButtonLink to="/mine/declarations/new" weight="main">
            去申报
          </ButtonLink>
        ) : null}
        <PrintButton />
        <Share text={textOf(props)} />
      </ButtonRow>
      <Said said={said} onChange={props.onChange} />
      {props.saves && said.length > 0 ? <Save input={input} /> : null}
    </>
  )
}

function Said({ said, onChange }: { said: Check['said']; onChange: (id: string) => void }) {
  if (said.length === 0) return null
  return (
    <Section title="您的回答">
      <dl className="said">
        {said.map((one) => (
          <div key={one.id}>
            <dt>{one.title}</dt>
            <dd>
              {sayAnswer(one.answer)}{' '}
              <button
                type="button"
                className="button-plain"
                aria-label={`改答：${one.title}`}
                onClick={() => onChange(one.id)}
              >
                改答
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

/** Shares through the phone where it can, otherwise copies the words. */
function Share({ text }: { text: string }) {
  const [told, setTold] = useState('')
  const share = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setTold('结论已复制，可以粘贴到微信或短信里。')
    } catch {
      setTold('浏览器不让复制，请用“打印”另存。')
    }
  }
  return (
    <div>
      <Button onPress={() => void share()}>复制结论</Button>
      <p role="status">{told}</p>
    </div>
  )
}

/** Only with consent, only for who is signed in and registered, and only what the person said. */
function Save({ input }: { input: Input }) {
  const [agreed, setAgreed] = useState(false)
  const save = useCommand('exams.save-eligibility-facts', { alsoChanges: ['people'] })
  const [done, setDone] = useState<{ saved: string[]; left: string[] } | null>(null)
  if (done) {
    return (
      <Notice tone="done" title="已保存到“我的资料”">
        <p>
          {done.saved.length > 0 ? `已保存（自述）：${done.saved.join('、')}。` : '没有新的内容需要保存。'}
          {done.left.length > 0
            ? `未改动：${done.left.join('、')}，已有记录或缺日期，请到“我的资料”补填。`
            : ''}
        </p>
      </Notice>
    )
  }
  const { useOwn, thorough, ...subject } = input
  return (
    <div className="no-print">
      <Section title="保存到我的资料（选做）">
        <p>到现在为止，您的回答没有保存。保存后记为“自述”，申报时仍要上传证明。</p>
        <ConsentBox name="consent" checked={agreed} onChange={setAgreed}>
          我同意把以上回答保存到“我的资料”，用于今后的申报
        </ConsentBox>
        <Button
          busy={save.running}
          {...(agreed ? {} : { because: '请先勾选同意。' })}
          onPress={() =>
            void save
              .run({ ...subject, consent: true })
              .then((answer) => (answer ? setDone(answer) : undefined))
          }
        >
          保存到我的资料
        </Button>
      </Section>
    </div>
  )
}

/** The conclusion as plain words, for a message. */
export function textOf(props: { found: Check['found']; subject: string }): string {
  const { found, subject } = props
  const paths = found.decisions
    .flatMap((decision) => decision.paths)
    .filter((path) => path.outcome !== '不符合')
    .map((path) => {
      const needs = path.outcome === '符合' ? [] : path.needs.map(wordsOfNeed)
      const from = path.opensOn && path.outcome !== '符合' ? `，最早 ${path.opensOn}` : ''
      const word = OUTCOME_WORDS[path.outcome]?.[0] ?? path.outcome
      return `· ${path.name}：${word}${from}${needs.length > 0 ? `，还差${needs.join('、')}` : ''}（${clauseLabel(path.clause.id)}）`
    })
  const papers = found.lead ? (found.papers[found.lead] ?? []) : []
  return [
    `【自查】${subject}（${found.on}）`,
    found.sentence,
    ...(paths.length > 0 ? paths : []),
    ...(papers.length > 0 ? [`请准备：${papers.join('、')}`] : []),
    '这是预审，以评价机构确认为准。',
  ].join('\n')
}
