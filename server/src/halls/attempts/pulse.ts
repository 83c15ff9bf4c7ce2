import type { App } from '../../platform/app.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { type Attempt, clockOf, dueClose } from './attempt.ts'
import { captureDue } from './capture-moments.ts'
import type { Draft } from './entry.ts'
import { awayRefusal, type Holder, leaseRefusal } from './holder.ts'
import type { Decision, Journal } from './journal.ts'
import { messagesTo } from './messages.ts'
import { notePresence } from './presences.ts'
import { no } from './refusals.ts'
import { type RoomAlert, raiseRoomAlerts } from './room-alerts.ts'
import type { EventReport, Pulse, PulseAnswer } from './wire.ts'

/** News of others may be this old: they also come by the listener, and every write looks for itself. */
const NEWS_MS = 2_000
/** A browser that reports more than this has lost its mind; the count is kept, the flood is not. */
const MOST_EVENTS = 2_000

interface Beat {
  facts: Attempt['facts']
  answer: Omit<PulseAnswer, 'messages' | 'captureNow'>
  now: Date
  startedAt: boolean
  fresh: EventReport[]
}

/** A sign of life: what the browser saw goes to the journal and the board, what the room must know comes back. */
export async function takePulse(
  app: App,
  journal: Journal,
  holder: Holder,
  pulse: Pulse,
): Promise<Result<PulseAnswer, Refusal>> {
  const beat = await journal.write(holder.attemptId, (attempt, now) => decide(attempt, now, holder, pulse))
  if (!beat) return refuse(no.ATTEMPT_NOT_FOUND())
  if (!beat.ok) return beat
  const { facts, answer, now, fresh } = beat.value
  const { sittingId, hallId, candidateId } = facts
  const attemptId = facts.id
  if (hallId) {
    notePresence(app, {
      ...{ sittingId, attemptId, hallId, candidateId },
      lastSeenAt: now.toISOString(),
      clientAt: pulse.clientAt,
      roundTripMs: pulse.roundTripMs,
      answered: pulse.answered,
      unsaved: pulse.unsaved,
      signals: { ...pulse.signals, position: pulse.position },
    })
    const alerts = alertsOf(facts, fresh)
    if (alerts.length > 0) await raiseRoomAlerts(app, { sittingId, hallId, attemptId, candidateId }, alerts)
  }
  const running = beat.value.startedAt && !answer.closed && !answer.pausedAt
  return ok({
    ...answer,
    messages: await messagesTo(app, { sittingId, hallId, candidateId }),
    captureNow: facts.rules.captureRequired && running && captureDue(attemptId, facts.rules, now),
  })
}

function decide(attempt: Attempt, now: Date, holder: Holder, pulse: Pulse): Decision<Result<Beat>> {
  const { facts, state } = attempt
  const gone = leaseRefusal(state, holder)
  if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
  const away = awayRefusal(attempt)
  if (away) return { answer: refuse(away), maxAgeMs: 0 }
  const due = dueClose(attempt, now)
  const fresh = state.closed || due ? [] : newEvents(attempt, pulse.events)
  const drafts: Draft[] = fresh.map(({ id, what, clientAt, data }) => ({
    kind: 'event',
    body: { id, what, clientAt, data },
  }))
  if (due) drafts.push(due)
  const answer = () =>
    ok({
      facts,
      now,
      fresh,
      startedAt: state.startedAt !== null,
      answer: {
        ...clockOf(attempt, now),
        extensions: state.extensions.map((one) => ({ ...one, at: one.at.toISOString() })),
      },
    })
  return drafts.length > 0
    ? { append: drafts, answer, ...(due ? { maxAgeMs: 0 } : {}) }
    : { answer: answer(), maxAgeMs: NEWS_MS }
}

function newEvents({ state }: Attempt, reported: EventReport[]): EventReport[] {
  const ids = new Set<string>()
  return reported.filter(({ id }) => {
    if (state.eventIds.has(id) || ids.has(id) || state.eventIds.size + ids.size >= MOST_EVENTS) return false
    ids.add(id)
    return true
  })
}

/** What the rules only record stays in the journal; what they warn of or prevent the invigilator sees at once. */
function alertsOf({ rules }: Attempt['facts'], events: EventReport[]): RoomAlert[] {
  return events.flatMap(({ what, clientAt, data }) => {
    const rule = rules.events[what]
    return rule === 'warn' || rule === 'block' ? [{ kind: what, rule, clientAt, data }] : []
  })
}
