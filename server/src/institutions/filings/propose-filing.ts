import { z } from 'zod'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockFiling, setState } from '../store/filings.ts'
import { contentRefusals } from './check-content.ts'
import { agreedDigestOf } from './digest.ts'
import { stateRefusal } from './filing.ts'
import { cancelFilingDuties, fulfilFilingDuty, openAgreeDuty } from './filing-duties.ts'

/** An act on a filing as its reader saw it. */
export const filingStep = z.strictObject({ id, revision: z.number().int().min(1) })

/** Sends the plan to the evaluation institution to agree the assessment plan (HB-4.1 商评价机构确定). */
export function proposeFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingStep>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'propose')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())
    const { refusals, content } = await contentRefusals(app, tx, filing)
    if (refusals[0]) return refuse(refusals[0])
    assert(content, 'a filing without faults has its content')

    const at = app.clock.now()
    await setState(tx, filing.id, { state: 'proposed', at, proposed: true, agreedDigest: null })
    await fulfilFilingDuty(tx, app, actor, filing, 'revise')
    await cancelFilingDuties(tx, app, actor, filing, ['submit'], '重新商定')
    await openAgreeDuty(tx, app, actor, { ...filing, ...content })
    await record(tx, {
      name: events['filing.proposed'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { digest: agreedDigestOf(app, content) },
    })
    return ok({ id: filing.id })
  })
}
