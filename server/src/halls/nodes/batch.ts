// What a node sends: a piece of what is new, small enough for a bad line. Sent again, or in another order, it means the
// same.
import { z } from 'zod'

const carried = z.record(z.string(), z.unknown())

export const carriedEntry = z.strictObject({
  attemptId: z.uuid(),
  seq: z.number().int().positive(),
  kind: z.string().max(20),
  at: z.iso.datetime({ offset: true }),
  body: z.string().max(400_000),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type CarriedEntry = z.output<typeof carriedEntry>

const carriedRow = z.strictObject({
  row: carried,
  digest: z.string(),
  /** The sealed object's own key, and its bytes, base64. */
  objectKey: z.string().optional(),
  object: z.string().optional(),
})

const stock = z.strictObject({
  places: z.record(z.string(), z.strictObject({ rows: z.number().int(), sha256: z.string() })),
  attempts: z.number().int(),
  entries: z.number().int(),
  headsSha256: z.string(),
})

export const batch = z.strictObject({
  packageId: z.uuid(),
  entries: z.array(carriedEntry).max(5_000),
  places: z.record(z.string(), z.array(carriedRow).max(1_000)),
  /** How the hall itself stands at the node. */
  hall: z.strictObject({
    state: z.enum(['waiting', 'admitting', 'running', 'paused', 'ended']),
    admittingAt: z.iso.datetime({ offset: true }).nullable(),
    endedAt: z.iso.datetime({ offset: true }).nullable(),
  }),
  releases: z.record(
    z.string(),
    z.strictObject({ at: z.string(), how: z.enum(['province', 'custodians']), by: z.string() }),
  ),
  /** With the last batch: everything is closed and sent. */
  stock: stock.nullable(),
})
export type Batch = z.output<typeof batch>

export interface Refused {
  place: string
  key: string
  why: string
}

export interface BatchAnswer {
  accepted: number
  known: number
  /** Came before what they follow; send them again. */
  waiting: number
  refused: Refused[]
  /** By place: rows the province has now, with the digest of what it has. */
  settled: Record<string, Record<string, string>>
  heads: { attemptId: string; seq: number; hash: string }[]
  /** Of the last batch: what differs; empty when the hall is returned. */
  differing: string[] | null
}
