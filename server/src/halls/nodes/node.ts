// The hall node: the same program at a site, with a database of its own. A hall of a sitting is
// assigned → taken → returned, or taken back by two people. While it is assigned or taken the node alone writes the
// journals of that hall.
import { createHash } from 'node:crypto'

export const PACKAGE_STATES = {
  assigned: '待领取',
  taken: '已领取',
  returned: '已归还',
  taken_back: '已收回',
} as const
export type PackageState = keyof typeof PACKAGE_STATES
export type ReleaseHow = 'province' | 'custodians'
/** How the keys of a part's papers came to be opened at the node. */
export type Releases = Partial<Record<string, { at: string; how: ReleaseHow; by: string }>>

/** A writer that knew nothing of the assignment yet has settled by then (the journal's query timeout is eight seconds). */
export const SETTLE_SECONDS = 10

/** After the last hand-in machines still send what they hold: pictures, film. Then the node says that it has everything. */
export const LAST_WORD_SECONDS = 60

/** What stands in NODE_SECRET: what the node calls with, and the province's public key, so that it knows its answers. */
export interface NodeSecret {
  whole: string
  /** SPKI, base64. */
  provinceKey: string
}

/** SubjectPublicKeyInfo of an Ed25519 key, up to its 32 bytes (RFC 8410). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export function nodeSecretOf(random: string, provinceSpki: string): string {
  const raw = Buffer.from(provinceSpki, 'base64').subarray(ED25519_SPKI.length)
  return `${random}.${raw.toString('base64url')}`
}

/** Undefined when it is not a node's secret. */
export function readNodeSecret(whole: string): NodeSecret | undefined {
  const [random = '', key = ''] = whole.split('.')
  const raw = Buffer.from(key, 'base64url')
  if (random.length < 43 || raw.length !== 32) return undefined
  return { whole, provinceKey: Buffer.concat([ED25519_SPKI, raw]).toString('base64') }
}

/** What both sides have of one hall, so that equal means equal: rows and a digest by place, and the chain heads. */
export interface Stock {
  places: Record<string, { rows: number; sha256: string }>
  attempts: number
  entries: number
  headsSha256: string
}

/** Names of what differs; empty when the node's stock has arrived. */
export function differencesOf(node: Stock, province: Stock): string[] {
  const places = new Set([...Object.keys(node.places), ...Object.keys(province.places)])
  const differing = [...places].filter(
    (place) =>
      node.places[place]?.rows !== province.places[place]?.rows ||
      node.places[place]?.sha256 !== province.places[place]?.sha256,
  )
  const same =
    node.headsSha256 === province.headsSha256 &&
    node.entries === province.entries &&
    node.attempts === province.attempts
  return same ? differing.sort() : ['journal', ...differing.sort()]
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
