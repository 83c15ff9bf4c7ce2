import { execFile } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { timeline } from '../../platform/audit.ts'
import { instantAt } from '../../platform/clock.ts'
import { localCrypto } from '../../platform/crypto.ts'
import { readFile } from '../../platform/files.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { storedZip } from '../../platform/sheets/stored-zip.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import { ALL_RIGHT, aSealedSitting, type SealedFixture, sit } from '../papers/fixtures.ts'
import { papersJobs } from '../papers/jobs.ts'
import { scoreSitting } from '../papers/score-sitting.ts'
import { checkPackage, type PackageVerdict } from './check-package.ts'
import { closeHallSitting } from './close-sitting.ts'
import { archivesJobs } from './jobs.ts'
import { makeArchive } from './make-archive.ts'
import { openPackage } from './open-package.ts'
import { MANIFEST, type Manifest, type PackageSignature, SIGNATURE } from './package-format.ts'
import { archivesOf } from './store.ts'

let app: TestApp
let sealed: SealedFixture
let bytes: Buffer
let files: Record<string, Buffer>
const folder = mkdtempSync(join(tmpdir(), 'shujiang-archives-'))
let made = 0
const onDisk = (content: Uint8Array) => {
  made += 1
  const path = join(folder, `${made}.zip`)
  writeFileSync(path, content)
  return path
}

beforeAll(async () => {
  app = await aTestApp()
  sealed = await aSealedSitting(app, { candidates: 3 })
  await sql`update exams.sittings set state = 'open' where id = ${sealed.sittingId}`.execute(app.db)
  app.clock.set(instantAt('2026-03-12', '09:00'))
  await sit(app, sealed, 0, 'theory', ALL_RIGHT, { before: { 1: 'A', 9: 'delete' } })
  await sit(app, sealed, 1, 'theory', { ...ALL_RIGHT, 5: ['A'] })
  await sql`delete from halls.attempts where part = 'ability'`.execute(app.db)
  await sql`update halls.attempts set state = 'absent' where closed_at is null`.execute(app.db)
  await sql`update exams.candidates set theory_mark = 'absent' where id = ${sealed.candidates[2]?.id}`.execute(
    app.db,
  )
}, 60_000)
afterAll(async () => {
  await journalOf(app).close()
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const codeOf = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code
const ask = (includesKeys: boolean, actor = sealed.manager) =>
  makeArchive(app, actor, { sittingId: sealed.sittingId, reason: '考后归档', includesKeys })

describe('the close of a sitting', () => {
  const close = (actor = sealed.manager) => closeHallSitting(app, actor, { sittingId: sealed.sittingId })

  it('is refused out of scope and while an attempt is open; no archive before it', async () => {
    expect(codeOf(await close(anActor('evaluation_manager')))).toBe('ARCHIVE_SITTING_NOT_FOUND')
    expect(codeOf(await ask(false))).toBe('HALL_STILL_OPEN')
    await sql`update halls.attempts set state = 'ready' where state = 'absent'`.execute(app.db)
    expect(codeOf(await close())).toBe('HALL_ATTEMPTS_OPEN')
    await sql`update halls.attempts set state = 'absent' where state = 'ready'`.execute(app.db)
  })

  it('anchors the heads of all chains, signed, in the audit log, once', async () => {
    const { headsSha256 } = value(await close())
    expect(codeOf(await close())).toBe('HALL_ALREADY_CLOSED')
    const told = (await timeline(app.db, `sitting:${sealed.sittingId}`)).filter(
      (one) => one.name === 'hall.heads-anchored',
    )
    expect(told).toHaveLength(1)
    expect(told[0]?.data).toMatchObject({
      attempts: 2,
      headsSha256,
      keyId: app.crypto.publicKeys()[0]?.keyId,
    })
    await expect(sql`update halls.anchors set entries = 0`.execute(app.db)).rejects.toThrow()
  })
})

describe('a package', () => {
  beforeAll(async () => {
    await sql`update exams.sittings set state = 'ended', ended_on = '2026-03-12' where id = ${sealed.sittingId}`.execute(
      app.db,
    )
    value(await scoreSitting(app, sealed.manager, { sittingId: sealed.sittingId }))
    expect(codeOf(await ask(true, anActor('evaluation_manager')))).toBe('ARCHIVE_SITTING_NOT_FOUND')
    value(await ask(true))
    expect(codeOf(await ask(true))).toBe('ARCHIVE_IN_PROGRESS')
    await runJobsNow(app, { ...papersJobs, ...archivesJobs })
    const [archive] = await archivesOf(app.db, sealed.sittingId)
    bytes = Buffer.from((await readFile(app, archive?.fileId as string))?.bytes ?? [])
    files = await unpack(bytes)
  }, 60_000)

  const publicKey = () => app.crypto.publicKeys()[0]?.spki as string

  it('holds: signature, files, chains, deadlines, heads and scores', async () => {
    const verdict = await checkPackage(onDisk(bytes), [publicKey()])
    expect(verdict.problems).toEqual([])
    expect(verdict).toMatchObject({
      ok: true,
      number: 1,
      signature: { valid: true, pinned: true },
      chains: { attempts: 2, broken: 0 },
      deadlines: { answers: 22, late: 0 },
      anchors: { found: 1, valid: 1 },
      scores: { checked: 2, differing: 0 },
    })
  })

  it('tells nothing that opens anything', () => {
    const all = Object.entries(files)
      .filter(([name]) => name !== 'paper-contents.ndjson')
      .map(([, content]) => content.toString())
      .join('')
    expect(all).not.toMatch(/secret_hash|key_sealed|items_sealed|paper_cipher|seed_sealed|第 1 题/)
  })

  it('is checked by a command that needs nothing else, in JSON without a Chinese word', async () => {
    const run = (...words: string[]) =>
      promisify(execFile)(
        process.execPath,
        [join(import.meta.dirname, 'verify-archive.ts'), 'verify', ...words],
        {
          env: { PATH: process.env.PATH },
        },
      ).catch((error: { code: number; stdout: string }) => error)
    const good = await run(onDisk(bytes), '--key', publicKey(), '--json')
    expect(JSON.parse(good.stdout)).toMatchObject({ ok: true })
    expect(Object.keys(JSON.parse(good.stdout)).join()).not.toMatch(/\p{Script=Han}/u)
    expect((await run(onDisk(bytes))).stdout).toContain('有效：档案完整')
    const bad = await run(onDisk(repack({ ...files, 'acts.ndjson': Buffer.from('{}\n') })))
    expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining('无效') })
    expect(await run(join(folder, 'nowhere.zip'))).toMatchObject({ code: 2 })
  })

  const changed = (name: string, change: (text: string) => string) =>
    repack({ ...files, [name]: Buffer.from(change(files[name]?.toString() ?? '')) })
  const flipped = (name: string) => {
    const content = Buffer.from(files[name] as Buffer)
    const at = Math.floor(content.length / 2)
    content[at] = (content[at] as number) ^ 1
    return repack({ ...files, [name]: content })
  }

  it.each<[string, () => Buffer, PackageVerdict['problems'][number]['check']]>([
    ['one byte of the journal', () => flipped('journal.ndjson'), 'files'],
    ['one byte of the manifest', () => flipped(MANIFEST), 'signature'],
    ['a journal line left out', () => changed('journal.ndjson', (text) => text.replace(/.*\n/, '')), 'files'],
    ['a line added', () => changed('acts.ndjson', (text) => `${text}{}\n`), 'files'],
    ['a missing file', () => repack(without(files, 'gate-checks.ndjson')), 'files'],
    ['a missing manifest', () => repack(without(files, MANIFEST)), 'container'],
    ['a missing signature', () => repack(without(files, SIGNATURE)), 'container'],
    [
      'two files swapped',
      () =>
        repack({
          ...files,
          'heads.ndjson': files['attempts.ndjson'] as Buffer,
          'attempts.ndjson': files['heads.ndjson'] as Buffer,
        }),
      'files',
    ],
    ['a file nobody listed', () => unlisted(), 'files'],
    ['another name', () => repack({ ...files, 'notes.txt': Buffer.from('x') }), 'container'],
    ['a path out of the folder', () => storedZip({ ...files, '../../etc/cron.d/x': 'x' }), 'container'],
    ['an absolute path', () => storedZip({ ...files, '/etc/passwd': 'x' }), 'container'],
    ['a name twice', () => twice(), 'container'],
    ['no zip at all', () => Buffer.from('PK\x03\x04 nothing'), 'container'],
    ['half a package', () => bytes.subarray(0, bytes.length / 2), 'container'],
    ['a bomb in the place of the journal', () => bomb('journal.ndjson', 40), 'files'],
    ['a bomb in the place of the manifest', () => bomb(MANIFEST, 40), 'container'],
    [
      'a bomb that lies about its size',
      () => bomb('journal.ndjson', 40, (files['journal.ndjson'] as Buffer).length),
      'files',
    ],
  ])('does not hold with %s', async (_, tampered, check) => {
    const verdict = await checkPackage(onDisk(tampered()))
    expect(verdict.ok).toBe(false)
    expect(verdict.problems.map((one) => one.check)).toContain(check)
  })

  it('does not hold against the key of the platform when somebody signed it anew', async () => {
    const forged = resigned(files)
    expect((await checkPackage(onDisk(forged))).signature).toMatchObject({ valid: true, pinned: false })
    expect(await checkPackage(onDisk(forged), [publicKey()])).toMatchObject({
      ok: false,
      signature: { valid: false },
    })
  })

  it('does not hold when an answer was exchanged and everything around it made to fit', async () => {
    const journal = files['journal.ndjson']
      ?.toString()
      .replace('\\"value\\":[\\"select\\"]', '\\"value\\":[\\"insert\\"]')
    const verdict = await checkPackage(
      onDisk(resigned({ ...files, 'journal.ndjson': Buffer.from(journal ?? '') })),
    )
    expect(verdict).toMatchObject({ ok: false, chains: { broken: 1 } })
  })

  it('does not hold when a score was raised and the package signed anew', async () => {
    const attempts = files['attempts.ndjson']
      ?.toString()
      .replaceAll('"objectiveTenths":950', '"objectiveTenths":990')
    const verdict = await checkPackage(
      onDisk(resigned({ ...files, 'attempts.ndjson': Buffer.from(attempts ?? '') })),
    )
    expect(verdict).toMatchObject({ ok: false, scores: { checked: 2, differing: 1 } })
  })

  it('does not hold when working time was added afterwards to let a late answer in', async () => {
    const shorter = files['attempts.ndjson']
      ?.toString()
      .replaceAll('"minutes":90', '"minutes":1')
      .replaceAll(/"closesAt":"[^"]+"/g, '"closesAt":"2026-03-12T00:30:00.000Z"')
    const verdict = await checkPackage(
      onDisk(resigned({ ...files, 'attempts.ndjson': Buffer.from(shorter ?? '') })),
    )
    expect(verdict.deadlines.late).toBeGreaterThan(0)
    expect(verdict.ok).toBe(false)
  })

  it('made after a change of key is checked by both keys, and names the one that is missing', async () => {
    const before = publicKey()
    const older = app.crypto
    app.crypto = localCrypto('another-master-key-for-statements-only', [before])
    const after = publicKey()
    expect(app.crypto.publicKeys().map((one) => one.spki)).toEqual([after, before])
    const words = 'signed before the change'
    expect(app.crypto.verify(words, older.sign(words))).toBe(true)
    expect(app.crypto.verify(`${words}?`, older.sign(words))).toBe(false)
    const anew = signedBy(files, (text) => app.crypto.sign(text.toString()), after)
    app.crypto = older
    const [keyBefore, keyAfter] = [before, after].map(keyIdOf)
    expect(await checkPackage(onDisk(anew), [after, before])).toMatchObject({
      ok: true,
      signature: { keyId: keyAfter },
      otherKeys: [],
      anchors: { found: 1, valid: 1 },
    })
    expect(await checkPackage(onDisk(anew), [after])).toMatchObject({
      ok: false,
      signature: { valid: true },
      otherKeys: [keyBefore],
      problems: [{ check: 'heads', message: expect.stringContaining(`signed by another key: ${keyBefore}`) }],
    })
    expect(await checkPackage(onDisk(anew), [before])).toMatchObject({
      ok: false,
      signature: { valid: false },
      otherKeys: [keyAfter],
      problems: [{ check: 'signature', message: `signed by another key: ${keyAfter}` }],
    })
  })

  it('is supplemented by a later one that names it, and holds as well', async () => {
    value(await ask(false))
    await runJobsNow(app, { ...papersJobs, ...archivesJobs })
    const [first, second] = await archivesOf(app.db, sealed.sittingId)
    const again = Buffer.from((await readFile(app, second?.fileId as string))?.bytes ?? [])
    const verdict = await checkPackage(onDisk(again), [publicKey()])
    expect(verdict).toMatchObject({ ok: true, number: 2, scores: null })
    const manifest = JSON.parse((await unpack(again))[MANIFEST]?.toString() ?? '') as Manifest
    expect(manifest.supplements).toEqual({ number: 1, manifestSha256: first?.manifestSha256 })
    expect(again.includes('paper-contents')).toBe(false)
  })

  async function unpack(zip: Buffer): Promise<Record<string, Buffer>> {
    const opened = await openPackage(onDisk(zip))
    const all: Record<string, Buffer> = {}
    for (const name of opened.names) all[name] = await opened.read(name)
    opened.close()
    return all
  }

  const repack = (all: Record<string, Buffer>) => storedZip(all, { deflate: true })

  function without(all: Record<string, Buffer>, name: string) {
    return Object.fromEntries(Object.entries(all).filter(([one]) => one !== name))
  }

  function twice() {
    const zip = storedZip({ ...files, 'acts.ndjsoN': 'x' })
    return Buffer.from(zip.toString('latin1').replaceAll('acts.ndjsoN', 'acts.ndjson'), 'latin1')
  }

  function unlisted() {
    const manifest = JSON.parse(files[MANIFEST]?.toString() ?? '') as Manifest
    return resigned(files, {
      ...manifest,
      files: manifest.files.filter((file) => file.name !== 'alerts.ndjson'),
    })
  }

  /** `claimed`: what the zip's own directory says of its size. */
  function bomb(name: string, megabytes: number, claimed?: number) {
    const zip = storedZip(
      { ...files, [name]: Buffer.alloc(megabytes * 1024 * 1024, 0x20) },
      { deflate: true },
    )
    if (claimed !== undefined) zip.writeUInt32LE(claimed, zip.lastIndexOf(name) - 46 + 24)
    return zip
  }

  /** What a forger can do who has everything but the platform's key. */
  function resigned(all: Record<string, Buffer>, like?: Manifest) {
    const manifest = like ?? (JSON.parse(all[MANIFEST]?.toString() ?? '') as Manifest)
    const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')
    for (const file of manifest.files) {
      const content = all[file.name] as Buffer
      Object.assign(file, { bytes: content.length, sha256: sha256(content) })
    }
    const text = Buffer.from(JSON.stringify(manifest))
    const { publicKey: pub, privateKey } = generateKeyPairSync('ed25519')
    const spki = pub.export({ format: 'der', type: 'spki' }).toString('base64')
    return signedBy(
      { ...all, [MANIFEST]: text },
      (bytes) => ({ value: sign(null, bytes, privateKey).toString('base64url') }),
      spki,
    )
  }

  function signedBy(
    all: Record<string, Buffer>,
    signs: (text: Buffer) => { value: string },
    spki: string,
  ): Buffer {
    const text = all[MANIFEST] as Buffer
    const signature: PackageSignature = {
      algorithm: 'Ed25519',
      keyId: keyIdOf(spki),
      publicKey: spki,
      value: signs(text).value,
      manifestSha256: createHash('sha256').update(text).digest('hex'),
    }
    return repack({ ...all, [SIGNATURE]: Buffer.from(JSON.stringify(signature)) })
  }

  function keyIdOf(spki: string): string {
    const hash = createHash('sha256').update(Buffer.from(spki, 'base64')).digest('hex')
    return `ed25519-${hash.slice(0, 16)}`
  }
})
