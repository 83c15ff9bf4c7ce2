import { sql } from 'kysely'
import type { OrganisationKind, Role } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'

/** Counts one attempt in a window that starts with its first; one statement, so that no two are lost. */
export async function countAttempt(
  tx: Tx,
  key: string,
  windowMs: number,
  now: number,
): Promise<{ count: number; since: number }> {
  const { rows } = await sql<{ count: number; since: number }>`
    insert into accounts.rate_limit (key, count, last_request) values (${key}, 1, ${now})
    on conflict (key) do update set
      count = case when rate_limit.last_request + ${windowMs} <= ${now} then 1 else rate_limit.count + 1 end,
      last_request = case when rate_limit.last_request + ${windowMs} <= ${now} then ${now} else rate_limit.last_request end
    returning count, last_request as since`.execute(tx)
  return rows[0] as { count: number; since: number }
}

export async function markSecondFactor(tx: Tx, token: string): Promise<void> {
  await sql`update accounts.session set second_factor_at = now() where token = ${token}`.execute(tx)
}

export interface SessionRow {
  accountId: string
  accountName: string
  secondFactor: boolean
  hasSecondFactor: boolean
  /** Signed in less than twelve hours ago, the limit for staff. */
  fresh: boolean
  kind: 'learner' | 'staff' | null
  disabled: boolean
  personId: string | null
  personName: string | null
  membershipId: string | null
  role: Role | null
  organisationId: string | null
  organisationName: string | null
  organisationKind: OrganisationKind | null
  provinceCode: string | null
  cityCode: string | null
}

/**
 * Everything about a session in one read: account, person, the membership that acts. Sessions live by the real
 * clock, as the account library does; memberships by the platform's day.
 */
export async function findSession(
  tx: Tx,
  token: string,
  today: Day,
  actingAs: string | undefined,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.user_id as account_id, u.name as account_name, s.second_factor_at is not null as second_factor,
           u.two_factor_enabled as has_second_factor, s.created_at > now() - interval '12 hours' as fresh,
           h.kind, h.disabled_at is not null as disabled, h.person_id, p.name as person_name,
           m.id as membership_id, m.role, o.id as organisation_id, o.name as organisation_name,
           o.kind as organisation_kind, o.province_code, o.city_code
    from accounts.session s
    join accounts."user" u on u.id = s.user_id
    left join people.account_holders h on h.account_id = s.user_id
    left join people.persons p on p.id = h.person_id
    left join people.memberships m on m.account_id = s.user_id and m.from_on <= ${today}
      and (m.to_on is null or m.to_on >= ${today}) and (${actingAs ?? null}::uuid is null or m.id = ${actingAs ?? null})
    left join people.organisations o on o.id = m.organisation_id
    where s.token = ${token} and s.expires_at > now()
    order by (m.role = 'learner'), m.from_on, m.created_at, m.id limit 1`.execute(tx)
  return rows[0]
}

export async function phoneOfAccount(tx: Tx, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ phoneNumber: string | null }>`
    select phone_number from accounts."user" where id = ${accountId}`.execute(tx)
  return rows[0]?.phoneNumber ?? undefined
}

/** The code last made for a phone, for the demo screen only. */
export async function lastCode(tx: Tx, phone: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`
    select value from accounts.verification
    where identifier = ${`phone-number-otp-${phone}`} and expires_at > now()
    order by created_at desc limit 1`.execute(tx)
  return rows[0]?.value.split(':')[0]
}
