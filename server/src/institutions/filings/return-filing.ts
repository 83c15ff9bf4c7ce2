import { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertOfficeDecision, lockFiling, officeDecisions, setState } from '../store/filings.ts'
import { OFFICES } from './filing.ts'
import { cancelFilingDuties, fulfilFilingDuty, openReviseDuty } from './filing-duties.ts'
import { filingReceipt, officeOf, officeRefusal } from './receive-filing.ts'
import { RETURN_CLAUSES } from './refuse-agreement.ts'

export const filingReturn = filingReceipt.extend({
  reason: z.string().trim().min(4, '请写明需要补正的内容，不少于 4 个字').max(1000),
  clause: z.enum(RETURN_CLAUSES),
})

/**
 * Province or city returns the filing for correction 退回补正 with reason and clause. The other office's duty ends:
 * it will read the next round.
 */
export function returnFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingReturn>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const office = officeOf(actor)
    const decided = await officeDecisions(tx, filing.id)
    const refusal = officeRefusal(filing, decided, office, input.round, 'return')
    if (refusal) return refuse(refusal)
    assert(actor.organisation, 'an officer belongs to an office')

    const at = app.clock.now()
    await insertOfficeDecision(tx, {
      filingId: filing.id,
      round: input.round,
      office,
      decision: 'returned',
      reason: input.reason,
      clause: input.clause,
      receiptNumber: null,
      organisationId: actor.organisation.id,
      by: actor.name,
      at,
    })
    await setState(tx, filing.id, { state: 'returned', at, returnedBy: office })
    await fulfilFilingDuty(tx, app, actor, filing, 'receive', {
      organisationId: actor.organisation.id,
      office,
    })
    await cancelFilingDuties(tx, app, actor, filing, ['receive'], `${OFFICES[office]}已退回补正`)
    await openReviseDuty(tx, app, actor, filing)
    await record(tx, {
      name: events['filing.returned'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      clause: input.clause,
      data: { office, round: input.round, reason: input.reason },
    })
    return ok({ id: filing.id })
  })
}
