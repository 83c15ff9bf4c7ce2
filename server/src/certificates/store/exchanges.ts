import { sql } from 'kysely'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'

export interface Exchange {
  id: string
  number: string
  direction: 'out' | 'in'
  provinceCode: string
  itemsSha256: string
  items: number
  exchangedAt: Date
}

/** What the file says of a candidate; the hash is taken over these, in this order, without ID numbers. */
export interface ExchangeItem {
  item: string
  report: string
  sitting: string
  endedOn: Day
  institution: string
  occupation: string
  occupationCode: string | null
  direction: string | null
  level: string
  name: string
  maskedIdNumber: string
  ticketNumber: string
  theoryTenths: number
  abilityTenths: number
}

function scope(actor: Actor) {
  const found = scopeOf(actor)
  if (found.kind === 'province') return sql<boolean>`x.province_code = ${found.provinceCode}`
  return found.kind === 'nation' ? sql<boolean>`true` : sql<boolean>`false`
}

const columns = sql`x.id, x.number, x.direction, x.province_code, x.items_sha256, x.items, x.exchanged_at`

export async function findExchange(tx: Tx, actor: Actor, id: string): Promise<Exchange | undefined> {
  const { rows } = await sql<Exchange>`
    select ${columns} from certificates.national_exchanges x
    where x.id = ${id} and x.direction = 'out' and ${scope(actor)}`.execute(tx)
  return rows[0]
}

export async function findExchangeByNumber(
  tx: Tx,
  actor: Actor,
  number: string,
): Promise<Exchange | undefined> {
  const { rows } = await sql<Exchange>`
    select ${columns} from certificates.national_exchanges x
    where x.number = ${number} and x.direction = 'out' and ${scope(actor)}`.execute(tx)
  return rows[0]
}

const itemColumns = sql`i.id as item, r.number as report, r.sitting_number as sitting, r.ended_on, o.name as institution,
  p.name as occupation, p.code_2022 as occupation_code, i.direction, r.level, i.holder_name as name, i.masked_id_number,
  i.ticket_number, i.theory_score_tenths as theory_tenths, i.ability_score_tenths as ability_tenths`
const itemSource = sql`certificates.report_items i
  join certificates.result_reports r on r.id = i.report_id
  join people.organisations o on o.id = r.organisation_id
  join institutions.occupations p on p.id = r.occupation_id`

/** Items of reports about to be sent, in the order of the file. */
export async function itemsToSend(tx: Tx, reportIds: string[]): Promise<ExchangeItem[]> {
  const { rows } = await sql<ExchangeItem>`
    select ${itemColumns} from ${itemSource}
    where i.report_id = any(${reportIds}::uuid[]) and i.state = 'included' order by r.number, i.position`.execute(
    tx,
  )
  return rows
}

export async function itemsOfExchange(
  tx: Tx,
  exchangeId: string,
): Promise<(ExchangeItem & { personId: string; reportId: string })[]> {
  const { rows } = await sql<ExchangeItem & { personId: string; reportId: string }>`
    select ${itemColumns}, i.person_id, i.report_id from ${itemSource}
    join certificates.exchange_items e on e.report_item_id = i.id
    where e.exchange_id = ${exchangeId} order by r.number, i.position`.execute(tx)
  return rows
}

export interface NewExchange {
  number: string
  direction: 'out' | 'in'
  answersId: string | null
  provinceCode: string
  itemsSha256: string
  fileId: string | null
  fileSha256: string | null
  approved: number | null
  returned: number | null
  actor: Actor
  at: Date
}

export async function insertExchange(
  tx: Tx,
  exchange: NewExchange,
  items: { item: string; decision?: 'approved' | 'returned'; reason?: string | null }[],
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into certificates.national_exchanges (number, direction, answers_id, province_code, items_sha256, file_id, file_sha256, items,
      approved, returned, exchanged_by, exchanged_by_name, exchanged_at)
    values (${exchange.number}, ${exchange.direction}, ${exchange.answersId}, ${exchange.provinceCode}, ${exchange.itemsSha256},
      ${exchange.fileId}, ${exchange.fileSha256}, ${items.length}, ${exchange.approved}, ${exchange.returned},
      ${exchange.actor.accountId}, ${exchange.actor.name}, ${exchange.at}) returning id`.execute(tx)
  const id = rows[0]?.id as string
  await sql`
    insert into certificates.exchange_items (exchange_id, report_item_id, decision, reason)
    select ${id}, n.item, n.decision, n.reason
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as n(item uuid, decision text, reason text)`.execute(
    tx,
  )
  return id
}

export interface ExchangeRow {
  id: string
  number: string
  direction: 'out' | 'in'
  provinceName: string
  itemsSha256: string
  items: number
  approved: number | null
  returned: number | null
  exchangedByName: string
  exchangedAt: Date
  answersNumber: string | null
}

export async function listExchanges(
  tx: Tx,
  actor: Actor,
  page: { page: number; size: number },
): Promise<{ rows: ExchangeRow[]; total: number }> {
  const { rows } = await sql<ExchangeRow & { total: number }>`
    select x.id, x.number, x.direction, g.name as province_name, x.items_sha256, x.items, x.approved, x.returned, x.exchanged_by_name,
      x.exchanged_at, a.number as answers_number, count(*) over () as total
    from certificates.national_exchanges x
    join platform.regions g on g.code = x.province_code
    left join certificates.national_exchanges a on a.id = x.answers_id
    where ${scope(actor)} order by x.exchanged_at desc
    limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}

/** Exports a report stands in, newest first: its page links them. */
export async function exchangesOfReport(
  tx: Tx,
  reportId: string,
): Promise<{ id: string; number: string; direction: 'out' | 'in' }[]> {
  const { rows } = await sql<{ id: string; number: string; direction: 'out' | 'in' }>`
    select x.id, x.number, x.direction from certificates.national_exchanges x
    where exists (select 1 from certificates.exchange_items e join certificates.report_items i on i.id = e.report_item_id
      where e.exchange_id = x.id and i.report_id = ${reportId})
    order by x.exchanged_at desc limit 20`.execute(tx)
  return rows
}
