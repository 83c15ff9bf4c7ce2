import { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertAgreement, lockFiling, setState } from '../store/filings.ts'
import { agreedDigestOf } from './digest.ts'
import { readContent, stateRefusal } from './filing.ts'
import { fulfilFilingDuty, openReviseDuty } from './filing-duties.ts'
import { filingStep } from './propose-filing.ts'

/** Clauses a plan can be sent back on. */
export const RETURN_CLAUSES = ['HB-4.1', 'HB-4.3', 'HB-4.4', 'HB-6.2', 'HB-6.3'] as const

export const agreementRefusal = filingStep.extend({
  reason: z.string().trim().min(4, '请写明退回的理由，不少于 4 个字').max(1000),
  clause: z.enum(RETURN_CLAUSES),
})

/** The evaluation institution sends the assessment plan back with its reason. */
export function refuseAgreement(
  app: App,
  actor: Actor,
  input: z.output<typeof agreementRefusal>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'refuseAgreement')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())
    const read = readContent(filing)
    assert(read.ok && actor.organisation, 'a proposed filing is complete, and an institution acts')

    const at = app.clock.now()
    await insertAgreement(tx, {
      filingId: filing.id,
      organisationId: actor.organisation.id,
      decision: 'returned',
      reason: input.reason,
      clause: input.clause,
      digest: agreedDigestOf(app, read.content),
      by: actor.name,
      at,
    })
    await setState(tx, filing.id, { state: 'returned', at, returnedBy: 'evaluation' })
    await fulfilFilingDuty(tx, app, actor, filing, 'agree')
    await openReviseDuty(tx, app, actor, filing)
    await record(tx, {
      name: events['filing.agreement-refused'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      clause: input.clause,
      data: { reason: input.reason },
    })
    return ok({ id: filing.id })
  })
}
