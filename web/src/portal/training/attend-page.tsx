import { useEffect, useRef, useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { timeOf } from '../../ui/format.ts'
import {
  Answer,
  Button,
  ButtonLink,
  ButtonRow,
  Facts,
  Loading,
  Notice,
  Page,
  Problem,
  useAddressSearch,
} from '../../ui/plain/index.ts'
import { useCommand } from '../api.ts'
import { KnownPerson } from './known-person.tsx'

/** Where the QR code at the door leads: signs in if needed, checks in at once and says so in one sentence. */
export function AttendPage() {
  const { lesson, token } = useAddressSearch()
  return (
    <Page title="课堂签到">
      {lesson && token ? (
        <KnownPerson>{() => <CheckIn key={token} lessonId={lesson} token={token} />}</KnownPerson>
      ) : (
        <>
          <Answer>没有读到签到码。</Answer>
          <p>请用手机扫描教室门口正在显示的二维码，不要使用别人转发的链接。</p>
          <ToCourses />
        </>
      )}
    </Page>
  )
}

function CheckIn({ lessonId, token }: { lessonId: string; token: string }) {
  const [done, setDone] = useState<OutputOf<PortalApi, 'training.check-in'>>()
  const checkIn = useCommand('training.check-in', { inPlace: true, onDone: setDone })
  const asked = useRef(false)
  const tryNow = () => void checkIn.run({ lessonId, token })
  const first = useRef(tryNow)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    first.current()
  }, [])
  const { problem } = checkIn
  if (done) return <Present done={done} />
  if (checkIn.running || !problem) return <Loading />
  if (problem.kind === 'refusal' && problem.refusal.code === 'CHECKED_IN_ALREADY') {
    return (
      <>
        <Notice tone="done">
          <p className="answer">已经签到，不用再签</p>
          <p>{problem.message}</p>
        </Notice>
        <ToCourses />
      </>
    )
  }
  return (
    <>
      <Answer>还没有签到。</Answer>
      <Problem problem={problem} />
      {problem.kind === 'network' || problem.kind === 'server' ? (
        <>
          <p>重试仍不成的，请重新扫码，或请任课教师当场登记。</p>
          <ButtonRow>
            <Button weight="main" onPress={tryNow}>
              重试
            </Button>
          </ButtonRow>
        </>
      ) : (
        <p>确实在课堂却签不上的，请当场告诉任课教师，由教师登记。</p>
      )}
      <ToCourses />
    </>
  )
}

function Present({ done }: { done: OutputOf<PortalApi, 'training.check-in'> }) {
  return (
    <>
      <Notice tone="done">
        <p className="answer">已签到 {timeOf(done.at)}</p>
      </Notice>
      <Facts
        rows={[
          ['课程', done.lessonTitle],
          ['班级', done.className],
          ['本节计入', `${done.minutes} 分钟`],
        ]}
      />
      <ToCourses />
    </>
  )
}

function ToCourses() {
  return (
    <ButtonRow>
      <ButtonLink to="/mine/courses">我的课程</ButtonLink>
    </ButtonRow>
  )
}
