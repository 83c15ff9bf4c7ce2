import type { App } from '../../platform/app.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { type Attempt, clockOf, dueClose, receiptOf } from './attempt.ts'
import { type Holder, leaseRefusal } from './holder.ts'
import type { Journal } from './journal.ts'
import { no } from './refusals.ts'
import { type AttemptKey, writtenAnswers } from './store.ts'
import type { AnswerView, AttemptView } from './wire.ts'

/** What the browser needs to go on anywhere: every answer that stands with its revision, times, the receipt. */
export async function readState(
  app: App,
  journal: Journal,
  holder: Holder,
): Promise<Result<{ state: AttemptView }>> {
  const read = await journal.write<Result<WithoutAnswers>>(holder.attemptId, (attempt, now) => {
    const gone = leaseRefusal(attempt.state, holder)
    if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
    const due = dueClose(attempt, now)
    if (due) return { append: [due], answer: () => ok(withoutAnswers(attempt, now)), maxAgeMs: 0 }
    return { answer: ok(withoutAnswers(attempt, now)), maxAgeMs: 0 }
  })
  if (!read) return refuse(no.ATTEMPT_NOT_FOUND())
  if (!read.ok) return read
  return ok({ state: await withAnswers(app, read.value) })
}

/** Taken at one moment of the state; the answers come from the journal itself. */
export interface WithoutAnswers {
  key: AttemptKey
  answered: boolean
  view: Omit<AttemptView, 'answers'>
}

export function withoutAnswers(attempt: Attempt, now: Date): WithoutAnswers {
  const { facts, state } = attempt
  return {
    key: { sittingId: facts.sittingId, attemptId: facts.id },
    answered: state.answers.size > 0,
    view: {
      ...clockOf(attempt, now),
      startedAt: state.startedAt?.toISOString() ?? null,
      receipt: receiptOf(attempt),
    },
  }
}

export async function withAnswers(app: App, { key, answered, view }: WithoutAnswers): Promise<AttemptView> {
  const standing = new Map<string, AnswerView>()
  if (answered) {
    for (const { at, ...one } of await writtenAnswers(app.db, key)) {
      standing.set(one.item, { ...one, at: at.toISOString() })
    }
  }
  return { ...view, answers: [...standing.values()] }
}
