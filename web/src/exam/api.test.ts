import { afterEach, describe, expect, it, vi } from 'vitest'
import { call, wordsOf } from './api.ts'

/** What comes back over the line, in place of a line. */
const hearing = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', answer)
const failure = async () => {
  const answer = await call('state', undefined)
  return answer.ok ? undefined : answer.failure
}
afterEach(() => vi.unstubAllGlobals())

describe('a call that was not answered for', () => {
  it('tells nothing heard from a server that cannot answer now', async () => {
    hearing(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(await failure()).toEqual({ kind: 'unreachable' })
    const now = '2026-11-22T01:00:00.000Z'
    hearing(async () => Response.json({ message: '稍后再来', now }, { status: 503 }))
    expect(await failure()).toEqual({ kind: 'busy', number: null })
    expect(wordsOf({ kind: 'busy', number: null })).toContain('服务器忙')
  })

  it('knows a busy server also by what answers in its place, and says the number of a fault', async () => {
    hearing(async () => new Response('<html>502 Bad Gateway</html>', { status: 502 }))
    expect(await failure()).toEqual({ kind: 'busy', number: null })
    hearing(async () => Response.json({ number: 'E-7' }, { status: 500 }))
    expect(wordsOf((await failure())!)).toContain('E-7')
  })

  it('takes a page that is not ours for no line at all', async () => {
    hearing(async () => new Response('<html>请登录网络</html>', { status: 200 }))
    expect(await failure()).toEqual({ kind: 'unreachable' })
  })
})
