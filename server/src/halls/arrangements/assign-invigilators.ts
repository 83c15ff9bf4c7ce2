import { findSittingForHall } from '../../exams/index.ts'
import { employersOf, type StaffInRole, staffInRoles } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { type Day, dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type InvigilatorRole, invigilatorsNeeded, whyNotStaffable } from './arrangement.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { hallsOfSitting, lockArrangement, readinessOf } from './store/arrangements.ts'
import { candidateTies, elsewhere, invigilatorsOf, replaceInvigilators } from './store/staff.ts'

type AssignRefusal = RefusalOf<
  typeof no,
  | 'ARRANGEMENT_NOT_FOUND'
  | 'ARRANGEMENT_OVER'
  | 'HALL_NOT_OWN_NOT_FOUND'
  | 'INVIGILATOR_UNKNOWN'
  | 'INVIGILATORS_TOO_FEW'
  | 'CHIEF_NOT_ONE'
  | 'INVIGILATOR_ELSEWHERE'
  | 'INVIGILATOR_CONFLICT'
>

/**
 * Who invigilates a hall: enough of them, one chief, nobody in two halls at once, nobody who trained, employs or is a
 * candidate. A patrol 流动监考 may look after several halls and counts for none.
 */
export function assignInvigilators(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string; people: { accountId: string; role: InvigilatorRole }[] },
): Promise<Result<{ assigned: number }, AssignRefusal>> {
  return transact<{ assigned: number }, AssignRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const one = await lockArrangement(tx, input.sittingId, institution.id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const over = whyNotStaffable(one)
    if (over) return refuse(over)
    const halls = await hallsOfSitting(tx, one.sittingId)
    const hall = halls.find((each) => each.hallId === input.hallId)
    if (!hall) return refuse(no.HALL_NOT_OWN_NOT_FOUND())

    const sitting = defined(
      await findSittingForHall(tx, one.sittingId, { kind: 'organisation', organisationId: institution.id }),
      'the sitting',
    )
    const on = dayOf(sitting.startsAt)
    const staff = new Map(
      (await staffInRoles(tx, { organisationId: institution.id, roles: ['invigilator'], on })).map((each) => [
        each.accountId,
        each,
      ]),
    )
    const people = input.people.map(({ accountId, role }) => ({ role, who: staff.get(accountId) }))
    const known = people.flatMap(({ role, who }) => (who ? [{ role, who }] : []))
    if (known.length < people.length || new Set(known.map(({ who }) => who.accountId)).size < known.length)
      return refuse(no.INVIGILATOR_UNKNOWN())
    const standing = known.filter(({ role }) => role !== 'patrol')
    const { candidates } = await readinessOf(tx, one.sittingId)
    const needed = invigilatorsNeeded(one.rules, expectedIn(hall, halls, candidates))
    if (standing.length < needed)
      return refuse(no.INVIGILATORS_TOO_FEW({ hall: hall.hall, needed, given: standing.length }))
    if (known.filter(({ role }) => role === 'chief').length !== 1)
      return refuse(no.CHIEF_NOT_ONE({ hall: hall.hall }))

    const ids = standing.map(({ who }) => who.accountId)
    const [busy] = await elsewhere(tx, input, ids)
    if (busy) {
      const name = staff.get(busy.accountId)?.name ?? ''
      return refuse(no.INVIGILATOR_ELSEWHERE({ name, where: busy.place }))
    }
    const [tie] = await tiesOf(
      tx,
      one.sittingId,
      known.map(({ who }) => who),
      institution.id,
      on,
    )
    if (tie) return refuse(no.INVIGILATOR_CONFLICT(tie))

    const at = app.clock.now()
    const before = (await invigilatorsOf(tx, one.sittingId)).filter((each) => each.hallId === hall.hallId)
    await replaceInvigilators(
      tx,
      input,
      known.map(({ role, who }) => ({ accountId: who.accountId, name: who.name, role })),
      actor.name,
      at,
    )
    const now = new Set(known.map(({ who }) => who.accountId))
    await record(tx, {
      name: events['invigilators.assigned'],
      at,
      actor,
      subjects: [`sitting:${one.sittingId}`],
      data: {
        hall: hall.hall,
        added: known
          .filter(({ who }) => !before.some((each) => each.accountId === who.accountId))
          .map(({ who }) => who.name),
        removed: before.filter((each) => !now.has(each.accountId)).map((each) => each.name),
        chief: known.find(({ role }) => role === 'chief')?.who.name,
      },
    })
    return ok({ assigned: known.length })
  })
}

/** Candidates of a hall: those drawn to it; before the draw its share by seats, rounded up. */
export function expectedIn(
  hall: { usable: number; seated: number },
  halls: { usable: number; seated: number }[],
  candidates: number,
): number {
  if (halls.some((each) => each.seated > 0)) return hall.seated
  const seats = halls.reduce((sum, each) => sum + each.usable, 0)
  return seats === 0 ? 0 : Math.min(hall.usable, Math.ceil((candidates * hall.usable) / seats))
}

export interface Tie {
  accountId: string
  name: string
  why: string
}

/** Why somebody must not invigilate these candidates. Only what is on record can be seen. */
export async function tiesOf(
  tx: Tx,
  sittingId: string,
  staff: StaffInRole[],
  ownOrganisationId: string,
  on: Day,
): Promise<Tie[]> {
  const candidates = await candidateTies(tx, sittingId)
  const trainedAt = new Set(candidates.map((one) => one.trainingOrganisationId))
  const persons = new Set(candidates.map((one) => one.personId))
  const employers = await employersOf(tx, [...persons], on)
  const employed = new Set([...employers.values()].flat())
  return staff.flatMap((one): Tie[] => {
    const { accountId, name } = one
    if (one.personId && persons.has(one.personId)) return [{ accountId, name, why: '本人是本场考生' }]
    const trained = one.organisations.find((each) => each.id !== ownOrganisationId && trainedAt.has(each.id))
    if (trained) return [{ accountId, name, why: `同时在考生的培训机构「${trained.name}」任职或任教` }]
    const employer = one.organisations.find((each) => employed.has(each.name))
    if (employer) return [{ accountId, name, why: `与考生同在「${employer.name}」工作` }]
    return []
  })
}

/** Everybody who could invigilate a sitting, with what stands in the way of each. */
export async function invigilatorChoices(
  tx: Tx,
  of: { sittingId: string; organisationId: string; on: Day },
): Promise<{ accountId: string; name: string; assignedTo: string | null; because: string | null }[]> {
  const staff = await staffInRoles(tx, {
    organisationId: of.organisationId,
    roles: ['invigilator'],
    on: of.on,
  })
  const ties = new Map(
    (await tiesOf(tx, of.sittingId, staff, of.organisationId, of.on)).map((tie) => [tie.accountId, tie.why]),
  )
  const nowhere = { sittingId: of.sittingId, hallId: '00000000-0000-0000-0000-000000000000' }
  const busy = await elsewhere(
    tx,
    nowhere,
    staff.map((one) => one.accountId),
  )
  return staff.map(({ accountId, name }) => ({
    accountId,
    name,
    assignedTo: busy.find((one) => one.accountId === accountId)?.place ?? null,
    because: ties.get(accountId) ?? null,
  }))
}
