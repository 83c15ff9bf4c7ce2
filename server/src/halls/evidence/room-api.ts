import { z } from 'zod'
import { type RoomApi, roomProcedure } from '../room-call.ts'
import { takeCapture } from './take-capture.ts'
import { takeVideo, videoHeld } from './take-video.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const run = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)

export const evidenceRoomApi = {
  capture: roomProcedure({
    method: 'POST',
    summary: '考试中抓拍',
    input: z.strictObject({ clientAt: instant, reason: z.enum(['random', 'event', 'asked']) }),
    files: { max: 1, maxBytes: 2 * 1024 * 1024, mediaTypes: ['image/jpeg', 'image/png'] },
    handle: ({ app, secrets, files }, input) => takeCapture(app, secrets, input, files[0]?.bytes),
  }),
  video: roomProcedure({
    method: 'POST',
    summary: '考试中录像的一段',
    input: z.strictObject({
      run,
      segment: z.number().int().min(0).max(100_000),
      clientFrom: instant,
      clientTo: instant,
    }),
    files: { max: 1, maxBytes: 16 * 1024 * 1024 },
    handle: ({ app, secrets, files }, input) => takeVideo(app, secrets, input, files[0]?.bytes),
  }),
  'video-held': roomProcedure({
    method: 'GET',
    summary: '已收到录像的哪些段',
    input: z.strictObject({ run }),
    handle: ({ app, secrets }, input) => videoHeld(app, secrets, input),
  }),
} satisfies RoomApi
