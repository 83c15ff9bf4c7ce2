// Afterwards: what was acknowledged against what the journal has, and every chain from its root.
import { sql } from 'kysely'
import { type Bodies, brokenAt, type Row } from '../../server/src/halls/attempts/entry.ts'
import type { HallFixture } from '../../server/src/halls/attempts/fixtures.ts'
import type { App } from '../../server/src/platform/app.ts'
import type { Acknowledged } from './load.ts'

export interface Verified {
  acknowledged: number
  /** Acknowledged and not in the journal. */
  lost: number
  /** In the journal more than once. */
  twice: number
  chainBreaks: number
  entries: number
}

const AT_ONCE = 100

export async function verifyAnswers(
  app: App,
  hall: HallFixture,
  acknowledged: Acknowledged[],
): Promise<Verified> {
  const found: Verified = { acknowledged: 0, lost: 0, twice: 0, chainBreaks: 0, entries: 0 }
  for (let from = 0; from < hall.seated.length; from += AT_ONCE) {
    const ids = hall.seated.slice(from, from + AT_ONCE).map((one) => one.attemptId)
    const { rows } = await sql<Row>`
      select sitting_id, attempt_id, seq, kind, at, body, hash from halls.journal
      where sitting_id = ${hall.sittingId} and attempt_id = any(${ids}::uuid[]) order by attempt_id, seq`.execute(
      app.db,
    )
    const byAttempt = Map.groupBy(rows, (row) => row.attemptId)
    for (const [offset, id] of ids.entries()) {
      const entries = byAttempt.get(id) ?? []
      found.entries += entries.length
      if (brokenAt(entries)) found.chainBreaks += 1
      const saves = new Map<string, number>()
      for (const { kind, body } of entries) {
        if (kind !== 'answer') continue
        const { item, clientSeq, revision } = JSON.parse(body) as Bodies['answer']
        const key = `${item} ${clientSeq} ${revision}`
        saves.set(key, (saves.get(key) ?? 0) + 1)
      }
      for (const { item, clientSeq, revision } of acknowledged[from + offset]?.saves ?? []) {
        found.acknowledged += 1
        const count = saves.get(`${hall.items[item]?.id} ${clientSeq} ${revision}`) ?? 0
        if (count === 0) found.lost += 1
        if (count > 1) found.twice += 1
      }
    }
  }
  return found
}
