import { useState } from 'react'
import { score } from '../../ui/format.ts'
import {
  ActButton,
  Answer,
  Button,
  ButtonLink,
  ButtonRow,
  ClauseTap,
  Day,
  Facts,
  Instant,
  Money,
  Notice,
  Page,
  Problem,
  ProgressBar,
  Section,
  StateOf,
  TextField,
  useParam,
} from '../../ui/plain/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { useApiQuery, useCommand } from '../api.ts'
import { CourseLessons } from './course-lessons.tsx'
import { Dated } from './dated.tsx'
import { KnownPerson } from './known-person.tsx'
import { LoadedPage } from './loaded-page.tsx'
import './training.css'
import { type Course, ENROLMENT_WORDS, HOUR_KINDS, hourKinds, saidStanding, subject } from './words.ts'

/** One's own course: where it stands, hours against the plan, the timetable with what was credited, the end. */
export function CoursePage() {
  const enrolmentId = useParam('enrolmentId')
  return <KnownPerson>{() => <Reading enrolmentId={enrolmentId} />}</KnownPerson>
}

function Reading({ enrolmentId }: { enrolmentId: string }) {
  const query = useApiQuery('training.read-course', { enrolmentId })
  return (
    <LoadedPage query={query} title="课程" back={{ to: '/mine/courses', label: '我的课程' }}>
      {(one) => (
        <Page
          title={one.className}
          lead={`${one.organisation} · ${subject(one)}`}
          back={{ to: '/mine/courses', label: '我的课程' }}
        >
          <p>
            <StateOf state={one.state} of={ENROLMENT_WORDS} />
          </p>
          <Answer>
            <Dated>{saidStanding(one)}</Dated>
          </Answer>
          {one.certificateId ? (
            <ButtonRow>
              <ButtonLink to="/mine/certificates" weight="main">
                看培训合格证书
              </ButtonLink>
              <ButtonLink to="/mine/declarations/new">申报等级考核</ButtonLink>
            </ButtonRow>
          ) : null}
          {one.lessons.length > 0 ? <Hours one={one} /> : null}
          <Ending one={one} />
          {one.lessons.length > 0 ? <CourseLessons one={one} /> : null}
          <Enrolment one={one} />
        </Page>
      )}
    </LoadedPage>
  )
}

/** Each kind on its own: online time does not stand in for practice. */
function Hours({ one }: { one: Course }) {
  return (
    <Section title="学时">
      <ProgressBar label="合计" done={one.totalHours} of={one.plannedTotal} unit="学时" />
      {hourKinds
        .filter((kind) => one.plannedHours[kind] > 0)
        .map((kind) => (
          <ProgressBar
            key={kind}
            label={HOUR_KINDS[kind]}
            done={one.hours[kind]}
            of={one.plannedHours[kind]}
            unit="学时"
          />
        ))}
      <p>
        完成规定学时和内容，并通过结业考核的，颁发培训合格证书 <ClauseTap id="HB-4.3" />
      </p>
    </Section>
  )
}

function Ending({ one }: { one: Course }) {
  const { assessment, completion } = one
  if (!assessment && !completion) return null
  return (
    <Section title="结业">
      {assessment ? (
        <Facts
          rows={[
            [
              '结业考核',
              assessment.mark === 'absent'
                ? '缺考'
                : `${score(assessment.scoreTenths ?? 0)} 分，${assessment.passed ? '合格' : '不合格'}`,
            ],
            ['考核日期', <Day key="on" on={assessment.assessedOn} />],
          ]}
        />
      ) : null}
      {completion ? (
        <details className="why" open={one.state === 'failed'}>
          <summary>结业条件核对</summary>
          <Verdict decision={completion} clause={(id) => <ClauseTap id={id} />} />
        </details>
      ) : null}
    </Section>
  )
}

function Enrolment({ one }: { one: Course }) {
  return (
    <Section title="报名信息">
      <Facts
        rows={[
          ['班级编号', one.classNumber],
          ['培训时间', <Dated key="held">{`${one.startsOn} 至 ${one.endsOn}`}</Dated>],
          ['上课地点', one.venue],
          ['收费', <Money key="fee" cents={one.feeCents} />],
          ['报名时间', <Instant key="at" at={one.registeredAt} />],
          one.reason ? ['说明', one.reason] : undefined,
        ]}
      />
      <details className="why">
        <summary>报名时的培育对象核对</summary>
        <Verdict decision={one.audience} clause={(id) => <ClauseTap id={id} />} />
      </details>
      <Withdraw one={one} />
    </Section>
  )
}

function Withdraw({ one }: { one: Course }) {
  const act = one.actions.withdraw
  const [leaving, setLeaving] = useState(false)
  const [reason, setReason] = useState('')
  const withdraw = useCommand('training.withdraw-enrolment', {
    inPlace: true,
    onDone: () => setLeaving(false),
  })
  if (!act?.allowed) return null
  const running = one.classState === 'running'
  if (!leaving) {
    return (
      <ButtonRow>
        <ActButton act={act} onPress={() => setLeaving(true)}>
          退出本班
        </ActButton>
      </ButtonRow>
    )
  }
  return (
    <Notice tone="waiting" title="确定退出吗？">
      <p>
        {running
          ? '培训已经开始，退出后已学的学时不再用于本班结业，不能恢复。'
          : '退出后名额让给候补的人；报名时间内可以重新报名，但要排在后面。'}
        已缴费用的退还请与培训机构联系。
      </p>
      <TextField
        name="reason"
        label="退出原因"
        optional
        value={reason}
        onChange={setReason}
        maxLength={200}
        lines={2}
      />
      <Problem problem={withdraw.problem} />
      <ButtonRow>
        <Button
          weight="grave"
          busy={withdraw.running}
          onPress={() =>
            void withdraw.run({
              enrolmentId: one.enrolmentId,
              ...(reason.trim() ? { reason: reason.trim() } : {}),
            })
          }
        >
          确定退出
        </Button>
        <Button onPress={() => setLeaving(false)}>不退出</Button>
      </ButtonRow>
    </Notice>
  )
}
