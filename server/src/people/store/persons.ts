import { sql } from 'kysely'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { DocumentType, Sex } from '../person.ts'
import type { Scope } from '../scope.ts'

export interface NewPerson {
  name: string
  documentType: DocumentType
  idNumberSealed: Buffer
  idNumberIndex: Buffer
  maskedIdNumber: string
  sex: Sex | null
  birthOn: Day
  phone: string | null
  provinceCode: string | null
  cityCode: string | null
  verifiedBy: string | null
  verifiedAt: Date | null
  createdAt: Date
}

/** Inserts, or locks the row that already stands for the document and fills its gaps; `created` tells which. */
export async function upsertPerson(
  tx: Tx,
  person: NewPerson,
): Promise<{ id: string; name: string; created: boolean }> {
  const { rows } = await sql<{ id: string; name: string; created: boolean }>`
    insert into people.persons (name, document_type, id_number_sealed, id_number_index, masked_id_number, sex, birth_on,
      phone, province_code, city_code, verified_by, verified_at, created_at)
    values (${person.name}, ${person.documentType}, ${person.idNumberSealed}, ${person.idNumberIndex},
      ${person.maskedIdNumber}, ${person.sex}, ${person.birthOn}, ${person.phone}, ${person.provinceCode},
      ${person.cityCode}, ${person.verifiedBy}, ${person.verifiedAt}, ${person.createdAt})
    on conflict (document_type, id_number_index) do update set
      phone = coalesce(people.persons.phone, excluded.phone),
      province_code = coalesce(people.persons.province_code, excluded.province_code),
      city_code = coalesce(people.persons.city_code, excluded.city_code),
      verified_by = coalesce(people.persons.verified_by, excluded.verified_by),
      verified_at = coalesce(people.persons.verified_at, excluded.verified_at)
    returning id, name, xmax = 0 as created`.execute(tx)
  return rows[0] as { id: string; name: string; created: boolean }
}

/** The same for many in one statement, each document once. Answers in the order given. */
export async function upsertPersons(
  tx: Tx,
  persons: readonly NewPerson[],
): Promise<{ id: string; name: string; created: boolean }[]> {
  const given = persons.map((person) => ({
    name: person.name,
    document_type: person.documentType,
    sealed: person.idNumberSealed.toString('hex'),
    index: person.idNumberIndex.toString('hex'),
    masked: person.maskedIdNumber,
    sex: person.sex,
    birth_on: person.birthOn,
    phone: person.phone,
    province_code: person.provinceCode,
    city_code: person.cityCode,
    verified_by: person.verifiedBy,
    verified_at: person.verifiedAt,
    created_at: person.createdAt,
  }))
  const { rows } = await sql<{
    id: string
    name: string
    created: boolean
    index: string
    documentType: string
  }>`
    insert into people.persons (name, document_type, id_number_sealed, id_number_index, masked_id_number, sex, birth_on,
      phone, province_code, city_code, verified_by, verified_at, created_at)
    select r.name, r.document_type, decode(r.sealed, 'hex'), decode(r.index, 'hex'), r.masked, r.sex, r.birth_on, r.phone,
           r.province_code, r.city_code, r.verified_by, r.verified_at, r.created_at
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(
      name text, document_type text, sealed text, index text, masked text, sex text, birth_on date, phone text,
      province_code text, city_code text, verified_by text, verified_at timestamptz, created_at timestamptz)
    order by r.index
    on conflict (document_type, id_number_index) do update set
      phone = coalesce(people.persons.phone, excluded.phone),
      province_code = coalesce(people.persons.province_code, excluded.province_code),
      city_code = coalesce(people.persons.city_code, excluded.city_code),
      verified_by = coalesce(people.persons.verified_by, excluded.verified_by),
      verified_at = coalesce(people.persons.verified_at, excluded.verified_at)
    returning id, name, xmax = 0 as created, encode(id_number_index, 'hex') as index, document_type`.execute(
    tx,
  )
  const found = new Map(rows.map((row) => [`${row.documentType} ${row.index}`, row]))
  return given.map(
    (person) =>
      found.get(`${person.document_type} ${person.index}`) as { id: string; name: string; created: boolean },
  )
}

/**
 * Ties account and person, with the learner's membership and consents. False when either is tied already. The caller holds the
 * person's row lock; a statement of its own sees what a registration that held the lock before has committed.
 */
export async function holdAccount(
  tx: Tx,
  input: {
    accountId: string
    personId: string
    fromOn: Day
    consents: { purpose: string; textVersion: string }[]
    at: Date
  },
): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    with free as (
      select 1 where not exists (select from people.account_holders where person_id = ${input.personId})
    ), holder as (
      insert into people.account_holders (account_id, person_id, kind)
      select ${input.accountId}, ${input.personId}, 'learner' from free
      on conflict (account_id) do update set person_id = excluded.person_id
        where people.account_holders.person_id is null
      returning person_id
    ), member as (
      insert into people.memberships (account_id, role, from_on)
      select ${input.accountId}, 'learner', ${input.fromOn} from holder
      on conflict do nothing
    ), consent as (
      insert into people.consents (person_id, purpose, text_version, given_at)
      select ${input.personId}, c.purpose, c.text_version, ${input.at}
      from holder, jsonb_to_recordset(${JSON.stringify(
        input.consents.map((one) => ({ purpose: one.purpose, text_version: one.textVersion })),
      )}::jsonb) as c(purpose text, text_version text)
      on conflict do nothing
    )
    select exists (select from holder) as held`.execute(tx)
  return rows[0]?.held ?? false
}

/** Asked after a refusal only: a fresh look, since the rival's commit is what made it refuse. */
export async function isAccountHeld(tx: Tx, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select from people.account_holders where account_id = ${accountId} and person_id is not null`.execute(tx)
  return rows.length > 0
}

export async function findPersonIdByIndex(
  tx: Tx,
  documentType: DocumentType,
  index: Buffer,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from people.persons where document_type = ${documentType} and id_number_index = ${index}`.execute(
    tx,
  )
  return rows[0]?.id
}

export interface PersonRow {
  id: string
  name: string
  documentType: DocumentType
  maskedIdNumber: string
  sex: Sex | null
  birthOn: Day
  phone: string | null
  provinceCode: string | null
  cityCode: string | null
  verifiedBy: string | null
  verifiedAt: Date | null
}

/** Persons a scope may see: officers by residence and by the institutions of their region, institutions by dealings. */
export function personInScope(scope: Scope) {
  switch (scope.kind) {
    case 'person':
      return sql`p.id = ${scope.personId}`
    case 'organisation':
      return sql`exists (select from people.dealings d where d.person_id = p.id
        and d.organisation_id = ${scope.organisationId})`
    case 'city':
      return sql`(p.city_code = ${scope.cityCode} or exists (select from people.dealings d
        join people.organisations o on o.id = d.organisation_id
        where d.person_id = p.id and o.city_code = ${scope.cityCode}))`
    case 'province':
      return sql`(p.province_code = ${scope.provinceCode} or exists (select from people.dealings d
        join people.organisations o on o.id = d.organisation_id
        where d.person_id = p.id and o.province_code = ${scope.provinceCode}))`
    case 'nation':
      return sql`true`
  }
}

export async function findPerson(tx: Tx, personId: string, scope: Scope): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, p.document_type, p.masked_id_number, p.sex, p.birth_on, p.phone, p.province_code, p.city_code,
           p.verified_by, p.verified_at
    from people.persons p where p.id = ${personId} and ${personInScope(scope)}`.execute(tx)
  return rows[0]
}

export async function sealedNumbers(
  tx: Tx,
  personIds: string[],
): Promise<{ id: string; idNumberSealed: Buffer }[]> {
  const { rows } = await sql<{ id: string; idNumberSealed: Buffer }>`
    select id, id_number_sealed from people.persons where id = any(${personIds}::uuid[])`.execute(tx)
  return rows
}

export async function insertDealings(
  tx: Tx,
  input: { organisationId: string; personIds: string[]; basis: string; at: Date },
): Promise<void> {
  await sql`
    insert into people.dealings (person_id, organisation_id, basis, since_at)
    select distinct id, ${input.organisationId}::uuid, ${input.basis}, ${input.at}::timestamptz
    from unnest(${input.personIds}::uuid[]) as id
    on conflict do nothing`.execute(tx)
}

export interface PersonListRow {
  id: string
  name: string
  maskedIdNumber: string
  phoneMasked: string | null
  cityName: string | null
  facts: number
  unverified: number
}

/** Persons in scope by how their name begins, by a whole phone number, or by the keyed hashes of a document number. */
export async function listPersonRows(
  tx: Tx,
  scope: Scope,
  filter: {
    q?: string | undefined
    number?: { phone: string; indexes: Buffer[] }
    page: number
    size: number
  },
): Promise<{ rows: PersonListRow[]; total: number }> {
  const name = filter.q || null
  const { number } = filter
  const where = sql`${personInScope(scope)}
    and (${name}::text is null or p.name like ${name} || '%')
    and ${number ? sql`(p.phone = ${number.phone} or p.id_number_index = any(${number.indexes}::bytea[]))` : sql`true`}`
  const { rows } = await sql<PersonListRow>`
    select p.id, p.name, p.masked_id_number,
           case when p.phone is null then null else left(p.phone, 3) || '****' || right(p.phone, 4) end as phone_masked,
           c.name as city_name,
           (select count(*) from people.person_facts f where f.person_id = p.id and f.withdrawn_at is null) as facts,
           (select count(*) from people.person_facts f
            where f.person_id = p.id and f.withdrawn_at is null and f.proof = '已上传') as unverified
    from people.persons p left join platform.regions c on c.code = p.city_code
    where ${where} order by p.name, p.id limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const count = await sql<{
    total: number
  }>`select count(*) as total from people.persons p where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** Those of the persons who are of the province. */
export async function peopleOfProvince(
  tx: Tx,
  provinceCode: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from people.persons
    where province_code = ${provinceCode} and id = any(${personIds}::uuid[])`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Everybody of a province of whom some fact is on record. */
export async function peopleWithFacts(tx: Tx, provinceCode: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people.persons p
    where p.province_code = ${provinceCode} and exists (
      select from people.person_facts f where f.person_id = p.id and f.withdrawn_at is null)
    order by p.id`.execute(tx)
  return rows.map((row) => row.id)
}
