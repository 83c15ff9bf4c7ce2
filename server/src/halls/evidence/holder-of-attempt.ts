import type { App } from '../../platform/app.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import type { AttemptFacts } from '../attempts/attempt.ts'
import { holderOf } from '../attempts/holder.ts'
import { journalOf } from '../attempts/journal.ts'
import { no as noAttempt } from '../attempts/refusals.ts'
import type { RoomSecrets } from '../room-call.ts'
import { no } from './refusals.ts'

/** A machine that was cut off sends what it took as soon as it is back, but not for ever. */
const HOURS_AFTER_CLOSE = 24
/** Whose lease it is changes seldom: a picture need not make the journal look. */
const OLD_ENOUGH_MS = 60_000

/**
 * Whose pictures these are. A lease that has ended since still says so: what the old machine took is evidence of the
 * time before.
 */
export async function holderOfAttempt(app: App, secrets: RoomSecrets): Promise<Result<AttemptFacts>> {
  const holder = holderOf(secrets)
  if (!holder) return refuse(noAttempt.LEASE_SECRET_INVALID())
  const found = await journalOf(app).write<Result<AttemptFacts>>(
    holder.attemptId,
    ({ facts, state }, now) => {
      const holds = state.lease === holder.leaseHash || state.endedLeases.includes(holder.leaseHash)
      if (!holds) return { answer: refuse(noAttempt.LEASE_SECRET_INVALID()), maxAgeMs: 0 }
      const closed = state.closed?.at.getTime()
      if (closed !== undefined && now.getTime() > closed + HOURS_AFTER_CLOSE * 3_600_000)
        return { answer: refuse(no.EVIDENCE_TOO_LATE({ hours: HOURS_AFTER_CLOSE })) }
      return { answer: ok(facts), maxAgeMs: OLD_ENOUGH_MS }
    },
  )
  return found ?? refuse(noAttempt.ATTEMPT_NOT_FOUND())
}
