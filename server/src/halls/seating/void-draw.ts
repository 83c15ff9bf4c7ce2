import { freeCandidates, lockSittingForHall } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { ARRANGEMENT_STATES, type Arrangement } from '../arrangements/arrangement.ts'
import { events } from '../arrangements/audit-events.ts'
import { no } from '../arrangements/refusals.ts'
import { lockArrangement } from '../arrangements/store/arrangements.ts'
import { findFamilyNumber } from '../arrangements/store/families.ts'
import { untellCandidates } from '../arrangements/tell-candidates.ts'
import { cancelDrawDuty } from './close-registration.ts'
import { lockDraw, setDrawVoided, setRegistrationReopened } from './store.ts'

type VoidRefusal =
  | RefusalOf<
      typeof no,
      'ARRANGEMENT_NOT_FOUND' | 'ARRANGEMENT_SEALED' | 'FAMILY_DRAWS' | 'DRAW_NOT_COMMITTED'
    >
  | Refusal

/** Takes back what was drawn, as long as no paper is sealed for it; the commitment stays on show as void, with why. */
export function voidDraw(
  app: App,
  actor: Actor,
  input: { sittingId: string; reason: string },
): Promise<Result<{ id: string }, VoidRefusal>> {
  return transact<{ id: string }, VoidRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const one = await lockArrangement(tx, input.sittingId, institution.id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    if (one.familyId) return refuse(no.FAMILY_DRAWS({ family: await findFamilyNumber(tx, one.familyId) }))
    const draw = await lockDraw(tx, { sittingId: one.sittingId })
    if (!draw) return refuse(no.DRAW_NOT_COMMITTED())
    const reopened = await reopenList(tx, app, actor, one, input.reason)
    if (!reopened.ok) return reopened
    const at = app.clock.now()
    await setDrawVoided(tx, draw.id, input.reason, at)
    await record(tx, {
      name: events['draw.voided'],
      at,
      actor,
      subjects: [`sitting:${one.sittingId}`],
      data: { commitment: draw.commitment, reason: input.reason, drawn: draw.drawnAt !== null },
    })
    return ok({ id: draw.id })
  })
}

/** Opens the list of one sitting again: seats, tickets and the record of what was drawn over go. */
export async function reopenList(
  tx: Tx,
  app: App,
  actor: Actor,
  one: Arrangement,
  reason: string,
): Promise<Result<void, RefusalOf<typeof no, 'ARRANGEMENT_SEALED'> | Refusal>> {
  if (one.state !== 'preparing' && one.state !== 'drawn')
    return refuse(no.ARRANGEMENT_SEALED({ state: ARRANGEMENT_STATES[one.state] }))
  if (!one.registrationClosedAt) return ok()
  const sitting = defined(await lockSittingForHall(tx, one.sittingId, one.organisationId), 'the sitting')
  const freed = await freeCandidates(tx, app, sitting, actor, reason)
  if (!freed.ok) return freed
  if (one.ticketsPublishedAt)
    await untellCandidates(tx, app, actor, { sittingId: one.sittingId, reason: `准考证收回：${reason}` })
  await setRegistrationReopened(tx, one.sittingId)
  await cancelDrawDuty(tx, app, actor, one.sittingId, reason)
  await record(tx, {
    name: events['registration.reopened'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${one.sittingId}`],
    data: { reason, drawn: one.drawnAt !== null },
  })
  return ok()
}
