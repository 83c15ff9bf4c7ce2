import { policySettings } from '../../institutions/index.ts'
import { factsOf, recordDealings } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { explained } from '../../platform/decision-shape.ts'
import { recordDecision } from '../../platform/decisions.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { findAnnouncement } from '../classes/announcement-store.ts'
import { lockClassForLearner } from '../classes/store.ts'
import { no } from '../refusals-of-learners.ts'
import { decideAudience, unsaid } from '../verdict.ts'
import { ENROLMENT_STATES } from './enrolment.ts'
import { countEnrolments, insertEnrolments, standingEnrolment } from './store.ts'

export type EnrolRefusal = RefusalOf<
  typeof no,
  | 'REAL_NAME_NEEDED'
  | 'ANNOUNCEMENT_NOT_FOUND'
  | 'ENROLMENT_CLOSED'
  | 'ENROLMENT_NOT_OPEN'
  | 'ENROLMENT_TWICE'
  | 'AUDIENCE_NOT_MET'
  | 'AUDIENCE_UNSAID'
>

export interface Enrolled {
  id: string
  state: 'registered' | 'waiting'
  /** Place on the waiting list, from 1; null with a seat. */
  waitingPlace: number | null
  verdict: ReturnType<typeof explained>
}

/** Registers the learner for an announced class: real name, window, audience rule (HB-2), seat or waiting list. */
export async function enrol(
  app: App,
  actor: Actor,
  input: { announcementId: string },
): Promise<Result<Enrolled, EnrolRefusal>> {
  const { personId } = actor
  if (!personId) return refuse(no.REAL_NAME_NEEDED())
  return transact<Enrolled, EnrolRefusal>(app.db, async (tx) => {
    const announcement = await findAnnouncement(tx, input.announcementId)
    if (!announcement) return refuse(no.ANNOUNCEMENT_NOT_FOUND())
    // The lock orders those who want the last seat.
    const one = await lockClassForLearner(tx, announcement.classId)
    if (one?.state !== 'announced') return refuse(no.ENROLMENT_CLOSED())
    const today = app.clock.today()
    const { enrolFromOn: from, enrolToOn: to } = announcement
    if (today < from || today > to) return refuse(no.ENROLMENT_NOT_OPEN({ from, to }))
    const standing = await standingEnrolment(tx, one.id, personId)
    if (standing) return refuse(no.ENROLMENT_TWICE({ state: ENROLMENT_STATES[standing.state] }))

    const facts = await factsOf(tx, personId)
    const settings = await policySettings(tx, one.provinceCode)
    const decision = decideAudience(app, { ...one, facts, on: today, settings })
    const verdict = explained(decision)
    if (decision.outcome === '不符合' || decision.outcome === '尚未到期') {
      return refuse(no.AUDIENCE_NOT_MET({ sentence: decision.sentence, verdict }))
    }
    const needs = unsaid(decision)
    if (needs.length > 0)
      return refuse(no.AUDIENCE_UNSAID({ needs: needs.map((need) => need.what).join('、'), verdict }))

    const counts = await countEnrolments(tx, one.id)
    // Nobody overtakes the waiting list, even when a seat has just fallen free.
    const state = counts.seated < one.capacity && counts.waiting === 0 ? 'registered' : 'waiting'
    const at = app.clock.now()
    const decisionId = await recordDecision(tx, app, { decision, facts, subject: `person:${personId}` })
    const [id] = await insertEnrolments(tx, {
      classId: one.id,
      source: 'self',
      at,
      enrolments: [{ personId, state, decisionId, audienceOutcome: decision.outcome }],
    })
    await recordDealings(tx, app, {
      organisationId: one.organisationId,
      personIds: [personId],
      basis: 'enrolment',
    })
    await record(tx, {
      name: events['enrolment.registered'],
      at,
      actor,
      subjects: [`enrolment:${id}`, `person:${personId}`],
      data: { state, source: 'self', outcome: decision.outcome },
    })
    return ok({
      id: id as string,
      state,
      waitingPlace: state === 'waiting' ? counts.waiting + 1 : null,
      verdict,
    })
  })
}
