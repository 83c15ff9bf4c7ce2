import { z } from 'zod'
import { type Api, command, done, download, id, listInput, listOf, query, ROLES } from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { STAFF_ROLES } from '../organisations/organisation.ts'
import { may } from '../permissions.ts'
import { listStaffRows } from '../store/staff.ts'
import { disableStaff } from './disable-staff.ts'
import { endMembership } from './end-membership.ts'
import { inviteStaff } from './invite-staff.ts'
import { renewPasswordLink } from './renew-password-link.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { restoreStaff } from './restore-staff.ts'
import { managedOrganisation } from './staff-scope.ts'

const EXAMPLE_ID = '00000000-0000-4000-8000-000000000000'
const EXPORT_ROWS = 10_000
const staffRole = z.enum(STAFF_ROLES)
const STATES = {
  invited: '待设置密码',
  unbound: '未绑定动态口令',
  active: '正常',
  disabled: '已停用',
  ended: '已结束',
} as const
const state = z.enum(Object.keys(STATES) as [keyof typeof STATES])
const reason = z.string().trim().min(2, '请写明原因').max(200)

const filter = listInput.extend({
  organisationId: id.optional(),
  role: staffRole.optional(),
  state: state.optional(),
})

export const staffApi = {
  'people.list-staff': query({
    summary: '工作人员',
    permission: may['people.manage-staff'],
    input: filter,
    example: {},
    output: listOf(
      z.object({
        membershipId: z.string(),
        accountId: z.string(),
        name: z.string(),
        username: z.string().nullable(),
        role: staffRole,
        roleTitle: z.string(),
        organisationId: z.string(),
        organisationName: z.string(),
        fromOn: z.string(),
        toOn: z.string().nullable(),
        state,
        self: z.boolean(),
      }),
    ),
    handle: async ({ app, actor }, input) => {
      const organisationId = managedOrganisation(actor) ?? input.organisationId
      const { rows, total } = await listStaffRows(app.db, { ...input, organisationId }, app.clock.today())
      const shown = rows.map((row) => ({
        ...row,
        role: row.role as (typeof STAFF_ROLES)[number],
        roleTitle: ROLES[row.role],
        self: row.accountId === actor.accountId,
      }))
      return ok({ rows: shown, total, page: input.page, size: input.size })
    },
  }),
  'people.export-staff': download({
    summary: '导出工作人员名单',
    permission: may['people.manage-staff'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const organisationId = managedOrganisation(actor) ?? input.organisationId
      const { rows } = await listStaffRows(
        app.db,
        { ...input, organisationId, page: 1, size: EXPORT_ROWS },
        app.clock.today(),
      )
      const bytes = await writeSheet({
        title: '工作人员名单',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'organisationName', title: '单位' },
          { key: 'name', title: '姓名' },
          { key: 'username', title: '账号' },
          { key: 'roleTitle', title: '身份' },
          { key: 'fromOn', title: '开始日期' },
          { key: 'toOn', title: '结束日期' },
          { key: 'stateTitle', title: '状态' },
        ],
        rows: rows.map((row) => ({ ...row, roleTitle: ROLES[row.role], stateTitle: STATES[row.state] })),
      })
      return ok({ fileName: '工作人员名单.xlsx', mediaType: XLSX, bytes })
    },
  }),
  'people.invite-staff': command({
    summary: '邀请工作人员',
    permission: may['people.manage-staff'],
    record: { kind: 'organisation', from: 'organisationId' },
    input: z.strictObject({
      organisationId: id,
      role: staffRole,
      name: z.string().trim().min(2, '请填写姓名').max(30),
      username: z
        .string()
        .trim()
        .regex(/^[a-zA-Z][a-zA-Z0-9_.-]{2,29}$/, '账号名为 3 至 30 位字母、数字、点、横线，以字母开头'),
    }),
    example: { organisationId: EXAMPLE_ID, role: 'teacher', name: '周明', username: 'zhou.ming' },
    output: z.object({ id: z.string(), membershipId: z.string(), link: z.string().nullable() }),
    handle: ({ app, actor }, input) => inviteStaff(app, actor, input),
  }),
  'people.renew-password-link': command({
    summary: '重发设置密码链接',
    permission: may['people.manage-staff'],
    record: { kind: 'staff', from: 'accountId' },
    input: z.strictObject({ accountId: id }),
    example: { accountId: EXAMPLE_ID },
    output: z.object({ link: z.string() }),
    handle: ({ app, actor }, input) => renewPasswordLink(app, actor, input),
  }),
  'people.disable-staff': command({
    summary: '停用工作人员账号',
    permission: may['people.manage-staff'],
    record: { kind: 'staff', from: 'accountId' },
    input: z.strictObject({ accountId: id, reason }),
    example: { accountId: EXAMPLE_ID, reason: '离职' },
    output: done,
    handle: ({ app, actor }, input) => disableStaff(app, actor, input),
  }),
  'people.restore-staff': command({
    summary: '恢复工作人员账号',
    permission: may['people.manage-staff'],
    record: { kind: 'staff', from: 'accountId' },
    input: z.strictObject({ accountId: id }),
    example: { accountId: EXAMPLE_ID },
    output: done,
    handle: ({ app, actor }, input) => restoreStaff(app, actor, input),
  }),
  'people.reset-second-factor': command({
    summary: '重置动态口令',
    permission: may['people.manage-staff'],
    record: { kind: 'staff', from: 'accountId' },
    input: z.strictObject({ accountId: id, reason }),
    example: { accountId: EXAMPLE_ID, reason: '手机遗失' },
    output: done,
    handle: ({ app, actor }, input) => resetSecondFactor(app, actor, input),
  }),
  'people.end-membership': command({
    summary: '结束工作人员身份',
    permission: may['people.manage-staff'],
    record: { kind: 'membership', from: 'membershipId' },
    input: z.strictObject({ membershipId: id, reason }),
    example: { membershipId: EXAMPLE_ID, reason: '调离岗位' },
    output: done,
    handle: ({ app, actor }, input) => endMembership(app, actor, input),
  }),
} satisfies Api

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
