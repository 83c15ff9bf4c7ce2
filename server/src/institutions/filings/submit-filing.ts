import type { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { attachments, lockFiling, setSubmitted } from '../store/filings.ts'
import { contentRefusals } from './check-content.ts'
import { agreedDigestOf, digestOf } from './digest.ts'
import { type Filing, OFFICES, stateRefusal } from './filing.ts'
import { fulfilFilingDuty, officesOf, openReceiveDuties } from './filing-duties.ts'
import { filingVerdict, keepVerdict } from './policy-check.ts'
import type { filingStep } from './propose-filing.ts'

/**
 * Reports the plan to province and city (HB-4.1). Only what the evaluation institution agreed to goes out: either
 * just agreed, or corrected in parts it did not have to agree. What is submitted is kept as it was, by round.
 */
export function submitFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingStep>,
): Promise<Result<{ id: string; number: string; round: number }>> {
  return transact<{ id: string; number: string; round: number }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'submit')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())
    const { refusals, content } = await contentRefusals(app, tx, filing)
    if (refusals[0]) return refuse(refusals[0])
    assert(content, 'a filing without faults has its content')
    if (filing.agreedDigest !== agreedDigestOf(app, content)) return refuse(no.FILING_NOT_AGREED())
    const { province, city } = await officesOf(tx, filing)
    if (!province) return refuse(no.FILING_OFFICE_MISSING({ office: OFFICES.province }))
    if (!city) return refuse(no.FILING_OFFICE_MISSING({ office: OFFICES.city }))
    const verdict = await filingVerdict(app, tx, filing, content)
    if (verdict.forbidden.length > 0)
      return refuse(no.FILING_POLICY_FORBIDS({ reason: verdict.forbidden.join('；') }))

    const at = app.clock.now()
    const number = filing.number ?? (await takeFilingNumber(tx, app, filing))
    const files = (await attachments(tx, filing.id)).map(({ fileId, kind, name, sha256 }) => ({
      fileId,
      kind,
      name,
      sha256,
    }))
    const frozen = { ...content, attachments: files }
    const digest = digestOf(app, frozen)
    const round = await setSubmitted(tx, filing.id, { number, content: frozen, digest, by: actor.name, at })
    const decisions = await keepVerdict(app, tx, filing, verdict)
    await fulfilFilingDuty(tx, app, actor, filing, 'submit')
    await fulfilFilingDuty(tx, app, actor, filing, 'revise')
    await openReceiveDuties(tx, app, actor, filing, { province, city })
    await record(tx, {
      name: events['filing.submitted'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { number, round, digest, decisions },
    })
    return ok({ id: filing.id, number, round })
  })
}

/** City code, year, serial: 4201002026 0001. The official form is not published; ours is plain digits. */
async function takeFilingNumber(tx: Tx, app: App, filing: Filing): Promise<string> {
  const prefix = `${filing.cityCode}${app.clock.today().slice(0, 4)}`
  const serial = await takeNumbers(tx, `filing:${prefix}`)
  return `${prefix}${String(serial).padStart(4, '0')}`
}
