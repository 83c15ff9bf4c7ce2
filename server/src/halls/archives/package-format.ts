// What an archive holds, file by file. Pure: written by the job, read by the check without the platform.
import type { Anchored } from './heads.ts'

export const FORMAT = 'shujiang-hall-archive/1'

export const FILES = {
  rules: 'rules.json',
  draw: 'draw-proof.json',
  papers: 'papers.ndjson',
  /** Items and keys; only in a package made with them. */
  contents: 'paper-contents.ndjson',
  attempts: 'attempts.ndjson',
  journal: 'journal.ndjson',
  heads: 'heads.ndjson',
  anchors: 'anchors.ndjson',
  late: 'late-answers.ndjson',
  seats: 'seats.ndjson',
  invigilators: 'invigilators.ndjson',
  admissions: 'admissions.ndjson',
  gates: 'gate-checks.ndjson',
  captures: 'captures.ndjson',
  video: 'video-segments.ndjson',
  acts: 'acts.ndjson',
  alerts: 'alerts.ndjson',
  results: 'results.ndjson',
  keyChanges: 'key-changes.ndjson',
} as const
export const MANIFEST = 'manifest.json'
export const SIGNATURE = 'signature.json'

export interface ListedFile {
  name: string
  bytes: number
  sha256: string
  /** Of ndjson: how many. */
  lines: number | null
}

export interface Manifest {
  format: typeof FORMAT
  number: number
  /** The package before this one, which stays valid. */
  supplements: { number: number; manifestSha256: string } | null
  sitting: {
    id: string
    number: string
    title: string
    organisationId: string
    provinceCode: string
    cityCode: string
  }
  madeAt: string
  reason: string
  includesKeys: boolean
  counts: { attempts: number; entries: number; answers: number; closed: number }
  heads: { attempts: number; entries: number; sha256: string }
  files: ListedFile[]
}

export interface PackageSignature {
  algorithm: 'Ed25519'
  keyId: string
  /** SPKI, base64. */
  publicKey: string
  /** Over the bytes of the manifest, base64url. */
  value: string
  manifestSha256: string
}

export interface AttemptLine {
  sittingId: string
  id: string
  candidateId: string
  ticketNumber: string
  part: 'theory' | 'ability'
  paperId: string
  form: string
  opensAt: string
  closesAt: string
  minutes: number
  extraMinutes: number
  extraReason: string | null
  items: number
  paperSha256: string
  state: 'ready' | 'started' | 'handed_in' | 'timed_out' | 'terminated' | 'absent'
  startedAt: string | null
  closedAt: string | null
  closedSeq: number | null
  closedHash: string | null
  answered: number | null
  objectiveTenths: number | null
  scoreTenths: number | null
}

export interface JournalLine {
  sittingId: string
  attemptId: string
  seq: number
  kind: string
  at: string
  body: string
  hash: string
}

export interface AnchorLine extends Anchored {
  signature: { keyId: string; algorithm: 'Ed25519'; value: string }
}

export interface ContentLine {
  paperId: string
  content: unknown
  keys: unknown
}
