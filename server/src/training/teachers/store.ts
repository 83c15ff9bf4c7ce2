import { sql } from 'kysely'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScopeOfOrganisation } from '../within-scope.ts'
import type { Qualification, Teacher } from './teacher.ts'

const columns = sql`t.id, t.organisation_id, t.account_id, t.name, t.phone, t.left_on`
const qualificationColumns = sql`q.id, q.teacher_id, q.kind, q.level, q.occupation_id, q.specialty, q.document_number,
  q.obtained_on, q.withdrawn_on`

export async function insertTeacher(
  tx: Tx,
  one: { organisationId: string; accountId: string | null; name: string; phone: string | null; at: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into training.teachers (organisation_id, account_id, name, phone, created_at)
    values (${one.organisationId}, ${one.accountId}, ${one.name}, ${one.phone}, ${one.at}) returning id`.execute(
    tx,
  )
  return (rows[0] as { id: string }).id
}

export async function lockTeacher(tx: Tx, actor: Actor, teacherId: string): Promise<Teacher | undefined> {
  const { rows } = await sql<Teacher>`
    select ${columns} from training.teachers t
    where t.id = ${teacherId} and ${withinScopeOfOrganisation(actor, 't')} for update`.execute(tx)
  return rows[0]
}

export type NewQualification = Omit<Qualification, 'id' | 'teacherId' | 'withdrawnOn'>

export async function insertQualification(
  tx: Tx,
  teacherId: string,
  one: NewQualification,
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into training.teacher_qualifications (teacher_id, kind, level, occupation_id, specialty, document_number,
      obtained_on, created_at)
    values (${teacherId}, ${one.kind}, ${one.level}, ${one.occupationId}, ${one.specialty}, ${one.documentNumber},
      ${one.obtainedOn}, ${at}) returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function setQualificationWithdrawn(
  tx: Tx,
  teacherId: string,
  qualificationId: string,
  on: string,
): Promise<Qualification | undefined> {
  const { rows } = await sql<Qualification>`
    update training.teacher_qualifications q set withdrawn_on = ${on}
    where q.id = ${qualificationId} and q.teacher_id = ${teacherId} and q.withdrawn_on is null
    returning ${qualificationColumns}`.execute(tx)
  return rows[0]
}

export async function qualificationsOf(tx: Tx, teacherIds: string[]): Promise<Qualification[]> {
  const { rows } = await sql<Qualification>`
    select ${qualificationColumns} from training.teacher_qualifications q
    where q.teacher_id = any(${teacherIds}::uuid[]) order by q.obtained_on desc`.execute(tx)
  return rows
}

export async function setLeft(tx: Tx, teacherId: string, on: string | null): Promise<void> {
  await sql`update training.teachers set left_on = ${on} where id = ${teacherId}`.execute(tx)
}

export async function lessonsAhead(tx: Tx, teacherId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from training.lessons
    where teacher_id = ${teacherId} and starts_at > ${at} and cancelled_at is null`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Teachers of a class with the last day each of them teaches it. */
export async function teachersOfClass(
  tx: Tx,
  classId: string,
): Promise<{ teacherId: string; name: string; lastOn: string }[]> {
  const { rows } = await sql<{ teacherId: string; name: string; lastOn: string }>`
    select t.id as teacher_id, t.name, max((l.starts_at at time zone 'Asia/Shanghai')::date) as last_on
    from training.lessons l join training.teachers t on t.id = l.teacher_id
    where l.class_id = ${classId} and l.cancelled_at is null group by t.id, t.name order by t.name`.execute(
    tx,
  )
  return rows
}

export interface TeacherFilter extends ListInput {
  includeLeft?: boolean | undefined
}

export async function listTeachers(
  tx: Tx,
  actor: Actor,
  filter: TeacherFilter,
): Promise<{ rows: (Teacher & { lessons: number })[]; total: number }> {
  const q = filter.q ? `%${filter.q}%` : null
  const where = sql`${withinScopeOfOrganisation(actor, 't')} and (${filter.includeLeft ?? false} or t.left_on is null)
    and (${q}::text is null or t.name ilike ${q})`
  const { rows } = await sql<Teacher & { lessons: number }>`
    select ${columns}, (select count(*) from training.lessons l where l.teacher_id = t.id and l.cancelled_at is null) as lessons
    from training.teachers t where ${where} order by t.name, t.created_at
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const counted = await sql<{
    total: number
  }>`select count(*) as total from training.teachers t where ${where}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
