import { clearMarkFromHall, markFromHall } from '../../exams/index.ts'
import { organisation } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { CarriedRow } from '../../platform/carry-rows.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { institutionIdOf } from './persons-store.ts'
import type { RefusedRow } from './receive-batch.ts'
import type { NodePackage } from './store.ts'

/**
 * What two invigilators did at a node that reaches beyond the hall: misconduct they found stands in the sitting here too,
 * and what they took back is taken back here. In the order of the acts. Returns those that could not be carried on.
 */
export async function carryActsOn(
  tx: Tx,
  app: App,
  pack: NodePackage,
  acts: readonly CarriedRow[],
): Promise<RefusedRow[]> {
  const weighty = acts.filter(
    (one) => one.kind === 'misconduct' || one.kind === 'withdraw' || one.kind === 'annul',
  )
  if (weighty.length === 0) return []
  const institution = await organisation(tx, defined(await institutionIdOf(tx, pack), 'an institution'))
  const refused: RefusedRow[] = []
  for (const act of weighty) {
    const data = act.data as { part: 'theory' | 'ability'; fileId?: string | null }
    const candidateId = String(act.candidate_id)
    const actor: Actor = {
      accountId: String(act.by_account),
      personId: null,
      name: String(act.by_name),
      role: 'invigilator',
      organisation: institution,
    }
    const of = { sittingId: pack.sittingId, candidateId, part: data.part, reason: String(act.reason) }
    const carried =
      act.kind === 'misconduct'
        ? await markFromHall(tx, app, actor, { ...of, fileId: data.fileId ?? null })
        : act.kind === 'withdraw'
          ? await clearMarkFromHall(tx, app, actor, of)
          : undefined
    if (carried?.ok === false)
      refused.push({
        place: 'acts',
        key: String(act.id),
        why: carried.refusal.code,
        content: act,
        candidateId,
      })
  }
  // Whom it owes another sitting is worked out from the acts themselves.
  await enqueue(tx, 'halls.settle-extra-sittings', {}, { key: 'halls.settle-extra-sittings' })
  return refused
}
