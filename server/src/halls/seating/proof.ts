// The published proof of a draw, and how anybody checks it. Needs nothing but Node: verify-draw.ts runs it alone.
import { ALGORITHM, type DrawInputs, type DrawReport, drawSeats, inOrder, type Place } from './draw.ts'
import { canonical, sha256 } from './stream.ts'

export const PROOF_FORMAT = 'shujiang-draw-proof/1'

/** Everything that stood before the public value could be known; all of it goes into the random numbers. */
export interface BeforeDraw {
  format: string
  sitting: { number: string; title: string; startsAt: string }
  /** Number of the joint examination whose one seed this is; null for a sitting of its own. */
  family: string | null
  /** SHA-256 of the seed. */
  commitment: string
  committedAt: string
  publicSource: string
  publicExpectedAt: string
  registrationClosedAt: string
  inputsSha256: string
}

export interface DrawProof {
  /** SHA-256 of everything below, in canonical form. */
  sha256: string
  algorithm: string
  before: BeforeDraw
  inputs: DrawInputs
  seed: string
  publicValue: string
  publicKnownAt: string
  drawnAt: string
  resultSha256: string
  report: DrawReport
  places: Place[]
}

export function inputsHash(inputs: DrawInputs): string {
  return sha256(canonical(inOrder(inputs)))
}

/** The value as it goes into the draw: whoever types it in cannot vary it by spaces, commas or width. */
export function plainValue(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z.]/g, '')
}

export function makeProof(ask: {
  before: BeforeDraw
  inputs: DrawInputs
  seed: string
  publicValue: string
  publicKnownAt: string
  drawnAt: string
}): DrawProof {
  const inputs = inOrder(ask.inputs)
  const publicValue = plainValue(ask.publicValue)
  const drawn = drawSeats(inputs, Buffer.from(ask.seed, 'hex'), publicValue, canonical(ask.before))
  const proof = {
    algorithm: ALGORITHM,
    before: ask.before,
    inputs,
    seed: ask.seed,
    publicValue,
    publicKnownAt: ask.publicKnownAt,
    drawnAt: ask.drawnAt,
    resultSha256: sha256(canonical(drawn.places)),
    report: drawn.report,
    places: drawn.places,
  }
  return { sha256: sha256(canonical(proof)), ...proof }
}

export type ProofVerdict =
  | { valid: true; candidates: number; commitment: string; sha256: string }
  /** The first place where the proof is not what it must be. */
  | { valid: false; at: string; expected: string; found: string }

/** Draws again from the proof's own inputs, seed and value and says where the first difference is. */
export function verifyProof(proof: DrawProof): ProofVerdict {
  const differs = (at: string, expected: unknown, found: unknown): ProofVerdict => ({
    valid: false,
    at,
    expected: shown(expected),
    found: shown(found),
  })
  if (proof?.algorithm !== ALGORITHM) return differs('algorithm', ALGORITHM, proof?.algorithm)
  if (proof.before?.format !== PROOF_FORMAT)
    return differs('before.format', PROOF_FORMAT, proof.before?.format)
  if (!/^[0-9a-f]{64}$/.test(proof.seed)) return differs('seed', '64 位十六进制数', proof.seed)
  const commitment = sha256(Buffer.from(proof.seed, 'hex'))
  if (commitment !== proof.before.commitment)
    return differs('before.commitment', commitment, proof.before.commitment)
  if (plainValue(proof.publicValue) !== proof.publicValue)
    return differs('publicValue', plainValue(proof.publicValue), proof.publicValue)
  const inputs = inputsHash(proof.inputs)
  if (inputs !== proof.before.inputsSha256)
    return differs('before.inputsSha256', inputs, proof.before.inputsSha256)
  const order = [
    ['before.committedAt', proof.before.committedAt],
    ['before.registrationClosedAt', proof.before.registrationClosedAt],
    ['publicKnownAt', proof.publicKnownAt],
    ['drawnAt', proof.drawnAt],
  ] as const
  for (const [index, [at, instant]] of order.entries()) {
    const [earlier, before] = order[index - 1] ?? []
    if (before !== undefined && !(before < instant))
      return differs(at, `晚于 ${earlier}（${before}）`, instant)
  }
  const drawn = redrawn(proof)
  if (typeof drawn === 'string') return differs('inputs', '可以排座的考生、考位和卷型', drawn)
  const where = firstDifference(drawn.places, proof.places, 'places')
  if (where) return where
  const reported = firstDifference(drawn.report, proof.report, 'report')
  if (reported) return reported
  const result = sha256(canonical(drawn.places))
  if (result !== proof.resultSha256) return differs('resultSha256', result, proof.resultSha256)
  const { sha256: stated, ...rest } = proof
  const whole = sha256(canonical(rest))
  if (whole !== stated) return differs('sha256', whole, stated)
  return { valid: true, candidates: drawn.places.length, commitment, sha256: whole }
}

function redrawn(proof: DrawProof) {
  try {
    return drawSeats(proof.inputs, Buffer.from(proof.seed, 'hex'), proof.publicValue, canonical(proof.before))
  } catch (error) {
    return String(error)
  }
}

function firstDifference(expected: unknown, found: unknown, at: string): ProofVerdict | undefined {
  const record = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === 'object'
  if (record(expected) && record(found)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const where = firstDifference(expected[key], found[key], `${at}.${key}`)
      if (where) return where
    }
    return undefined
  }
  if (expected === found) return undefined
  return { valid: false, at, expected: shown(expected), found: shown(found) }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text ?? '没有').slice(0, 200)
}
