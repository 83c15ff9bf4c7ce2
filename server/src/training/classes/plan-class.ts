import { openDuty } from '../../duties/index.ts'
import {
  type FiledPlan,
  filedPlan,
  type ListedOnRefusal,
  listedOn,
  suspiciousWords,
} from '../../institutions/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { classLink, openClassDuty } from '../class-duties.ts'
import { no } from '../refusals.ts'
import { standardHourMinutes } from '../settings.ts'
import * as store from './store.ts'

export interface PlanClassInput {
  filingId: string
  name: string
  capacity: number
  startsOn: string
  endsOn: string
  /** Of the 结业考核, by the institution's own scheme. */
  passMarkTenths: number
  /** Another place than the filed one; still within the institution's province. */
  venue?: { name: string; provinceCode: string; cityCode: string } | undefined
}

export type PlanClassRefusal =
  | RefusalOf<
      typeof no,
      | 'FILED_PLAN_NOT_FOUND'
      | 'CLASS_BEYOND_PLAN'
      | 'CLASS_COUNT_BEYOND_PLAN'
      | 'CLASS_DAYS_BEYOND_PLAN'
      | 'CLASS_OUT_OF_PROVINCE'
    >
  | ListedOnRefusal

/** Plans a class on a filed plan, as filed (HB-4.1); nothing outside catalogue or province (HB-6.2). */
export async function planClass(
  app: App,
  actor: Actor,
  input: PlanClassInput,
): Promise<Result<{ id: string; number: string }, PlanClassRefusal>> {
  const { organisation } = actor
  assert(organisation, 'a training manager acts for an institution')
  return transact<{ id: string; number: string }, PlanClassRefusal>(app.db, async (tx) => {
    await store.lockPlanning(tx, input.filingId)
    const filed = await filedPlan(tx, input.filingId)
    if (!filed || filed.organisationId !== organisation.id) return refuse(no.FILED_PLAN_NOT_FOUND())
    const listed = await listedOn(tx, {
      catalogue: 'training',
      organisationId: organisation.id,
      occupationId: filed.occupationId,
      level: filed.level,
      on: app.clock.today(),
    })
    if (!listed.ok) return listed
    const venue = input.venue ?? filed.plan.venue
    const home = listed.value.provinceCode ?? filed.provinceCode
    if (venue.provinceCode !== home) return refuse(no.CLASS_OUT_OF_PROVINCE())
    const beyond = await beyondPlan(tx, filed, input)
    if (beyond) return refuse(beyond)

    const at = app.clock.now()
    const number = await nextNumber(tx, app, filed.provinceCode)
    const nameFlags = suspiciousWords(input.name)
    const { value: minutes } = await standardHourMinutes(tx, app, {
      provinceCode: filed.provinceCode,
      on: app.clock.today(),
    })
    const id = await store.insertClass(tx, {
      number,
      name: input.name,
      filingId: filed.filingId,
      organisationId: filed.organisationId,
      provinceCode: filed.provinceCode,
      cityCode: filed.cityCode,
      occupationId: filed.occupationId,
      direction: filed.direction,
      level: filed.level,
      capacity: input.capacity,
      venue: venue.name,
      venueProvinceCode: venue.provinceCode,
      venueCityCode: venue.cityCode,
      plannedHours: filed.plan.hours,
      standardHourMinutes: minutes,
      passMarkTenths: input.passMarkTenths,
      nameFlags,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      at,
    })
    await record(tx, {
      name: events['class.planned'],
      at,
      actor,
      subjects: [`class:${id}`, `filing:${filed.filingId}`],
      data: { number, filingNumber: filed.number, capacity: input.capacity },
    })
    const one = {
      id,
      name: input.name,
      organisationId: filed.organisationId,
      provinceCode: filed.provinceCode,
      cityCode: filed.cityCode,
    }
    await openClassDuty(tx, app, actor, one, 'training.announce-class')
    if (nameFlags.length > 0) await askForNameReview(tx, app, actor, one, nameFlags, at)
    return ok({ id, number })
  })
}

async function beyondPlan(tx: Tx, filed: FiledPlan, input: PlanClassInput) {
  if (input.startsOn < filed.startsOn || input.endsOn > filed.endsOn || input.endsOn < input.startsOn) {
    return no.CLASS_DAYS_BEYOND_PLAN({ from: filed.startsOn, to: filed.endsOn })
  }
  const planned = await store.plannedOn(tx, filed.filingId)
  if (planned.classes >= filed.plan.classes)
    return no.CLASS_COUNT_BEYOND_PLAN({ classes: filed.plan.classes })
  const left = filed.plannedLearners - planned.seats
  if (input.capacity > left) return no.CLASS_BEYOND_PLAN({ planned: filed.plannedLearners, left })
  return undefined
}

async function nextNumber(tx: Tx, app: App, provinceCode: string): Promise<string> {
  const year = app.clock.today().slice(0, 4)
  const serial = await takeNumbers(tx, `training.class:${provinceCode}:${year}`)
  return `PB${provinceCode.slice(0, 2)}${year}${String(serial).padStart(5, '0')}`
}

async function askForNameReview(
  tx: Tx,
  app: App,
  actor: Actor,
  one: { id: string; name: string; provinceCode: string; cityCode: string },
  words: string[],
  at: Date,
): Promise<void> {
  await record(tx, {
    name: events['class.name-flagged'],
    at,
    actor,
    subjects: [`class:${one.id}`],
    data: { words },
  })
  const { province, city } = await supervisorsOf(tx, one)
  const office = city ?? province
  await openDuty(tx, app, {
    kind: 'training.review-class-name',
    subject: `class:${one.id}`,
    title: `核查班级名称：${one.name}`,
    link: classLink(one.id),
    holder: { organisationId: office.id, role: city ? 'city_officer' : 'provincial_officer' },
    startedOn: app.clock.today(),
    clause: 'HB-6.2',
    provinceCode: one.provinceCode,
    cityCode: one.cityCode,
    actor,
  })
}
