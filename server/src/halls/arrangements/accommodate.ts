import { fulfilDuty, openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { arrangementLink } from './arrange-sitting.ts'
import { whyNotStaffable } from './arrangement.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { lockArrangement } from './store/arrangements.ts'
import {
  candidateTies,
  insertAccommodation,
  lockAccommodation,
  setAccommodationDecided,
} from './store/staff.ts'

type ProposeRefusal = RefusalOf<
  typeof no,
  | 'ARRANGEMENT_NOT_FOUND'
  | 'ARRANGEMENT_OVER'
  | 'ARRANGEMENT_SEALED'
  | 'ACCOMMODATION_TOO_LATE'
  | 'CANDIDATE_HERE_NOT_FOUND'
  | 'ACCOMMODATION_EXISTS'
>

/** More time or a seat without barriers for one candidate; it counts when a second person has approved it. */
export function proposeAccommodation(
  app: App,
  actor: Actor,
  input: {
    sittingId: string
    candidateId: string
    extraMinutes: number
    accessibleSeat: boolean
    reason: string
  },
): Promise<Result<{ id: string }, ProposeRefusal>> {
  return transact<{ id: string }, ProposeRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const one = await lockArrangement(tx, input.sittingId, institution.id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const refusal = whyNotStaffable(one)
    if (refusal) return refuse(refusal)
    if (one.sealedAt) return refuse(no.ARRANGEMENT_SEALED({ state: '已封卷' }))
    if (one.registrationClosedAt && input.accessibleSeat) return refuse(no.ACCOMMODATION_TOO_LATE())
    const candidate = (await candidateTies(tx, one.sittingId)).find(
      (each) => each.candidateId === input.candidateId,
    )
    if (!candidate) return refuse(no.CANDIDATE_HERE_NOT_FOUND())
    const at = app.clock.now()
    const id = await insertAccommodation(tx, {
      ...input,
      personId: candidate.personId,
      proposedBy: defined(actor.accountId, 'an account'),
      proposedByName: actor.name,
      proposedAt: at,
    })
    if (!id) return refuse(no.ACCOMMODATION_EXISTS({ name: candidate.name }))
    await openDuty(tx, app, {
      kind: 'halls.decide-accommodation',
      subject: `accommodation:${id}`,
      title: `决定便利安排：准考证 ${candidate.ticketNumber}`,
      link: arrangementLink(one.sittingId),
      holder: { organisationId: institution.id, role: 'evaluation_manager' },
      startedOn: app.clock.today(),
      provinceCode: one.provinceCode,
      cityCode: one.cityCode,
      actor,
    })
    await record(tx, {
      name: events['accommodation.proposed'],
      at,
      actor,
      subjects: [`sitting:${one.sittingId}`, `person:${candidate.personId}`],
      data: { extraMinutes: input.extraMinutes, accessibleSeat: input.accessibleSeat },
    })
    return ok({ id })
  })
}

type DecideRefusal = RefusalOf<
  typeof no,
  | 'ACCOMMODATION_NOT_FOUND'
  | 'ACCOMMODATION_DECIDED'
  | 'ACCOMMODATION_SAME_PERSON'
  | 'ACCOMMODATION_TOO_LATE'
  | 'ARRANGEMENT_SEALED'
>

/** The second person's word. A rejected one makes way for another. */
export function decideAccommodation(
  app: App,
  actor: Actor,
  input: { accommodationId: string; approve: boolean; reason: string },
): Promise<Result<{ id: string }, DecideRefusal>> {
  return transact<{ id: string }, DecideRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const found = await lockAccommodation(tx, input.accommodationId, institution.id)
    if (!found) return refuse(no.ACCOMMODATION_NOT_FOUND())
    const one = defined(await lockArrangement(tx, found.sittingId, institution.id), 'its arrangement')
    if (found.decision) return refuse(no.ACCOMMODATION_DECIDED())
    if (found.proposedBy === actor.accountId) return refuse(no.ACCOMMODATION_SAME_PERSON())
    if (input.approve && one.sealedAt) return refuse(no.ARRANGEMENT_SEALED({ state: '已封卷' }))
    if (input.approve && found.accessibleSeat && one.registrationClosedAt)
      return refuse(no.ACCOMMODATION_TOO_LATE())
    const at = app.clock.now()
    const decision = input.approve ? 'approved' : 'rejected'
    await setAccommodationDecided(tx, found.id, {
      decision,
      reason: input.reason,
      by: defined(actor.accountId, 'an account'),
      byName: actor.name,
      at,
    })
    await fulfilDuty(tx, app, {
      kind: 'halls.decide-accommodation',
      subject: `accommodation:${found.id}`,
      actor,
    })
    await record(tx, {
      name: events['accommodation.decided'],
      at,
      actor,
      subjects: [`sitting:${found.sittingId}`, `person:${found.personId}`],
      data: { decision },
    })
    return ok({ id: found.id })
  })
}
