import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import { closedStateOf } from '../attempts/attempt.ts'
import { answeredOf, hashOf, ROOT, type Row, stateOf } from '../attempts/entry.ts'
import { insertEntries, journalRows, tellOthers } from '../attempts/store.ts'
import type { CarriedEntry } from './batch.ts'
import { attemptsOf } from './places.ts'
import type { Received } from './receive-batch.ts'
import type { NodePackage } from './store.ts'

/**
 * Entries a node brings. Up to the head we have they must be what we have; after it each must follow the one before. An
 * entry whose predecessor is not here yet waits: batches may come in any order.
 */
export async function receiveJournal(
  _app: App,
  tx: Tx,
  pack: NodePackage,
  entries: readonly CarriedEntry[],
  of: { counts: boolean },
): Promise<Received> {
  const received: Received = { accepted: 0, known: 0, waiting: 0, refused: [] }
  const attempts = await attemptsAmong(
    tx,
    pack,
    entries.map((one) => one.attemptId),
  )
  const byAttempt = Map.groupBy(entries, (one) => one.attemptId)
  const changed: string[] = []
  for (const [attemptId, brought] of byAttempt) {
    const candidateId = attempts.get(attemptId)
    const no = (one: CarriedEntry, why: string) =>
      received.refused.push({
        place: 'journal',
        key: `${attemptId}|${one.seq}`,
        why,
        content: one,
        candidateId,
      })
    if (candidateId === undefined) {
      for (const one of brought) no(one, 'not_of_this_hall')
      continue
    }
    const ours = await journalRows(tx, { sittingId: pack.sittingId, attemptId })
    const fresh: Row[] = []
    let seq = ours.length
    let hash: Uint8Array = ours.at(-1)?.hash ?? ROOT
    let broken = false
    for (const one of [...brought].sort((a, b) => a.seq - b.seq)) {
      if (one.seq <= seq) {
        const has = ours[one.seq - 1] ?? fresh[one.seq - 1 - ours.length]
        if (has?.hash.toString('hex') === one.hash && has.body === one.body) received.known += 1
        else no(one, 'differs')
      } else if (broken) {
        no(one, 'follows_broken')
      } else if (one.seq > seq + 1) {
        received.waiting += 1
      } else {
        const row: Row = {
          sittingId: pack.sittingId,
          attemptId,
          seq: one.seq,
          kind: one.kind,
          at: new Date(one.at),
          body: one.body,
          hash: Buffer.from(one.hash, 'hex'),
        }
        if (!of.counts) no(one, 'after_the_hall_was_given_back')
        else if (!hashOf(hash, row).equals(row.hash)) {
          broken = true
          no(one, 'chain_broken')
        } else {
          fresh.push(row)
          seq = row.seq
          hash = row.hash
        }
      }
    }
    if (fresh.length === 0) continue
    await insertEntries(tx, fresh)
    received.accepted += fresh.length
    await project(tx, { sittingId: pack.sittingId, attemptId }, [...ours, ...fresh])
    changed.push(attemptId)
  }
  await tellOthers(tx, changed)
  return received
}

async function attemptsAmong(tx: Tx, pack: NodePackage, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; candidateId: string }>`
    select id, candidate_id from halls.attempts where sitting_id = ${pack.sittingId} and id = any(${ids}::uuid[])
      and id in (${attemptsOf(pack)})`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.candidateId]))
}

/** What lists show, as the room would have written it. */
async function project(
  tx: Tx,
  key: { sittingId: string; attemptId: string },
  rows: readonly Row[],
): Promise<void> {
  const state = stateOf(rows)
  const { closed } = state
  const name = closed ? closedStateOf(closed.why, state.startedAt) : state.startedAt ? 'started' : 'ready'
  await sql`
    update halls.attempts set state = ${name}, started_at = ${state.startedAt}, closed_at = ${closed?.at ?? null},
      closed_seq = ${closed?.seq ?? null}, closed_hash = ${closed?.hash ?? null},
      answered = ${closed ? closed.answered : answeredOf(state)}
    where sitting_id = ${key.sittingId} and id = ${key.attemptId}`.execute(tx)
}
