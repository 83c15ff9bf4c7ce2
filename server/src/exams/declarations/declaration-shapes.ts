import { z } from 'zod'
import { allowed, level, timelineEntry } from '../../platform/api.ts'
import { decisionShape } from '../../platform/decision-shape.ts'

export const outcome = z.enum(['符合', '不符合', '尚未到期', '材料不足', '需人工认定'])
export const declarationState = z.enum([
  'drafted',
  'submitted',
  'qualified',
  'refused',
  'returned',
  'withdrawn',
])
const instant = z.date().transform((at) => at.toISOString())

export const declarationRow = z.object({
  id: z.string(),
  number: z.string(),
  batchId: z.string().nullable(),
  batchNumber: z.string().nullable(),
  personName: z.string(),
  maskedIdNumber: z.string(),
  cityName: z.string().nullable(),
  occupationId: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
  source: z.enum(['batch', 'self']),
  state: declarationState,
  outcome,
  submittedAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  closed: z.boolean(),
  sittingNumber: z.string().nullable(),
  result: z.string().nullable(),
  trainingOrganisation: z.string(),
  evaluationOrganisation: z.string(),
})

export const attemptShape = z.object({
  sittingId: z.string(),
  sittingNumber: z.string(),
  sittingTitle: z.string(),
  sittingState: z.string(),
  venue: z.string(),
  startsAt: instant,
  endsAt: instant,
  ticketNumber: z.string(),
  attempt: z.number(),
  theoryScoreTenths: z.number().nullable(),
  abilityScoreTenths: z.number().nullable(),
  theoryMark: z.string(),
  abilityMark: z.string(),
  result: z.string().nullable(),
  declarationId: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
})

export const declarationRecord = declarationRow.extend({
  personId: z.string(),
  round: z.number(),
  decision: decisionShape,
  papers: z.array(z.object({ what: z.string(), list: z.string(), stated: z.boolean() })),
  judgements: z.object({
    asked: z.array(z.object({ term: z.string(), what: z.string(), personFactId: z.string().nullable() })),
    made: z.array(
      z.object({
        term: z.string(),
        personFactId: z.string().nullable(),
        result: z.string(),
        reason: z.string(),
        judgedByName: z.string(),
        judgedOn: z.string(),
      }),
    ),
  }),
  evidence: z.array(
    z.object({
      fileId: z.string(),
      name: z.string(),
      mediaType: z.string(),
      kind: z.string(),
      attachedBy: z.string(),
      attachedAt: instant,
    }),
  ),
  confirmations: z.array(
    z.object({
      round: z.number(),
      act: z.string(),
      reason: z.string().nullable(),
      clause: z.string(),
      needs: z.array(z.string()),
      actedByName: z.string(),
      actedAt: instant,
    }),
  ),
  overrides: z.array(
    z.object({
      id: z.string(),
      reason: z.string(),
      clause: z.string(),
      proposedByName: z.string(),
      proposedAt: instant,
      decision: z.string().nullable(),
      decidedByName: z.string().nullable(),
      decisionReason: z.string().nullable(),
      decidedAt: instant.nullable(),
    }),
  ),
  attempts: z.array(attemptShape),
  /** Verdicts of the passing rule on the attempts that have a result. */
  results: z.array(decisionShape),
  actions: z.object({
    submit: allowed.nullable(),
    supplement: allowed.nullable(),
    withdraw: allowed.nullable(),
    confirm: allowed.nullable(),
    judge: allowed.nullable(),
    proposeOverride: allowed.nullable(),
    decideOverride: allowed.nullable(),
    return: allowed.nullable(),
    refuse: allowed.nullable(),
    revoke: allowed.nullable(),
  }),
  timeline: z.array(timelineEntry),
})
