import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type Sitting, whyNotOpenable } from './sitting.ts'
import { countCandidates, lockCandidateDeclarations } from './store/candidates.ts'
import { lockAnySitting, lockSitting, setSittingState } from './store/sittings.ts'

export type OpenSittingRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_PLANNED' | 'SITTING_EMPTY' | 'SITTING_TOO_EARLY'
>

/** Begins the sitting on its day. From here no declaration in it can be withdrawn or lose its confirmation. */
export function openSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ candidates: number }, OpenSittingRefusal>> {
  return transact<{ candidates: number }, OpenSittingRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    // A withdrawal under way in another browser finishes first, or finds the sitting open.
    await lockCandidateDeclarations(tx, sitting.id)
    const candidates = await countCandidates(tx, sitting.id)
    return openIn(tx, app, actor, sitting, candidates)
  })
}

/** For the door: with its first hall a sitting begins; when it has begun already there is nothing to do. */
export async function openSittingFromHall(
  tx: Tx,
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ candidates: number }, OpenSittingRefusal>> {
  const sitting = await lockAnySitting(tx, input.sittingId)
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const candidates = await countCandidates(tx, sitting.id)
  // Its candidates were fixed before the draw: no withdrawal can be under way.
  return sitting.state === 'open' ? ok({ candidates }) : openIn(tx, app, actor, sitting, candidates)
}

async function openIn(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: Sitting,
  candidates: number,
): Promise<Result<{ candidates: number }, OpenSittingRefusal>> {
  const refusal = whyNotOpenable(sitting, candidates, app.clock.today(), dayOf(sitting.startsAt))
  if (refusal) return refuse(refusal)
  const at = app.clock.now()
  await setSittingState(tx, sitting.id, 'open', at)
  await record(tx, {
    name: events['sitting.opened'],
    at,
    actor,
    subjects: [`sitting:${sitting.id}`],
    data: { candidates },
  })
  return ok({ candidates })
}
