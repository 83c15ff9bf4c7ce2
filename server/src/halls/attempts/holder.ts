// Who may write: the browser that holds the secret of the attempt's lease, and nobody beside it.
import type { Refusal } from '../../platform/result.ts'
import type { RoomSecrets } from '../room-call.ts'
import type { Attempt } from './attempt.ts'
import type { AttemptState } from './entry.ts'
import { leaseHashOf } from './journal.ts'
import { no } from './refusals.ts'

export interface Holder {
  attemptId: string
  leaseHash: string
}

/** Undefined when the headers are not there; whether the lease holds, the state of the attempt says. */
export function holderOf({ attempt, lease }: RoomSecrets): Holder | undefined {
  return attempt && lease ? { attemptId: attempt, leaseHash: leaseHashOf(lease) } : undefined
}

export function leaseRefusal(state: AttemptState, { leaseHash }: Holder): Refusal | undefined {
  if (state.lease === leaseHash) return undefined
  return state.endedLeases.includes(leaseHash) ? no.LEASE_MOVED() : no.LEASE_SECRET_INVALID()
}

/** Why nothing may be written to this attempt now, whoever asks. */
export function standstillRefusal(attempt: Attempt): Refusal | undefined {
  const away = awayRefusal(attempt)
  if (away) return away
  const { state } = attempt
  if (state.closed) return no.ATTEMPT_CLOSED({ why: state.closed.why })
  if (state.pausedAt) return no.ATTEMPT_PAUSED()
  return undefined
}

/** A journal has one writer at a time: while a hall node has the hall, nothing is written here. */
export function awayRefusal({ facts }: Attempt): Refusal | undefined {
  return facts.nodeId ? no.HALL_AT_NODE() : undefined
}
