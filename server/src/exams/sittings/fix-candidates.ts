import type { Scope } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { SITTING_STATES, type Sitting, whyNotPlanned } from './sitting.ts'
import { countCandidates } from './store/candidates.ts'
import { findSitting, lockSitting, type PartWindow, partsOf, setCandidatesFixed } from './store/sittings.ts'

export interface SittingInHall extends Sitting {
  parts: PartWindow[]
}

/** For the door: a sitting with its windows as the examination hall needs it; undefined out of scope. */
export async function findSittingForHall(
  tx: Tx,
  sittingId: string,
  scope: Scope,
): Promise<SittingInHall | undefined> {
  const sitting = await findSitting(tx, sittingId, scope)
  return sitting && { ...sitting, parts: await partsOf(tx, sitting.id) }
}

/** For the door: the same, locked, for the institution that holds it. */
export async function lockSittingForHall(
  tx: Tx,
  sittingId: string,
  organisationId: string,
): Promise<SittingInHall | undefined> {
  const sitting = await lockSitting(tx, sittingId, organisationId)
  return sitting && { ...sitting, parts: await partsOf(tx, sitting.id) }
}

type FixRefusal = RefusalOf<typeof no, 'SITTING_NOT_PLANNED' | 'SITTING_EMPTY'>

/** For the door: from now on no candidate of this locked sitting comes or goes. Refuses an empty one. */
export async function fixCandidates(
  tx: Tx,
  app: App,
  sitting: Sitting,
  actor: Actor,
): Promise<Result<{ candidates: number }, FixRefusal>> {
  const refusal = whyNotPlanned(sitting)
  if (refusal) return refuse(refusal)
  const candidates = await countCandidates(tx, sitting.id)
  if (candidates === 0) return refuse(no.SITTING_EMPTY())
  const at = app.clock.now()
  await setCandidatesFixed(tx, sitting.id, at)
  await record(tx, {
    name: events['sitting.candidates-fixed'],
    at,
    actor,
    subjects: [`sitting:${sitting.id}`],
    data: { candidates },
  })
  return ok({ candidates })
}

/** For the door: the reverse, as long as the sitting has not begun. */
export async function freeCandidates(
  tx: Tx,
  app: App,
  sitting: Sitting,
  actor: Actor,
  reason: string,
): Promise<Result<void, RefusalOf<typeof no, 'SITTING_NOT_PLANNED'>>> {
  if (sitting.state !== 'planned')
    return refuse(no.SITTING_NOT_PLANNED({ state: SITTING_STATES[sitting.state] }))
  await setCandidatesFixed(tx, sitting.id, null)
  await record(tx, {
    name: events['sitting.candidates-freed'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${sitting.id}`],
    data: { reason },
  })
  return ok()
}
