import { type ListedOnRefusal, listedOn, standardHours } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { fulfilClassDuty, openClassDuty } from '../class-duties.ts'
import { countEnrolments, endEnrolments } from '../enrolments/store.ts'
import { missingHours, sayMissing, totalOf } from '../hours/hours.ts'
import { timetableHours } from '../hours/store.ts'
import { no } from '../refusals.ts'
import { unqualifiedTeachers } from '../teachers/unqualified-teachers.ts'
import { stateForbids } from './class-refusals.ts'
import { lockClass, setStarted } from './store.ts'

export type StartClassRefusal =
  | RefusalOf<
      typeof no,
      | 'CLASS_NOT_FOUND'
      | 'CLASS_STATE'
      | 'NOBODY_ADMITTED'
      | 'ENROLMENTS_UNDECIDED'
      | 'TIMETABLE_SHORT'
      | 'TEACHER_NOT_QUALIFIED'
    >
  | ListedOnRefusal

/** 开班: learners admitted, a timetable that meets the plan's hours by kind, qualified teachers (HB-4.3, HB-6.2). */
export async function startClass(
  app: App,
  actor: Actor,
  input: { classId: string },
): Promise<Result<void, StartClassRefusal>> {
  return transact<void, StartClassRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(no.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'start')
    if (forbidden) return refuse(forbidden)
    const counts = await countEnrolments(tx, one.id)
    if (counts.registered > 0) return refuse(no.ENROLMENTS_UNDECIDED({ count: counts.registered }))
    if (counts.admitted === 0) return refuse(no.NOBODY_ADMITTED())
    const held = await timetableHours(tx, one)
    const missing = missingHours(one.plannedHours, held)
    if (missing.length > 0) return refuse(no.TIMETABLE_SHORT({ missing: sayMissing(missing) }))
    const standard = await standardHours(app, tx, { ...one, on: app.clock.today() })
    // A figure nobody has verified is shown, and nothing is refused on it.
    if (standard.verified && standard.hours !== null && totalOf(held) < standard.hours) {
      const total = `合计已排 ${totalOf(held)} 学时，标准 ${standard.hours} 学时`
      return refuse(no.TIMETABLE_SHORT({ missing: total }))
    }
    const unqualified = await unqualifiedTeachers(tx, one)
    if (unqualified) return refuse(no.TEACHER_NOT_QUALIFIED(unqualified))
    const listed = await listedOn(tx, {
      catalogue: 'training',
      organisationId: one.organisationId,
      occupationId: one.occupationId,
      level: one.level,
      on: app.clock.today(),
    })
    if (!listed.ok) return listed

    const at = app.clock.now()
    const reason = '培训班已开班，候补未能转正'
    const left = await endEnrolments(tx, {
      classId: one.id,
      from: ['waiting'],
      to: 'declined',
      reason,
      by: actor.name,
      at,
    })
    await setStarted(tx, one.id, at)
    await record(
      tx,
      {
        name: events['class.started'],
        at,
        actor,
        subjects: [`class:${one.id}`],
        data: { admitted: counts.admitted, notAdmitted: left.length, hours: held },
      },
      ...left.map((enrolment) => ({
        name: events['enrolment.declined'],
        at,
        actor,
        subjects: [`enrolment:${enrolment.id}` as const, `person:${enrolment.personId}` as const],
        data: { reason },
      })),
    )
    await fulfilClassDuty(tx, app, actor, one.id, 'training.decide-enrolments')
    await openClassDuty(tx, app, actor, one, 'training.complete-class')
    return ok()
  })
}
