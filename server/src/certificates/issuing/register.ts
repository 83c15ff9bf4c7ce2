import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { App } from '../../platform/app.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import {
  insertRegisterEntries,
  lockRegisterHead,
  type RegisterEntry,
  registerEntriesAfter,
} from '../store/certificates.ts'

/**
 * The register: one hash chain over every issue, correction, withdrawal and reinstatement, hashes only. This file
 * is the narrow door behind which the transparency log will stand.
 */
const GENESIS = '0'.repeat(64)

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function link(previous: string, entry: Omit<RegisterEntry, 'hash'>): string {
  return sha256(previous + String(canonicalize({ ...entry })))
}

/** Appends in the transaction of the act, as its last step: the chain's end is held until it commits. */
export async function appendToRegister(
  tx: Tx,
  moves: { certificateId: string; kind: RegisterEntry['kind']; statement: string }[],
  on: Day,
): Promise<void> {
  if (moves.length === 0) return
  const head = await lockRegisterHead(tx)
  let previous = head?.hash ?? GENESIS
  let position = head?.position ?? 0
  const entries = moves.map((move): RegisterEntry => {
    position += 1
    const entry = {
      position,
      certificateId: move.certificateId,
      kind: move.kind,
      statementSha256: sha256(move.statement),
      enteredOn: on,
    }
    previous = link(previous, entry)
    return { ...entry, hash: previous }
  })
  await insertRegisterEntries(tx, entries)
}

export interface RegisterVerdict {
  entries: number
  /** First position that does not fit: its link, its certificate's words, or their signature. */
  brokenAt: number | null
  head: string
}

/** Recomputes the whole chain, and checks every statement and signature on the way. */
export async function verifyRegister(app: Pick<App, 'db' | 'crypto'>): Promise<RegisterVerdict> {
  let previous = GENESIS
  let at = 0
  for (;;) {
    const entries = await registerEntriesAfter(app.db, at, 2000)
    if (entries.length === 0) return { entries: at, brokenAt: null, head: previous }
    for (const { statement, signature, keyId, hash, ...entry } of entries) {
      const holds =
        entry.position === at + 1 &&
        sha256(statement) === entry.statementSha256 &&
        link(previous, entry) === hash &&
        app.crypto.verify(statement, { keyId, algorithm: 'Ed25519', value: signature })
      if (!holds) return { entries: at, brokenAt: entry.position, head: previous }
      previous = hash
      at = entry.position
    }
  }
}
