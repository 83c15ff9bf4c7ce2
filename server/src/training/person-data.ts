import { definePersonData } from '../people/index.ts'
import { certificatesOfPerson } from './certificates/store.ts'
import { coursesOf } from './enrolments/learner-store.ts'
import { hoursOfLearner } from './hours/store.ts'

/** What a person downloads about himself from here: every enrolment with its hours, every training certificate. */
definePersonData('培训报名、学时和培训合格证书', async (app, personId) => {
  const courses = await coursesOf(app.db, personId, app.clock.now())
  const enrolments = []
  for (const course of courses) {
    const hours = await hoursOfLearner(app.db, course.enrolmentId, course.standardHourMinutes)
    const { className, classNumber, state, reason, registeredAt, startsOn, endsOn } = course
    enrolments.push({ className, classNumber, state, reason, registeredAt, startsOn, endsOn, hours })
  }
  const certificates = (await certificatesOfPerson(app.db, personId)).map(
    ({ number, state, issuedOn, organisationName, level, hours, reason }) => ({
      number,
      state,
      issuedOn,
      organisationName,
      level,
      hours,
      reason,
    }),
  )
  return { enrolments, certificates }
})
