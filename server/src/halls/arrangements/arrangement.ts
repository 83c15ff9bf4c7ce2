import type { HallRules } from './hall-rules.ts'
import { no } from './refusals.ts'

/**
 * How one sitting is held by computer.
 *
 *   preparing → drawn → sealed → running → closed → archived        drawn → preparing (list opened again, draw void)
 *
 * Within `preparing`: halls are chosen, the draw is committed to, then the list of candidates is closed; the public
 * value that decides the seats is known only after that. Invigilators may change until the sitting is over.
 */
export const ARRANGEMENT_STATES = {
  preparing: '编排中',
  drawn: '已抽签',
  sealed: '已封卷',
  running: '考试中',
  closed: '已结束',
  archived: '已归档',
} as const
export type ArrangementState = keyof typeof ARRANGEMENT_STATES

export const INVIGILATOR_ROLES = { chief: '主监考', invigilator: '监考员', patrol: '流动监考' } as const
export type InvigilatorRole = keyof typeof INVIGILATOR_ROLES

export interface Arrangement {
  sittingId: string
  organisationId: string
  provinceCode: string
  cityCode: string
  familyId: string | null
  state: ArrangementState
  rules: HallRules
  forms: number
  drawInputsFileId: string | null
  drawInputsSha256: string | null
  registrationClosedAt: Date | null
  drawProofFileId: string | null
  drawProofSha256: string | null
  drawnAt: Date | null
  ticketsPublishedAt: Date | null
  sealedAt: Date | null
}

/** Halls and needs may change until the list is closed: what is drawn over must stand still. */
export function whyNotPreparing(one: Arrangement) {
  if (one.state !== 'preparing') return no.ARRANGEMENT_NOT_PREPARING({ state: ARRANGEMENT_STATES[one.state] })
  if (one.registrationClosedAt) return no.REGISTRATION_CLOSED()
  return undefined
}

export function whyNotDrawable(one: Arrangement) {
  if (one.state !== 'preparing') return no.ARRANGEMENT_NOT_PREPARING({ state: ARRANGEMENT_STATES[one.state] })
  if (!one.registrationClosedAt) return no.REGISTRATION_STILL_OPEN()
  return undefined
}

export function whyNotStaffable(one: Arrangement) {
  if (one.state === 'closed' || one.state === 'archived')
    return no.ARRANGEMENT_OVER({ state: ARRANGEMENT_STATES[one.state] })
  return undefined
}

export function whyNotTicketable(one: Arrangement) {
  if (!one.drawnAt) return no.SEATS_NOT_DRAWN()
  if (one.ticketsPublishedAt) return no.TICKETS_PUBLISHED()
  return whyNotStaffable(one)
}

/** How many must invigilate so many candidates in one hall, by the figures of this sitting. */
export function invigilatorsNeeded(
  rules: Pick<HallRules, 'invigilatorsPerHall' | 'candidatesPerInvigilator'>,
  candidates: number,
): number {
  return Math.max(rules.invigilatorsPerHall, Math.ceil(candidates / rules.candidatesPerInvigilator))
}
