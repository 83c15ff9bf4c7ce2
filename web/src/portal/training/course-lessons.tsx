import { Link } from '@tanstack/react-router'
import { Section, StateTag } from '../../ui/plain/index.ts'
import { Dated } from './dated.tsx'
import { type Course, kindOfLesson, METHODS, timeOfLesson } from './words.ts'

type Lesson = Course['lessons'][number]

/** The timetable with what was credited for each lesson, and the way into those learned online. */
export function CourseLessons({ one }: { one: Course }) {
  const learning = one.state === 'admitted' && one.classState === 'running'
  return (
    <Section title="课表与考勤">
      <p>面授课用手机扫教室门口的二维码签到；线上课在可学习时间内打开学习，按服务器计时。</p>
      <ul className="lessons">
        {one.lessons.map((lesson) => (
          <li key={lesson.id}>
            <div className="lesson-head">
              <strong>{lesson.title}</strong>
              <Attended lesson={lesson} />
            </div>
            <span>
              {kindOfLesson(lesson)}，{lesson.minutes} 分钟，{lesson.teacherName}
              {lesson.room ? `，${lesson.room}` : ''}
            </span>
            <span>
              <Dated>{timeOfLesson(lesson)}</Dated>
            </span>
            {learning && lesson.mode === 'online' && !lesson.cancelled && !complete(lesson) ? (
              <Link className="button" to={`/mine/courses/${one.enrolmentId}/watch/${lesson.id}`}>
                {lesson.creditedMinutes ? '继续学习' : '去学习'}
                <span className="sr-only">：{lesson.title}</span>
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const complete = (lesson: Lesson) => (lesson.creditedMinutes ?? 0) >= lesson.minutes

function Attended({ lesson }: { lesson: Lesson }) {
  if (lesson.cancelled) return <StateTag tone="refused">已取消</StateTag>
  if (!lesson.creditedMinutes || !lesson.method)
    return <StateTag tone="idle">{lesson.mode === 'online' ? '尚未学习' : '尚无考勤'}</StateTag>
  return (
    <StateTag tone={complete(lesson) ? 'done' : 'running'}>
      {METHODS[lesson.method]}，计 {lesson.creditedMinutes} 分钟
    </StateTag>
  )
}
