import { sql } from 'kysely'
import type { ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import type { ClassState, HoursByKind } from './class.ts'

export interface Announcement {
  id: string
  classId: string
  title: string
  body: string
  contact: string
  enrolFromOn: string
  enrolToOn: string
  publishedAt: Date
}

const columns = sql`a.id, a.class_id, a.title, a.body, a.contact, a.enrol_from_on, a.enrol_to_on, a.published_at`

export async function insertAnnouncement(tx: Tx, one: Omit<Announcement, 'id'>): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into training.announcements (class_id, title, body, contact, enrol_from_on, enrol_to_on, published_at)
    values (${one.classId}, ${one.title}, ${one.body}, ${one.contact}, ${one.enrolFromOn}, ${one.enrolToOn}, ${one.publishedAt})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function announcementInForce(tx: Tx, classId: string): Promise<Announcement | undefined> {
  const { rows } = await sql<Announcement>`
    select ${columns} from training.announcements a
    where a.class_id = ${classId} and a.withdrawn_at is null`.execute(tx)
  return rows[0]
}

export async function findAnnouncement(tx: Tx, id: string): Promise<Announcement | undefined> {
  const { rows } = await sql<Announcement>`
    select ${columns} from training.announcements a where a.id = ${id} and a.withdrawn_at is null`.execute(tx)
  return rows[0]
}

export async function setAnnouncementWithdrawn(
  tx: Tx,
  classId: string,
  reason: string,
  at: Date,
): Promise<void> {
  await sql`update training.announcements set withdrawn_at = ${at}, withdraw_reason = ${reason}
    where class_id = ${classId} and withdrawn_at is null`.execute(tx)
}

export interface PublicAnnouncementFilter extends ListInput {
  cityCode?: string | undefined
  occupationId?: string | undefined
  level?: string | undefined
  /** Only those one can register for today. */
  openOn?: string | undefined
}

export interface PublicAnnouncement extends Announcement {
  classNumber: string
  className: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: string
  capacity: number
  seatsTaken: number
  waiting: number
  venue: string
  venueCityCode: string | null
  feeCents: number
  startsOn: string
  endsOn: string
  state: ClassState
  plannedHours: HoursByKind
}

const publicColumns = sql`${columns}, c.number as class_number, c.name as class_name, c.organisation_id, c.province_code,
  c.city_code, c.occupation_id, c.direction, c.level, c.capacity, c.venue, c.venue_city_code, c.fee_cents, c.starts_on,
  c.ends_on, c.state, c.planned_hours,
  (select count(*) from training.enrolments e
   where e.class_id = c.id and e.state in ('registered', 'admitted', 'completed', 'failed')) as seats_taken,
  (select count(*) from training.enrolments e where e.class_id = c.id and e.state = 'waiting') as waiting`

function publicWhere(filter: Omit<PublicAnnouncementFilter, 'page' | 'size'>) {
  const q = filter.q ? `%${filter.q}%` : null
  return sql`a.withdrawn_at is null and c.state in ('announced', 'running')
    and (${filter.openOn ?? null}::date is null
         or (c.state = 'announced' and a.enrol_from_on <= ${filter.openOn ?? null} and a.enrol_to_on >= ${filter.openOn ?? null}))
    and (${filter.cityCode ?? null}::text is null or c.venue_city_code = ${filter.cityCode ?? null})
    and (${filter.occupationId ?? null}::text is null or c.occupation_id = ${filter.occupationId ?? null})
    and (${filter.level ?? null}::text is null or c.level = ${filter.level ?? null})
    and (${q}::text is null or a.title ilike ${q} or c.name ilike ${q} or c.venue ilike ${q})`
}

export async function listPublicAnnouncements(
  tx: Tx,
  filter: PublicAnnouncementFilter,
): Promise<{ rows: PublicAnnouncement[]; total: number }> {
  const { rows } = await sql<PublicAnnouncement>`
    select ${publicColumns} from training.announcements a join training.classes c on c.id = a.class_id
    where ${publicWhere(filter)}
    order by a.enrol_to_on desc, a.published_at desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const counted = await sql<{ total: number }>`
    select count(*) as total from training.announcements a join training.classes c on c.id = a.class_id
    where ${publicWhere(filter)}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export async function findPublicAnnouncement(tx: Tx, id: string): Promise<PublicAnnouncement | undefined> {
  const { rows } = await sql<PublicAnnouncement>`
    select ${publicColumns} from training.announcements a join training.classes c on c.id = a.class_id
    where a.id = ${id} and a.withdrawn_at is null`.execute(tx)
  return rows[0]
}

/** Cities and occupations for which there is something to read, for the filters. */
export async function choicesOfAnnouncements(
  tx: Tx,
): Promise<{ cityCodes: string[]; occupationIds: string[] }> {
  const { rows } = await sql<{ cityCodes: string[] | null; occupationIds: string[] | null }>`
    select array_agg(distinct c.venue_city_code) filter (where c.venue_city_code is not null) as city_codes,
           array_agg(distinct c.occupation_id) as occupation_ids
    from training.announcements a join training.classes c on c.id = a.class_id
    where a.withdrawn_at is null and c.state in ('announced', 'running')`.execute(tx)
  return { cityCodes: rows[0]?.cityCodes ?? [], occupationIds: rows[0]?.occupationIds ?? [] }
}
