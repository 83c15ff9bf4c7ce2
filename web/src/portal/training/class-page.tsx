import { Link } from '@tanstack/react-router'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ClauseTap,
  Facts,
  Instant,
  Money,
  Notice,
  Page,
  Section,
  StateOf,
  StateTag,
  useParam,
} from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { Dated } from './dated.tsx'
import { LoadedPage } from './loaded-page.tsx'
import './training.css'
import {
  ENROLMENT_WORDS,
  HOUR_KINDS,
  hasSeat,
  hourKinds,
  kindOfLesson,
  openWords,
  seatWords,
  subject,
  timeOfLesson,
  windowWords,
} from './words.ts'

type Reading = OutputOf<PortalApi, 'training.read-announcement'>

/** One announcement: what it is, what it costs, when and where, and the way in. */
export function ClassPage() {
  const query = useApiQuery('training.read-announcement', { announcementId: useParam('id') })
  return (
    <LoadedPage query={query} title="招生公告" back={{ to: '/classes', label: '招生公告' }}>
      {(one) => (
        <Page
          title={one.title}
          lead={`${one.organisation} · ${subject(one)}`}
          back={{ to: '/classes', label: '招生公告' }}
        >
          <WayIn one={one} />
          <Facts
            rows={[
              [
                '收费',
                <span key="fee">
                  <Money cents={one.feeCents} /> <ClauseTap id="HB-6.3" />
                </span>,
              ],
              ['名额', seatWords(one)],
              ['报名时间', <Dated key="enrol">{`${one.enrolFromOn} 至 ${one.enrolToOn}`}</Dated>],
              ['培训时间', <Dated key="held">{`${one.startsOn} 至 ${one.endsOn}`}</Dated>],
              ['上课地点', [one.city, one.venue].filter(Boolean).join(' ')],
              ['培训机构', one.organisation],
              ['咨询', one.contact],
              ['班级', `${one.className}（${one.classNumber}）`],
              ['发布时间', <Instant key="at" at={one.publishedAt} />],
            ]}
          />
          <Section title="公告内容">
            <p className="announcement-body">{one.body}</p>
          </Section>
          <Timetable one={one} />
          <p className="after">
            收费、补贴以公布的标准为准：<Link to="/fees">看收费与补贴标准</Link>。遇到承诺“包过”“包就业”或推销
            “培训贷”的，请不要报名 <ClauseTap id="HB-6.3" />
          </p>
        </Page>
      )}
    </LoadedPage>
  )
}

function WayIn({ one }: { one: Reading }) {
  const [word, tone] = openWords(one)
  const { mine } = one
  if (mine) {
    return (
      <Notice tone="done" title="您已报名本班">
        <p>
          当前状态：
          <StateOf state={mine.state} of={ENROLMENT_WORDS} />
        </p>
        <ButtonRow>
          <ButtonLink to={`/mine/courses/${mine.enrolmentId}`} weight="main">
            看我的报名
          </ButtonLink>
        </ButtonRow>
      </Notice>
    )
  }
  const enrol = one.actions.enrol
  return (
    <div className="way-in">
      <p>
        <StateTag tone={tone}>{word}</StateTag>
        {one.open ? <Dated>{`　${windowWords(one)}`}</Dated> : null}
      </p>
      <ButtonRow>
        {enrol.allowed ? (
          <ButtonLink to={`/classes/${one.id}/enrol`} weight="main">
            {hasSeat(one) ? '我要报名' : '报名候补'}
          </ButtonLink>
        ) : (
          <>
            <Button because={enrol.because.message}>我要报名</Button>
            <ButtonLink to="/classes">看其他公告</ButtonLink>
          </>
        )}
      </ButtonRow>
    </div>
  )
}

/** Hours by kind, then the lessons as planned so far; a long course shows its first ones. */
function Timetable({ one }: { one: Reading }) {
  const parts = hourKinds
    .filter((kind) => one.plannedHours[kind] > 0)
    .map((kind) => `${HOUR_KINDS[kind]} ${one.plannedHours[kind]}`)
  return (
    <Section title="学时与课程安排">
      <p>
        共 {one.totalHours} 学时：{parts.join('，')}。 <ClauseTap id="HB-4.3" />
      </p>
      {one.lessons.length === 0 ? (
        <p className="nothing">具体课表由培训机构在开班前公布。</p>
      ) : (
        <>
          <LessonLines lessons={one.lessons.slice(0, FIRST_LESSONS)} />
          {one.lessons.length > FIRST_LESSONS ? (
            <details>
              <summary>其余 {one.lessons.length - FIRST_LESSONS} 节课</summary>
              <LessonLines lessons={one.lessons.slice(FIRST_LESSONS)} />
            </details>
          ) : null}
        </>
      )}
    </Section>
  )
}
const FIRST_LESSONS = 6

function LessonLines({ lessons }: { lessons: Reading['lessons'] }) {
  return (
    <ul className="lessons">
      {lessons.map((lesson) => (
        <li key={lesson.id}>
          <strong>{lesson.title}</strong>
          <span>
            {kindOfLesson(lesson)}，{lesson.minutes} 分钟
          </span>
          <span>
            <Dated>{timeOfLesson(lesson)}</Dated>
          </span>
        </li>
      ))}
    </ul>
  )
}
