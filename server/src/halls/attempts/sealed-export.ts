// The file of the last resort, opened: what a machine could not send any more. The room makes it
// (web/src/exam/answers/sealed-export.ts); wire.ts says what is in it and how its key comes about.
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { CryptoProvider } from '../../platform/crypto.ts'
import { answerValue } from './entry.ts'
import { exportKeyOf } from './export-key.ts'
import type { SealedAnswers } from './wire.ts'

const FORMAT = 'shujiang-sealed-export/1'
const IV_BYTES = 12
const TAG_BYTES = 16

const sealedExport = z.strictObject({
  format: z.literal(FORMAT),
  attempt: z.uuid(),
  lease: z.string().regex(/^[0-9a-f]{64}$/),
  madeAt: z.iso.datetime(),
  body: z.base64().max(6_000_000),
})
export type SealedFile = z.output<typeof sealedExport>

const item = z.string().min(1).max(64)
const count = z.number().int().min(0).max(2_000_000_000)
const sealedAnswers: z.ZodType<SealedAnswers> = z.object({
  candidate: z.object({ name: z.string(), ticketNumber: z.string() }),
  seat: z.string(),
  saves: z
    .array(
      z.object({
        item,
        clientSeq: count.min(1),
        baseRevision: count,
        value: answerValue,
        clientAt: z.iso.datetime({ offset: true }),
      }),
    )
    .max(1_000),
  answers: z.array(z.object({ item, revision: count, value: answerValue })).max(1_000),
})

/** What the file says of itself; nothing of it is believed before it was opened. */
export function readSealedFile(bytes: Uint8Array): SealedFile | undefined {
  return sealedExport.safeParse(jsonOf(bytes)).data
}

/** Undefined when a byte was changed, or the file was made under another lease or by another platform. */
export function openSealedFile(crypto: CryptoProvider, file: SealedFile): SealedAnswers | undefined {
  const material = exportKeyOf(crypto, file.attempt, file.lease)
  const key = Buffer.from(hkdfSync('sha256', material, file.attempt, FORMAT, 32))
  const sealed = Buffer.from(file.body, 'base64')
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(`${FORMAT}\n${file.attempt}\n${file.lease}\n${file.madeAt}`))
    .setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    const plain = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
    return sealedAnswers.safeParse(jsonOf(plain)).data
  } catch {
    return undefined
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
