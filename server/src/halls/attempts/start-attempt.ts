import type { App } from '../../platform/app.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { isHeldBack, openPaperKey } from '../papers/paper-key.ts'
import { type Attempt, dueClose } from './attempt.ts'
import { type Holder, leaseRefusal, standstillRefusal } from './holder.ts'
import type { Decision, Journal } from './journal.ts'
import { type WithoutAnswers, withAnswers, withoutAnswers } from './read-state.ts'
import { no } from './refusals.ts'
import { admittedLate } from './store.ts'
import type { Started } from './wire.ts'

const MINUTE = 60_000

interface Begun {
  keySealed: Buffer
  state: WithoutAnswers
}
/** Entered after the limit: whether an invigilator let this candidate in nevertheless is for the door to say. */
type Outcome =
  | Result<Begun>
  | { lateAs: { sittingId: string; candidateId: string; part: Attempt['facts']['part'] } }

/** Begins the working time and gives out the key of the paper; the same again after a reload. */
export async function startAttempt(app: App, journal: Journal, holder: Holder): Promise<Result<Started>> {
  const begin = (lateAllowed: boolean) =>
    journal.write<Outcome>(holder.attemptId, (attempt, now) => decide(attempt, now, holder, lateAllowed))
  let begun = await begin(false)
  if (begun && 'lateAs' in begun) {
    if (await admittedLate(app.db, begun.lateAs)) begun = await begin(true)
  }
  if (!begun) return refuse(no.ATTEMPT_NOT_FOUND())
  if ('lateAs' in begun) return refuse(no.START_TOO_LATE())
  if (!begun.ok) return begun
  const { keySealed, state } = begun.value
  return ok({
    key: openPaperKey(app.crypto, holder.attemptId, keySealed),
    state: await withAnswers(app, state),
  })
}

function decide(attempt: Attempt, now: Date, holder: Holder, lateAllowed: boolean): Decision<Outcome> {
  const { facts, state } = attempt
  const gone = leaseRefusal(state, holder)
  if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
  const due = dueClose(attempt, now)
  if (due)
    return { append: [due], answer: () => refuse(no.ATTEMPT_CLOSED({ why: 'timed_out' })), maxAgeMs: 0 }
  const begun = () => ok({ keySealed: facts.keySealed, state: withoutAnswers(attempt, now) })
  if (state.startedAt && !state.closed) return { answer: begun(), maxAgeMs: 0 }
  const stands = standstillRefusal(attempt)
  if (stands) return { answer: refuse(stands), maxAgeMs: 0 }
  const { opensAt } = facts.window
  if (now < opensAt) {
    const refusal = no.START_TOO_EARLY({ opensAt: opensAt.toISOString(), time: timeOf(opensAt) })
    return { answer: refuse(refusal), maxAgeMs: 0 }
  }
  if (isHeldBack(facts.keySealed)) return { answer: refuse(no.PAPER_KEY_HELD_BACK()), maxAgeMs: 0 }
  const lastEntry = opensAt.getTime() + facts.rules.lateMinutes * MINUTE
  if (!lateAllowed && (state.enteredAt?.getTime() ?? 0) > lastEntry) {
    const { sittingId, candidateId, part } = facts
    return { answer: { lateAs: { sittingId, candidateId, part } }, maxAgeMs: 0 }
  }
  // A paper may have been sealed anew since this process last looked: the key must be the one of now.
  return { append: [{ kind: 'start', body: {} }], answer: begun, maxAgeMs: 0 }
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** A time of day in China, for the sentence of a refusal. */
export function timeOf(at: Date): string {
  return clock.format(at)
}
