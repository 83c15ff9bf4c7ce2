import { z } from 'zod'
import { minuteOf } from '../../exams/index.ts'
import { occupationNames } from '../../institutions/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
import {
  type Actor,
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  level,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { FAMILY_STATES } from './family.ts'
import {
  announceFamily,
  answerInvitation,
  draftFamily,
  endFamily,
  joinFamily,
  settleUnifications,
} from './keep-family.ts'
import { may } from './permissions.ts'
import { readFamily } from './read-family.ts'
import {
  drawShapeForStaff,
  EXPORT_ROWS,
  family,
  familyState,
  ID,
  instant,
  instantIn,
  reason,
} from './shapes.ts'
import { type FamilyFilter, listFamilies } from './store/families.ts'

const unificationKey = z.enum(['standard', 'papers', 'marking', 'administration', 'mark'])
const unified = z
  .strictObject({
    key: unificationKey,
    text: z.string().trim().max(500),
    source: z.string().trim().max(300),
    clause: z.string().max(40),
    state: z.enum(['open', 'settled']),
  })
  .refine((one) => one.state === 'open' || (one.text.length >= 4 && one.source.length >= 2), {
    message: '确认前请写明统一的内容和依据',
    path: ['text'],
  })
const window = z
  .strictObject({ startsAt: instantIn, endsAt: instantIn })
  .refine((one) => one.startsAt < one.endsAt, { message: '结束时间应晚于开始时间', path: ['endsAt'] })
const filter = listInput.extend({ state: familyState.optional() })
const row = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  occupationName: z.string(),
  level: z.string(),
  theoryStartsAt: instant,
  abilityEndsAt: instant,
  state: familyState,
  members: z.number(),
  accepted: z.number(),
  sittings: z.number(),
  candidates: z.number(),
})

async function familiesOf(app: App, actor: Actor, input: FamilyFilter) {
  const { rows, total } = await listFamilies(app.db, scopeOf(actor), input)
  return { rows, total, page: input.page, size: input.size }
}

export const familiesApi = {
  'halls.list-families': query({
    summary: '统考联考',
    clause: 'AH-10',
    permission: may['families.read'],
    input: filter,
    example: {},
    output: listOf(row),
    handle: async ({ app, actor }, input) => ok(await familiesOf(app, actor, input)),
  }),
  'halls.export-families': download({
    summary: '导出统考联考',
    permission: may['families.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await familiesOf(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const bytes = await writeSheet({
        title: '统考联考',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'number', title: '编号' },
          { key: 'title', title: '名称', width: 24 },
          { key: 'occupationName', title: '职业', width: 16 },
          { key: 'level', title: '等级' },
          { key: 'starts', title: '理论开始' },
          { key: 'stateTitle', title: '状态' },
          { key: 'accepted', title: '参加机构', kind: 'number' },
          { key: 'sittings', title: '场次', kind: 'number' },
          { key: 'candidates', title: '考生', kind: 'number' },
        ],
        rows: rows.map((one) => ({
          ...one,
          starts: minuteOf(one.theoryStartsAt),
          stateTitle: FAMILY_STATES[one.state],
        })),
      })
      return ok({ fileName: `统考联考-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.family-choices': query({
    summary: '可组织统考的职业和机构',
    permission: may['families.run'],
    input: nothing,
    example: {},
    output: z.object({
      occupations: z.array(z.object({ id: z.string(), name: z.string() })),
      institutions: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    handle: async ({ app, actor }) => {
      const names = await occupationNames(app.db)
      const found = await findOrganisations(app.db, {
        kind: 'evaluation_institution',
        provinceCode: actor.organisation?.provinceCode ?? '',
      })
      return ok({
        occupations: [...names].map(([one, name]) => ({ id: one, name })),
        institutions: found.map((one) => ({ id: one.id, name: one.name })),
      })
    },
  }),
  'halls.read-family': query({
    summary: '查看统考',
    clause: 'AH-10',
    permission: may['families.read'],
    record: family,
    input: z.strictObject({ familyId: id }),
    example: { familyId: ID },
    output: row.omit({ members: true, accepted: true, sittings: true, candidates: true }).extend({
      direction: z.string().nullable(),
      unified: z.array(
        z.object({
          key: unificationKey,
          text: z.string(),
          source: z.string(),
          clause: z.string(),
          state: z.enum(['open', 'settled']),
        }),
      ),
      theoryEndsAt: instant,
      abilityStartsAt: instant,
      announcedAt: instant.nullable(),
      members: z.array(
        z.object({
          organisationId: z.string(),
          organisation: z.string(),
          state: z.enum(['invited', 'accepted', 'declined']),
          invitedAt: instant,
          decidedByName: z.string().nullable(),
          decidedReason: z.string().nullable(),
          decidedAt: instant.nullable(),
        }),
      ),
      sittings: z.array(z.object({ sittingId: z.string(), number: z.string(), organisation: z.string() })),
      progress: z.array(
        z.object({
          siteId: z.string(),
          site: z.string(),
          cityName: z.string(),
          sittingId: z.string(),
          sitting: z.string(),
          organisation: z.string(),
          halls: z.number(),
          candidates: z.number(),
          admitted: z.number(),
          started: z.number(),
          handedIn: z.number(),
          alerts: z.number(),
          urgent: z.number(),
          silent: z.number(),
          ended: z.number(),
        }),
      ),
      draws: z.array(drawShapeForStaff),
      joinable: z.array(z.object({ sittingId: z.string(), number: z.string(), title: z.string() })),
      actions: z.object({
        settle: allowed.nullable(),
        announce: allowed.nullable(),
        commit: allowed.nullable(),
        draw: allowed.nullable(),
        voidDraw: allowed.nullable(),
        release: allowed.nullable(),
        end: allowed.nullable(),
        answer: allowed.nullable(),
        join: allowed.nullable(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readFamily(app, actor, input),
  }),
  'halls.draft-family': command({
    summary: '起草统考',
    clause: 'AH-10',
    permission: may['families.run'],
    input: z.strictObject({
      title: z.string().trim().min(4).max(100),
      occupationId: z.string().max(40),
      direction: z.string().max(60).nullish(),
      level,
      theory: window,
      ability: window,
    }),
    example: {
      title: '人工智能初级统考',
      occupationId: 'ai',
      level: '初级',
      theory: { startsAt: '2027-03-06T09:00:00+08:00', endsAt: '2027-03-06T11:00:00+08:00' },
      ability: { startsAt: '2027-03-06T14:00:00+08:00', endsAt: '2027-03-06T17:00:00+08:00' },
    },
    output: z.object({ id: z.string(), number: z.string() }),
    handle: ({ app, actor }, input) => draftFamily(app, actor, input),
  }),
  'halls.settle-unifications': command({
    summary: '确定五统一',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({ familyId: id, unified: z.array(unified).min(1).max(5) }),
    example: {
      familyId: ID,
      unified: [
        {
          key: 'standard',
          text: '执行国家职业技术技能标准',
          source: '国家标准',
          clause: 'AH-10',
          state: 'settled',
        },
      ],
    },
    output: done,
    handle: ({ app, actor }, input) => settleUnifications(app, actor, input),
  }),
  'halls.announce-family': command({
    summary: '公布统考并邀请机构',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({
      familyId: id,
      organisationIds: z.array(id).min(1, '请至少邀请一家机构').max(200),
    }),
    example: { familyId: ID, organisationIds: [ID] },
    output: z.object({ invited: z.number() }),
    handle: ({ app, actor }, input) => announceFamily(app, actor, input),
  }),
  'halls.end-family': command({
    summary: '结束或取消统考',
    clause: 'AH-10',
    permission: may['families.run'],
    record: family,
    input: z.strictObject({ familyId: id, reason }),
    example: { familyId: ID, reason: '考试全部结束' },
    output: z.object({ state: z.string() }),
    handle: ({ app, actor }, input) => endFamily(app, actor, input),
  }),
  'halls.answer-invitation': command({
    summary: '答复统考邀请',
    clause: 'AH-10',
    permission: may['families.join'],
    record: family,
    input: z.strictObject({ familyId: id, accept: z.boolean(), reason: reason.nullable() }),
    example: { familyId: ID, accept: true, reason: null },
    output: done,
    handle: ({ app, actor }, input) => answerInvitation(app, actor, input),
  }),
  'halls.join-family': command({
    summary: '场次加入统考',
    clause: 'AH-10',
    permission: may['families.join'],
    record: family,
    input: z.strictObject({ familyId: id, sittingId: id }),
    example: { familyId: ID, sittingId: ID },
    output: done,
    handle: ({ app, actor }, input) => joinFamily(app, actor, input),
  }),
} satisfies Api
