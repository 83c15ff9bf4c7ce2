import { Secret, TOTP } from 'otpauth'
import type { Answer, Caller } from '../db/seed/caller.ts'
import { type CastStaff, DEMO_PASSWORD } from '../db/seed/cast.ts'
import type { World } from './world.ts'

interface Session {
  token: string | undefined
  actingAs?: string
}

export function caller(
  world: World,
  surface: 'portal' | 'workbench',
  name: string,
  session: Session,
): Caller {
  const address = `${world.address}/api/${surface}/`
  const headers = {
    ...(session.token ? { authorization: `Bearer ${session.token}` } : {}),
    ...(session.actingAs ? { 'x-acting-as': session.actingAs } : {}),
  }
  const get = async (procedure: string, input: Record<string, unknown> = {}) => {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(input)) {
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) query.append(key, String(one))
    }
    return answerOf(await fetch(`${address}${procedure}?${query}`, { headers }))
  }
  return {
    name,
    read: get,
    file: get,
    act: async (procedure, input = {}, files) => {
      if (!files) {
        const body = JSON.stringify(input)
        const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body }
        return answerOf(await fetch(address + procedure, sent))
      }
      const form = new FormData()
      form.set('input', JSON.stringify(input))
      for (const [field, file] of Object.entries(files)) {
        form.append(field, new Blob([file.bytes], { type: file.type }), file.name)
      }
      return answerOf(await fetch(address + procedure, { method: 'POST', headers, body: form }))
    },
  }
}

/** Queries that the server has sent for all callers so far, as it reports them. */
export const spent = { queries: 0 }

async function answerOf(response: Response): Promise<Answer> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const bytes = new Uint8Array(await response.arrayBuffer())
  const queries = Number(response.headers.get('x-queries') ?? 0)
  spent.queries += queries
  return {
    status: response.status,
    queries,
    body: isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined,
    bytes,
  }
}

async function authPost(world: World, path: string, body: unknown, cookie = '') {
  const response = await fetch(`${world.address}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: world.address, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  })
  const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
  const text = await response.text()
  if (!response.ok) throw new Error(`signing in at ${path} failed: ${response.status} ${text}`)
  return { cookie: cookies.join('; '), token: response.headers.get('set-auth-token') ?? undefined }
}

/** A learner signed in by phone code. */
export async function learnerCaller(world: World, phone: string, name: string): Promise<Caller> {
  await authPost(world, '/phone-number/send-otp', { phoneNumber: phone })
  const { token } = await authPost(world, '/phone-number/verify', {
    phoneNumber: phone,
    code: world.codes.get(phone),
  })
  return caller(world, 'portal', name, { token })
}

/** Staff of the cast signed in with password and second factor. */
export async function staffCaller(world: World, staff: CastStaff, actingAs?: string): Promise<Caller> {
  const first = await authPost(world, '/sign-in/username', { username: staff.key, password: DEMO_PASSWORD })
  const code = new TOTP({ secret: Secret.fromUTF8(staff.totpSecret) }).generate()
  const { token } = await authPost(world, '/two-factor/verify-totp', { code }, first.cookie)
  return caller(world, 'workbench', staff.name, { token, ...(actingAs ? { actingAs } : {}) })
}
