import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import type { Config } from './config.ts'
import type { Storage } from './storage.ts'

const TIMEOUT_MS = 30_000

/**
 * Any S3 API (MinIO, Ceph, a cloud's): path-style addresses, because a self-hosted store seldom has a name for each
 * bucket. The body's hash is signed, so that an object changed on the way is refused.
 */
export function s3Storage(s3: NonNullable<Config['s3']>): Storage {
  const client = new AwsClient({
    accessKeyId: s3.accessKey,
    secretAccessKey: s3.secretKey,
    region: s3.region,
    service: 's3',
    retries: 3,
  })
  const bucket = `${s3.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(s3.bucket)}`
  const pathOf = (key: string) => `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`

  async function send(
    method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
    url: string,
    body?: Uint8Array,
    mediaType?: string,
  ) {
    const response = await client.fetch(url, {
      method,
      headers: {
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
        ...(mediaType && { 'content-type': mediaType }),
      },
      ...(body && { body: body as Uint8Array<ArrayBuffer> }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.ok || response.status === 404) return response
    const code = /<Code>([A-Za-z]+)<\/Code>/.exec(await response.text())?.[1] ?? 'no code'
    throw new Error(`object storage answered ${response.status} (${code}) to ${method}`)
  }
  const mustExist = (response: Response) => {
    if (response.status === 404) throw new Error(`object storage has no bucket ${s3.bucket}`)
  }

  return {
    async put(key, bytes, mediaType) {
      mustExist(await send('PUT', pathOf(key), bytes, mediaType))
    },
    async get(key) {
      const response = await send('GET', pathOf(key))
      const bytes = Buffer.from(await response.arrayBuffer())
      if (response.status === 404) {
        if (bytes.includes('NoSuchBucket')) mustExist(response)
        return undefined
      }
      return bytes
    },
    async remove(key) {
      await send('DELETE', pathOf(key))
    },
    async check() {
      mustExist(await send('HEAD', bucket))
    },
  }
}
