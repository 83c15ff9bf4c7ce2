import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Part, Sitting, SittingState } from '../sitting.ts'

const columns = sql`s.id, s.number, s.organisation_id, s.province_code, s.city_code, s.title, s.occupation_id, s.direction,
  s.level, s.venue, s.capacity, s.starts_at, s.ends_at, s.state, s.ended_on, s.candidates_fixed_at`

/** An evaluation institution sees its own sittings, a city those held in it, a province all of its own. */
export function sittingInScope(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`s.organisation_id = ${scope.organisationId}`
    case 'city':
      return sql<boolean>`(s.province_code = ${scope.provinceCode} and s.city_code = ${scope.cityCode})`
    case 'province':
      return sql<boolean>`s.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}

export async function lockSitting(tx: Tx, id: string, organisationId: string): Promise<Sitting | undefined> {
  const { rows } = await sql<Sitting>`
    select ${columns} from exams.sittings s
    where s.id = ${id} and s.organisation_id = ${organisationId} for update`.execute(tx)
  return rows[0]
}

/** For the door: certificates acts on any institution's sitting, in a transaction of its own verb. */
export async function lockAnySitting(tx: Tx, id: string): Promise<Sitting | undefined> {
  const { rows } =
    await sql<Sitting>`select ${columns} from exams.sittings s where s.id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function findSitting(tx: Tx, id: string, scope: Scope): Promise<Sitting | undefined> {
  const { rows } = await sql<Sitting>`
    select ${columns} from exams.sittings s where s.id = ${id} and ${sittingInScope(scope)}`.execute(tx)
  return rows[0]
}

export interface PartWindow {
  part: Part
  startsAt: Date
  endsAt: Date
}

export async function insertSitting(
  tx: Tx,
  sitting: Omit<Sitting, 'id' | 'state' | 'endedOn' | 'candidatesFixedAt'>,
  parts: PartWindow[],
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into exams.sittings (number, organisation_id, province_code, city_code, title, occupation_id, direction, level,
      venue, capacity, starts_at, ends_at, state, created_at)
    values (${sitting.number}, ${sitting.organisationId}, ${sitting.provinceCode}, ${sitting.cityCode}, ${sitting.title},
      ${sitting.occupationId}, ${sitting.direction}, ${sitting.level}, ${sitting.venue}, ${sitting.capacity},
      ${sitting.startsAt}, ${sitting.endsAt}, 'planned', ${at})
    returning id`.execute(tx)
  const id = (rows[0] as { id: string }).id
  for (const part of parts) {
    await sql`insert into exams.sitting_parts (sitting_id, part, starts_at, ends_at)
      values (${id}, ${part.part}, ${part.startsAt}, ${part.endsAt})`.execute(tx)
  }
  return id
}

export async function partsOf(tx: Tx, sittingId: string): Promise<PartWindow[]> {
  const { rows } = await sql<PartWindow>`
    select part, starts_at, ends_at from exams.sitting_parts where sitting_id = ${sittingId} order by starts_at`.execute(
    tx,
  )
  return rows
}

/** Parts whose scores the computer gives. */
export async function computerPartsOf(tx: Tx, sittingId: string): Promise<Part[]> {
  const { rows } = await sql<{ part: Part }>`
    select part from exams.sitting_parts where sitting_id = ${sittingId} and by_computer`.execute(tx)
  return rows.map((row) => row.part)
}

export async function setComputerParts(tx: Tx, sittingId: string, parts: Part[]): Promise<void> {
  await sql`update exams.sitting_parts set by_computer = (part = any(${parts}::text[]))
    where sitting_id = ${sittingId}`.execute(tx)
}

export async function setSittingState(
  tx: Tx,
  id: string,
  state: SittingState,
  at: Date,
  endedOn: string | null = null,
): Promise<void> {
  await sql`
    update exams.sittings set state = ${state},
      opened_at = case when ${state} = 'open' then ${at}::timestamptz else opened_at end,
      ended_at = case when ${state} = 'ended' then ${at}::timestamptz else ended_at end,
      ended_on = coalesce(${endedOn}::date, ended_on),
      published_at = case when ${state} = 'scored' and published_at is null then ${at}::timestamptz else published_at end,
      cancelled_at = case when ${state} = 'cancelled' then ${at}::timestamptz else cancelled_at end
    where id = ${id}`.execute(tx)
}

export async function setCandidatesFixed(tx: Tx, id: string, at: Date | null): Promise<void> {
  await sql`update exams.sittings set candidates_fixed_at = ${at} where id = ${id}`.execute(tx)
}

/** Has this institution agreed a plan for the occupation and level that is filed in this province (HB-4.1)? */
export async function hasFiledPlan(
  tx: Tx,
  ask: { organisationId: string; provinceCode: string; occupationId: string; level: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from institutions.filed_plans
    where evaluation_organisation_id = ${ask.organisationId} and province_code = ${ask.provinceCode}
      and occupation_id = ${ask.occupationId} and level = ${ask.level} limit 1`.execute(tx)
  return rows.length > 0
}

export async function findCity(tx: Tx, cityCode: string) {
  const { rows } = await sql<{ code: string; name: string; provinceCode: string; provinceName: string }>`
    select c.code, c.name, c.province_code, p.name as province_name
    from platform.regions c join platform.regions p on p.code = c.province_code where c.code = ${cityCode}`.execute(
    tx,
  )
  return rows[0]
}
