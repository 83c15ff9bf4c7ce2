import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { lockFamily } from '../arrangements/store/families.ts'
import { type ApprovePaperRefusal, whyNotApprovable } from './approve-paper.ts'
import { events } from './audit-events.ts'
import { whyNotOpenFamily } from './import-joint-paper.ts'
import { findJointPaper } from './joint-store.ts'
import { no } from './refusals.ts'
import { setPaperApproved } from './store.ts'

/** A second person of the province has looked at items and keys and takes them for every sitting. */
export function approveJointPaper(
  app: App,
  actor: Actor,
  input: { paperId: string },
): Promise<Result<{ id: string }, ApprovePaperRefusal | Refusal>> {
  return transact<{ id: string }, ApprovePaperRefusal | Refusal>(app.db, async (tx) => {
    const { provinceCode } = defined(actor.organisation, 'a department')
    const found = await findJointPaper(tx, input.paperId, provinceCode)
    const family = found && (await lockFamily(tx, found.familyId, provinceCode))
    if (!found || !family) return refuse(no.PAPER_NOT_FOUND())
    // Read again under the lock: it may have been replaced meanwhile.
    const paper = defined(await findJointPaper(tx, input.paperId, provinceCode), 'the paper')
    const refusal = whyNotOpenFamily(family) ?? whyNotApprovable(paper, actor)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    const account = defined(actor.accountId, 'an account')
    await setPaperApproved(tx, paper.id, { account, name: actor.name, at })
    await record(tx, {
      name: events['joint-paper.approved'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { part: paper.part, itemsSha256: paper.itemsSha256, importedBy: paper.importedByName },
    })
    return ok({ id: paper.id })
  })
}
