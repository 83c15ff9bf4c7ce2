import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Level } from '../../../platform/api.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Mark, Part, SittingResult, SittingState } from '../sitting.ts'
import { sittingInScope } from './sittings.ts'

export interface SittingRow {
  id: string
  number: string
  title: string
  organisationId: string
  cityCode: string
  cityName: string
  occupationId: string
  occupationName: string
  direction: string | null
  level: Level
  venue: string
  capacity: number
  startsAt: Date
  endsAt: Date
  state: SittingState
  endedOn: string | null
  publishedAt: Date | null
  candidates: number
  passed: number
  failed: number
  absent: number
  misconduct: number
}

export interface SittingFilter {
  q?: string | undefined
  state?: SittingState | undefined
  occupationId?: string | undefined
  level?: Level | undefined
  startsFrom?: string | undefined
  startsTo?: string | undefined
  page: number
  size: number
}

const sitting = sql`
  select s.id, s.number, s.title, s.organisation_id, s.city_code, r.name as city_name, s.occupation_id,
    o.name as occupation_name, s.direction, s.level, s.venue, s.capacity, s.starts_at, s.ends_at, s.state, s.ended_on,
    s.published_at, k.candidates, k.passed, k.failed, k.absent, k.misconduct
  from exams.sittings s
  join exams.sitting_cards k on k.sitting_id = s.id
  join institutions.occupation_names o on o.occupation_id = s.occupation_id
  join platform.regions r on r.code = s.city_code`

export async function listSittings(tx: Tx, scope: Scope, filter: SittingFilter) {
  const like = `%${filter.q?.replace(/[%_\\]/g, '\\$&') ?? ''}%`
  const where = sql`${sittingInScope(scope)}
    and (${filter.state ?? null}::text is null or s.state = ${filter.state ?? null})
    and (${filter.occupationId ?? null}::text is null or s.occupation_id = ${filter.occupationId ?? null})
    and (${filter.level ?? null}::text is null or s.level = ${filter.level ?? null})
    and (${filter.startsFrom ?? null}::date is null
      or (s.starts_at at time zone 'Asia/Shanghai')::date >= ${filter.startsFrom ?? null}::date)
    and (${filter.startsTo ?? null}::date is null
      or (s.starts_at at time zone 'Asia/Shanghai')::date <= ${filter.startsTo ?? null}::date)
    and (${filter.q ?? null}::text is null or s.number like ${like} or s.title like ${like} or s.venue like ${like})`
  const { rows } = await sql<SittingRow>`${sitting} where ${where} order by s.starts_at desc, s.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from exams.sittings s where ${where}`.execute(tx)
  return { rows, total: counted[0]?.n ?? 0 }
}

export async function findSittingRow(tx: Tx, id: string, scope: Scope): Promise<SittingRow | undefined> {
  const { rows } = await sql<SittingRow>`${sitting} where s.id = ${id} and ${sittingInScope(scope)}`.execute(
    tx,
  )
  return rows[0]
}

export interface CandidateRow {
  id: string
  declarationId: string
  ticketNumber: string
  personName: string
  maskedIdNumber: string
  trainingOrganisationId: string
  attempt: number
  theoryMark: Mark
  abilityMark: Mark
  theoryRetained: boolean
  abilityRetained: boolean
  theoryScoreTenths: number | null
  abilityScoreTenths: number | null
  result: SittingResult | null
  /** Parts whose misconduct two invigilators found: one person alone does not change them. */
  foundByTwo: Part[]
}

/** Candidates of a sitting; scores only where `scores` says the reader may see them. */
export async function listCandidates(
  tx: Tx,
  sittingId: string,
  filter: {
    q?: string | undefined
    result?: SittingResult | undefined
    mark?: Mark | undefined
    scores: boolean
    page: number
    size: number
  },
) {
  const like = `%${filter.q?.replace(/[%_\\]/g, '\\$&') ?? ''}%`
  const where = sql`c.sitting_id = ${sittingId}
    and (${filter.q ?? null}::text is null or p.name like ${like} or c.ticket_number like ${like})
    and (${filter.result ?? null}::text is null or c.result = ${filter.result ?? null})
    and (${filter.mark ?? null}::text is null or c.theory_mark = ${filter.mark ?? null} or c.ability_mark = ${filter.mark ?? null})`
  const { rows } = await sql<CandidateRow>`
    select c.id, c.declaration_id, c.ticket_number, p.name as person_name, p.masked_id_number, d.training_organisation_id,
      c.attempt, c.theory_mark, c.ability_mark, c.theory_retained_from is not null as theory_retained,
      c.ability_retained_from is not null as ability_retained, c.result,
      case when ${filter.scores} then c.theory_score_tenths end as theory_score_tenths,
      case when ${filter.scores} then c.ability_score_tenths end as ability_score_tenths,
      array(select m.part from exams.marks m where m.sitting_id = c.sitting_id and m.candidate_id = c.id
        and m.by_two and m.cleared_at is null) as found_by_two
    from exams.candidates c join people.person_cards p on p.id = c.person_id
    join exams.declarations d on d.id = c.declaration_id
    where ${where} order by c.ticket_number limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from exams.candidates c join people.person_cards p on p.id = c.person_id
    where ${where}`.execute(tx)
  return { rows, total: counted[0]?.n ?? 0 }
}

export type EntryState = 'open' | 'mine-entered' | 'other-entered' | 'agreed' | 'differing' | 'exempt'

export interface ScoreSheetRow {
  candidateId: string
  ticketNumber: string
  personName: string
  theoryMark: Mark
  abilityMark: Mark
  theory: EntryState
  ability: EntryState
  /** What this examiner entered in the newest round; the other's figure is never told. */
  theoryMine: number | null
  abilityMine: number | null
}

/** One examiner's sheet: own entries and where each part stands, blind to the other examiner. */
export async function scoreSheet(tx: Tx, sittingId: string, examiner: string): Promise<ScoreSheetRow[]> {
  const part = (name: Part) => {
    const score = sql.ref(`c.${name}_score_tenths`)
    const mark = sql.ref(`c.${name}_mark`)
    const retained = sql.ref(`c.${name}_retained_from`)
    const at = sql.ref(name === 'theory' ? 't' : 'a')
    return sql`case when ${mark} <> 'present' or ${retained} is not null
        or exists (select from exams.sitting_parts w
          where w.sitting_id = c.sitting_id and w.part = ${name} and w.by_computer) then 'exempt'
      when ${score} is not null then 'agreed' when ${at}.entries = 2 then 'differing'
      when ${at}.mine is not null then 'mine-entered' when ${at}.entries = 1 then 'other-entered' else 'open' end`
  }
  const newest = (name: Part) => sql`
    left join lateral (
      select count(*)::int as entries, max(e.score_tenths) filter (where e.examiner = ${examiner}) as mine
      from exams.score_entries e where e.sitting_id = c.sitting_id and e.candidate_id = c.id and e.part = ${name} and e.entry < 3
        and e.round = (select max(n.round) from exams.score_entries n
          where n.sitting_id = c.sitting_id and n.candidate_id = c.id and n.part = ${name})
    ) ${sql.ref(name === 'theory' ? 't' : 'a')} on true`
  const { rows } = await sql<ScoreSheetRow>`
    select c.id as candidate_id, c.ticket_number, p.name as person_name, c.theory_mark, c.ability_mark,
      ${part('theory')} as theory, ${part('ability')} as ability, t.mine as theory_mine, a.mine as ability_mine
    from exams.candidates c join people.person_cards p on p.id = c.person_id
    ${newest('theory')} ${newest('ability')}
    where c.sitting_id = ${sittingId} order by c.ticket_number limit 5000`.execute(tx)
  return rows
}

export interface DifferenceRow {
  candidateId: string
  ticketNumber: string
  personName: string
  part: Part
  round: number
  first: number
  firstBy: string
  second: number
  secondBy: string
  mine: boolean
}

/** Pairs that differ, for the third person; `mine` when the reader is one of the two. */
export async function listDifferences(tx: Tx, sittingId: string, reader: string): Promise<DifferenceRow[]> {
  const { rows } = await sql<DifferenceRow>`
    select c.id as candidate_id, c.ticket_number, p.name as person_name, e.part, e.round,
      max(e.score_tenths) filter (where e.entry = 1) as first, max(e.examiner_name) filter (where e.entry = 1) as first_by,
      max(e.score_tenths) filter (where e.entry = 2) as second, max(e.examiner_name) filter (where e.entry = 2) as second_by,
      bool_or(e.examiner = ${reader}) as mine
    from (
      select *, max(round) over (partition by candidate_id, part) as newest
      from exams.score_entries where sitting_id = ${sittingId}
    ) e
    join exams.candidates c on c.id = e.candidate_id
    join people.person_cards p on p.id = c.person_id
    where e.round = e.newest
    group by c.id, c.ticket_number, p.name, e.part, e.round
    having count(*) = 2 and max(e.score_tenths) <> min(e.score_tenths)
    order by c.ticket_number, e.part desc limit 1000`.execute(tx)
  return rows
}

export async function listMarks(tx: Tx, sittingId: string) {
  const { rows } = await sql<{
    candidateId: string
    part: Part
    mark: Mark
    reason: string
    fileId: string | null
    markedByName: string
    markedAt: Date
    clearedReason: string | null
  }>`
    select candidate_id, part, mark, reason, file_id, marked_by_name, marked_at, cleared_reason from exams.marks
    where sitting_id = ${sittingId} order by marked_at desc limit 1000`.execute(tx)
  return rows
}

export interface ResultRow {
  candidateId: string
  sittingId: string
  sittingNumber: string
  sittingTitle: string
  declarationId: string
  ticketNumber: string
  personName: string
  maskedIdNumber: string
  occupationName: string
  direction: string | null
  level: Level
  cityName: string
  attempt: number
  theoryScoreTenths: number | null
  abilityScoreTenths: number | null
  theoryMark: Mark
  abilityMark: Mark
  result: SittingResult
  endedOn: string
}

export async function listResults(
  tx: Tx,
  scope: Scope,
  filter: {
    q?: string | undefined
    result?: SittingResult | undefined
    occupationId?: string | undefined
    level?: Level | undefined
    sittingId?: string | undefined
    page: number
    size: number
  },
) {
  const like = `%${filter.q?.replace(/[%_\\]/g, '\\$&') ?? ''}%`
  const from = sql`from exams.published_results s
    join people.person_cards p on p.id = s.person_id
    join institutions.occupation_names o on o.occupation_id = s.occupation_id
    join platform.regions r on r.code = s.city_code
    where ${sittingInScope(scope)}
      and (${filter.q ?? null}::text is null or p.name like ${like} or s.ticket_number like ${like} or s.sitting_number like ${like})
      and (${filter.result ?? null}::text is null or s.result = ${filter.result ?? null})
      and (${filter.occupationId ?? null}::text is null or s.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or s.level = ${filter.level ?? null})
      and (${filter.sittingId ?? null}::uuid is null or s.sitting_id = ${filter.sittingId ?? null}::uuid)`
  const { rows } = await sql<ResultRow>`
    select s.candidate_id, s.sitting_id, s.sitting_number, s.sitting_title, s.declaration_id, s.ticket_number,
      p.name as person_name, p.masked_id_number, o.name as occupation_name, s.direction, s.level, r.name as city_name,
      s.attempt, s.theory_score_tenths, s.ability_score_tenths, s.theory_mark, s.ability_mark, s.result, s.ended_on
    ${from} order by s.ended_on desc, s.ticket_number limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n ${from}`.execute(tx)
  return { rows, total: counted[0]?.n ?? 0 }
}

/** Cities with their province, and what this institution may examine where: the choices of the planning form. */
export async function planningChoices(tx: Tx, organisationId: string, on: string) {
  const { rows } = await sql<{
    provinceCode: string
    occupationId: string
    occupationName: string
    level: Level
    directions: string[]
  }>`
    select f.province_code, f.occupation_id, o.name as occupation_name, f.level,
      array_remove(array_agg(distinct f.direction), null) as directions
    from institutions.filed_plans f join institutions.occupation_names o on o.occupation_id = f.occupation_id
    where f.evaluation_organisation_id = ${organisationId}
      and exists (select 1 from institutions.listed_institutions l
        where l.catalogue = 'evaluation' and l.organisation_id = ${organisationId} and l.occupation_ids @> array[f.occupation_id]
          and l.levels @> array[f.level] and l.from_on <= ${on} and (l.to_on is null or l.to_on >= ${on}))
    group by f.province_code, f.occupation_id, o.name, f.level order by 3, 4`.execute(tx)
  const { rows: cities } = await sql<{ code: string; name: string; provinceCode: string }>`
    select code, name, province_code from platform.regions
    where province_code in (select province_code from institutions.filed_plans where evaluation_organisation_id = ${organisationId})
    order by code`.execute(tx)
  return { plans: rows, cities }
}
