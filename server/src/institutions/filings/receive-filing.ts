import { z } from 'zod'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import {
  insertOfficeDecision,
  lockFiling,
  type OfficeDecision,
  officeDecisions,
  setState,
} from '../store/filings.ts'
import { type Filing, type Office, stateRefusal } from './filing.ts'
import { fulfilFilingDuty } from './filing-duties.ts'

/** An office's act on the round it read. */
export const filingReceipt = z.strictObject({ id, round: z.number().int().min(1) })

/** Which office an officer decides for. */
export function officeOf(actor: Actor): Office {
  return actor.role === 'city_officer' ? 'city' : 'province'
}

/** Why an office cannot decide on a round now; the record's actions ask the same. */
export function officeRefusal(
  filing: Filing,
  decided: OfficeDecision[],
  office: Office,
  round: number,
  act: 'receive' | 'return',
): Refusal | undefined {
  // decided first: who answered this round hears that, not that the filing has moved on
  const own = decided.find((one) => one.office === office && one.round === round)
  if (own) {
    return no.FILING_ALREADY_DECIDED({ round, decision: own.decision === 'received' ? '受理' : '退回补正' })
  }
  const notNow = stateRefusal(filing, act)
  if (notNow) return notNow
  return filing.round === round ? undefined : no.FILING_ROUND_DIFFERS({ round: filing.round })
}

/**
 * Province or city receives the filing and gives a receipt (HB-4.1). When both have received the same round, it is
 * filed and the plan may be carried out.
 */
export function receiveFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingReceipt>,
): Promise<Result<{ id: string; receiptNumber: string; filed: boolean }>> {
  return transact<{ id: string; receiptNumber: string; filed: boolean }, Refusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const office = officeOf(actor)
    const decided = await officeDecisions(tx, filing.id)
    const refusal = officeRefusal(filing, decided, office, input.round, 'receive')
    if (refusal) return refuse(refusal)
    assert(actor.organisation, 'an officer belongs to an office')

    const at = app.clock.now()
    const receiptNumber = await takeReceiptNumber(
      tx,
      app,
      office === 'city' ? filing.cityCode : filing.provinceCode,
    )
    await insertOfficeDecision(tx, {
      filingId: filing.id,
      round: input.round,
      office,
      decision: 'received',
      reason: null,
      clause: 'HB-4.1',
      receiptNumber,
      organisationId: actor.organisation.id,
      by: actor.name,
      at,
    })
    await fulfilFilingDuty(tx, app, actor, filing, 'receive', {
      organisationId: actor.organisation.id,
      office,
    })
    await record(tx, {
      name: events['filing.received'],
      at,
      actor,
      subjects: [`filing:${filing.id}`],
      data: { office, round: input.round, receiptNumber },
    })
    const filed = decided.some(
      (one) => one.round === input.round && one.office !== office && one.decision === 'received',
    )
    if (filed) {
      await setState(tx, filing.id, { state: 'filed', at, filedOn: app.clock.today() })
      await record(tx, {
        name: events['filing.filed'],
        at,
        actor,
        subjects: [`filing:${filing.id}`],
        data: { number: filing.number, round: input.round },
      })
    }
    return ok({ id: filing.id, receiptNumber, filed })
  })
}

/** Region code, year, serial: 420000-2026-00001. */
async function takeReceiptNumber(tx: Tx, app: App, regionCode: string): Promise<string> {
  const year = app.clock.today().slice(0, 4)
  const serial = await takeNumbers(tx, `filing-receipt:${regionCode}:${year}`)
  return `${regionCode}-${year}-${String(serial).padStart(5, '0')}`
}
