import { sql } from 'kysely'
import { type CarriedRow, insertCarried, rowsToCarry } from '../platform/carry-rows.ts'
import type { Tx } from '../platform/db.ts'

/** A sitting and some of its candidates as a hall node needs them; their papers and scores stay here. */
export interface CarriedSitting {
  sitting: CarriedRow[]
  parts: CarriedRow[]
  declarations: CarriedRow[]
  candidates: CarriedRow[]
}

export async function carrySitting(
  tx: Tx,
  of: { sittingId: string; candidateIds: string[] },
): Promise<CarriedSitting> {
  const candidates = await rowsToCarry(
    tx,
    'exams.candidates',
    sql`t.sitting_id = ${of.sittingId} and t.id = any(${of.candidateIds}::uuid[])`,
  )
  return {
    sitting: await rowsToCarry(tx, 'exams.sittings', sql`t.id = ${of.sittingId}`),
    parts: await rowsToCarry(tx, 'exams.sitting_parts', sql`t.sitting_id = ${of.sittingId}`),
    declarations: await rowsToCarry(
      tx,
      'exams.declarations',
      sql`t.id = any(${candidates.map((row) => String(row.declaration_id))}::uuid[])`,
    ),
    candidates: candidates.map((row) => ({ ...row, theory_score_tenths: null, ability_score_tenths: null })),
  }
}

/** At the node; the references to what stays behind (certificate, filing, decision) are not checked there. */
export async function bringSitting(tx: Tx, carried: CarriedSitting): Promise<void> {
  await insertCarried(tx, 'exams.sittings', carried.sitting)
  await insertCarried(tx, 'exams.sitting_parts', carried.parts)
  await insertCarried(tx, 'exams.declarations', carried.declarations)
  await insertCarried(tx, 'exams.candidates', carried.candidates)
}
