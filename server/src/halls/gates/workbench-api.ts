import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Api,
  command,
  day,
  done,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
} from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { confirmCandidate } from './confirm-candidate.ts'
import { clientAt, doorList, doorState, part, reason, registered } from './door-shapes.ts'
import { exportDoor } from './export-door.ts'
import { faceRegister } from './face-register.ts'
import { listDoor } from './list-door.ts'
import { lookAtRegisteredPhoto } from './look-at-face.ts'
import { openDoor } from './open-door.ts'
import { may } from './permissions.ts'
import { registerCandidatePhoto } from './register-candidate-photo.ts'
import { PICTURE } from './room-api.ts'
import { secondVoucher } from './second-voucher.ts'
import { doorCards } from './store/door.ts'
import { readmitCandidate, turnAwayCandidate } from './turn-away-candidate.ts'
import { vouchCandidate } from './vouch-candidate.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const AT = '2026-11-22T09:00:00+08:00'
const AH11 = 'AH-11'
const ofAdmission = { kind: 'admission', from: 'admissionId' }
const ofSitting = { kind: 'arrangement', from: 'sittingId' }
const instant = z.date().transform((at) => at.toISOString())
const door = listInput.extend({ sittingId: id, hallId: id, part, state: doorState.optional() })

export const gatesApi = {
  'halls.list-doors': query({
    summary: '场次考场的入场情况',
    clause: AH11,
    permission: may['door.read'],
    input: listInput.extend({ on: day.optional(), mine: z.enum(['yes']).optional() }),
    example: {},
    output: listOf(
      z.object({
        sittingId: z.string(),
        hallId: z.string(),
        title: z.string(),
        number: z.string(),
        hall: z.string(),
        site: z.string(),
        startsAt: instant,
        endsAt: instant,
        state: z.enum(['waiting', 'admitting', 'running', 'paused', 'ended']),
        role: z.enum(['chief', 'invigilator', 'patrol']).nullable(),
        seated: z.number(),
        admitted: z.number(),
      }),
    ),
    handle: async ({ app, actor }, { mine, ...input }) => {
      const { accountId } = actor
      const ask = { ...input, accountId, mine: mine === 'yes', now: app.clock.now() }
      const found = await doorCards(app.db, scopeOf(actor), ask)
      return ok({ ...found, page: input.page, size: input.size })
    },
  }),
  'halls.list-door': query({
    summary: '考场入场情况',
    clause: AH11,
    permission: may['door.read'],
    record: ofSitting,
    input: door,
    example: { sittingId: ID, hallId: ID, part: 'theory' },
    output: doorList,
    handle: ({ app, actor }, input) => listDoor(app, actor, input),
  }),
  'halls.export-door': download({
    summary: '导出入场记录',
    clause: AH11,
    permission: may['door.read'],
    record: ofSitting,
    input: z.strictObject({ sittingId: id, hallId: id, part }),
    example: { sittingId: ID, hallId: ID, part: 'theory' },
    handle: ({ app, actor }, input) => exportDoor(app, actor, input),
  }),
  'halls.open-door': command({
    summary: '开始入场',
    clause: AH11,
    permission: may['door.keep'],
    record: ofSitting,
    input: z.strictObject({ sittingId: id, hallId: id }),
    example: { sittingId: ID, hallId: ID },
    output: done,
    handle: ({ app, actor }, input) => openDoor(app, actor, input),
  }),
  'halls.confirm-candidate': command({
    summary: '确认考生入场',
    clause: AH11,
    permission: may['door.keep'],
    record: ofAdmission,
    input: z.strictObject({ admissionId: id, clientAt }),
    example: { admissionId: ID, clientAt: AT },
    output: done,
    handle: ({ app, actor }, input) => confirmCandidate(app, actor, input),
  }),
  'halls.vouch-candidate': command({
    summary: '由人核对考生：第一人',
    clause: AH11,
    permission: may['door.keep'],
    record: ofAdmission,
    input: z.strictObject({ admissionId: id, way: z.enum(['face', 'document', 'late']), reason, clientAt }),
    example: { admissionId: ID, way: 'document', reason: '考生不使用人脸核对', clientAt: AT },
    output: done,
    handle: ({ app, actor }, input) => vouchCandidate(app, actor, input),
  }),
  'halls.second-voucher': command({
    summary: '由人核对考生：第二人',
    clause: AH11,
    permission: may['door.keep'],
    record: ofAdmission,
    input: z.strictObject({
      admissionId: id,
      proposalId: id,
      agreed: z.boolean(),
      reason: reason.optional(),
      clientAt,
    }),
    example: { admissionId: ID, proposalId: ID, agreed: true, clientAt: AT },
    output: z.object({ id: z.string(), admitted: z.boolean() }),
    handle: ({ app, actor }, input) => secondVoucher(app, actor, { ...input, reason: input.reason ?? null }),
  }),
  'halls.turn-away-candidate': command({
    summary: '拒绝考生入场',
    clause: AH11,
    permission: may['door.keep'],
    record: ofAdmission,
    input: z.strictObject({ admissionId: id, reason, impostor: z.boolean(), clientAt }),
    example: { admissionId: ID, reason: '证件照片与本人不符', impostor: true, clientAt: AT },
    output: done,
    handle: ({ app, actor }, input) => turnAwayCandidate(app, actor, input),
  }),
  'halls.readmit-candidate': command({
    summary: '恢复入场核对',
    clause: AH11,
    permission: may['door.keep'],
    record: ofAdmission,
    input: z.strictObject({ admissionId: id, reason, clientAt }),
    example: { admissionId: ID, reason: '考生补带了身份证', clientAt: AT },
    output: done,
    handle: ({ app, actor }, input) => readmitCandidate(app, actor, input),
  }),
  'halls.registered-photo': download({
    summary: '查看考生登记照片',
    clause: 'FACE-CONSENT',
    permission: may['faces.look'],
    record: ofSitting,
    input: z.strictObject({
      sittingId: id,
      ticketNumber: z.string().max(40),
      purpose: z.string().trim().min(2).max(100),
    }),
    example: { sittingId: ID, ticketNumber: '0', purpose: '入场身份核对' },
    handle: ({ app, actor }, input) => lookAtRegisteredPhoto(app, actor, input),
  }),
  'halls.register-candidate-photo': command({
    summary: '为考生采集登记照片',
    clause: 'FACE-CONSENT',
    permission: may['faces.register'],
    record: ofSitting,
    input: z.strictObject({ sittingId: id, ticketNumber: z.string().max(40), consented: z.boolean() }),
    example: { sittingId: ID, ticketNumber: '0', consented: false },
    files: PICTURE,
    output: registered,
    handle: ({ app, actor, files }, input) =>
      registerCandidatePhoto(app, actor, { ...input, picture: files[0]?.bytes }),
  }),
  'halls.face-register': query({
    summary: '存储人脸信息的人数',
    clause: 'FACE-REGISTER',
    permission: may['faces.count'],
    input: nothing,
    example: {},
    output: z.object({
      persons: z.number(),
      warnAt: z.number(),
      fileAt: z.number(),
      state: z.enum(['below', 'near', 'reached']),
      unverified: z.array(z.enum(['warnAt', 'fileAt'])),
    }),
    handle: async ({ app, actor }) => {
      const scope = scopeOf(actor)
      return ok(await faceRegister(app, app.db, scope.kind === 'province' ? scope.provinceCode : null))
    },
  }),
} satisfies Api
