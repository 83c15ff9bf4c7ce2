import { defineDecisionSubject } from '../../platform/decisions.ts'
import { personsOfEnrolments } from './store.ts'

defineDecisionSubject('enrolment', async (tx, ids) => {
  const rows = await personsOfEnrolments(tx, ids)
  return new Map(rows.map(({ id, personId }) => [id, { personId }]))
})
