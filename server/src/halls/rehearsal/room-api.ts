// For the self-check before the day: anybody may try the line and the camera. Nothing that comes in is kept.
import { z } from 'zod'
import { ok } from '../../platform/result.ts'
import { type RoomApi, roomProcedure } from '../room-call.ts'

export const rehearsalRoomApi: RoomApi = {
  'rehearsal/ping': roomProcedure({
    method: 'POST',
    summary: '自检：网络往返与服务器时间',
    input: z.strictObject({}),
    // Whole halls rehearse at once behind one address.
    limit: { max: 1_200, seconds: 60 },
    handle: async () => ok({}),
  }),
  'rehearsal/picture': roomProcedure({
    method: 'POST',
    summary: '自检：上传一张照片，收到即弃',
    input: z.strictObject({}),
    files: { max: 1, maxBytes: 512 * 1024, mediaTypes: ['image/jpeg'] },
    limit: { max: 300, seconds: 60 },
    handle: async ({ files }) => ok({ bytes: files[0]?.bytes.length ?? 0 }),
  }),
}
