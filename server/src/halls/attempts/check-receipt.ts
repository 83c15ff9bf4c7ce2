import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { receiptNumber } from './attempt.ts'
import type { Bodies, CloseReason } from './entry.ts'
import { no } from './refusals.ts'
import { findEntry } from './store.ts'

export interface CheckedReceipt {
  number: string
  why: 'handed_in' | CloseReason
  at: string
  answered: number
}

/** Whether a receipt names an entry that was committed; tells nothing about whose it is. */
export async function checkReceipt(
  app: App,
  receipt: { attemptId: string; seq: number; hash: string },
): Promise<Result<CheckedReceipt, RefusalOf<typeof no, 'RECEIPT_NOT_FOUND'>>> {
  const entry = await findEntry(app.db, receipt.attemptId, receipt.seq)
  const hash = entry?.hash.toString('hex')
  if (!entry || hash !== receipt.hash.toLowerCase()) return refuse(no.RECEIPT_NOT_FOUND())
  if (entry.kind !== 'hand_in' && entry.kind !== 'close') return refuse(no.RECEIPT_NOT_FOUND())
  const body = JSON.parse(entry.body) as Partial<Bodies['close']> & Bodies['hand_in']
  return ok({
    number: receiptNumber(hash),
    why: body.why ?? 'handed_in',
    at: entry.at.toISOString(),
    answered: body.answered,
  })
}
