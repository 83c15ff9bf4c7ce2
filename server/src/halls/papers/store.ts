import { sql } from 'kysely'
import type { Scope } from '../../people/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { AnswerValue, Bodies, Row } from '../attempts/entry.ts'
import { containing, inScope } from '../scope.ts'
import type { ItemKind, Part, ScoringRule } from './paper.ts'

export type ArrangementState = 'preparing' | 'drawn' | 'sealed' | 'running' | 'closed' | 'archived'

export interface ArrangedSitting {
  sittingId: string
  number: string
  title: string
  organisationId: string
  provinceCode: string
  cityCode: string
  /** The joint examination it is one of: its papers come from there. */
  familyId: string | null
  state: ArrangementState
  forms: number
  rules: unknown
  closedAt: Date | null
}

const arranged = sql`a.sitting_id, c.number, c.title, a.organisation_id, a.province_code, a.city_code, a.family_id, a.state, a.forms,
  a.rules, a.closed_at`

export async function findArranged(
  tx: Tx,
  sittingId: string,
  scope: Scope,
): Promise<ArrangedSitting | undefined> {
  const { rows } = await sql<ArrangedSitting>`
    select ${arranged} from halls.arrangements a join exams.sitting_cards c on c.sitting_id = a.sitting_id
    where a.sitting_id = ${sittingId} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

/** Locks the arrangement: importing, sealing, scoring and archiving one sitting come one after another. */
export async function lockArranged(
  tx: Tx,
  sittingId: string,
  scope: Scope,
): Promise<ArrangedSitting | undefined> {
  await sql`select 1 from halls.arrangements a where a.sitting_id = ${sittingId} for update`.execute(tx)
  return findArranged(tx, sittingId, scope)
}

export async function setArrangementState(
  tx: Tx,
  sittingId: string,
  state: ArrangementState,
  sealedAt: Date | null,
) {
  await sql`update halls.arrangements set state = ${state}, sealed_at = ${sealedAt}
    where sitting_id = ${sittingId}`.execute(tx)
}

/** Whether anybody has begun: from then on papers stay as they are. */
export async function hasBegun(tx: Tx, sittingId: string): Promise<boolean> {
  const { rows } = await sql<{ begun: boolean }>`
    select exists (select 1 from halls.journal where sitting_id = ${sittingId}) as begun`.execute(tx)
  return rows[0]?.begun ?? false
}

export interface PaperRow {
  id: string
  sittingId: string
  /** The joint examination's paper that this one is a copy of. */
  familyPaperId: string | null
  part: Part
  title: string
  minutes: number
  totalTenths: number
  forms: number
  items: number
  markedItems: number
  scoring: ScoringRule
  shownToCandidates: boolean
  itemsSha256: string
  sourceFileName: string
  importedBy: string
  importedByName: string
  importedAt: Date
  approvedBy: string | null
  approvedByName: string | null
  approvedAt: Date | null
  replacedAt: Date | null
}
export interface SealedPaper extends PaperRow {
  itemsSealed: Buffer
  keysSealed: Buffer
}

const paper = sql`p.id, p.sitting_id, p.family_paper_id, p.part, p.title, p.minutes, p.total_tenths, p.forms, p.items, p.marked_items, p.scoring,
  p.shown_to_candidates, p.items_sha256, p.source_file_name, p.imported_by, p.imported_by_name, p.imported_at,
  p.approved_by, p.approved_by_name, p.approved_at, p.replaced_at`

export async function insertPaper(
  tx: Tx,
  one: Omit<SealedPaper, 'approvedBy' | 'approvedByName' | 'approvedAt' | 'replacedAt'>,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    update halls.papers set replaced_at = ${one.importedAt}
    where sitting_id = ${one.sittingId} and part = ${one.part} and replaced_at is null returning id`.execute(
    tx,
  )
  await sql`
    insert into halls.papers (id, sitting_id, family_paper_id, part, title, minutes, total_tenths, forms, items, marked_items, scoring,
      shown_to_candidates, items_sealed, keys_sealed, items_sha256, source_file_name, imported_by, imported_by_name,
      imported_at)
    values (${one.id}, ${one.sittingId}, ${one.familyPaperId}, ${one.part}, ${one.title}, ${one.minutes}, ${one.totalTenths}, ${one.forms},
      ${one.items}, ${one.markedItems}, ${JSON.stringify(one.scoring)}::jsonb, ${one.shownToCandidates},
      ${one.itemsSealed}, ${one.keysSealed}, ${one.itemsSha256}, ${one.sourceFileName}, ${one.importedBy},
      ${one.importedByName}, ${one.importedAt})`.execute(tx)
  return rows[0]?.id ?? null
}

export async function currentPapers(tx: Tx, sittingId: string): Promise<SealedPaper[]> {
  const { rows } = await sql<SealedPaper>`
    select ${paper}, p.items_sealed, p.keys_sealed from halls.papers p
    where p.sitting_id = ${sittingId} and p.replaced_at is null order by p.part desc`.execute(tx)
  return rows
}

export async function listPapers(tx: Tx, sittingId: string): Promise<PaperRow[]> {
  const { rows } = await sql<PaperRow>`
    select ${paper} from halls.papers p where p.sitting_id = ${sittingId}
    order by p.replaced_at is not null, p.part desc, p.imported_at desc limit 100`.execute(tx)
  return rows
}

export async function findPaper(tx: Tx, id: string, scope: Scope): Promise<SealedPaper | undefined> {
  const { rows } = await sql<SealedPaper>`
    select ${paper}, p.items_sealed, p.keys_sealed from halls.papers p
    join halls.arrangements a on a.sitting_id = p.sitting_id
    where p.id = ${id} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

export async function papersById(tx: Tx, ids: string[]): Promise<SealedPaper[]> {
  const { rows } = await sql<SealedPaper>`
    select ${paper}, p.items_sealed, p.keys_sealed from halls.papers p where p.id = any(${ids}::uuid[])`.execute(
    tx,
  )
  return rows
}

export async function setPaperApproved(tx: Tx, id: string, by: { account: string; name: string; at: Date }) {
  await sql`update halls.papers set approved_by = ${by.account}, approved_by_name = ${by.name}, approved_at = ${by.at}
    where id = ${id}`.execute(tx)
}

/** After a change of key; the earlier keys stay in the change that replaced them. */
export async function setPaperKeys(tx: Tx, id: string, keysSealed: Buffer) {
  await sql`update halls.papers set keys_sealed = ${keysSealed} where id = ${id}`.execute(tx)
}

// --- sealing -----------------------------------------------------------------------------------------------

export interface Sealing {
  id: string
  sittingId: string
  expected: number
  sealed: number
  requestedByName: string
  requestedAt: Date
  finishedAt: Date | null
}

export async function currentSealing(tx: Tx, sittingId: string): Promise<Sealing | undefined> {
  const { rows } = await sql<Sealing>`
    select id, sitting_id, expected, sealed, requested_by_name, requested_at, finished_at from halls.sealings
    where sitting_id = ${sittingId} and replaced_at is null`.execute(tx)
  return rows[0]
}

/** Takes away what was sealed before: nobody has begun, and each candidate has one paper a part. */
export async function insertSealing(
  tx: Tx,
  one: { sittingId: string; expected: number; by: string; byName: string; at: Date },
): Promise<{ id: string; replaced: number }> {
  await sql`update halls.sealings set replaced_at = ${one.at}
    where sitting_id = ${one.sittingId} and replaced_at is null`.execute(tx)
  const gone = await sql`delete from halls.attempts where sitting_id = ${one.sittingId}`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    insert into halls.sealings (sitting_id, expected, requested_by, requested_by_name, requested_at)
    values (${one.sittingId}, ${one.expected}, ${one.by}, ${one.byName}, ${one.at}) returning id`.execute(tx)
  return { id: (rows[0] as { id: string }).id, replaced: Number(gone.numAffectedRows ?? 0) }
}

/** Locks a sealing that is still the current one and not finished. */
export async function lockSealing(tx: Tx, id: string): Promise<Sealing | undefined> {
  const { rows } = await sql<Sealing>`
    select id, sitting_id, expected, sealed, requested_by_name, requested_at, finished_at from halls.sealings
    where id = ${id} and replaced_at is null and finished_at is null for update`.execute(tx)
  return rows[0]
}

export async function setSealed(tx: Tx, id: string, added: number, finishedAt: Date | null) {
  await sql`update halls.sealings set sealed = sealed + ${added}, finished_at = ${finishedAt} where id = ${id}`.execute(
    tx,
  )
}

export interface Sitter {
  candidateId: string
  personId: string
  ticketNumber: string
  part: Part
  form: string | null
  extraMinutes: number
  extraReason: string | null
}

const sitters = (sittingId: string) => sql`
  select c.candidate_id, c.person_id, c.ticket_number, v.part, s.form, coalesce(m.extra_minutes, 0) as extra_minutes,
    case when m.extra_minutes > 0 then m.reason end as extra_reason
  from exams.sitting_candidates c
  cross join lateral (values ('theory', c.theory_retained), ('ability', c.ability_retained)) v(part, retained)
  join halls.papers p on p.sitting_id = c.sitting_id and p.part = v.part and p.replaced_at is null
  left join halls.seat_assignments s
    on s.sitting_id = c.sitting_id and s.candidate_id = c.candidate_id and s.ended_at is null
  left join halls.accommodations m
    on m.sitting_id = c.sitting_id and m.person_id = c.person_id and m.decision = 'approved'
  where c.sitting_id = ${sittingId} and not v.retained`

/** Who sits which part: everybody whose part of an earlier attempt does not still count. */
export async function countSitters(tx: Tx, sittingId: string): Promise<{ papers: number; seatless: number }> {
  const { rows } = await sql<{ papers: number; seatless: number }>`
    select count(*)::int as papers, (count(distinct candidate_id) filter (where form is null))::int as seatless
    from (${sitters(sittingId)}) s`.execute(tx)
  return rows[0] ?? { papers: 0, seatless: 0 }
}

export async function unsealedSitters(tx: Tx, sittingId: string, limit: number): Promise<Sitter[]> {
  const { rows } = await sql<Sitter>`
    select s.* from (${sitters(sittingId)}) s
    where not exists (select 1 from halls.attempts t
      where t.sitting_id = ${sittingId} and t.candidate_id = s.candidate_id and t.part = s.part)
    order by s.part desc, s.ticket_number limit ${limit}`.execute(tx)
  return rows
}

export interface NewAttempt {
  id: string
  candidateId: string
  part: Part
  paperId: string
  form: string
  opensAt: Date
  closesAt: Date
  minutes: number
  extraMinutes: number
  extraReason: string | null
  items: number
  outline: Record<string, ItemKind>
  paperCipher: Buffer
  paperSha256: string
  keySealed: Buffer
}

/** The ciphers go over in one piece, as bytes: as an array of texts they would take most of the time. */
export async function insertAttempts(tx: Tx, sittingId: string, attempts: NewAttempt[], at: Date) {
  let from = 1
  const rows = attempts.map(({ paperCipher, keySealed, ...one }) => {
    const row = { ...one, from, bytes: paperCipher.length, key: keySealed.toString('base64') }
    from += paperCipher.length
    return row
  })
  const ciphers = Buffer.concat(attempts.map((one) => one.paperCipher))
  await sql`
    insert into halls.attempts (sitting_id, id, candidate_id, part, paper_id, form, opens_at, closes_at, minutes, extra_minutes,
      extra_reason, items, outline, paper_cipher, paper_sha256, key_sealed, created_at)
    select ${sittingId}::uuid, r.id, r."candidateId", r.part, r."paperId", r.form, r."opensAt", r."closesAt", r.minutes,
      r."extraMinutes", r."extraReason", r.items, r.outline, substring(${ciphers}::bytea from r."from" for r.bytes),
      r."paperSha256", decode(r."key", 'base64'), ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "candidateId" uuid, part text, "paperId" uuid,
      form text, "opensAt" timestamptz, "closesAt" timestamptz, minutes int, "extraMinutes" int, "extraReason" text,
      items int, outline jsonb, "paperSha256" text, "from" int, bytes int, "key" text)`.execute(tx)
}

// --- scoring -----------------------------------------------------------------------------------------------

export interface ScorableAttempt {
  id: string
  candidateId: string
  ticketNumber: string
  part: Part
  paperId: string
  state: string
  mark: 'present' | 'absent' | 'misconduct'
  retained: boolean
  opensAt: Date
  closesAt: Date
  minutes: number
  extraMinutes: number
  closedSeq: number | null
  closedHash: Buffer | null
  objectiveTenths: number | null
  scoreTenths: number | null
}

export async function scorableAttempts(tx: Tx, sittingId: string): Promise<ScorableAttempt[]> {
  const { rows } = await sql<ScorableAttempt>`
    select t.id, t.candidate_id, c.ticket_number, t.part, t.paper_id, t.state,
      case t.part when 'theory' then c.theory_mark else c.ability_mark end as mark,
      case t.part when 'theory' then c.theory_retained else c.ability_retained end as retained,
      t.opens_at, t.closes_at, t.minutes, t.extra_minutes, t.closed_seq, t.closed_hash, t.objective_tenths, t.score_tenths
    from halls.attempts t join exams.sitting_candidates c on c.candidate_id = t.candidate_id
    where t.sitting_id = ${sittingId} order by t.part desc, t.id`.execute(tx)
  return rows
}

/** The last answer to every item before the attempt was closed, chosen by the database: the first of the two looks. */
export async function lastAnswers(
  tx: Tx,
  sittingId: string,
  attemptIds: string[],
): Promise<Map<string, Map<string, { value: AnswerValue }>>> {
  // json and not jsonb: what a candidate typed may hold characters that jsonb refuses.
  const { rows } = await sql<{ attemptId: string; body: string }>`
    select distinct on (j.attempt_id, j.body::json ->> 'item') j.attempt_id, j.body
    from halls.journal j join halls.attempts t on t.sitting_id = j.sitting_id and t.id = j.attempt_id
    where j.sitting_id = ${sittingId} and j.attempt_id = any(${attemptIds}::uuid[]) and j.kind = 'answer'
      and j.seq < t.closed_seq
    order by j.attempt_id, j.body::json ->> 'item', j.seq desc`.execute(tx)
  const answers = new Map<string, Map<string, { value: AnswerValue }>>()
  for (const { attemptId, body } of rows) {
    const { item, value } = JSON.parse(body) as Bodies['answer']
    const mine = answers.get(attemptId) ?? new Map<string, { value: AnswerValue }>()
    answers.set(attemptId, mine.set(item, { value }))
  }
  return answers
}

/** Whole journals, attempt by attempt in order: the second look. */
export async function journalsOf(
  tx: Tx,
  sittingId: string,
  attemptIds: string[],
): Promise<Map<string, Row[]>> {
  const { rows } = await sql<Row>`
    select sitting_id, attempt_id, seq, kind, at, body, hash from halls.journal
    where sitting_id = ${sittingId} and attempt_id = any(${attemptIds}::uuid[]) order by attempt_id, seq`.execute(
    tx,
  )
  const journals = new Map<string, Row[]>()
  for (const row of rows) {
    const mine = journals.get(row.attemptId) ?? []
    mine.push(row)
    journals.set(row.attemptId, mine)
  }
  return journals
}

export interface AttemptScore {
  id: string
  objectiveTenths: number
  scoreTenths: number | null
}

/** Only attempts not scored yet: what was scored once is changed by a change of key alone. */
export async function setAttemptScores(
  tx: Tx,
  sittingId: string,
  scores: AttemptScore[],
  options: { at: Date; again: boolean },
): Promise<{ id: string; scoreTenths: number | null }[]> {
  const { rows } = await sql<{ id: string; scoreTenths: number | null }>`
    update halls.attempts t set objective_tenths = r."objectiveTenths", score_tenths = r."scoreTenths", scored_at = ${options.at}
    from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as r(id uuid, "objectiveTenths" int, "scoreTenths" int)
    where t.sitting_id = ${sittingId} and t.id = r.id and (t.scored_at is null or ${options.again})
    returning t.id, t.score_tenths`.execute(tx)
  return rows
}

// --- changes of key ----------------------------------------------------------------------------------------

export interface KeyChange {
  id: string
  sittingId: string
  /** The province's change of a joint paper that this one carries out. */
  jointChangeId: string | null
  paperId: string
  part: Part
  item: string
  keySealed: Buffer
  void: boolean
  reason: string
  proposedBy: string
  proposedByName: string
  proposedAt: Date
  decidedByName: string | null
  decision: 'approved' | 'rejected' | null
  decidedAt: Date | null
  differences:
    | { candidateId: string; ticketNumber: string; fromTenths: number | null; toTenths: number | null }[]
    | null
}

const change = sql`k.id, k.sitting_id, k.joint_change_id, k.paper_id, p.part, k.item, k.key_sealed, k.void, k.reason, k.proposed_by,
  k.proposed_by_name, k.proposed_at, k.decided_by_name, k.decision, k.decided_at, k.differences`

/** Of one sitting's copy, or of a joint paper: then it is the family's. */
export type KeyChangeOf = { sittingId: string } | { familyId: string }

/** False when one of this item waits for its second person already. */
export async function insertKeyChange(
  tx: Tx,
  one: KeyChangeOf &
    Pick<
      KeyChange,
      | 'id'
      | 'paperId'
      | 'item'
      | 'keySealed'
      | 'void'
      | 'reason'
      | 'proposedBy'
      | 'proposedByName'
      | 'proposedAt'
    >,
): Promise<boolean> {
  const [sittingId, familyId] = 'sittingId' in one ? [one.sittingId, null] : [null, one.familyId]
  const { rows } = await sql`
    insert into halls.key_changes (id, sitting_id, family_id, paper_id, item, key_sealed, void, reason, proposed_by,
      proposed_by_name, proposed_at)
    values (${one.id}, ${sittingId}, ${familyId}, ${one.paperId}, ${one.item}, ${one.keySealed}, ${one.void}, ${one.reason},
      ${one.proposedBy}, ${one.proposedByName}, ${one.proposedAt})
    on conflict (paper_id, item) where decision is null do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function findKeyChange(tx: Tx, id: string, scope: Scope): Promise<KeyChange | undefined> {
  const { rows } = await sql<KeyChange>`
    select ${change} from halls.key_changes k join halls.papers p on p.id = k.paper_id
    join halls.arrangements a on a.sitting_id = k.sitting_id
    where k.id = ${id} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

export async function listKeyChanges(tx: Tx, sittingId: string): Promise<KeyChange[]> {
  const { rows } = await sql<KeyChange>`
    select ${change} from halls.key_changes k join halls.papers p on p.id = k.paper_id
    where k.sitting_id = ${sittingId} order by k.proposed_at desc limit 200`.execute(tx)
  return rows
}

export async function setKeyChangeDecided(
  tx: Tx,
  id: string,
  by: { account: string; name: string; decision: 'approved' | 'rejected'; at: Date; differences: unknown },
) {
  await sql`
    update halls.key_changes set decided_by = ${by.account}, decided_by_name = ${by.name}, decision = ${by.decision},
      decided_at = ${by.at}, differences = ${by.differences === null ? null : JSON.stringify(by.differences)}::jsonb
    where id = ${id}`.execute(tx)
}

// --- lists -------------------------------------------------------------------------------------------------

export interface PaperSittingFilter {
  q?: string | undefined
  state?: ArrangementState | undefined
  page: number
  size: number
}

export async function listPaperSittings(tx: Tx, scope: Scope, filter: PaperSittingFilter) {
  const { q, state = null, page, size } = filter
  const from = sql`halls.arrangements a join exams.sitting_cards c on c.sitting_id = a.sitting_id
    join people.organisations o on o.id = a.organisation_id`
  const where = sql`${inScope(scope, 'a')} and (${state}::text is null or a.state = ${state})
    and (c.title ilike ${containing(q)} or c.number ilike ${containing(q)})`
  const { rows } = await sql<{
    sittingId: string
    number: string
    title: string
    organisation: string
    startsAt: Date
    state: ArrangementState
    candidates: number
    imported: number
    approved: number
    sealed: number
    expected: number | null
    archives: number
  }>`
    select a.sitting_id, c.number, c.title, o.name as organisation, c.starts_at, a.state, c.candidates,
      (select count(*)::int from halls.papers p where p.sitting_id = a.sitting_id and p.replaced_at is null) as imported,
      (select count(*)::int from halls.papers p where p.sitting_id = a.sitting_id and p.replaced_at is null
        and p.approved_at is not null) as approved,
      coalesce(s.sealed, 0) as sealed, s.expected,
      (select count(*)::int from halls.archives r where r.sitting_id = a.sitting_id and r.made_at is not null) as archives
    from ${from} left join halls.sealings s on s.sitting_id = a.sitting_id and s.replaced_at is null
    where ${where} order by c.starts_at desc, c.number limit ${size} offset ${(page - 1) * size}`.execute(tx)
  const count = await sql<{
    total: number
  }>`select count(*)::int as total from ${from} where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** Whether a hall of the sitting is with a hall node, which has its sealed papers already. */
export async function isAnyAtNode(tx: Tx, sittingId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from halls.sitting_halls where sitting_id = ${sittingId} and node_id is not null limit 1`.execute(
    tx,
  )
  return rows.length > 0
}
