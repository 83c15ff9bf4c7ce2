// Latest pulse of each attempt, for the board. Only the newest counts, so they are gathered and written together a
// few times a second, and what a database out of reach does not take is simply replaced by the next pulse.
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'

export interface Presence {
  sittingId: string
  attemptId: string
  hallId: string
  candidateId: string
  lastSeenAt: string
  clientAt: string
  roundTripMs: number | null
  answered: number
  unsaved: number
  signals: Record<string, unknown>
}

const EVERY_MS = 200
const AT_ONCE = 500

interface Waiting {
  latest: Map<string, Presence>
  timer: NodeJS.Timeout | undefined
}
const waiting = new WeakMap<App['db'], Waiting>()

export function notePresence(app: App, presence: Presence): void {
  let own = waiting.get(app.db)
  if (!own) {
    own = { latest: new Map(), timer: undefined }
    waiting.set(app.db, own)
  }
  own.latest.set(presence.attemptId, presence)
  own.timer ??= setTimeout(() => void flush(app, own), EVERY_MS).unref()
}

async function flush(app: App, own: Waiting): Promise<void> {
  try {
    while (own.latest.size > 0) {
      const batch = [...own.latest.values()].slice(0, AT_ONCE)
      for (const one of batch) own.latest.delete(one.attemptId)
      await upsertPresences(app, batch)
    }
  } catch (error) {
    app.log.warn({ err: error }, 'presences were not written')
  } finally {
    own.timer = undefined
  }
}

/** Not evidence: it need not wait for the disk. */
async function upsertPresences(app: App, presences: Presence[]): Promise<void> {
  presences.sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
  await app.db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    await sql`
      insert into halls.presences (sitting_id, attempt_id, hall_id, candidate_id, last_seen_at, client_at, round_trip_ms,
        answered, unsaved, signals)
      select r."sittingId", r."attemptId", r."hallId", r."candidateId", r."lastSeenAt", r."clientAt", r."roundTripMs",
        r.answered, r.unsaved, r.signals
      from jsonb_to_recordset(${JSON.stringify(presences)}::jsonb) as r("sittingId" uuid, "attemptId" uuid, "hallId" uuid,
        "candidateId" uuid, "lastSeenAt" timestamptz, "clientAt" timestamptz, "roundTripMs" int, answered int,
        unsaved int, signals jsonb)
      on conflict (sitting_id, attempt_id) do update set hall_id = excluded.hall_id, last_seen_at = excluded.last_seen_at,
        client_at = excluded.client_at, round_trip_ms = excluded.round_trip_ms, answered = excluded.answered,
        unsaved = excluded.unsaved, signals = excluded.signals
      where presences.last_seen_at < excluded.last_seen_at`.execute(tx)
  })
}
