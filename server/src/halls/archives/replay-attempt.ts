import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { type Replay, replayOf } from './replay.ts'
import { anchorsOf, findOwnReplay, findReplay, journalOfAttempt, type ReplayAttempt } from './store.ts'

export interface ReplayedAttempt extends Replay {
  attempt: Omit<
    ReplayAttempt,
    'paperCipher' | 'keySealed' | 'rules' | 'personId' | 'published' | 'shownToCandidates'
  >
}

/** Staff look at an attempt step by step, items and all; who and what for stands in the audit log. */
export async function replayAttempt(
  app: App,
  actor: Actor,
  input: { attemptId: string; purpose: string },
): Promise<Result<ReplayedAttempt>> {
  const found = await findReplay(app.db, input.attemptId, scopeOf(actor))
  if (!found) return refuse(no.REPLAY_NOT_FOUND())
  if (!found.closedAt) return refuse(no.REPLAY_STILL_OPEN())
  await record(app.db, {
    name: events['attempt.replayed'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${found.sittingId}`, `person:${found.personId}`, `attempt:${found.id}`],
    data: { part: found.part, ticketNumber: found.ticketNumber, purpose: input.purpose },
  })
  return ok(await shownTo(app, found, true))
}

/** A candidate looks at an attempt of his own once results are out; at the items' text only where their paper says so. */
export async function myReplay(
  app: App,
  actor: Actor,
  input: { attemptId: string },
): Promise<Result<ReplayedAttempt>> {
  const found = actor.personId ? await findOwnReplay(app.db, input.attemptId, actor.personId) : undefined
  if (!found) return refuse(no.REPLAY_NOT_FOUND())
  const refusal = whyNotOwnReplay(found)
  if (refusal) return refuse(refusal)
  await record(app.db, {
    name: events['attempt.replayed-by-candidate'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${found.sittingId}`, `person:${found.personId}`, `attempt:${found.id}`],
    data: { part: found.part },
  })
  return ok(await shownTo(app, found, found.shownToCandidates))
}

export function whyNotOwnReplay(
  found: Pick<ReplayAttempt, 'closedAt' | 'published'>,
): RefusalOf<typeof no, 'REPLAY_STILL_OPEN' | 'REPLAY_BEFORE_RESULTS'> | undefined {
  if (!found.closedAt) return no.REPLAY_STILL_OPEN()
  return found.published ? undefined : no.REPLAY_BEFORE_RESULTS()
}

async function shownTo(app: App, found: ReplayAttempt, shown: boolean): Promise<ReplayedAttempt> {
  const rows = await journalOfAttempt(app.db, found.sittingId, found.id)
  const anchors = await anchorsOf(app.db, found.sittingId)
  const {
    paperCipher: _c,
    keySealed: _k,
    rules: _r,
    personId: _p,
    published: _u,
    shownToCandidates: _s,
    ...attempt
  } = found
  return { attempt, ...replayOf(app, found, rows, { shown, anchors }) }
}
