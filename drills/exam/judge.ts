// After a round: what the candidates were told against what the journal holds.
import pg from 'pg'
import { inTime, type Window } from '../../server/src/halls/attempts/deadline.ts'
import { apply, brokenAt, entryOf, freshState, type Row } from '../../server/src/halls/attempts/entry.ts'
import type { Candidate } from './candidate.ts'

export interface Verdict {
  acknowledged: number
  /** Acknowledged answers, and receipts, that the journal does not hold. */
  lost: number
  /** Answers the journal accepted after the deadline. */
  late: number
  /** Saves that stand twice, attempts closed twice, and answers after the close. */
  twice: number
  chainBreaks: number
  /** Everything else that must not be: see the words. */
  contradictions: string[]
}

export async function judge(
  databaseUrl: string,
  sittingId: string,
  window: Omit<Window, 'extraMinutes'>,
  candidates: readonly Candidate[],
): Promise<Verdict> {
  const journals = await readJournals(databaseUrl, sittingId)
  const verdict: Verdict = { acknowledged: 0, lost: 0, late: 0, twice: 0, chainBreaks: 0, contradictions: [] }
  for (const { held, witness } of candidates) {
    const rows = journals.get(held.attempt) ?? []
    if (brokenAt(rows)) verdict.chainBreaks += 1
    const state = freshState()
    const answers = new Map<string, unknown>()
    const seen = new Set<string>()
    let before = 0
    for (const row of rows) {
      const entry = entryOf(row)
      if (state.closed) verdict.twice += 1
      if (entry.at.getTime() < before) verdict.contradictions.push(`time runs backwards at ${row.seq}`)
      before = entry.at.getTime()
      if (entry.kind === 'answer') {
        if (!inTime({ ...window, extraMinutes: 0 }, state, entry.at)) verdict.late += 1
        const { item, clientSeq, revision, value } = entry.body
        if (seen.has(`${item} ${clientSeq}`)) verdict.twice += 1
        seen.add(`${item} ${clientSeq}`)
        if (revision !== (state.answers.get(item)?.revision ?? 0) + 1)
          verdict.contradictions.push(
            `revision ${revision} of ${item} follows ${state.answers.get(item)?.revision}`,
          )
        answers.set(`${item} ${clientSeq} ${revision}`, value)
      }
      apply(state, entry, row.hash)
    }
    for (const one of witness.acknowledged) {
      verdict.acknowledged += 1
      if (answers.get(`${one.item} ${one.clientSeq} ${one.revision}`) !== one.value) verdict.lost += 1
    }
    const { receipt } = witness
    if (receipt) {
      const row = rows[receipt.seq - 1]
      if (row?.hash.toString('hex') !== receipt.hash || !state.closed) verdict.lost += 1
    }
    verdict.contradictions.push(...witness.contradictions)
  }
  return verdict
}

async function readJournals(databaseUrl: string, sittingId: string): Promise<Map<string, Row[]>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{
      sitting_id: string
      attempt_id: string
      seq: number
      kind: string
      at: Date
      body: string
      hash: Buffer
    }>('select * from halls.journal where sitting_id = $1 order by attempt_id, seq', [sittingId])
    const journals = new Map<string, Row[]>()
    for (const { sitting_id, attempt_id, ...row } of rows) {
      const journal = journals.get(attempt_id) ?? []
      journal.push({ ...row, sittingId: sitting_id, attemptId: attempt_id })
      journals.set(attempt_id, journal)
    }
    return journals
  } finally {
    await client.end()
  }
}
