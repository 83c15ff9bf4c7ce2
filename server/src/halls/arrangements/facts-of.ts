import { findSittingForHall, minuteOf, type SittingInHall } from '../../exams/index.ts'
import { type Scope, staffInRoles } from '../../people/index.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type Draw, drawsOf } from '../seating/store.ts'
import type { Arrangement } from './arrangement.ts'
import { tiesOf } from './assign-invigilators.ts'
import type { Facts } from './checklist.ts'
import { hallsOfSitting, readinessOf } from './store/arrangements.ts'
import { invigilatorsOf } from './store/staff.ts'

export interface ArrangementFacts extends Facts {
  sitting: SittingInHall
  draws: Draw[]
}

/** Everything the checklist and the record of an arrangement look at. */
export async function factsOfArrangement(tx: Tx, _app: App, one: Arrangement): Promise<ArrangementFacts> {
  const scope: Scope = { kind: 'organisation', organisationId: one.organisationId }
  const sitting = defined(await findSittingForHall(tx, one.sittingId, scope), 'the sitting')
  const draws = await drawsOf(tx, one.familyId ? { familyId: one.familyId } : { sittingId: one.sittingId })
  const standing = draws.find((draw) => !draw.voidedAt)
  const invigilators = await invigilatorsOf(tx, one.sittingId)
  const on = dayOf(sitting.startsAt)
  const named = new Set(invigilators.map((each) => each.accountId))
  const staff = await staffInRoles(tx, { organisationId: one.organisationId, roles: ['invigilator'], on })
  return {
    arrangement: one,
    sitting,
    draws,
    readiness: await readinessOf(tx, one.sittingId),
    halls: await hallsOfSitting(tx, one.sittingId),
    invigilators,
    ties: await tiesOf(
      tx,
      one.sittingId,
      staff.filter((each) => named.has(each.accountId)),
      one.organisationId,
      on,
    ),
    committed: standing !== undefined,
    publicExpected: standing ? minuteOf(standing.publicExpectedAt) : null,
  }
}
