import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ApiFailure, problemOf } from '../../ui/api.ts'
import { Loaded, Loading, Page, PlainButton, Problem, Steps } from '../../ui/plain/index.ts'
import { act, useApiQuery } from '../api.ts'
import { Conclusion } from './eligibility-answer.tsx'
import { Ask } from './eligibility-question.tsx'
import { STEPS, Start } from './eligibility-start.tsx'
import {
  backTo,
  type Check,
  forget,
  type Input,
  inputOf,
  keep,
  type Matters,
  oneBack,
  recall,
  type Said,
} from './eligibility-state.ts'
import './eligibility.css'

/** 我能申报吗: one question a screen, only what can still change the answer; nothing is stored on the server. */
export function EligibilityPage() {
  const matters = useApiQuery('exams.eligibility-matters')
  return (
    <Page
      title="我能申报吗"
      lead="不用登录。回答几个问题，告诉您现在能不能申报、还差什么、最早什么时候。您的回答不会被保存。"
      back={{ to: '/', label: '首页' }}
    >
      <Loaded query={matters}>{(of) => <SelfCheck of={of} />}</Loaded>
    </Page>
  )
}

function SelfCheck({ of }: { of: Matters }) {
  const [said, setSaid] = useState<Said>(recall)
  const input = inputOf(said, of.matters)
  const change = (next: Said) => {
    keep(next)
    setSaid(next)
  }
  const begun = said.programme !== undefined
  return (
    <>
      {input ? (
        <Questions of={of} said={said} input={input} onSaid={change} />
      ) : (
        <Start of={of} said={said} onSaid={change} />
      )}
      {begun ? (
        <p className="ask-back no-print">
          <PlainButton onPress={() => change(oneBack(said))}>上一步</PlainButton>
          <PlainButton onPress={() => setSaid(forget())}>重新开始</PlainButton>
        </p>
      ) : null}
    </>
  )
}

function Questions(props: { of: Matters; said: Said; input: Input; onSaid: (said: Said) => void }) {
  const { of, said, input, onSaid } = props
  const query = useQuery<Check, ApiFailure>({
    // In memory only, and gone with the page: the answers are nobody else's.
    queryKey: ['portal', 'exams', 'self-check', input],
    queryFn: () => act('exams.check-eligibility', input),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const check = query.isPlaceholderData ? undefined : query.data
  const over = check !== undefined && check.question === null
  useEffect(() => {
    // At the end nothing of it stays in the browser either.
    if (over) forget()
  }, [over])
  const known = usePersonKnown()
  const matter = of.matters.find((one) => one.id === input.matter)
  const occupation = matter?.occupations.find((one) => one.id === input.occupationId)
  const subject = [matter?.title, occupation?.name, input.level].filter(Boolean).join(' · ')
  if (query.isError) {
    return (
      <>
        <Steps names={STEPS} at={1} />
        <Problem problem={problemOf(query.error)} retry={() => void query.refetch()} />
      </>
    )
  }
  if (!check) return <Loading />
  if (check.question) {
    const { question } = check
    return (
      <>
        <Steps names={STEPS} at={1} />
        <p className="answer-subject">{subject}</p>
        <Ask
          key={question.id}
          question={question}
          atMost={check.atMost}
          today={check.found.on}
          onAnswer={(answer) => onSaid({ ...said, answers: [...said.answers, [question.id, answer]] })}
        />
        {known && !said.useOwn ? (
          <p className="no-print">
            <PlainButton onPress={() => onSaid({ ...said, useOwn: true })}>
              用“我的资料”里已有的内容，少答几题
            </PlainButton>
          </p>
        ) : null}
      </>
    )
  }
  return (
    <>
      <Steps names={STEPS} at={2} />
      <Conclusion
        found={check.found}
        said={check.said}
        subject={subject}
        input={input}
        saves={known}
        onMore={() => onSaid({ ...said, thorough: true })}
        onChange={(id) => onSaid(backTo(said, id))}
      />
    </>
  )
}

/** Signed in and registered: then own facts can be used and answers kept. Nobody is asked to sign in for the check. */
function usePersonKnown(): boolean {
  const me = useApiQuery('people.me')
  return Boolean(me.data?.person)
}
