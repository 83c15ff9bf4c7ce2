import { z } from 'zod'
import { nothing } from '../../platform/api.ts'
import { type RoomApi, roomProcedure } from '../room-call.ts'
import { answerConsent } from './answer-consent.ts'
import { readMyAdmission } from './at-the-door.ts'
import { enterRoom } from './enter-room.ts'
import { identify } from './identify.ts'
import { showFace } from './show-face.ts'

/** A camera's picture: a JPEG of 1280 by 960 has 300 KB. */
export const PICTURE = { max: 1, maxBytes: 2 * 1024 * 1024, mediaTypes: ['image/jpeg', 'image/png'] } as const

export const gatesRoomApi = {
  identify: roomProcedure({
    method: 'POST',
    summary: '在考位核对身份',
    input: z.strictObject({
      ticketNumber: z.string().trim().min(4).max(40),
      idTail: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-z]{6}$/, '请输入证件号码的后六位'),
    }),
    // A whole hall stands behind one address; wrong tries are counted by machine and ticket in the database.
    limit: { max: 1_200, seconds: 60 },
    handle: (call, input) => identify(call, input),
  }),
  consent: roomProcedure({
    method: 'POST',
    summary: '答复是否同意使用人脸信息',
    input: z.strictObject({ given: z.boolean() }),
    handle: ({ app, secrets }, input) => answerConsent(app, secrets.admission, input),
  }),
  face: roomProcedure({
    method: 'POST',
    summary: '拍照核对',
    input: z.strictObject({}),
    files: PICTURE,
    limit: { max: 600, seconds: 60 },
    handle: ({ app, secrets, files }) => showFace(app, secrets.admission, files[0]?.bytes),
  }),
  admission: roomProcedure({
    method: 'GET',
    summary: '三道核对到了哪一步',
    input: nothing,
    handle: ({ app, secrets }) => readMyAdmission(app, secrets.admission),
  }),
  enter: roomProcedure({
    method: 'POST',
    summary: '进入考试',
    input: z.strictObject({}),
    handle: (call) => enterRoom(call),
  }),
} satisfies RoomApi
