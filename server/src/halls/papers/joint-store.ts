// Papers of joint examinations: one current paper a part, from which its sittings take copies.
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Part } from './paper.ts'
import type { ArrangementState, PaperRow } from './store.ts'

export interface JointPaper extends Omit<PaperRow, 'sittingId' | 'familyPaperId'> {
  familyId: string
  itemsSealed: Buffer
  keysSealed: Buffer
}

const joint = sql`p.id, p.family_id, p.part, p.title, p.minutes, p.total_tenths, p.forms, p.items, p.marked_items, p.scoring,
  p.shown_to_candidates, p.items_sha256, p.source_file_name, p.imported_by, p.imported_by_name, p.imported_at,
  p.approved_by, p.approved_by_name, p.approved_at, p.replaced_at, p.items_sealed, p.keys_sealed`

export async function insertJointPaper(
  tx: Tx,
  one: Omit<JointPaper, 'approvedBy' | 'approvedByName' | 'approvedAt' | 'replacedAt'>,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    update halls.papers set replaced_at = ${one.importedAt}
    where family_id = ${one.familyId} and part = ${one.part} and replaced_at is null returning id`.execute(tx)
  await sql`
    insert into halls.papers (id, family_id, part, title, minutes, total_tenths, forms, items, marked_items, scoring,
      shown_to_candidates, items_sealed, keys_sealed, items_sha256, source_file_name, imported_by, imported_by_name,
      imported_at)
    values (${one.id}, ${one.familyId}, ${one.part}, ${one.title}, ${one.minutes}, ${one.totalTenths}, ${one.forms},
      ${one.items}, ${one.markedItems}, ${JSON.stringify(one.scoring)}::jsonb, ${one.shownToCandidates},
      ${one.itemsSealed}, ${one.keysSealed}, ${one.itemsSha256}, ${one.sourceFileName}, ${one.importedBy},
      ${one.importedByName}, ${one.importedAt})`.execute(tx)
  return rows[0]?.id ?? null
}

export async function currentJointPapers(tx: Tx, familyId: string): Promise<JointPaper[]> {
  const { rows } = await sql<JointPaper>`
    select ${joint} from halls.papers p where p.family_id = ${familyId} and p.replaced_at is null
    order by p.part desc`.execute(tx)
  return rows
}

/** Of a province; nobody else opens it. */
export async function findJointPaper(
  tx: Tx,
  id: string,
  provinceCode: string,
): Promise<JointPaper | undefined> {
  const { rows } = await sql<JointPaper>`
    select ${joint} from halls.papers p join halls.families f on f.id = p.family_id
    where p.id = ${id} and f.province_code = ${provinceCode}`.execute(tx)
  return rows[0]
}

/** Before the arrangement is locked: while a sitting takes the papers of its joint examination nobody replaces them. */
export async function holdFamilyOf(tx: Tx, sittingId: string): Promise<void> {
  await sql`
    select from halls.families f join halls.arrangements a on a.family_id = f.id
    where a.sitting_id = ${sittingId} for share of f`.execute(tx)
}

/** The first sitting of the joint examination in which somebody has begun. */
export async function begunSitting(tx: Tx, familyId: string): Promise<string | undefined> {
  const { rows } = await sql<{ number: string }>`
    select c.number from halls.arrangements a join exams.sitting_cards c on c.sitting_id = a.sitting_id
    where a.family_id = ${familyId} and (a.state in ('running', 'closed', 'archived')
      or exists (select from halls.journal j where j.sitting_id = a.sitting_id))
    order by c.number limit 1`.execute(tx)
  return rows[0]?.number
}

/** What was sealed from an earlier paper no longer counts: those sittings seal again. Returns how many. */
export async function unsealMembers(tx: Tx, familyId: string, at: Date): Promise<number> {
  await sql`
    update halls.sealings s set replaced_at = ${at} from halls.arrangements a
    where a.sitting_id = s.sitting_id and a.family_id = ${familyId} and s.replaced_at is null`.execute(tx)
  const { numAffectedRows } = await sql`
    update halls.arrangements set state = 'drawn', sealed_at = null
    where family_id = ${familyId} and state = 'sealed'`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Takes an own paper, or a copy of an earlier one, out of the way. */
export async function replaceSittingPapers(
  tx: Tx,
  of: { sittingId: string; except: string[]; at: Date },
): Promise<void> {
  await sql`
    update halls.papers set replaced_at = ${of.at} where sitting_id = ${of.sittingId} and replaced_at is null
      and (family_paper_id is null or not family_paper_id = any(${of.except}::uuid[]))`.execute(tx)
}

export interface MemberSealing {
  sittingId: string
  organisationId: string
  number: string
  title: string
  organisation: string
  cityName: string
  state: ArrangementState
  candidates: number
  /** Parts taken from the papers that count now. */
  taken: Part[]
  sealed: number
  expected: number | null
}

export async function memberSealings(tx: Tx, familyId: string): Promise<MemberSealing[]> {
  const { rows } = await sql<MemberSealing>`
    select a.sitting_id, a.organisation_id, c.number, c.title, o.name as organisation, r.name as city_name, a.state,
      c.candidates,
      array(select p.part from halls.papers p join halls.papers f on f.id = p.family_paper_id and f.replaced_at is null
        where p.sitting_id = a.sitting_id and p.replaced_at is null order by p.part desc) as taken,
      coalesce(s.sealed, 0) as sealed, s.expected
    from halls.arrangements a join exams.sitting_cards c on c.sitting_id = a.sitting_id
    join people.organisations o on o.id = a.organisation_id join platform.regions r on r.code = a.city_code
    left join halls.sealings s on s.sitting_id = a.sitting_id and s.replaced_at is null
    where a.family_id = ${familyId} order by c.number`.execute(tx)
  return rows
}

/** The most forms any sitting of the joint examination is drawn over; null while none has joined. */
export async function memberForms(tx: Tx, familyId: string): Promise<number | null> {
  const { rows } = await sql<{ forms: number | null }>`
    select max(forms) as forms from halls.arrangements where family_id = ${familyId}`.execute(tx)
  return rows[0]?.forms ?? null
}
