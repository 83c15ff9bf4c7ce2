import { sql } from 'kysely'
import type { ListInput, OrganisationKind, Role } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'

export interface StaffRow {
  accountId: string
  name: string
  username: string | null
  email: string
  disabledAt: Date | null
  hasPassword: boolean
  hasSecondFactor: boolean
  /** Organisations in which the account has a standing membership. */
  organisationIds: string[]
}

/** A staff account, locked; memberships as they stand on the day. */
export async function lockStaff(tx: Tx, accountId: string, today: Day): Promise<StaffRow | undefined> {
  const { rows } = await sql<StaffRow>`
    select h.account_id, u.name, u.username, u.email, h.disabled_at, u.two_factor_enabled as has_second_factor,
      exists (select from accounts.account a where a.user_id = u.id and a.password is not null) as has_password,
      array(select m.organisation_id from people.memberships m where m.account_id = u.id and m.role <> 'learner'
            and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})) as organisation_ids
    from people.account_holders h join accounts."user" u on u.id = h.account_id
    where h.account_id = ${accountId} and h.kind = 'staff' for update of h`.execute(tx)
  return rows[0]
}

export async function findStaffIdByUsername(tx: Tx, username: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select u.id from accounts."user" u join people.account_holders h on h.account_id = u.id and h.kind = 'staff'
    where u.username = ${username.toLowerCase()}`.execute(tx)
  return rows[0]?.id
}

/** A new staff account; undefined when its name or address is taken. */
export async function insertStaffAccount(
  tx: Tx,
  staff: { id: string; name: string; username: string; email: string },
): Promise<boolean> {
  const { rows } = await sql`
    with account as (
      insert into accounts."user" (id, name, email, username, display_username)
      values (${staff.id}, ${staff.name}, ${staff.email}, ${staff.username.toLowerCase()}, ${staff.username})
      on conflict do nothing returning id
    )
    insert into people.account_holders (account_id, kind) select id, 'staff' from account returning account_id`.execute(
    tx,
  )
  return rows.length > 0
}

export async function insertMembership(
  tx: Tx,
  membership: { accountId: string; organisationId: string; role: Role; fromOn: Day },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into people.memberships (account_id, organisation_id, role, from_on)
    values (${membership.accountId}, ${membership.organisationId}, ${membership.role}, ${membership.fromOn})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function insertPassword(tx: Tx, accountId: string, hash: string): Promise<void> {
  await sql`
    insert into accounts.account (id, user_id, account_id, provider_id, password)
    values (gen_random_uuid(), ${accountId}::uuid, ${accountId}, 'credential', ${hash})`.execute(tx)
}

export async function insertSecondFactor(
  tx: Tx,
  accountId: string,
  sealed: { secret: string; backupCodes: string },
): Promise<void> {
  await sql`
    with factor as (
      insert into accounts.two_factor (id, user_id, secret, backup_codes, verified)
      values (gen_random_uuid(), ${accountId}, ${sealed.secret}, ${sealed.backupCodes}, true)
    )
    update accounts."user" set two_factor_enabled = true where id = ${accountId}`.execute(tx)
}

export async function deleteSecondFactor(tx: Tx, accountId: string): Promise<void> {
  await sql`
    with factor as (delete from accounts.two_factor where user_id = ${accountId})
    update accounts."user" set two_factor_enabled = false where id = ${accountId}`.execute(tx)
}

export async function deleteSessions(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from accounts.session where user_id = ${accountId}`.execute(tx)
}

/** The account library takes this row for a password link; it lives by the real clock, as the library does. */
export async function insertPasswordLink(tx: Tx, accountId: string, token: string): Promise<void> {
  await sql`
    insert into accounts.verification (id, identifier, value, expires_at)
    values (gen_random_uuid(), ${`reset-password:${token}`}, ${accountId}, now() + interval '7 days')`.execute(
    tx,
  )
}

export async function setDisabled(
  tx: Tx,
  accountId: string,
  at: Date | null,
  reason: string | null,
): Promise<void> {
  await sql`
    update people.account_holders set disabled_at = ${at}, disabled_reason = ${reason}
    where account_id = ${accountId}`.execute(tx)
}

export interface MembershipRow {
  id: string
  accountId: string
  organisationId: string
  role: Role
  fromOn: Day
  toOn: Day | null
}

export async function lockMembership(tx: Tx, membershipId: string): Promise<MembershipRow | undefined> {
  const { rows } = await sql<MembershipRow>`
    select id, account_id, organisation_id, role, from_on, to_on from people.memberships
    where id = ${membershipId} and role <> 'learner' and to_on is null for update`.execute(tx)
  return rows[0]
}

/** A membership that never stood a whole day is removed rather than ended before it began. */
export async function setMembershipEnded(tx: Tx, membershipId: string, lastDay: Day): Promise<void> {
  await sql`
    with gone as (delete from people.memberships where id = ${membershipId} and from_on > ${lastDay})
    update people.memberships set to_on = ${lastDay} where id = ${membershipId} and from_on <= ${lastDay}`.execute(
    tx,
  )
}

export interface OwnMembership {
  id: string
  role: Role
  organisationId: string | null
  organisationName: string | null
  organisationKind: OrganisationKind | null
}

export async function membershipsOf(tx: Tx, accountId: string, today: Day): Promise<OwnMembership[]> {
  const { rows } = await sql<OwnMembership>`
    select m.id, m.role, o.id as organisation_id, o.name as organisation_name, o.kind as organisation_kind
    from people.memberships m left join people.organisations o on o.id = m.organisation_id
    where m.account_id = ${accountId} and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})
    order by (m.role = 'learner'), m.from_on, m.created_at, m.id`.execute(tx)
  return rows
}

export interface StaffFilter extends ListInput {
  /** Undefined: every organisation's. */
  organisationId?: string | undefined
  role?: Role | undefined
  state?: 'invited' | 'unbound' | 'active' | 'disabled' | 'ended' | undefined
}

export interface StaffListRow {
  membershipId: string
  accountId: string
  name: string
  username: string | null
  role: Role
  organisationId: string
  organisationName: string
  fromOn: Day
  toOn: Day | null
  state: 'invited' | 'unbound' | 'active' | 'disabled' | 'ended'
}

export async function listStaffRows(
  tx: Tx,
  filter: StaffFilter,
  today: Day,
): Promise<{ rows: StaffListRow[]; total: number }> {
  const listed = sql`
    select m.id as membership_id, m.account_id, u.name, u.username, m.role, o.id as organisation_id,
           o.name as organisation_name, m.from_on, m.to_on,
           case when m.to_on < ${today} then 'ended' when h.disabled_at is not null then 'disabled'
                when not exists (select from accounts.account a where a.user_id = u.id) then 'invited'
                when not u.two_factor_enabled then 'unbound' else 'active' end as state
    from people.memberships m
    join accounts."user" u on u.id = m.account_id
    join people.account_holders h on h.account_id = m.account_id
    join people.organisations o on o.id = m.organisation_id
    where (${filter.organisationId ?? null}::uuid is null or m.organisation_id = ${filter.organisationId ?? null})
      and (${filter.role ?? null}::text is null or m.role = ${filter.role ?? null})
      and (${filter.q ?? null}::text is null or u.name ilike '%' || ${filter.q ?? ''} || '%'
           or u.username ilike '%' || ${filter.q ?? ''} || '%' or o.name ilike '%' || ${filter.q ?? ''} || '%')`
  const state = filter.state ?? null
  const { rows } = await sql<StaffListRow>`
    select * from (${listed}) s where (${state}::text is null or state = ${state})
    order by organisation_name, role, name, membership_id
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from (${listed}) s where (${state}::text is null or state = ${state})`.execute(
    tx,
  )
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** Of these account names the ones that may act, with the organisation they open with. */
export async function standingUsernames(
  tx: Tx,
  usernames: string[],
  today: Day,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ username: string; organisation: string }>`
    select distinct on (u.username) u.username, o.name as organisation
    from accounts."user" u
    join people.account_holders h on h.account_id = u.id and h.disabled_at is null
    join people.memberships m on m.account_id = u.id and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})
    join people.organisations o on o.id = m.organisation_id
    where u.username = any(${usernames}) and u.two_factor_enabled
    order by u.username, m.from_on, m.created_at, m.id`.execute(tx)
  return new Map(rows.map((row) => [row.username, row.organisation]))
}

/** Password hashes of the accounts of these names that can sign in. */
export async function passwordHashes(
  tx: Tx,
  usernames: string[],
): Promise<{ username: string; hash: string }[]> {
  const { rows } = await sql<{ username: string; hash: string }>`
    select u.username, a.password as hash from accounts."user" u
    join accounts.account a on a.user_id = u.id and a.provider_id = 'credential'
    left join people.account_holders h on h.account_id = u.id
    where u.username = any(${usernames}) and a.password is not null and h.disabled_at is null
    order by u.username`.execute(tx)
  return rows
}

export interface StaffInRole {
  accountId: string
  name: string
  roles: Role[]
  /** Set where the same account is also a learner's. */
  personId: string | null
  /** Every organisation the account stands in, this one included. */
  organisations: { id: string; name: string }[]
}

export async function standingStaff(
  tx: Tx,
  ask: { organisationId: string; roles: Role[]; on: Day },
): Promise<StaffInRole[]> {
  const { rows } = await sql<StaffInRole>`
    select m.account_id, u.name, array_agg(distinct m.role) as roles, h.person_id,
      (select jsonb_agg(distinct jsonb_build_object('id', o.id, 'name', o.name)) from people.memberships a
        join people.organisations o on o.id = a.organisation_id
        where a.account_id = m.account_id and a.from_on <= ${ask.on} and (a.to_on is null or a.to_on >= ${ask.on})
      ) as organisations
    from people.memberships m
    join accounts."user" u on u.id = m.account_id
    join people.account_holders h on h.account_id = m.account_id and h.disabled_at is null
    where m.organisation_id = ${ask.organisationId} and m.role = any(${ask.roles}) and m.from_on <= ${ask.on}
      and (m.to_on is null or m.to_on >= ${ask.on})
    group by m.account_id, u.name, h.person_id order by u.name, m.account_id`.execute(tx)
  return rows
}
