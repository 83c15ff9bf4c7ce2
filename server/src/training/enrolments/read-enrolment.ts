import type { Decision } from '../../../../policy/src/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { explained } from '../../platform/decision-shape.ts'
import { findDecision } from '../../platform/decisions.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { hoursOfLearner } from '../hours/store.ts'
import { no } from '../refusals-of-learners.ts'
import { findEnrolment } from './store.ts'

/** One learner in one class: both verdicts with their explanation, the hours so far, and what happened. */
export async function readEnrolment(app: App, actor: Actor, input: { enrolmentId: string }) {
  const one = await findEnrolment(app.db, actor, input.enrolmentId)
  if (!one)
    return refuse(no.ENROLMENT_NOT_FOUND()) as Result<never, RefusalOf<typeof no, 'ENROLMENT_NOT_FOUND'>>
  const completion = one.completionDecisionId && (await findDecision(app.db, one.completionDecisionId))
  return ok({
    ...one,
    registeredAt: one.registeredAt.toISOString(),
    decidedAt: one.decidedAt?.toISOString() ?? null,
    audience: explained((await findDecision(app.db, one.decisionId)) as Decision, one.decisionId),
    completion: completion ? explained(completion as Decision, one.completionDecisionId) : null,
    hours: await hoursOfLearner(app.db, one.id, one.standardHourMinutes),
    timeline: await timeline(app.db, `enrolment:${one.id}`),
  })
}
