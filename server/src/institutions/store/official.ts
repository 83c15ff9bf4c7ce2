import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { OfficialData } from '../official.ts'

type Say = (keys: string[]) => string | null
const BY = '公开数据'

export async function recordRegions(tx: Tx, regions: OfficialData['regions']): Promise<void> {
  const rows = [
    ...Object.entries(regions.provinces).map(([code, name]) => ({ code, name, province_code: null })),
    ...Object.entries(regions.cities).flatMap(([province, cities]) =>
      Object.entries(cities).map(([code, name]) => ({ code, name, province_code: province })),
    ),
  ]
  await sql`
    insert into platform.regions (code, name, province_code)
    select code, name, province_code
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, name text, province_code text)
    on conflict (code) do update set name = excluded.name, province_code = excluded.province_code`.execute(tx)
}

export async function recordOccupations(
  tx: Tx,
  occupations: OfficialData['occupations'],
  say: Say,
  at: Date,
): Promise<number> {
  let listed = 0
  for (const one of occupations) {
    const notes = [one.standard.note, one.code2015.note, one.code2022.note].filter(Boolean).join('；') || null
    await sql`
      insert into institutions.occupations (id, name, code_2015, code_2015_status, code_2015_source, code_2022, code_2022_status,
        code_2022_source, definition, definition_status, definition_source, standard_document, standard_on, standard_status,
        standard_source, in_programme, note, updated_at)
      values (${one.id}, ${one.name}, ${one.code2015.value ?? null}, ${one.code2015.status}, ${say(one.code2015.sources)},
        ${one.code2022.value ?? null}, ${one.code2022.status}, ${say(one.code2022.sources)}, ${one.definition.text ?? null},
        ${one.definition.status}, ${say(one.definition.sources)}, ${one.standard.document ?? null}, ${one.standard.on ?? null},
        ${one.standard.status}, ${say(one.standard.sources)}, ${one.inProgramme}, ${notes}, ${at})
      on conflict (id) do update set name = excluded.name, code_2015 = excluded.code_2015,
        code_2015_status = excluded.code_2015_status, code_2015_source = excluded.code_2015_source,
        code_2022 = excluded.code_2022, code_2022_status = excluded.code_2022_status,
        code_2022_source = excluded.code_2022_source, definition = excluded.definition,
        definition_status = excluded.definition_status, definition_source = excluded.definition_source,
        standard_document = excluded.standard_document, standard_on = excluded.standard_on,
        standard_status = excluded.standard_status, standard_source = excluded.standard_source,
        in_programme = excluded.in_programme, note = excluded.note, updated_at = excluded.updated_at`.execute(
      tx,
    )
    for (const level of one.levels) {
      const { directions, hours } = level
      await sql`
        insert into institutions.occupation_levels (occupation_id, level, directions, directions_complete, directions_status,
          directions_source, directions_note, hours, hours_status, hours_source)
        values (${one.id}, ${level.level}, ${directions.value ?? null}, ${directions.complete}, ${directions.status},
          ${say(directions.sources)}, ${directions.note ?? null}, ${hours.value ?? null}, ${hours.status}, ${say(hours.sources)})
        on conflict (occupation_id, level) do update set directions = excluded.directions,
          directions_complete = excluded.directions_complete, directions_status = excluded.directions_status,
          directions_source = excluded.directions_source, directions_note = excluded.directions_note, hours = excluded.hours,
          hours_status = excluded.hours_status, hours_source = excluded.hours_source`.execute(tx)
    }
    if (!one.listing) continue
    const { rows } = await sql`
      insert into institutions.occupation_listings (occupation_id, from_on, source, source_status, recorded_by, recorded_at)
      select ${one.id}, ${one.listing.from}::date, ${say(one.listing.sources) ?? BY}, ${one.listing.status}, ${BY}, ${at}
      where not exists (select 1 from institutions.occupation_listings where occupation_id = ${one.id})
      returning id`.execute(tx)
    listed += rows.length
  }
  return listed
}

export async function recordEntries(
  tx: Tx,
  entries: (OfficialData['institutions']['entries'][number] & { flags: string[] })[],
  say: Say,
  at: Date,
): Promise<number> {
  let added = 0
  for (const one of entries) {
    const { rows } = await sql`
      insert into institutions.catalogue_entries (catalogue, organisation_name, province_code, occupation_ids, levels, batch,
        from_on, source, source_status, note, name_flags, recorded_by, recorded_at)
      select ${one.catalogue}, ${one.name}, ${one.province ?? null}, ${one.occupations}::text[], ${one.levels}::text[],
        ${one.batch ?? null}, ${one.from}::date, ${say(one.sources) ?? BY}, ${one.status}, ${one.note ?? null},
        ${one.flags}::text[], ${BY}, ${at}
      where not exists (select 1 from institutions.catalogue_entries
                        where catalogue = ${one.catalogue} and organisation_name = ${one.name})
      returning id`.execute(tx)
    added += rows.length
  }
  return added
}

export async function recordSubsidies(
  tx: Tx,
  standards: OfficialData['subsidies']['standards'],
  say: Say,
  at: Date,
): Promise<number> {
  let added = 0
  for (const one of standards) {
    const { rows } = await sql`
      insert into institutions.subsidy_standards (name, kind, amount_cents, conditions, province_code, from_on, to_on, source,
        source_status, recorded_by, recorded_at, ended_reason, ended_by, ended_at)
      select ${one.name}, ${one.kind}, ${one.amountCents}, ${one.conditions}, ${one.province ?? null}, ${one.from}::date,
        ${one.to ?? null}::date, ${say(one.sources) ?? BY}, ${one.status}, ${BY}, ${at}, ${one.endedReason ?? null},
        ${one.to ? BY : null}, ${one.to ? at : null}::timestamptz
      where not exists (select 1 from institutions.subsidy_standards
                        where name = ${one.name} and from_on = ${one.from}
                          and province_code is not distinct from ${one.province ?? null})
      returning id`.execute(tx)
    added += rows.length
  }
  return added
}
