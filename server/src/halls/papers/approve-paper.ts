import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { findPaper, lockArranged, type PaperRow, setPaperApproved } from './store.ts'

export type ApprovePaperRefusal = RefusalOf<
  typeof no,
  'PAPER_NOT_FOUND' | 'PAPER_REPLACED' | 'PAPER_APPROVED' | 'PAPER_SAME_PERSON'
>

/** A second person has looked at items and keys and takes them. */
export function approvePaper(
  app: App,
  actor: Actor,
  input: { paperId: string },
): Promise<Result<{ id: string }, ApprovePaperRefusal | Refusal>> {
  return transact<{ id: string }, ApprovePaperRefusal | Refusal>(app.db, async (tx) => {
    const found = await findPaper(tx, input.paperId, scopeOf(actor))
    if (!found) return refuse(no.PAPER_NOT_FOUND())
    await lockArranged(tx, found.sittingId, scopeOf(actor))
    // Read again under the lock: it may have been replaced meanwhile.
    const paper = defined(await findPaper(tx, input.paperId, scopeOf(actor)), 'the paper')
    const refusal = whyNotApprovable(paper, actor)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setPaperApproved(tx, paper.id, {
      account: defined(actor.accountId, 'an account'),
      name: actor.name,
      at,
    })
    await record(tx, {
      name: events['paper.approved'],
      at,
      actor,
      subjects: [`sitting:${paper.sittingId}`],
      data: { part: paper.part, itemsSha256: paper.itemsSha256, importedBy: paper.importedByName },
    })
    return ok({ id: paper.id })
  })
}

export function whyNotApprovable(
  paper: Pick<PaperRow, 'replacedAt' | 'approvedAt' | 'importedBy'>,
  actor: Actor,
): Refusal | undefined {
  if (paper.replacedAt) return no.PAPER_REPLACED()
  if (paper.approvedAt) return no.PAPER_APPROVED()
  return paper.importedBy === actor.accountId ? no.PAPER_SAME_PERSON() : undefined
}
