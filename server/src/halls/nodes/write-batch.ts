import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { bytesOf, type CarriedRow } from '../../platform/carry-rows.ts'
import type { Tx } from '../../platform/db.ts'
import type { Batch, BatchAnswer } from './batch.ts'
import { LAST_WORD_SECONDS } from './node.ts'
import { attemptsOf, comparable, keyText, PLACES, type Place } from './places.ts'
import { type JournalHead, stockOf } from './stock.ts'
import type { NodePackage } from './store.ts'

const MOST_ENTRIES = 2_000
const MOST_ROWS = 300
/** Pictures and videos go a few at a time. */
const MOST_OBJECT_BYTES = 4 * 1024 * 1024
const MOST_OBJECTS = 40

/** At the node: the next piece the province does not have; undefined when it has everything. */
export async function nextBatch(
  app: App,
  pack: NodePackage,
  heads: readonly JournalHead[],
): Promise<Batch | undefined> {
  const entries = await entriesAfter(app.db, pack, heads)
  const places: Batch['places'] = {}
  let rows = 0
  // What a journal names comes after it, except files: an answer that names one must find it.
  for (const [name, place] of Object.entries(PLACES)) {
    // Misconduct may rest on a file: those are there before.
    if (name === 'acts' && places.files) continue
    const found = await newRows(app, pack, name, place)
    if (found.length > 0) places[name] = found
    rows += found.length
  }
  if (entries.length + rows === 0) return undefined
  return { packageId: pack.id, entries, places, ...(await hallStands(app.db, pack)), stock: null }
}

/** The word that everything is there: with it the province compares. Undefined while an attempt is open or just closed. */
export async function lastBatch(app: App, pack: NodePackage): Promise<Batch | undefined> {
  const settledBy = new Date(app.clock.now().getTime() - LAST_WORD_SECONDS * 1000)
  const { rows } = await sql`
    select from halls.attempts where sitting_id = ${pack.sittingId}
      and (closed_at is null or closed_at > ${settledBy}) and id in (${attemptsOf(pack)}) limit 1`.execute(
    app.db,
  )
  if (rows.length > 0) return undefined
  const waiting = await sql`
    select from halls.captures where sitting_id = ${pack.sittingId} and hall_id = ${pack.hallId} and state = 'waiting' limit 1`.execute(
    app.db,
  )
  if (waiting.rows.length > 0) return undefined
  const stock = await stockOf(app.db, pack)
  return { packageId: pack.id, entries: [], places: {}, ...(await hallStands(app.db, pack)), stock }
}

async function hallStands(tx: Tx, pack: NodePackage): Promise<Pick<Batch, 'hall' | 'releases'>> {
  const { rows } = await sql<{
    state: Batch['hall']['state']
    admittingAt: Date | null
    endedAt: Date | null
  }>`
    select state, admitting_at, ended_at from halls.sitting_halls
    where sitting_id = ${pack.sittingId} and hall_id = ${pack.hallId}`.execute(tx)
  const hall = rows[0]
  if (!hall) throw new Error(`package ${pack.id} has no hall`)
  return {
    hall: {
      state: hall.state,
      admittingAt: hall.admittingAt?.toISOString() ?? null,
      endedAt: hall.endedAt?.toISOString() ?? null,
    },
    releases: pack.releases as Batch['releases'],
  }
}

async function entriesAfter(
  tx: Tx,
  pack: NodePackage,
  heads: readonly JournalHead[],
): Promise<Batch['entries']> {
  const { rows } = await sql<{
    attemptId: string
    seq: number
    kind: string
    at: Date
    body: string
    hash: string
  }>`
    select j.attempt_id, j.seq, j.kind, j.at, j.body, encode(j.hash, 'hex') as hash
    from halls.attempts a
    left join jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h("attemptId" uuid, seq int) on h."attemptId" = a.id
    join halls.journal j on j.sitting_id = a.sitting_id and j.attempt_id = a.id and j.seq > coalesce(h.seq, 0)
    where a.sitting_id = ${pack.sittingId} and a.id in (${attemptsOf(pack)})
    order by j.seq - coalesce(h.seq, 0), j.attempt_id limit ${MOST_ENTRIES}`.execute(tx)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

async function newRows(
  app: App,
  pack: NodePackage,
  name: string,
  place: Place,
): Promise<Batch['places'][string]> {
  const { rows } = await sql<{ row: CarriedRow; digest: string }>`
    select to_jsonb(t) as row, md5(${comparable(place)}) as digest
    from ${sql.table(place.table)} t
    left join halls.node_sent_rows s on s.package_id = ${pack.id} and s.place = ${name} and s.row_key = ${keyText(place)}
    where ${place.of(pack)} and s.digest is distinct from md5(${comparable(place)})
    order by ${place.first ? sql`${place.first}, ` : sql``}${keyText(place)}
    limit ${place.object ? MOST_OBJECTS : MOST_ROWS}`.execute(app.db)
  const { object } = place
  if (!object) return rows
  const carried: Batch['places'][string] = []
  let bytes = 0
  for (const { row, digest } of rows) {
    const sealed = row.key_sealed
    const stored = await app.storage.get(String(row.key))
    const size = stored?.byteLength ?? 0
    if (carried.length > 0 && bytes + size > MOST_OBJECT_BYTES) break
    bytes += size
    carried.push({
      row: { ...row, ...(object.context ? { key_sealed: null } : {}) },
      digest,
      ...(object.context && typeof sealed === 'string'
        ? { objectKey: app.crypto.decryptField(bytesOf(sealed), object.context(row)) }
        : {}),
      ...(stored ? { object: Buffer.from(stored).toString('base64') } : {}),
    })
  }
  return carried
}

/** At the node: what the province has acknowledged is not sent again until it changes. */
export async function noteSettled(app: App, pack: NodePackage, answer: BatchAnswer): Promise<void> {
  const rows = Object.entries(answer.settled).flatMap(([place, keys]) =>
    Object.entries(keys).map(([key, digest]) => ({ place, key, digest })),
  )
  if (rows.length === 0) return
  await sql`
    insert into halls.node_sent_rows (package_id, place, row_key, digest)
    select ${pack.id}::uuid, r.place, r.key, r.digest
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place text, key text, digest text)
    on conflict (package_id, place, row_key) do update set digest = excluded.digest`.execute(app.db)
}
