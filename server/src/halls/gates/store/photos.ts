import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { PhotoFinding } from '../../faces/face.ts'

export interface Photo {
  id: string
  personId: string
  key: string
  keySealed: Buffer | null
  mediaType: string
  sha256: string
  findings: PhotoFinding[]
  consentId: string
  registeredByName: string
  registeredAt: Date
}

const photo = sql`f.id, f.person_id, f.key, f.key_sealed, f.media_type, f.sha256, f.findings, f.consent_id, f.registered_by_name, f.registered_at`

/** The photo that stands; none once it was deleted. */
export async function findPhoto(tx: Tx, personId: string): Promise<Photo | undefined> {
  const { rows } = await sql<Photo>`
    select ${photo} from halls.photos f
    where f.person_id = ${personId} and f.replaced_at is null and f.deleted_at is null`.execute(tx)
  return rows[0]
}

export async function insertPhoto(
  tx: Tx,
  one: {
    id: string
    personId: string
    key: string
    keySealed: Buffer
    mediaType: string
    bytes: number
    sha256: string
    findings: PhotoFinding[]
    consentId: string
    by: { account: string | null; name: string }
    at: Date
  },
): Promise<void> {
  await sql`
    insert into halls.photos (id, person_id, key, key_sealed, media_type, bytes, sha256, findings, consent_id, registered_by,
      registered_by_name, registered_at)
    values (${one.id}, ${one.personId}, ${one.key}, ${one.keySealed}, ${one.mediaType}, ${one.bytes}, ${one.sha256},
      ${JSON.stringify(one.findings)}::jsonb, ${one.consentId}, ${one.by.account}, ${one.by.name}, ${one.at})`.execute(
    tx,
  )
}

export interface DestroyedPhoto {
  id: string
  key: string
  sha256: string
  registeredAt: Date
}

/** Destroys the keys of a person's photos; the objects are noise from here on. */
export async function destroyPhotos(
  tx: Tx,
  personId: string,
  reason: string,
  at: Date,
): Promise<DestroyedPhoto[]> {
  const { rows } = await sql<DestroyedPhoto>`
    update halls.photos set key_sealed = null, deleted_at = ${at}, deleted_reason = ${reason},
      replaced_at = case when ${reason} = 'replaced' then coalesce(replaced_at, ${at}) else replaced_at end
    where person_id = ${personId} and deleted_at is null
    returning id, key, sha256, registered_at`.execute(tx)
  return rows
}

export interface Template {
  personId: string
  photoId: string
  templateSealed: Buffer | null
  keySealed: Buffer | null
  model: string
  keptDays: number
  keptDaysVerified: boolean
  createdAt: Date
  deleteAfter: string
  deletedAt: Date | null
}

const template = sql`t.person_id, t.photo_id, t.template_sealed, t.key_sealed, t.model, t.kept_days, t.kept_days_verified,
  t.created_at, t.delete_after, t.deleted_at`

export async function findTemplate(tx: Tx, personId: string): Promise<Template | undefined> {
  const { rows } = await sql<Template>`
    select ${template} from halls.face_templates t where t.person_id = ${personId} and t.deleted_at is null`.execute(
    tx,
  )
  return rows[0]
}

export async function saveTemplate(
  tx: Tx,
  one: {
    personId: string
    photoId: string
    templateSealed: Buffer
    keySealed: Buffer
    model: string
    keptDays: number
    keptDaysVerified: boolean
    deleteAfter: string
    at: Date
  },
): Promise<void> {
  await sql`
    insert into halls.face_templates (person_id, photo_id, template_sealed, key_sealed, model, kept_days, kept_days_verified,
      created_at, delete_after)
    values (${one.personId}, ${one.photoId}, ${one.templateSealed}, ${one.keySealed}, ${one.model}, ${one.keptDays},
      ${one.keptDaysVerified}, ${one.at}, ${one.deleteAfter})
    on conflict (person_id) do update set photo_id = excluded.photo_id, template_sealed = excluded.template_sealed,
      key_sealed = excluded.key_sealed, model = excluded.model, kept_days = excluded.kept_days,
      kept_days_verified = excluded.kept_days_verified, created_at = excluded.created_at,
      delete_after = excluded.delete_after, deleted_at = null, deleted_reason = null`.execute(tx)
}

/** Destroys the key and the template; says what it was. */
export async function destroyTemplate(
  tx: Tx,
  personId: string,
  reason: string,
  at: Date,
): Promise<Template | undefined> {
  const { rows } = await sql<Template>`
    update halls.face_templates t set template_sealed = null, key_sealed = null, deleted_at = ${at}, deleted_reason = ${reason}
    where t.person_id = ${personId} and t.deleted_at is null returning ${template}`.execute(tx)
  return rows[0]
}

export async function setDeleteAfter(tx: Tx, personId: string, deleteAfter: string): Promise<void> {
  await sql`update halls.face_templates set delete_after = ${deleteAfter} where person_id = ${personId}`.execute(
    tx,
  )
}

export async function duePersons(tx: Tx, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`
    select person_id from halls.face_templates where deleted_at is null and delete_after < ${today}
    order by delete_after, person_id limit ${limit}`.execute(tx)
  return rows.map((row) => row.personId)
}

/** The last sitting a person is still to sit, which the template is kept for. */
export async function lastSittingOf(
  tx: Tx,
  personId: string,
): Promise<{ sittingId: string; endsAt: Date } | undefined> {
  const { rows } = await sql<{ sittingId: string; endsAt: Date }>`
    select s.sitting_id, s.ends_at from exams.sitting_candidates c join exams.sitting_cards s on s.sitting_id = c.sitting_id
    where c.person_id = ${personId} and s.state in ('planned', 'open') order by s.ends_at desc limit 1`.execute(
    tx,
  )
  return rows[0]
}

/** Distinct persons whose face is stored, now, of a province or of all. */
export async function countStored(tx: Tx, provinceCode: string | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from halls.face_templates t
    join people.person_cards p on p.id = t.person_id
    where t.deleted_at is null and (${provinceCode}::text is null or p.province_code = ${provinceCode})`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

export async function provincesStored(tx: Tx): Promise<{ provinceCode: string; count: number }[]> {
  const { rows } = await sql<{ provinceCode: string; count: number }>`
    select p.province_code, count(*)::int as count from halls.face_templates t
    join people.person_cards p on p.id = t.person_id
    where t.deleted_at is null and p.province_code is not null group by 1 order by 1`.execute(tx)
  return rows
}

/** Who of a sitting a ticket names, for a photo taken by staff. */
export async function findCandidateOfTicket(
  tx: Tx,
  of: { sittingId: string; ticketNumber: string },
): Promise<{ candidateId: string; personId: string; name: string; provinceCode: string } | undefined> {
  const { rows } = await sql<{ candidateId: string; personId: string; name: string; provinceCode: string }>`
    select c.candidate_id, c.person_id, p.name, s.province_code
    from exams.sitting_candidates c join people.person_cards p on p.id = c.person_id
    join exams.sitting_cards s on s.sitting_id = c.sitting_id
    where c.sitting_id = ${of.sittingId} and c.ticket_number = ${of.ticketNumber}`.execute(tx)
  return rows[0]
}
