import { z } from 'zod'
import { ITEM_KINDS, type ItemKind } from '../papers/paper.ts'

export const part = z.enum(['theory', 'ability'])
export const attemptState = z.enum(['ready', 'started', 'handed_in', 'timed_out', 'terminated', 'absent'])
export const instant = z.date().transform((at) => at.toISOString())
const kind = z.enum(Object.keys(ITEM_KINDS) as [ItemKind, ...ItemKind[]])

/** The same for staff and candidates; the server leaves out what a candidate may not see. */
export const replayShape = z.object({
  attempt: z.object({
    id: z.string(),
    sittingId: z.string(),
    sittingNumber: z.string(),
    sittingTitle: z.string(),
    personName: z.string(),
    ticketNumber: z.string(),
    part,
    form: z.string(),
    opensAt: instant,
    closesAt: instant,
    minutes: z.number(),
    extraMinutes: z.number(),
    extraReason: z.string().nullable(),
    state: attemptState,
    startedAt: instant.nullable(),
    closedAt: instant.nullable(),
  }),
  shown: z.boolean(),
  items: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      kind,
      scoreTenths: z.number(),
      stem: z.string().nullable(),
      options: z.array(z.object({ letter: z.string(), text: z.string() })),
    }),
  ),
  steps: z.array(
    z.object({
      seq: z.number(),
      kind: z.enum([
        'lease',
        'start',
        'answer',
        'file',
        'event',
        'extend',
        'pause',
        'resume',
        'hand_in',
        'close',
      ]),
      at: z.string(),
      clientAt: z.string().nullable(),
      item: z.string().nullable(),
      revision: z.number().nullable(),
      answer: z.string().nullable(),
      words: z.string(),
      file: z.object({ id: z.string(), name: z.string() }).nullable(),
      deadlineAt: z.string().nullable(),
      hash: z.string(),
    }),
  ),
  chain: z.object({
    intact: z.boolean(),
    entries: z.number(),
    head: z.string().nullable(),
    anchoredAt: z.string().nullable(),
    breaches: z.array(z.object({ seq: z.number(), words: z.string() })),
  }),
  receipt: z
    .object({
      attemptId: z.string(),
      number: z.string(),
      why: z.enum(['handed_in', 'timed_out', 'terminated']),
      seq: z.number(),
      hash: z.string(),
      at: z.string(),
      answered: z.number(),
      items: z.number(),
    })
    .nullable(),
})
