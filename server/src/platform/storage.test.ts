import { createHash, createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Storage } from './storage.ts'
import { folderStorage } from './storage-folder.ts'
import { s3Storage } from './storage-s3.ts'

const SECRET = 'a secret/key+of the store'
const objects = new Map<string, { bytes: Buffer; mediaType: string | undefined }>()
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** Recomputes the AWS Signature Version 4 of what arrived, from the specification, not from the client's code. */
function signatureHolds(request: IncomingMessage, body: Buffer): boolean {
  const match =
    /^AWS4-HMAC-SHA256 Credential=key\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      request.headers.authorization ?? '',
    )
  if (!match) return false
  const [, date = '', region = '', names = '', signature] = match
  if (!names.split(';').includes('host') || request.headers['x-amz-content-sha256'] !== sha256(body))
    return false
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const canonical = [request.method, request.url, '', headers.join(''), names, sha256(body)].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (at, part) => hmac(at, part),
    `AWS4${SECRET}`,
  )
  return hmac(key, toSign).toString('hex') === signature
}

let store: Server
let endpoint: string
beforeAll(async () => {
  store = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const answer = (status: number, text: string | Buffer = '') => response.writeHead(status).end(text)
    if (!signatureHolds(request, body))
      return answer(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>')
    const path = request.url ?? ''
    if (!path.startsWith('/papers')) return answer(404, '<Error><Code>NoSuchBucket</Code></Error>')
    if (request.method === 'PUT') {
      objects.set(path, { bytes: body, mediaType: request.headers['content-type'] })
      return answer(200)
    }
    if (request.method === 'DELETE') return answer(objects.delete(path) ? 204 : 404)
    if (path === '/papers') return answer(200)
    const object = objects.get(path)
    return object ? answer(200, object.bytes) : answer(404, '<Error><Code>NoSuchKey</Code></Error>')
  })
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(store.address() as { port: number }).port}/`
})
afterAll(() => new Promise((resolve) => store.close(resolve)))

const folder = mkdtempSync(join(tmpdir(), 'shujiang-storage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const s3 = (over = {}) =>
  s3Storage({
    endpoint,
    bucket: 'papers',
    region: 'cn-north-1',
    accessKey: 'key',
    secretKey: SECRET,
    ...over,
  })

describe.each<[string, () => Storage]>([
  ['a folder', () => folderStorage(folder)],
  ['an S3 store', () => s3()],
])('%s', (_, open) => {
  it('has no object nobody put', async () => {
    expect(await open().get('evidence/2026/03/none')).toBeUndefined()
    await open().remove('evidence/2026/03/none')
  })

  it('gives back the bytes that were put, replaces and removes them', async () => {
    const storage = open()
    const key = 'evidence/2026/03/7b1e.pdf'
    await storage.put(key, Buffer.from([0, 1, 255]), 'application/pdf')
    await storage.put(key, Buffer.from('再次'), 'text/plain')
    expect(Buffer.from((await storage.get(key)) ?? []).toString()).toBe('再次')
    await storage.remove(key)
    expect(await storage.get(key)).toBeUndefined()
  })

  it('keeps an empty object', async () => {
    await open().put('empty', new Uint8Array(), 'text/plain')
    expect((await open().get('empty'))?.byteLength).toBe(0)
  })

  it('says that it can be reached', async () => {
    await open().check()
  })
})

describe('a folder', () => {
  it.each(['../outside', '/etc/passwd', 'a/../../b', '.aside/x', 'a//b', 'a\\b', ''])(
    'refuses the key %j',
    async (key) => {
      await expect(folderStorage(folder).put(key, new Uint8Array(), 'text/plain')).rejects.toThrow(
        'not an object key',
      )
    },
  )

  it('leaves no half-written object behind', async () => {
    const storage = folderStorage(folder)
    await storage.put('whole', Buffer.alloc(100_000), 'text/plain')
    expect(readdirSync(join(folder, '.aside'))).toEqual([])
  })
})

describe('an S3 store', () => {
  it('does not accept a request signed with another key', async () => {
    await expect(s3({ secretKey: 'wrong' }).put('k', Buffer.from('x'), 'text/plain')).rejects.toThrow(
      '403 (SignatureDoesNotMatch)',
    )
  })

  it('says that the bucket is missing, instead of losing objects', async () => {
    await expect(s3({ bucket: 'nowhere' }).put('k', Buffer.from('x'), 'text/plain')).rejects.toThrow(
      'no bucket nowhere',
    )
    await expect(s3({ bucket: 'nowhere' }).get('k')).rejects.toThrow('no bucket nowhere')
    await expect(s3({ bucket: 'nowhere' }).check()).rejects.toThrow('no bucket nowhere')
  })

  it('says that the store cannot be reached', async () => {
    await expect(s3({ endpoint: 'http://127.0.0.1:9' }).check()).rejects.toThrow()
  })
})
