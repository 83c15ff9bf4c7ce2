// Everything an archive claims, looked at again: signature, hashes, every chain, the deadline law on every answer,
// counts, heads and anchors, and the scores where keys are inside. Needs no platform and no database.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { hallRules } from '../arrangements/hall-rules.ts'
import type { Row } from '../attempts/entry.ts'
import type { Keys, PaperContent, ScoringRule } from '../papers/paper.ts'
import { scoreAnswers } from '../papers/score-answers.ts'
import { type AttemptVerdict, checkAttempt } from './check-attempt.ts'
import { anchorStatement, type Head, headsSha256 } from './heads.ts'
import { BadPackage, type OpenPackage, openPackage } from './open-package.ts'
import {
  type AnchorLine,
  type AttemptLine,
  type ContentLine,
  FILES,
  FORMAT,
  type JournalLine,
  type ListedFile,
  MANIFEST,
  type Manifest,
  type PackageSignature,
  SIGNATURE,
} from './package-format.ts'

export interface Finding {
  check:
    | 'container'
    | 'signature'
    | 'files'
    | 'chains'
    | 'deadlines'
    | 'heads'
    | 'counts'
    | 'attempts'
    | 'scores'
  at: string
  message: string
}

export interface PackageVerdict {
  ok: boolean
  sitting: Manifest['sitting'] | null
  number: number | null
  manifestSha256: string | null
  /** `pinned`: held against a key the checker brought; otherwise only against the one inside. */
  signature: { valid: boolean; keyId: string | null; publicKey: string | null; pinned: boolean }
  /** Ids of keys that signed the package or an anchor in it and that the checker does not hold. */
  otherKeys: string[]
  files: { listed: number; checked: number; bytes: number }
  chains: { attempts: number; entries: number; broken: number }
  deadlines: { answers: number; late: number }
  anchors: { found: number; valid: number }
  /** Null where the package holds no keys. */
  scores: { checked: number; differing: number } | null
  problems: Finding[]
}

const MAX_PROBLEMS = 200

/**
 * `publicKeys`: SPKI in base64, known from elsewhere; the package and each anchor in it is held against the one it
 * names, so that what was signed before a change of key is checked by the key that was in force.
 */
export async function checkPackage(
  path: string,
  publicKeys: readonly string[] = [],
): Promise<PackageVerdict> {
  const verdict: PackageVerdict = {
    ok: false,
    sitting: null,
    number: null,
    manifestSha256: null,
    signature: { valid: false, keyId: null, publicKey: null, pinned: publicKeys.length > 0 },
    otherKeys: [],
    files: { listed: 0, checked: 0, bytes: 0 },
    chains: { attempts: 0, entries: 0, broken: 0 },
    deadlines: { answers: 0, late: 0 },
    anchors: { found: 0, valid: 0 },
    scores: null,
    problems: [],
  }
  const tell: Tell = (check, at, message) => {
    if (verdict.problems.length < MAX_PROBLEMS) verdict.problems.push({ check, at, message })
  }
  let opened: OpenPackage | undefined
  try {
    opened = await openPackage(path)
    const manifest = await readManifest(opened, verdict, tell, publicKeys)
    // Without a signature that holds, nothing inside is worth reading on for.
    if (verdict.signature.valid) await checkContents(opened, manifest, verdict, tell, publicKeys)
  } catch (error) {
    if (error instanceof BadPackage) tell('container', path, error.message)
    else if (error instanceof SyntaxError || error instanceof TypeError || isZodError(error))
      tell(
        'files',
        path,
        `a file does not have the form it should have: ${(error as Error).message.slice(0, 300)}`,
      )
    else throw error
  } finally {
    opened?.close()
  }
  verdict.ok = verdict.signature.valid && verdict.problems.length === 0
  return verdict
}

type Tell = (check: Finding['check'], at: string, message: string) => void

function isZodError(error: unknown): boolean {
  return (error as { name?: string }).name === 'ZodError'
}

async function readManifest(
  opened: OpenPackage,
  verdict: PackageVerdict,
  tell: Tell,
  publicKeys: readonly string[],
): Promise<Manifest> {
  const text = await opened.read(MANIFEST)
  const signature = JSON.parse((await opened.read(SIGNATURE)).toString('utf8')) as PackageSignature
  const manifestSha256 = createHash('sha256').update(text).digest('hex')
  verdict.manifestSha256 = manifestSha256
  verdict.signature.keyId = String(signature.keyId)
  const { keyId } = verdict.signature
  const pinned = publicKeys.length > 0
  const key = pinned ? publicKeys.find((one) => keyIdOf(one) === keyId) : String(signature.publicKey)
  if (key === undefined) {
    verdict.otherKeys.push(keyId)
    tell('signature', SIGNATURE, `signed by another key: ${keyId}`)
  } else {
    verdict.signature.publicKey = key
    verdict.signature.valid = holds(key, text, signature.value) && signature.manifestSha256 === manifestSha256
    if (!verdict.signature.valid) tell('signature', MANIFEST, 'the signature does not hold')
    if (keyIdOf(key) !== keyId) tell('signature', SIGNATURE, 'the key is not the one it is named after')
  }
  const manifest = JSON.parse(text.toString('utf8')) as Manifest
  if (manifest.format !== FORMAT)
    throw new BadPackage(`unknown format ${String(manifest.format).slice(0, 100)}`)
  verdict.sitting = manifest.sitting
  verdict.number = manifest.number
  verdict.files.listed = manifest.files.length
  const listed = new Set(manifest.files.map((file) => file.name))
  for (const name of opened.names)
    if (name !== MANIFEST && name !== SIGNATURE && !listed.has(name))
      tell('files', name, 'the manifest does not list this file')
  for (const name of listed) if (!opened.names.includes(name)) tell('files', name, 'the file is missing')
  return manifest
}

function publicKeyOf(spki: string) {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
}

function holds(spki: string, text: Buffer | string, value: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicKeyOf(spki), Buffer.from(value, 'base64url'))
  } catch {
    return false
  }
}

function keyIdOf(spki: string): string {
  return `ed25519-${createHash('sha256').update(Buffer.from(spki, 'base64')).digest('hex').slice(0, 16)}`
}

interface Known {
  graceSeconds: number
  attempts: Map<string, AttemptLine>
  papers: Map<string, { scoring: ScoringRule }>
  contents: Map<string, { content: PaperContent; keys: Keys }>
}

async function checkContents(
  opened: OpenPackage,
  manifest: Manifest,
  verdict: PackageVerdict,
  tell: Tell,
  publicKeys: readonly string[],
) {
  const known: Known = { graceSeconds: 0, attempts: new Map(), papers: new Map(), contents: new Map() }
  const heads: Head[] = []
  const listedHeads: Head[] = []
  const anchors: AnchorLine[] = []
  if (manifest.includesKeys) verdict.scores = { checked: 0, differing: 0 }
  const take: Partial<Record<string, (line: string) => void>> = {
    [FILES.rules]: (line) => {
      known.graceSeconds = hallRules.parse((JSON.parse(line) as { rules: unknown }).rules).graceSeconds
    },
    [FILES.papers]: (line) => {
      const paper = JSON.parse(line) as { id: string; scoring: ScoringRule }
      known.papers.set(paper.id, paper)
    },
    [FILES.contents]: (line) => {
      const one = JSON.parse(line) as ContentLine
      known.contents.set(one.paperId, { content: one.content as PaperContent, keys: one.keys as Keys })
    },
    [FILES.attempts]: (line) => {
      const attempt = JSON.parse(line) as AttemptLine
      if (known.attempts.has(attempt.id)) tell('attempts', attempt.id, 'the attempt is there twice')
      known.attempts.set(attempt.id, attempt)
    },
    [FILES.heads]: (line) => void listedHeads.push(JSON.parse(line) as Head),
    [FILES.anchors]: (line) => void anchors.push(JSON.parse(line) as AnchorLine),
  }
  // What the journal is held against comes first.
  const first = [FILES.rules, FILES.papers, FILES.contents, FILES.attempts] as string[]
  const order = [...manifest.files].sort((a, b) => place(first, a) - place(first, b))
  for (const file of order) {
    if (!opened.names.includes(file.name)) continue
    const walk = file.name === FILES.journal ? journalWalk(known, heads, verdict, tell) : undefined
    const lines = await checkFile(opened, file, tell, (line) =>
      walk ? walk.take(line) : take[file.name]?.(line),
    )
    if (lines === undefined) continue
    walk?.end()
    verdict.files.checked += 1
    verdict.files.bytes += file.bytes
    if (file.lines !== null && lines !== file.lines)
      tell('counts', file.name, `${lines} lines, the manifest says ${file.lines}`)
  }
  checkHeads(manifest, heads, listedHeads, tell)
  checkAnchors(manifest, anchors, verdict, tell, publicKeys)
  checkSilent(known, heads, tell)
  const counts: [string, number, number][] = [
    ['attempts', known.attempts.size, manifest.counts.attempts],
    ['entries', verdict.chains.entries, manifest.counts.entries],
    ['answers', verdict.deadlines.answers, manifest.counts.answers],
    ['closed', [...known.attempts.values()].filter((one) => one.closedAt).length, manifest.counts.closed],
  ]
  for (const [name, found, said] of counts)
    if (found !== said) tell('counts', name, `${found}, the manifest says ${said}`)
}

function place(first: string[], file: ListedFile): number {
  const at = first.indexOf(file.name)
  return at < 0 ? first.length : at
}

/** How many lines it has; undefined when it is not the file of the manifest. */
async function checkFile(opened: OpenPackage, file: ListedFile, tell: Tell, take: (line: string) => void) {
  let lines = 0
  try {
    for await (const line of opened.lines(file)) {
      lines += 1
      take(line)
    }
    return lines
  } catch (error) {
    if (error instanceof BadPackage || error instanceof SyntaxError) {
      tell('files', file.name, error.message.slice(0, 300))
      return undefined
    }
    throw error
  }
}

/** Entries come attempt by attempt; each is judged as a whole when the next one begins. */
function journalWalk(known: Known, heads: Head[], verdict: PackageVerdict, tell: Tell) {
  let rows: Row[] = []
  const seen = new Set<string>()
  const judge = () => {
    const id = rows[0]?.attemptId
    if (id === undefined) return
    if (seen.has(id)) tell('chains', id, 'the entries of the attempt do not stand together')
    seen.add(id)
    verdict.chains.attempts += 1
    verdict.chains.entries += rows.length
    const last = rows.at(-1) as Row
    heads.push({ attemptId: id, seq: last.seq, hash: last.hash.toString('hex') })
    const attempt = known.attempts.get(id)
    if (attempt) judgeAttempt(attempt, rows, known, verdict, tell)
    else tell('attempts', id, 'a journal without its attempt')
    rows = []
  }
  return {
    take(line: string) {
      const one = JSON.parse(line) as JournalLine
      if (rows[0] && rows[0].attemptId !== one.attemptId) judge()
      rows.push({ ...one, at: new Date(one.at), hash: Buffer.from(one.hash, 'hex') })
    },
    end: judge,
  }
}

function judgeAttempt(attempt: AttemptLine, rows: Row[], known: Known, verdict: PackageVerdict, tell: Tell) {
  const window = {
    opensAt: new Date(attempt.opensAt),
    closesAt: new Date(attempt.closesAt),
    minutes: attempt.minutes,
    extraMinutes: attempt.extraMinutes,
    graceSeconds: known.graceSeconds,
  }
  const closed =
    attempt.closedSeq !== null && attempt.closedHash !== null
      ? { seq: attempt.closedSeq, hash: Buffer.from(attempt.closedHash, 'hex') }
      : null
  const judged = checkAttempt(window, rows, closed)
  verdict.deadlines.answers += rows.filter((row) => row.kind === 'answer').length
  if (judged.breaches.some((one) => one.law === 'chain')) verdict.chains.broken += 1
  for (const { seq, law } of judged.breaches) {
    if (law === 'late') verdict.deadlines.late += 1
    const check = law === 'chain' || law === 'body' || law === 'head' ? 'chains' : 'deadlines'
    tell(check, `${attempt.id} entry ${seq}`, `law broken: ${law}`)
  }
  const { state } = judged
  if ((state.startedAt?.toISOString() ?? null) !== attempt.startedAt)
    tell('attempts', attempt.id, 'the start is not the one of the journal')
  if ((state.closed?.at.toISOString() ?? null) !== attempt.closedAt)
    tell('attempts', attempt.id, 'the close is not the one of the journal')
  checkScore(attempt, judged, known, verdict, tell)
}

function checkScore(
  attempt: AttemptLine,
  judged: AttemptVerdict,
  known: Known,
  verdict: PackageVerdict,
  tell: Tell,
) {
  if (!verdict.scores || attempt.objectiveTenths === null) return
  const inside = known.contents.get(attempt.paperId)
  const paper = known.papers.get(attempt.paperId)
  if (!inside || !paper) return tell('scores', attempt.id, 'the paper of the attempt is not inside')
  const score = scoreAnswers(inside.content.items, inside.keys, paper.scoring, judged.answers)
  verdict.scores.checked += 1
  const same =
    score.objectiveTenths === attempt.objectiveTenths &&
    (attempt.scoreTenths === null || score.marked > 0 || attempt.scoreTenths === score.objectiveTenths)
  if (same) return
  verdict.scores.differing += 1
  tell('scores', attempt.id, `${attempt.objectiveTenths} tenths, worked out again ${score.objectiveTenths}`)
}

function checkHeads(manifest: Manifest, heads: Head[], listed: Head[], tell: Tell) {
  const sha256 = headsSha256(heads)
  if (sha256 !== manifest.heads.sha256) tell('heads', MANIFEST, 'the heads are not those of the journals')
  if (headsSha256(listed) !== sha256) tell('heads', FILES.heads, 'the heads are not those of the journals')
}

function checkAnchors(
  manifest: Manifest,
  anchors: AnchorLine[],
  verdict: PackageVerdict,
  tell: Tell,
  publicKeys: readonly string[],
) {
  verdict.anchors.found = anchors.length
  const { publicKey } = verdict.signature
  const known = publicKeys.length > 0 || publicKey === null ? publicKeys : [publicKey]
  for (const anchor of anchors) {
    const { keyId, value } = anchor.signature
    const key = known.find((one) => keyIdOf(one) === keyId)
    if (key === undefined) {
      if (!verdict.otherKeys.includes(keyId)) verdict.otherKeys.push(keyId)
      tell('heads', FILES.anchors, `the anchor of ${anchor.at} is signed by another key: ${keyId}`)
    } else if (anchor.sittingId === manifest.sitting.id && holds(key, anchorStatement(anchor), value))
      verdict.anchors.valid += 1
    else tell('heads', FILES.anchors, `the anchor of ${anchor.at} does not hold`)
  }
  if (anchors.at(-1)?.headsSha256 !== manifest.heads.sha256)
    tell('heads', FILES.anchors, 'the journals are not those that were anchored')
}

/** An attempt without any entry was never entered: nothing may be claimed of it but that it was absent. */
function checkSilent(known: Known, heads: Head[], tell: Tell) {
  const spoken = new Set(heads.map((head) => head.attemptId))
  for (const attempt of known.attempts.values())
    if (!spoken.has(attempt.id) && (attempt.closedHash !== null || attempt.startedAt !== null))
      tell('attempts', attempt.id, 'the attempt has no journal')
}
