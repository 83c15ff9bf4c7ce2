import { z } from 'zod'
import { allowed } from '../../platform/api.ts'

export const part = z.enum(['theory', 'ability'])
/** The browser's own clock at the act; the server's is recorded beside it. */
export const clientAt = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
export const reason = z.string().trim().min(4, '请写明原因，至少 4 个字').max(500)

export const gate = z.object({
  gate: z.enum(['face', 'confirmation', 'seat']),
  state: z.enum(['waiting', 'passed', 'unsure', 'failed', 'unavailable']),
  words: z.string(),
})

export const doorState = z.enum(['expected', 'waiting', 'admitted', 'turned_away'])

export const doorCandidate = z.object({
  candidateId: z.string(),
  admissionId: z.string().nullable(),
  name: z.string(),
  ticketNumber: z.string(),
  maskedIdNumber: z.string(),
  seat: z.string(),
  state: doorState,
  late: z.boolean(),
  lateMinutes: z.number(),
  consent: z.enum(['unasked', 'given', 'declined']).nullable(),
  gates: z.array(gate),
  look: z
    .object({
      score: z.number().nullable(),
      findings: z.record(z.string(), z.unknown()),
      captureId: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
  looks: z.number(),
  photo: z.boolean(),
  proposal: z
    .object({
      id: z.string(),
      way: z.enum(['face', 'document', 'late']),
      by: z.string(),
      reason: z.string(),
      at: z.string(),
    })
    .nullable(),
  identifiedAt: z.string().nullable(),
  admittedAt: z.string().nullable(),
  turnedAwayReason: z.string().nullable(),
  actions: z
    .object({
      confirm: allowed,
      vouchFace: allowed,
      vouchDocument: allowed,
      vouchLate: allowed,
      second: allowed,
      turnAway: allowed,
      readmit: allowed,
    })
    .nullable(),
})

export const doorList = z.object({
  hall: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'admitting', 'running', 'paused', 'ended']),
  role: z.enum(['chief', 'invigilator', 'patrol']).nullable(),
  open: allowed,
  parts: z.array(z.object({ part, startsAt: z.string(), endsAt: z.string() })),
  coming: part,
  counts: z.object({
    expected: z.number(),
    waiting: z.number(),
    admitted: z.number(),
    turned_away: z.number(),
  }),
  rows: z.array(doorCandidate),
  total: z.number(),
  page: z.number(),
  size: z.number(),
})

export const photoFinding = z.object({
  check: z.enum(['one_face', 'frontal', 'large', 'sharp', 'bright']),
  passed: z.boolean(),
  words: z.string(),
})
export const registered = z.object({
  id: z.string(),
  findings: z.array(photoFinding),
  deleteAfter: z.string(),
})
