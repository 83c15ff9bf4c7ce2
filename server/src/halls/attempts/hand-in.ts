import { ok, type Result, refuse } from '../../platform/result.ts'
import { type Attempt, dueClose, receiptOf } from './attempt.ts'
import { answeredOf } from './entry.ts'
import { type Holder, leaseRefusal, standstillRefusal } from './holder.ts'
import type { Decision, Journal } from './journal.ts'
import { no } from './refusals.ts'
import { timeOf } from './start-attempt.ts'
import type { Receipt } from './wire.ts'

const MINUTE = 60_000

/**
 * Ends the attempt by the candidate's own will. Handing in again gives the same receipt; so does handing in what the
 * clock or an invigilator has closed, and the receipt says which it was.
 */
export async function handIn(
  journal: Journal,
  holder: Holder,
  input: { answers: Record<string, number> },
): Promise<Result<Receipt>> {
  const receipt = await journal.write(holder.attemptId, (attempt, now) =>
    decide(attempt, now, holder, input.answers),
  )
  return receipt ?? refuse(no.ATTEMPT_NOT_FOUND())
}

function decide(
  attempt: Attempt,
  now: Date,
  holder: Holder,
  answers: Record<string, number>,
): Decision<Result<Receipt>> {
  const { facts, state } = attempt
  const receipt = () => ok(receiptOf(attempt) as Receipt)
  const gone = leaseRefusal(state, holder)
  if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
  if (state.closed) return { answer: receipt() }
  const due = dueClose(attempt, now)
  if (due) return { append: [due], answer: receipt, maxAgeMs: 0 }
  const stands = standstillRefusal(attempt)
  if (stands) return { answer: refuse(stands), maxAgeMs: 0 }
  if (!state.startedAt) return { answer: refuse(no.ATTEMPT_NOT_STARTED()), maxAgeMs: 0 }
  const minutes = facts.rules.earliestHandInMinutes
  const from = new Date(state.startedAt.getTime() + minutes * MINUTE)
  if (now < from) {
    const refusal = no.HAND_IN_TOO_EARLY({ minutes, from: from.toISOString(), time: timeOf(from) })
    return { answer: refuse(refusal), maxAgeMs: 0 }
  }
  const differing = Object.entries(answers).flatMap(([item, revision]) =>
    (state.answers.get(item)?.revision ?? 0) === revision ? [] : [item],
  )
  if (differing.length > 0) {
    return { answer: refuse(no.HAND_IN_DIFFERS({ count: differing.length, differing })), maxAgeMs: 0 }
  }
  return { append: [{ kind: 'hand_in', body: { answered: answeredOf(state) } }], answer: receipt }
}
