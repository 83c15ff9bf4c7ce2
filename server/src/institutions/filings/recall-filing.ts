import type { z } from 'zod'
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
import type { filingStep } from './propose-filing.ts'

/** Takes a plan back from the evaluation institution, or from readiness, to change it. The reverse of proposing. */
export function recallFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingStep>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'recall')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())

    const at = app.clock.now()
    // What was agreed stays on record: unchanged, it can still be submitted.
    await setState(tx, filing.id, { state: 'revised', at })
    await cancelFilingDuties(tx, app, actor, filing, ['agree', 'submit'], '培训机构撤回商定')
    await record(tx, {
      name: events['filing.recalled'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { from: FILING_STATES[filing.state] },
    })
    return ok({ id: filing.id })
  })
}
