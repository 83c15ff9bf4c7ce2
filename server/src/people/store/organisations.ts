import { sql } from 'kysely'
import type { ListInput, OrganisationKind } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import type { Organisation } from '../organisations/organisation.ts'

const columns = sql`id, kind, name, credit_code, province_code, city_code, address, contact_name, contact_phone`

export async function findOrganisation(tx: Tx, id: string): Promise<Organisation | undefined> {
  const { rows } =
    await sql<Organisation>`select ${columns} from people.organisations where id = ${id}`.execute(tx)
  return rows[0]
}

export async function findOrganisationsOfKind(
  tx: Tx,
  filter: { kind?: OrganisationKind; provinceCode?: string; cityCode?: string; ids?: string[] },
): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`
    select ${columns} from people.organisations
    where (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
      and (${filter.provinceCode ?? null}::text is null or province_code = ${filter.provinceCode ?? null})
      and (${filter.cityCode ?? null}::text is null or city_code = ${filter.cityCode ?? null})
      and (${filter.ids ?? null}::uuid[] is null or id = any(${filter.ids ?? null}::uuid[]))
    order by name limit 1000`.execute(tx)
  return rows
}

export async function supervisingOrganisations(
  tx: Tx,
  region: { provinceCode: string; cityCode: string | null },
): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`
    select ${columns} from people.organisations
    where kind = 'national_office'
       or (kind = 'provincial_department' and province_code = ${region.provinceCode})
       or (kind = 'city_bureau' and city_code = ${region.cityCode})`.execute(tx)
  return rows
}

export type OrganisationFields = Omit<Organisation, 'id'>

export async function insertOrganisationRow(
  tx: Tx,
  fields: OrganisationFields & { id?: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into people.organisations (id, kind, name, credit_code, province_code, city_code, address, contact_name, contact_phone)
    values (coalesce(${fields.id ?? null}::uuid, gen_random_uuid()), ${fields.kind}, ${fields.name}, ${fields.creditCode},
      ${fields.provinceCode}, ${fields.cityCode}, ${fields.address}, ${fields.contactName}, ${fields.contactPhone})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function updateOrganisationRow(
  tx: Tx,
  id: string,
  fields: Pick<OrganisationFields, 'name' | 'address' | 'contactName' | 'contactPhone'>,
): Promise<void> {
  await sql`
    update people.organisations
    set name = ${fields.name}, address = ${fields.address}, contact_name = ${fields.contactName},
        contact_phone = ${fields.contactPhone}
    where id = ${id}`.execute(tx)
}

export interface OrganisationFilter extends ListInput {
  kind?: OrganisationKind | undefined
  provinceCode?: string | undefined
  cityCode?: string | undefined
}

export async function listOrganisationRows(
  tx: Tx,
  filter: OrganisationFilter,
): Promise<{ rows: (Organisation & { staffCount: number })[]; total: number }> {
  const where = sql`
    (${filter.kind ?? null}::text is null or o.kind = ${filter.kind ?? null})
    and (${filter.provinceCode ?? null}::text is null or o.province_code = ${filter.provinceCode ?? null})
    and (${filter.cityCode ?? null}::text is null or o.city_code = ${filter.cityCode ?? null})
    and (${filter.q ?? null}::text is null or o.name ilike '%' || ${filter.q ?? ''} || '%'
         or o.credit_code ilike ${filter.q ?? ''} || '%')`
  const { rows } = await sql<Organisation & { staffCount: number }>`
    select o.id, o.kind, o.name, o.credit_code, o.province_code, o.city_code, o.address, o.contact_name, o.contact_phone,
           (select count(distinct m.account_id) from people.memberships m
            where m.organisation_id = o.id and m.to_on is null) as staff_count
    from people.organisations o where ${where}
    order by o.province_code, o.kind, o.name limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`
    select count(*) as total from people.organisations o where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
