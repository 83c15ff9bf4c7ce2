import type { App } from '../../platform/app.ts'
import type { Refusal, Result } from '../../platform/result.ts'
import { EnvelopeBroken, openMessage, sealMessage } from './envelope.ts'
import { type NodeSecret, readNodeSecret } from './node.ts'
import type { NodePath } from './province-door.ts'

/** The province could not be reached, or what came was not its answer: try again later. */
export class ProvinceAway extends Error {}

/** How a node's message gets to the province and back: bytes there, bytes here. Tests cut it. */
export type Carrier = (
  path: NodePath,
  secret: string,
  sealed: Buffer,
) => Promise<{ status: number; bytes: Uint8Array }>

export interface ProvinceLink {
  call(path: NodePath, content: unknown): Promise<Result<unknown>>
}

const CALL_MS = 60_000

export function overHttp(provinceUrl: string): Carrier {
  return async (path, secret, sealed) => {
    const answer = await fetch(new URL(`/api/node/${path}`, provinceUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-node': secret },
      body: new Uint8Array(sealed),
      signal: AbortSignal.timeout(CALL_MS),
    })
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
  }
}

export function provinceLink(app: App, secretText: string, carry: Carrier): ProvinceLink {
  const secret = readNodeSecret(secretText)
  if (!secret) throw new Error('NODE_SECRET is not a secret that a province gave out')
  return { call: (path, content) => call(app, secret, carry, path, content) }
}

async function call(
  app: App,
  secret: NodeSecret,
  carry: Carrier,
  path: NodePath,
  content: unknown,
): Promise<Result<unknown>> {
  const sealed = sealMessage(app.crypto, { secret: secret.whole, path, direction: 'request', content })
  const answer = await carry(path, secret.whole, sealed).catch((error) => {
    throw new ProvinceAway('the province cannot be reached', { cause: error })
  })
  if (answer.status !== 200) {
    const refusal = refusalIn(answer.bytes)
    if (refusal) return { ok: false, refusal }
    throw new ProvinceAway(`the province answered ${answer.status}`)
  }
  try {
    const message = openMessage(answer.bytes, { secret: secret.whole, path, direction: 'answer' })
    if (message.publicKey !== secret.provinceKey) throw new EnvelopeBroken('signed by another')
    return JSON.parse(message.body) as Result<unknown>
  } catch (error) {
    throw new ProvinceAway('the answer is not the province’s', { cause: error })
  }
}

function refusalIn(bytes: Uint8Array): Refusal | undefined {
  try {
    return (JSON.parse(Buffer.from(bytes).toString('utf8')) as { refusal?: Refusal }).refusal
  } catch {
    return undefined
  }
}
