import { z } from 'zod'
import { type Api, command, done, id } from '../../platform/api.ts'
import { may } from '../arrangements/permissions.ts'
import {
  arrangement,
  commitExample,
  commitInput,
  family,
  ID,
  reason,
  valueExample,
  valueInput,
} from '../arrangements/shapes.ts'
import { closeRegistration } from './close-registration.ts'
import { commitDraw } from './commit-draw.ts'
import { commitFamilyDraw, drawFamily, releaseFromFamily, voidFamilyDraw } from './draw-family.ts'
import { drawSitting } from './draw-sitting.ts'
import { voidDraw } from './void-draw.ts'

const committed = z.object({ commitment: z.string() })

export const seatingApi = {
  'halls.commit-draw': command({
    summary: '公布抽签承诺',
    clause: 'AH-11',
    permission: may['draws.run'],
    record: arrangement,
    input: z.strictObject({ sittingId: id, ...commitInput }),
    example: { sittingId: ID, ...commitExample },
    output: committed,
    handle: ({ app, actor }, input) => commitDraw(app, actor, input),
  }),
  'halls.close-registration': command({
    summary: '锁定考生名单',
    clause: 'AH-11',
    permission: may['draws.run'],
    record: arrangement,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({ candidates: z.number(), inputsSha256: z.string() }),
    handle: ({ app, actor }, input) => closeRegistration(app, actor, input),
  }),
  'halls.draw-seats': command({
    summary: '填写公开值并抽签',
    clause: 'AH-11',
    permission: may['draws.run'],
    record: arrangement,
    input: z.strictObject({ sittingId: id, ...valueInput }),
    example: { sittingId: ID, ...valueExample },
    output: z.object({ candidates: z.number(), proofSha256: z.string() }),
    handle: ({ app, actor }, input) => drawSitting(app, actor, input),
  }),
  'halls.void-draw': command({
    summary: '作废抽签、重新开放名单',
    clause: 'AH-11',
    permission: may['draws.run'],
    record: arrangement,
    input: z.strictObject({ sittingId: id, reason }),
    example: { sittingId: ID, reason: '考场停电，改期' },
    output: done,
    handle: ({ app, actor }, input) => voidDraw(app, actor, input),
  }),
  'halls.commit-family-draw': command({
    summary: '公布统考抽签承诺',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({ familyId: id, ...commitInput }),
    example: { familyId: ID, ...commitExample },
    output: committed,
    handle: ({ app, actor }, input) => commitFamilyDraw(app, actor, input),
  }),
  'halls.draw-family': command({
    summary: '填写公开值、统考一次抽签',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({ familyId: id, ...valueInput }),
    example: { familyId: ID, ...valueExample },
    output: z.object({ sittings: z.number(), candidates: z.number() }),
    handle: ({ app, actor }, input) => drawFamily(app, actor, input),
  }),
  'halls.void-family-draw': command({
    summary: '作废统考抽签',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({ familyId: id, reason }),
    example: { familyId: ID, reason: '公开值来源停发' },
    output: z.object({ sittings: z.number() }),
    handle: ({ app, actor }, input) => voidFamilyDraw(app, actor, input),
  }),
  'halls.release-from-family': command({
    summary: '将场次移出统考',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({ familyId: id, sittingId: id, reason }),
    example: { familyId: ID, sittingId: ID, reason: '考点不具备条件' },
    output: done,
    handle: ({ app, actor }, input) => releaseFromFamily(app, actor, input),
  }),
} satisfies Api
