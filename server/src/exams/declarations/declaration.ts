import type { Level } from '../../platform/api.ts'
import { no } from '../refusals.ts'

/**
 * One person's declaration for the examination of an occupation and level (HB-4.4).
 *
 *   drafted → submitted → qualified | refused | returned
 *   returned → submitted (next round) · qualified → submitted (confirmation revoked before the sitting)
 *   drafted, submitted, returned, qualified → withdrawn
 *
 * Every state rests on a stored verdict (`decisionId`). `closedAt` is set when the holder has passed.
 */
export const DECLARATION_STATES = {
  drafted: '草稿',
  submitted: '待资格确认',
  qualified: '资格已确认',
  refused: '不予确认',
  returned: '退回补正',
  withdrawn: '已撤回',
} as const
export type DeclarationState = keyof typeof DECLARATION_STATES

export const BATCH_STATES = { drafted: '草稿', submitted: '已提交', withdrawn: '已撤回' } as const
export type BatchState = keyof typeof BATCH_STATES

export const OUTCOMES = ['符合', '不符合', '尚未到期', '材料不足', '需人工认定'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A verdict that may be handed over without a word; the others need a stated reason. */
export const READY: readonly Outcome[] = ['符合', '需人工认定']

export interface Declaration {
  id: string
  number: string
  batchId: string | null
  personId: string
  trainingCertificateId: string
  trainingOrganisationId: string
  evaluationOrganisationId: string
  filingId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: Level
  source: 'batch' | 'self'
  state: DeclarationState
  outcome: Outcome
  decisionId: string
  round: number
  closedAt: Date | null
}

/** What has to be true of a declaration itself before each act; the verbs and the record's `actions` both ask here. */
export function whyNotSubmitted(declaration: Declaration) {
  if (declaration.state === 'drafted' || declaration.state === 'returned') return undefined
  return no.DECLARATION_NOT_DRAFTED({ state: DECLARATION_STATES[declaration.state] })
}

export function whyNotConfirmable(declaration: Declaration) {
  if (declaration.state === 'submitted') return undefined
  return no.DECLARATION_NOT_SUBMITTED({ state: DECLARATION_STATES[declaration.state] })
}

export function whyNotOverridable(declaration: Declaration, open: { proposedByName: string } | undefined) {
  if (declaration.state !== 'submitted') {
    return no.DECLARATION_NOT_SUBMITTED({ state: DECLARATION_STATES[declaration.state] })
  }
  if (READY.includes(declaration.outcome)) return no.OVERRIDE_NOT_NEEDED({ outcome: declaration.outcome })
  if (open) return no.OVERRIDE_ALREADY_OPEN({ by: open.proposedByName })
  return undefined
}

export function whyNotRevocable(declaration: Declaration, startedSitting: string | undefined) {
  if (declaration.state !== 'qualified') {
    return no.CONFIRMATION_NOT_REVOCABLE({ state: DECLARATION_STATES[declaration.state] })
  }
  if (declaration.closedAt) return no.DECLARATION_COMPLETED()
  if (startedSitting) return no.DECLARATION_IN_SITTING({ sitting: startedSitting })
  return undefined
}

export function whyNotWithdrawable(declaration: Declaration, startedSitting: string | undefined) {
  if (declaration.closedAt || declaration.state === 'refused' || declaration.state === 'withdrawn') {
    return no.DECLARATION_NOT_WITHDRAWABLE({ state: DECLARATION_STATES[declaration.state] })
  }
  if (startedSitting) return no.DECLARATION_IN_SITTING({ sitting: startedSitting })
  return undefined
}

/** Papers can be added while the declarant has the declaration in hand, and while it waits at the desk. */
export function whyNotSupplemented(declaration: Declaration) {
  if (['drafted', 'returned', 'submitted'].includes(declaration.state)) return undefined
  return no.DECLARATION_EVIDENCE_CLOSED({ state: DECLARATION_STATES[declaration.state] })
}
