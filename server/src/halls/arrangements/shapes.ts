import { z } from 'zod'
import { hallRules } from './hall-rules.ts'

/** Shapes that the surfaces of this room share. */
export const ID = '00000000-0000-4000-8000-000000000000'
export const EXPORT_ROWS = 60_000
export const reason = z.string().trim().min(2, '请写明理由').max(500)
export const instant = z.date().transform((at) => at.toISOString())
export const instantIn = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
export const arrangementState = z.enum(['preparing', 'drawn', 'sealed', 'running', 'closed', 'archived'])
export const familyState = z.enum(['drafted', 'announced', 'running', 'closed', 'cancelled'])
export const role = z.enum(['chief', 'invigilator', 'patrol'])
export const part = z.enum(['theory', 'ability'])
export const arrangement = { kind: 'arrangement', from: 'sittingId' }
export const family = { kind: 'exam-family', from: 'familyId' }
export const rulesShape = hallRules

export const drawShape = z.object({
  commitment: z.string(),
  committedAt: instant,
  publicSource: z.string(),
  publicExpectedAt: instant,
  publicValue: z.string().nullable(),
  publicKnownAt: instant.nullable(),
  drawnAt: instant.nullable(),
  voidedAt: instant.nullable(),
  voidedReason: z.string().nullable(),
})
export const drawShapeForStaff = drawShape.extend({
  committedByName: z.string(),
  publicByName: z.string().nullable(),
})
export const reportShape = z.object({
  candidates: z.number(),
  halls: z.number(),
  seats: z.number(),
  neighbours: z.number(),
  sameForm: z.number(),
  accessibleMissing: z.number(),
  diagonalSameForm: z.number(),
  sameGroup: z.number(),
  sameGroupUnavoidable: z.number(),
  sameGroupBefore: z.number(),
  swaps: z.number(),
  steps: z.number(),
  remaining: z.array(z.tuple([z.string(), z.string(), z.string()])),
})
export const commitInput = {
  publicSource: z.string().trim().min(6, '请写明公开值的来源、期号和取法').max(300),
  publicExpectedAt: instantIn,
}
export const valueInput = {
  publicValue: z.string().trim().min(1).max(64),
  publicKnownAt: instantIn,
}
export const commitExample = {
  publicSource: '某彩种第 2026325 期开奖号码，三位数字，按公布顺序',
  publicExpectedAt: '2099-11-25T21:15:00+08:00',
}
export const valueExample = { publicValue: '381', publicKnownAt: '2026-11-25T21:15:00+08:00' }
