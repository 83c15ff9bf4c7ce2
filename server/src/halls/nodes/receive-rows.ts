import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { bytesText, type CarriedRow } from '../../platform/carry-rows.ts'
import type { Tx } from '../../platform/db.ts'
import type { Batch } from './batch.ts'
import { attemptsOf, candidatesOf, comparable, keyText, PLACES, type Place, rowKeyOf } from './places.ts'
import type { Received } from './receive-batch.ts'
import type { NodePackage } from './store.ts'

type Carried = Batch['places'][string][number]
export type RowsReceived = Received & {
  settled: Record<string, Record<string, string>>
  /** Acts that were not here before. */
  acts: CarriedRow[]
}

const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'

/** Everything a node brings beside the journals. */
export async function receiveRows(
  app: App,
  tx: Tx,
  pack: NodePackage,
  places: Batch['places'],
  of: { counts: boolean },
): Promise<RowsReceived> {
  const received: RowsReceived = { accepted: 0, known: 0, waiting: 0, refused: [], settled: {}, acts: [] }
  const ids = await idsOf(tx, pack)
  for (const [name, brought] of Object.entries(places)) {
    const place = PLACES[name]
    if (!place || brought.length === 0) continue
    const standing = await digestsOf(
      tx,
      place,
      brought.map((one) => one.row),
    )
    const settled: Record<string, string> = {}
    received.settled[name] = settled
    for (const one of brought) {
      const key = rowKeyOf(place, one.row)
      const has = standing.get(key)
      const no = (why: string) => {
        // Kept and named once; the node need not bring it again.
        settled[key] = one.digest
        received.refused.push({
          place: name,
          key,
          why,
          content: one.row,
          candidateId: ids.candidates.has(String(one.row.candidate_id))
            ? String(one.row.candidate_id)
            : undefined,
        })
      }
      if (has === one.digest) {
        settled[key] = one.digest
        received.known += 1
      } else if (!belongs(name, one.row, pack, ids)) no('not_of_this_hall')
      else if (has !== undefined && !place.changes) no('differs')
      else if (!of.counts) no('after_the_hall_was_given_back')
      else if (await hidesAnother(app, place, one)) no('object_differs')
      else if (await put(app, tx, place, one)) {
        settled[key] = one.digest
        received.accepted += 1
        if (name === 'acts') received.acts.push(one.row)
      } else received.waiting += 1
    }
  }
  return received
}

interface Ids {
  candidates: Set<string>
  attempts: Set<string>
  persons: Set<string>
}

async function idsOf(tx: Tx, pack: NodePackage): Promise<Ids> {
  const candidates = await sql<{ id: string; personId: string }>`
    select c.candidate_id as id, c.person_id from exams.sitting_candidates c
    where c.candidate_id in (${candidatesOf(pack)})`.execute(tx)
  const attempts = await sql<{ id: string }>`${attemptsOf(pack)}`.execute(tx)
  return {
    candidates: new Set(candidates.rows.map((row) => row.id)),
    persons: new Set(candidates.rows.map((row) => row.personId)),
    attempts: new Set(attempts.rows.map((row) => row.id)),
  }
}

/** A node speaks for its own hall only. */
function belongs(name: string, row: CarriedRow, pack: NodePackage, ids: Ids): boolean {
  if (name === 'consents')
    return (
      ids.persons.has(String(row.person_id)) && row.purpose === 'face' && row.given_at_hall === pack.hallId
    )
  if (name === 'files')
    return (
      (row.purpose === 'exam-answer' || row.purpose === 'evidence') &&
      String(row.key).startsWith(`${row.purpose}/`) &&
      String(row.key).endsWith(`/${row.id}`)
    )
  if (row.sitting_id !== pack.sittingId) return false
  if ('hall_id' in row && row.hall_id !== null && row.hall_id !== pack.hallId) return false
  if (row.candidate_id && !ids.candidates.has(String(row.candidate_id))) return false
  if (row.attempt_id && !ids.attempts.has(String(row.attempt_id))) return false
  return true
}

async function digestsOf(tx: Tx, place: Place, brought: CarriedRow[]): Promise<Map<string, string>> {
  const keys = brought.map((row) => Object.fromEntries(place.key.map((column) => [column, row[column]])))
  const { rows } = await sql<{ key: string; digest: string }>`
    select ${keyText(place)} as key, md5(${comparable(place)}) as digest from ${sql.table(place.table)} t
    join jsonb_populate_recordset(null::${sql.table(place.table)}, ${JSON.stringify(keys)}::jsonb) r
      on ${sql.join(
        place.key.map((column) => sql`${sql.ref(`r.${column}`)} = ${sql.ref(`t.${column}`)}`),
        sql` and `,
      )}`.execute(tx)
  return new Map(rows.map((row) => [row.key, row.digest]))
}

/** Whether its bytes would take the place of other ones. Sent again they are the same. */
async function hidesAnother(app: App, place: Place, { row, object }: Carried): Promise<boolean> {
  if (!place.object || object === undefined) return false
  const there = await app.storage.get(String(row.key))
  return there !== undefined && !Buffer.from(there).equals(Buffer.from(object, 'base64'))
}

/** False when another row stands in the way for now (one open alert of a kind, one seat), or what it names is not here yet. */
async function put(app: App, tx: Tx, place: Place, one: Carried): Promise<boolean> {
  const row = { ...one.row }
  if (place.object && one.object !== undefined) {
    await app.storage.put(String(row.key), Buffer.from(one.object, 'base64'), 'application/octet-stream')
  }
  if (place.object?.context) {
    row.key_sealed =
      one.objectKey === undefined
        ? null
        : bytesText(app.crypto.encryptField(one.objectKey, place.object.context(one.row)))
  }
  if (await insertRow(tx, place, row)) return true
  const beside = place.besideAnother?.(row, app.clock.now())
  return beside !== undefined && (await insertRow(tx, place, beside))
}

async function insertRow(tx: Tx, place: Place, row: CarriedRow): Promise<boolean> {
  const columns = Object.keys(row)
  const changing = columns.filter((column) => !place.key.includes(column))
  const key = sql.join(place.key.map((column) => sql.ref(column)))
  // Only its own key: what another row stands in the way of must be noticed.
  const onConflict =
    place.changes && changing.length > 0
      ? sql`on conflict (${key}) do update set ${sql.join(
          changing.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
        )}`
      : sql`on conflict (${key}) do nothing`
  await sql`savepoint one_row`.execute(tx)
  try {
    await sql`
      insert into ${sql.table(place.table)}
      select * from jsonb_populate_record(null::${sql.table(place.table)}, ${JSON.stringify(row)}::jsonb) ${onConflict}`.execute(
      tx,
    )
    await sql`release savepoint one_row`.execute(tx)
    return true
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== UNIQUE_VIOLATION && code !== FOREIGN_KEY_VIOLATION) throw error
    await sql`rollback to savepoint one_row`.execute(tx)
    return false
  }
}
