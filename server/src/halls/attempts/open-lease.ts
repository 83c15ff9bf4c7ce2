import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { type Attempt, dueClose } from './attempt.ts'
import { exportKeyOf } from './export-key.ts'
import { awayRefusal, holderOf, standstillRefusal } from './holder.ts'
import { type Decision, journalOf, leaseHashOf } from './journal.ts'
import { type WithoutAnswers, withAnswers, withoutAnswers } from './read-state.ts'
import { no } from './refusals.ts'
import { findAttemptId, sealedPaper } from './store.ts'
import type { Entered, Part } from './wire.ts'

export type OpenLeaseRefusal = RefusalOf<
  typeof no,
  'ATTEMPT_NOT_FOUND' | 'LEASE_HELD' | 'ATTEMPT_CLOSED' | 'HALL_AT_NODE'
>

/** What `enter` answers, without the names the door knows. */
export type Lease = Omit<Entered, 'candidate' | 'seat' | 'sitting'>

/**
 * Lets one browser write an attempt. The gates have admitted the candidate; this keeps out a second browser, unless
 * it shows the first one's secret (the same browser come back) or an invigilator has released the attempt. The secret
 * follows from the admission's, so a browser that never got our answer asks again and gets the same.
 */
export async function openLease(
  app: App,
  input: {
    sittingId: string
    candidateId: string
    part: Part
    seatId: string
    agent: string
    /** The secret this browser holds at the door. */
    admission: string
    /** `x-attempt` and `x-lease`, when this browser still has them. */
    presented?: { attempt?: string | undefined; lease?: string | undefined }
  },
  journal = journalOf(app),
): Promise<Result<Lease>> {
  const attemptId = await findAttemptId(app.db, input)
  if (!attemptId) return refuse(no.ATTEMPT_NOT_FOUND())
  const presented = holderOf(input.presented ?? {})
  const held = presented?.attemptId === attemptId ? presented.leaseHash : undefined
  const secret = app.crypto.tag(`${attemptId}\n${input.admission}`, 'halls.lease')
  const offer = { lease: leaseHashOf(secret), seatId: input.seatId, agent: input.agent.slice(0, 300) }
  const entered = await journal.write(attemptId, (attempt, now) => decide(attempt, now, offer, held))
  if (!entered) return refuse(no.ATTEMPT_NOT_FOUND())
  if (!entered.ok) return entered
  const { facts, state, lease } = entered.value
  const paper = await sealedPaper(app.db, { sittingId: facts.sittingId, attemptId })
  if (!paper) return refuse(no.ATTEMPT_NOT_FOUND())
  const { window, rules } = facts
  return ok({
    attempt: attemptId,
    lease: lease === held ? (input.presented?.lease as string) : secret,
    times: {
      opensAt: window.opensAt.toISOString(),
      closesAt: window.closesAt.toISOString(),
      minutes: window.minutes,
      extraMinutes: window.extraMinutes,
    },
    rules: {
      graceSeconds: rules.graceSeconds,
      earliestHandInMinutes: rules.earliestHandInMinutes,
      captureSeconds: rules.captureSeconds,
      captureRequired: rules.captureRequired,
      videoRequired: rules.videoRequired,
      fullScreenRequired: rules.fullScreenRequired,
      events: rules.events,
    },
    paper: { cipher: paper.cipher.toString('base64'), sha256: paper.sha256 },
    exportKey: exportKeyOf(app.crypto, attemptId, lease),
    state: await withAnswers(app, state),
  })
}

function decide(
  attempt: Attempt,
  now: Date,
  offer: { lease: string; seatId: string; agent: string },
  held: string | undefined,
): Decision<Result<{ facts: Attempt['facts']; state: WithoutAnswers; lease: string }>> {
  const { facts, state } = attempt
  const due = dueClose(attempt, now)
  if (due)
    return { append: [due], answer: () => refuse(no.ATTEMPT_CLOSED({ why: 'timed_out' })), maxAgeMs: 0 }
  // While the hall stands still a browser may come back: it writes nothing else.
  const stands = state.closed ? standstillRefusal(attempt) : awayRefusal(attempt)
  if (stands) return { answer: refuse(stands), maxAgeMs: 0 }
  const returned = state.lease !== null && (state.lease === held || state.lease === offer.lease)
  if (state.lease !== null && !returned) return { answer: refuse(no.LEASE_HELD()), maxAgeMs: 0 }
  const lease = returned ? (state.lease as string) : offer.lease
  const reason = returned ? 'returned' : state.endedLeases.length > 0 ? 'released' : 'entered'
  return {
    append: [{ kind: 'lease', body: { ...offer, lease, reason, act: null } }],
    answer: () => ok({ facts, state: withoutAnswers(attempt, now), lease }),
    maxAgeMs: 0,
  }
}
