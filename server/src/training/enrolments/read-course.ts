import type { Decision } from '../../../../policy/src/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { explained } from '../../platform/decision-shape.ts'
import { findDecision } from '../../platform/decisions.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { totalOf } from '../hours/hours.ts'
import { hoursOfLearner } from '../hours/store.ts'
import { namesFor } from '../names.ts'
import { no } from '../refusals-of-learners.ts'
import { ENROLMENT_STATES } from './enrolment.ts'
import { assessmentOf, coursesOf, lessonsOfLearner } from './learner-store.ts'

/** The learner's own course: verdicts, timetable with what was credited, hours against the plan. */
export async function readCourse(app: App, actor: Actor, input: { enrolmentId: string }) {
  const tx = app.db
  const [course] = actor.personId
    ? await coursesOf(tx, actor.personId, app.clock.now(), input.enrolmentId)
    : []
  if (!course)
    return refuse(no.ENROLMENT_NOT_FOUND()) as Result<never, RefusalOf<typeof no, 'ENROLMENT_NOT_FOUND'>>
  const names = await namesFor(tx, [course.organisationId])
  const admitted = ['admitted', 'completed', 'failed'].includes(course.state)
  const hours = await hoursOfLearner(tx, course.enrolmentId, course.standardHourMinutes)
  const lessons = admitted ? await lessonsOfLearner(tx, course.classId, course.enrolmentId) : []
  const completion = course.completionDecisionId && (await findDecision(tx, course.completionDecisionId))
  // Scores may be entered again until the class is completed.
  const ended = ['completed', 'failed'].includes(course.state)
  const leaving = ['registered', 'waiting', 'admitted'].includes(course.state)
  return ok({
    ...course,
    registeredAt: course.registeredAt.toISOString(),
    nextLessonAt: course.nextLessonAt?.toISOString() ?? null,
    organisation: names.organisation(course.organisationId),
    occupation: names.occupation(course.occupationId),
    audience: explained((await findDecision(tx, course.decisionId)) as Decision, course.decisionId),
    completion: completion ? explained(completion as Decision, course.completionDecisionId) : null,
    assessment: (ended && (await assessmentOf(tx, course.enrolmentId))) || null,
    hours,
    totalHours: totalOf(hours),
    plannedTotal: totalOf(course.plannedHours),
    lessons: lessons.map((lesson) => ({
      ...lesson,
      startsAt: lesson.startsAt.toISOString(),
      endsAt: lesson.endsAt.toISOString(),
      cancelled: lesson.cancelledAt !== null,
      creditedMinutes: lesson.creditedSeconds === null ? null : Math.floor(lesson.creditedSeconds / 60),
    })),
    actions: {
      withdraw: allowedIf(
        leaving ? undefined : no.ENROLMENT_STATE({ state: ENROLMENT_STATES[course.state], act: '退出' }),
      ),
    },
  })
}
