import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile as readBytes, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Signature } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { readFile } from '../../platform/files.ts'
import { canonicalText } from '../attempts/entry.ts'
import { openContent, openKeys } from '../papers/sealed-content.ts'
import { findArranged, papersById } from '../papers/store.ts'
import { type Head, headsSha256 } from './heads.ts'
import {
  type AttemptLine,
  FILES,
  FORMAT,
  type JournalLine,
  type ListedFile,
  MANIFEST,
  type Manifest,
  type PackageSignature,
  SIGNATURE,
} from './package-format.ts'
import {
  type Archive,
  anchorsOf,
  arrangementFacts,
  attemptsOf,
  journalOfSitting,
  PLAIN_FILES,
  plainLines,
} from './store.ts'

export interface WrittenPackage {
  manifest: Manifest
  manifestSha256: string
  signature: Signature
  bytes: Buffer
}

/** Writes file after file into the zip as they come from the database; nothing but the zip itself is ever whole in memory. */
export async function writePackage(
  tx: Tx,
  app: App,
  asked: Archive,
  previous: Archive | undefined,
): Promise<WrittenPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'shujiang-archive-'))
  try {
    const path = join(folder, 'archive.zip')
    const zip = new yazl.ZipFile()
    const writing = pipeline(zip.outputStream, createWriteStream(path))
    // Awaited below; until then a failure must not go unheard.
    writing.catch(() => {})
    const files: ListedFile[] = []
    const counts = { attempts: 0, entries: 0, answers: 0, closed: 0 }
    const heads: Head[] = []
    const add = async (name: string, lines: AsyncIterable<string> | Iterable<string>, counted = true) => {
      files.push(await addFile(zip, name, lines, counted, app.clock.now()))
    }

    const { sittingId } = asked
    const facts = defined(await arrangementFacts(tx, sittingId), 'an arrangement')
    await add(FILES.rules, [facts.line], false)
    if (facts.drawProofFileId) {
      const proof = defined(await readFile(app, facts.drawProofFileId, tx), 'the proof of the draw')
      await add(FILES.draw, [Buffer.from(proof.bytes).toString('utf8')], false)
    }
    const attempts = await attemptsOf(tx, sittingId)
    counts.attempts = attempts.length
    counts.closed = attempts.filter((one) => one.closedAt).length
    await add(
      FILES.attempts,
      attempts.map((one) => canonicalText(lineOf(one))),
    )
    await add(FILES.journal, journalLines(tx, sittingId, counts, heads))
    await add(
      FILES.heads,
      heads.map((head) => canonicalText(head)),
    )
    const anchors = await anchorsOf(tx, sittingId)
    await add(
      FILES.anchors,
      anchors.map((one) => canonicalText({ ...one, at: one.at.toISOString() })),
    )
    for (const file of PLAIN_FILES) await add(FILES[file], await plainLines(tx, file, sittingId))
    if (asked.includesKeys) {
      const papers = await papersById(tx, [...new Set(attempts.map((one) => one.paperId))].sort())
      await add(
        FILES.contents,
        papers.map((paper) =>
          canonicalText({
            paperId: paper.id,
            content: openContent(app.crypto, paper),
            keys: openKeys(app.crypto, paper),
          }),
        ),
      )
    }

    const manifest = await manifestOf(tx, app, { asked, previous, counts, heads, files })
    const text = `${JSON.stringify(manifest, null, 1)}\n`
    const signature = app.crypto.sign(text)
    const manifestSha256 = app.crypto.sha256(text)
    const key = defined(
      app.crypto.publicKeys().find((one) => one.keyId === signature.keyId),
      'the public key',
    )
    const signed: PackageSignature = { ...signature, publicKey: key.spki, manifestSha256 }
    zip.addBuffer(Buffer.from(text), MANIFEST)
    zip.addBuffer(Buffer.from(`${JSON.stringify(signed, null, 1)}\n`), SIGNATURE)
    zip.end()
    await writing
    return { manifest, manifestSha256, signature, bytes: await readBytes(path) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function manifestOf(
  tx: Tx,
  app: App,
  of: {
    asked: Archive
    previous: Archive | undefined
    counts: Manifest['counts']
    heads: Head[]
    files: ListedFile[]
  },
): Promise<Manifest> {
  const { asked, previous, counts, heads, files } = of
  const sitting = defined(await findArranged(tx, asked.sittingId, { kind: 'nation' }), 'its sitting')
  const { number, title, organisationId, provinceCode, cityCode } = sitting
  return {
    format: FORMAT,
    number: asked.number,
    supplements: previous?.manifestSha256
      ? { number: previous.number, manifestSha256: previous.manifestSha256 }
      : null,
    sitting: { id: sitting.sittingId, number, title, organisationId, provinceCode, cityCode },
    madeAt: app.clock.now().toISOString(),
    reason: asked.reason,
    includesKeys: asked.includesKeys,
    counts,
    heads: { attempts: heads.length, entries: counts.entries, sha256: headsSha256(heads) },
    files: files.sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function lineOf(one: Awaited<ReturnType<typeof attemptsOf>>[number]): AttemptLine {
  return {
    ...one,
    opensAt: one.opensAt.toISOString(),
    closesAt: one.closesAt.toISOString(),
    startedAt: one.startedAt?.toISOString() ?? null,
    closedAt: one.closedAt?.toISOString() ?? null,
  }
}

async function* journalLines(tx: Tx, sittingId: string, counts: Manifest['counts'], heads: Head[]) {
  for await (const row of journalOfSitting(tx, sittingId)) {
    const { attemptId, seq, kind, at, body } = row
    const hash = row.hash.toString('hex')
    counts.entries += 1
    if (kind === 'answer') counts.answers += 1
    const last = heads.at(-1)
    if (last?.attemptId === attemptId) Object.assign(last, { seq, hash })
    else heads.push({ attemptId, seq, hash })
    const line: JournalLine = { sittingId, attemptId, seq, kind, at: at.toISOString(), body, hash }
    yield JSON.stringify(line)
  }
}

async function addFile(
  zip: yazl.ZipFile,
  name: string,
  lines: AsyncIterable<string> | Iterable<string>,
  counted: boolean,
  mtime: Date,
): Promise<ListedFile> {
  const digest = createHash('sha256')
  let bytes = 0
  let count = 0
  async function* chunks() {
    for await (const line of lines) {
      count += 1
      yield `${line}\n`
    }
  }
  const metered = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      digest.update(chunk)
      done(null, chunk)
    },
  })
  const source = Readable.from(chunks(), { objectMode: false })
  source.once('error', (error) => metered.destroy(error))
  source.pipe(metered)
  zip.addReadStream(metered, name, { mtime })
  await finished(metered, { writable: false })
  return { name, bytes, sha256: digest.digest('hex'), lines: counted ? count : null }
}
