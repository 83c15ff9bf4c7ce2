import { sql } from 'kysely'
import type { Actor, Role } from '../../../platform/api.ts'
import type { Tx } from '../../../platform/db.ts'

/** Puts a picture shown on a tile on record with the watcher's visit, which begins with the first one. */
export async function insertFaceSeen(
  tx: Tx,
  of: { sittingId: string; hallId: string; candidateId: string; actor: Actor; at: Date },
): Promise<void> {
  const { actor, at } = of
  await sql`
    with visit as (
      insert into halls.board_visits as v (sitting_id, hall_id, account_id, actor_name, actor_role, organisation_id,
        organisation_name, from_at, last_at)
      values (${of.sittingId}, ${of.hallId}, ${actor.accountId}, ${actor.name}, ${actor.role},
        ${actor.organisation?.id ?? null}, ${actor.organisation?.name ?? null}, ${at}, ${at})
      on conflict (sitting_id, hall_id, account_id, actor_role, coalesce(organisation_id, hall_id)) where recorded_at is null
        do update set last_at = greatest(v.last_at, excluded.last_at)
      returning id
    )
    insert into halls.board_visit_faces as f (visit_id, candidate_id, pictures, first_at, last_at)
    select id, ${of.candidateId}::uuid, 1, ${at}::timestamptz, ${at}::timestamptz from visit
    on conflict (visit_id, candidate_id) do update
      set pictures = f.pictures + 1, last_at = greatest(f.last_at, excluded.last_at)`.execute(tx)
}

export interface OverVisit {
  id: string
  sittingId: string
  hallId: string
  hall: string
  accountId: string
  actorName: string
  actorRole: Role
  organisationId: string | null
  organisationName: string | null
  fromAt: Date
  lastAt: Date
  faces: { candidateId: string; pictures: number; firstAt: string; lastAt: string }[]
}

/** Ends visits nobody was shown anything on since `silentSince`, and those that last since before `longSince`. */
export async function endVisits(
  tx: Tx,
  of: { silentSince: Date; longSince: Date; at: Date; limit: number },
): Promise<OverVisit[]> {
  const { rows } = await sql<OverVisit>`
    with over as (
      update halls.board_visits v set recorded_at = ${of.at}
      where v.id in (select id from halls.board_visits
        where recorded_at is null and (last_at < ${of.silentSince} or from_at < ${of.longSince})
        order by from_at limit ${of.limit} for update skip locked)
      returning v.*
    )
    select v.id, v.sitting_id, v.hall_id, h.name as hall, v.account_id, v.actor_name, v.actor_role, v.organisation_id,
      v.organisation_name, v.from_at, v.last_at,
      (select jsonb_agg(jsonb_build_object('candidateId', f.candidate_id, 'pictures', f.pictures, 'firstAt', f.first_at,
          'lastAt', f.last_at) order by f.first_at, f.candidate_id)
        from halls.board_visit_faces f where f.visit_id = v.id) as faces
    from over v join halls.halls h on h.id = v.hall_id`.execute(tx)
  return rows
}

/** The newest picture of the same attempt: a tile shows nothing older. */
export async function newestOf(
  tx: Tx,
  of: { sittingId: string; attemptId: string },
): Promise<{ id: string; at: Date } | undefined> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select id, at from halls.captures where sitting_id = ${of.sittingId} and attempt_id = ${of.attemptId}
      and state <> 'deleted' order by at desc limit 1`.execute(tx)
  return rows[0]
}
