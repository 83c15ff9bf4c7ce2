import {
  ButtonLink,
  Card,
  EmptyState,
  Loaded,
  Page,
  ProgressBar,
  Section,
  StateOf,
} from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { Dated } from './dated.tsx'
import { KnownPerson } from './known-person.tsx'
import { type CourseRow, ENROLMENT_WORDS, saidStanding, subject } from './words.ts'

const STANDING: readonly CourseRow['state'][] = ['registered', 'waiting', 'admitted']

/** 我的课程: each in one sentence, those under way first, with the hours of the one that runs. */
export function CoursesPage() {
  return (
    <Page
      title="我的课程"
      lead="您报名和参加的培训，课表、签到、学时和结业。"
      back={{ to: '/mine', label: '我的' }}
    >
      <KnownPerson>{() => <Courses />}</KnownPerson>
    </Page>
  )
}

function Courses() {
  const query = useApiQuery('training.my-courses')
  return (
    <Loaded query={query}>
      {({ rows }) => {
        const now = rows.filter((row) => STANDING.includes(row.state))
        const before = rows.filter((row) => !STANDING.includes(row.state))
        return rows.length === 0 ? (
          <EmptyState
            act={
              <ButtonLink to="/classes" weight="main">
                看招生公告
              </ButtonLink>
            }
          >
            您还没有报名参加培训。
          </EmptyState>
        ) : (
          <>
            <h2 className="sr-only">正在办的</h2>
            {now.map((row) => (
              <CourseCard key={row.enrolmentId} one={row} />
            ))}
            {before.length > 0 ? (
              <Section title="以前的">
                {before.map((row) => (
                  <CourseCard key={row.enrolmentId} one={row} />
                ))}
              </Section>
            ) : null}
          </>
        )
      }}
    </Loaded>
  )
}

function CourseCard({ one }: { one: CourseRow }) {
  return (
    <Card
      to={`/mine/courses/${one.enrolmentId}`}
      title={one.className}
      mark={<StateOf state={one.state} of={ENROLMENT_WORDS} />}
    >
      <p>
        <Dated>{saidStanding(one)}</Dated>
      </p>
      <p className="nothing">
        {subject(one)}，{one.organisation}
      </p>
      {one.state === 'admitted' && one.classState === 'running' ? (
        <HoursSoFar enrolmentId={one.enrolmentId} />
      ) : null}
    </Card>
  )
}

function HoursSoFar({ enrolmentId }: { enrolmentId: string }) {
  const course = useApiQuery('training.read-course', { enrolmentId }).data
  return course ? (
    <ProgressBar label="已完成学时" done={course.totalHours} of={course.plannedTotal} unit="学时" />
  ) : null
}
