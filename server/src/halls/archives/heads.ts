// Chain heads of a sitting and the one value that stands for all of them. Pure: the close, the archive and the check
// without the platform compute it here.
import { createHash } from 'node:crypto'

export interface Head {
  attemptId: string
  seq: number
  /** Hex. */
  hash: string
}

/** SHA-256 over a line an attempt, in the order of their ids. */
export function headsSha256(heads: readonly Head[]): string {
  const digest = createHash('sha256')
  const inOrder = [...heads].sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
  for (const { attemptId, seq, hash } of inOrder) digest.update(`${attemptId} ${seq} ${hash}\n`)
  return digest.digest('hex')
}

export interface Anchored {
  sittingId: string
  attempts: number
  entries: number
  headsSha256: string
  /** ISO, milliseconds. */
  at: string
}

/** What is signed; whoever holds the public key can write it down again. */
export function anchorStatement(one: Anchored): string {
  return ['shujiang hall heads/1', one.sittingId, one.attempts, one.entries, one.headsSha256, one.at].join(
    '\n',
  )
}
