import { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockFiling, setState } from '../store/filings.ts'
import { FILING_STATES, stateRefusal } from './filing.ts'
import { cancelFilingDuties } from './filing-duties.ts'
import { filingStep } from './propose-filing.ts'

export const filingWithdrawal = filingStep.extend({
  reason: z.string().trim().min(2, '请填写撤回原因').max(500),
})

/** Gives a plan up before it is filed. What was submitted stays on record; the plan cannot be taken up again. */
export function withdrawFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingWithdrawal>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'withdraw')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())

    const at = app.clock.now()
    await setState(tx, filing.id, { state: 'withdrawn', at, withdrawnReason: input.reason })
    await cancelFilingDuties(tx, app, actor, filing, ['agree', 'revise', 'submit', 'receive'], '备案已撤回')
    await record(tx, {
      name: events['filing.withdrawn'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { reason: input.reason, from: FILING_STATES[filing.state] },
    })
    return ok({ id: filing.id })
  })
}
