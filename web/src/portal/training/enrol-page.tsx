import { useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Answer,
  Button,
  ButtonLink,
  ButtonRow,
  ClauseTap,
  Facts,
  Loaded,
  Money,
  Notice,
  Page,
  Problem,
  Section,
  useParam,
} from '../../ui/plain/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { useApiQuery, useCommand } from '../api.ts'
import { AskAudience } from './audience-question.tsx'
import { type AudienceKind, kindOfNeed } from './audience-questions.ts'
import { Dated } from './dated.tsx'
import { KnownPerson } from './known-person.tsx'
import { LoadedPage } from './loaded-page.tsx'
import { hasSeat, seatWords, subject } from './words.ts'
import './training.css'

type Reading = OutputOf<PortalApi, 'training.read-announcement'>
type Audience = OutputOf<PortalApi, 'training.check-audience'>
type Enrolled = OutputOf<PortalApi, 'training.enrol'>

/** 报名: who one is, what is not said yet, the verdict, then the act. Comes back here after sign-in and registration. */
export function EnrolPage() {
  const announcementId = useParam('id')
  const query = useApiQuery('training.read-announcement', { announcementId })
  const [done, setDone] = useState<Enrolled>()
  return (
    <LoadedPage query={query} title="报名" back={{ to: '/classes', label: '招生公告' }}>
      {(one) => (
        <Page
          title={done ? '报名已提交' : '报名'}
          lead={`${one.title}，${one.organisation}`}
          {...(done ? {} : { back: { to: `/classes/${one.id}`, label: '招生公告' } })}
        >
          <KnownPerson>
            {(person) =>
              done ? (
                <Done one={one} done={done} />
              ) : one.mine ? (
                <Already enrolmentId={one.mine.enrolmentId} />
              ) : (
                <Enrolment one={one} name={person.name} onDone={setDone} />
              )
            }
          </KnownPerson>
        </Page>
      )}
    </LoadedPage>
  )
}

function Already({ enrolmentId }: { enrolmentId: string }) {
  return (
    <>
      <Answer>您已在本班报名，无需重复报名。</Answer>
      <ButtonRow>
        <ButtonLink to={`/mine/courses/${enrolmentId}`} weight="main">
          看我的报名
        </ButtonLink>
      </ButtonRow>
    </>
  )
}

function Enrolment(props: { one: Reading; name: string; onDone: (done: Enrolled) => void }) {
  const query = useApiQuery('training.check-audience', { announcementId: props.one.id })
  const [asked, setAsked] = useState<AudienceKind[]>([])
  return (
    <Loaded query={query}>
      {(audience) => {
        const kind = nextKind(audience, asked)
        return kind ? (
          <AskAudience
            key={kind}
            kind={kind}
            today={audience.verdict.on}
            takesFocus={asked.length > 0}
            onSaid={() => setAsked([...asked, kind])}
          />
        ) : (
          <Decided {...props} audience={audience} />
        )
      }}
    </Loaded>
  )
}

/** What must still be said, in the policy's order; what was just answered is not asked again. */
function nextKind(audience: Audience, asked: readonly AudienceKind[]): AudienceKind | undefined {
  return audience.verdict.needs
    .filter((need) => need.kind === '数据')
    .map((need) => kindOfNeed(need.at))
    .find((kind) => kind !== undefined && !asked.includes(kind))
}

const MAY_ENROL = ['符合', '材料不足', '需人工认定']

function Decided(props: {
  one: Reading
  name: string
  audience: Audience
  onDone: (done: Enrolled) => void
}) {
  const { one, audience } = props
  const { verdict, unsaid } = audience
  const enrol = useCommand('training.enrol', { inPlace: true, onDone: props.onDone, alsoChanges: ['people'] })
  const may = MAY_ENROL.includes(verdict.outcome) && unsaid.length === 0
  return (
    <>
      <Answer>
        <Dated>{sentenceOf(audience)}</Dated>
      </Answer>
      <p>
        依据：
        <ClauseTap id={verdict.clause.id} />
      </p>
      <details className="why">
        <summary>为什么这样判断</summary>
        <h2 className="sr-only">逐条判断</h2>
        <Verdict decision={verdict} clause={(id) => <ClauseTap id={id} />} withoutSentence />
      </details>
      {may ? (
        <Section title="核对后提交">
          <Facts
            rows={[
              ['报名人', props.name],
              ['班级', subject(one)],
              ['培训时间', <Dated key="held">{`${one.startsOn} 至 ${one.endsOn}`}</Dated>],
              ['上课地点', [one.city, one.venue].filter(Boolean).join(' ')],
              ['收费', <Money key="fee" cents={one.feeCents} />],
              ['名额', seatWords(one)],
            ]}
          />
          <Problem problem={enrol.problem} />
          <ButtonRow>
            {one.actions.enrol.allowed ? (
              <Button
                weight="main"
                busy={enrol.running}
                onPress={() => void enrol.run({ announcementId: one.id })}
              >
                {hasSeat(one) ? '提交报名' : '提交候补报名'}
              </Button>
            ) : (
              <Button because={one.actions.enrol.because.message}>提交报名</Button>
            )}
            <ButtonLink to="/mine/facts">修改我的资料</ButtonLink>
          </ButtonRow>
        </Section>
      ) : (
        <ButtonRow>
          <ButtonLink to="/mine/facts" weight="main">
            {unsaid.length > 0 ? '补充我的资料' : '核对我的资料'}
          </ButtonLink>
          <ButtonLink to="/classes">看其他公告</ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}

function sentenceOf({ verdict, unsaid }: Audience): string {
  if (unsaid.length > 0) return `还不能判断您是否属于培育对象，请先补充：${unsaid.join('、')}。`
  switch (verdict.outcome) {
    case '符合':
      return '您属于培育对象，可以报名。'
    case '需人工认定':
      return '您可以报名，其中一项由培训机构录取时认定。'
    case '材料不足':
      return '您可以报名，录取时请向培训机构出示证明材料。'
    case '尚未到期':
      return verdict.opensOn
        ? `您现在还不能报名，从 ${verdict.opensOn} 起属于培育对象。`
        : '您现在还不能报名，条件要到以后才满足。'
    default:
      return '按您填写的资料，您不属于培育对象，不能报名。'
  }
}

function Done({ one, done }: { one: Reading; done: Enrolled }) {
  const waits = done.state === 'waiting'
  return (
    <>
      <Notice tone={waits ? 'waiting' : 'done'}>
        <p className="answer">
          {waits ? `您在候补第 ${done.waitingPlace ?? 1} 位。` : '报名成功，名额已为您保留。'}
        </p>
      </Notice>
      <Section title="接下来">
        <ol className="next-steps">
          {waits ? <li>有人退出时，按报名先后自动递补，并在“我的课程”中显示。</li> : null}
          <li>{one.organisation}核对报名信息后决定录取，结果在“我的课程”中显示。</li>
          <li>
            录取后按公告缴费（
            <Money cents={one.feeCents} />
            ），向培训机构索取票据。公告以外的收费可以拒绝。
          </li>
          <li>
            {one.startsOn} 在{one.venue}开班。上课时用手机扫教室门口的二维码签到。
          </li>
        </ol>
        <p>有疑问请咨询：{one.contact}</p>
      </Section>
      <ButtonRow>
        <ButtonLink to={`/mine/courses/${done.id}`} weight="main">
          看我的报名
        </ButtonLink>
        <ButtonLink to="/classes">返回招生公告</ButtonLink>
      </ButtonRow>
    </>
  )
}
