import type { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { listedOn } from '../listed-on.ts'
import { no } from '../refusals.ts'
import { insertAgreement, lockFiling, setState } from '../store/filings.ts'
import { agreedDigestOf } from './digest.ts'
import { readContent, stateRefusal } from './filing.ts'
import { fulfilFilingDuty, openSubmitDuty } from './filing-duties.ts'
import type { filingStep } from './propose-filing.ts'

/** The evaluation institution agrees the assessment plan it was sent (HB-4.1); what it agreed to is fixed by its hash. */
export function agreeFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingStep>,
): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'agree')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())
    const read = readContent(filing)
    assert(read.ok && actor.organisation, 'a proposed filing is complete, and an institution acts')
    const listed = await listedOn(tx, {
      catalogue: 'evaluation',
      organisationId: actor.organisation.id,
      occupationId: read.content.occupationId,
      level: read.content.level,
      on: app.clock.today(),
    })
    if (!listed.ok) return listed

    const at = app.clock.now()
    const digest = agreedDigestOf(app, read.content)
    await insertAgreement(tx, {
      filingId: filing.id,
      organisationId: actor.organisation.id,
      decision: 'agreed',
      reason: null,
      clause: 'HB-4.1',
      digest,
      by: actor.name,
      at,
    })
    await setState(tx, filing.id, { state: 'agreed', at, agreedDigest: digest })
    await fulfilFilingDuty(tx, app, actor, filing, 'agree')
    await openSubmitDuty(tx, app, actor, filing)
    await record(tx, {
      name: events['filing.agreed'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { digest },
    })
    return ok({ id: filing.id })
  })
}
