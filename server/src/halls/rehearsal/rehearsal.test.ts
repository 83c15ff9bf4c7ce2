import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import type { RoomCall } from '../room-call.ts'
import { rehearsalRoomApi } from './room-api.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(async () => {
  await app?.close()
})

describe('the self-check before the day', () => {
  it('takes a picture and keeps nothing of it', async () => {
    const call: RoomCall = {
      app,
      secrets: {},
      files: [{ field: 'picture', name: 'a.jpg', mediaType: 'image/jpeg', bytes: Buffer.from(randomUUID()) }],
      ip: '10.0.0.1',
      agent: 'test',
      sebConfigHash: undefined,
      url: '',
    }
    const files = () => app.db.selectFrom('platform.files').select('id').execute()
    const before = await files()
    const answer = await rehearsalRoomApi['rehearsal/picture']?.handle(call, {})
    expect(answer).toEqual({ ok: true, value: { bytes: 36 } })
    expect(await files()).toEqual(before)
  })
})
