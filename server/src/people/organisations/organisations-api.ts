import { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import {
  type Api,
  command,
  done,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { timeline } from '../../platform/audit.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { type Scope, scopeOf } from '../scope.ts'
import { findOrganisation, listOrganisationRows } from '../store/organisations.ts'
import { changeOrganisation } from './change-organisation.ts'
import { ORGANISATION_KINDS, type Organisation } from './organisation.ts'
import { registerOrganisation } from './register-organisation.ts'

const EXAMPLE_ID = '00000000-0000-4000-8000-000000000000'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const kind = z.enum(Object.keys(ORGANISATION_KINDS) as [keyof typeof ORGANISATION_KINDS])
const region = z.string().regex(/^\d{6}$/, '请选择地区')
const text = z
  .string()
  .trim()
  .max(200)
  .nullable()
  .transform((value) => value || null)

const organisationShape = z.object({
  id: z.string(),
  kind,
  kindTitle: z.string(),
  name: z.string(),
  creditCode: z.string().nullable(),
  provinceCode: z.string(),
  cityCode: z.string().nullable(),
  address: z.string().nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
})
const shown = (one: Organisation) => ({ ...one, kindTitle: ORGANISATION_KINDS[one.kind] })
const filter = listInput.extend({
  kind: kind.optional(),
  cityCode: region.optional(),
  provinceCode: region.optional(),
})
type Filter = z.output<typeof filter>

function withinScope(actor: Actor, input: Filter): Filter {
  const scope = scopeOf(actor)
  if (scope.kind === 'city') return { ...input, provinceCode: scope.provinceCode, cityCode: scope.cityCode }
  if (scope.kind === 'province') return { ...input, provinceCode: scope.provinceCode }
  return input
}

/** An organisation a scope may open: the own one, those of the own region, or any. */
function mayOpen(scope: Scope, one: Organisation): boolean {
  switch (scope.kind) {
    case 'person':
      return false
    case 'organisation':
      return one.id === scope.organisationId
    case 'city':
      return one.cityCode === scope.cityCode
    case 'province':
      return one.provinceCode === scope.provinceCode
    case 'nation':
      return true
  }
}

export const organisationsApi = {
  'people.list-organisations': query({
    summary: '单位',
    permission: may['people.read-organisations'],
    input: filter,
    example: {},
    output: listOf(organisationShape.extend({ staffCount: z.number() })),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listOrganisationRows(app.db, withinScope(actor, input))
      return ok({
        rows: rows.map((row) => ({ ...row, ...shown(row) })),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'people.export-organisations': download({
    summary: '导出单位名单',
    permission: may['people.read-organisations'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listOrganisationRows(app.db, {
        ...withinScope(actor, input),
        page: 1,
        size: 10_000,
      })
      const bytes = await writeSheet({
        title: '单位名单',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'kindTitle', title: '类别' },
          { key: 'name', title: '名称' },
          { key: 'creditCode', title: '统一社会信用代码' },
          { key: 'provinceCode', title: '省代码' },
          { key: 'cityCode', title: '市州代码' },
          { key: 'address', title: '地址' },
          { key: 'contactName', title: '联系人' },
          { key: 'contactPhone', title: '联系电话' },
          { key: 'staffCount', title: '工作人员数', kind: 'number' },
        ],
        rows: rows.map((row) => ({ ...row, ...shown(row) })),
      })
      return ok({ fileName: '单位名单.xlsx', mediaType: XLSX, bytes })
    },
  }),
  'people.read-organisation': query({
    summary: '单位资料',
    permission: may['people.read-organisations'],
    record: { kind: 'organisation', from: 'id' },
    input: z.strictObject({ id }),
    example: { id: EXAMPLE_ID },
    output: organisationShape.extend({ timeline: z.array(timelineEntry) }),
    handle: async ({ app, actor }, input) => {
      const one = await findOrganisation(app.db, input.id)
      if (!one || !mayOpen(scopeOf(actor), one)) return refuse(no.ORGANISATION_NOT_FOUND())
      return ok({ ...shown(one), timeline: await timeline(app.db, `organisation:${one.id}`, 100) })
    },
  }),
  'people.my-organisation': query({
    summary: '本单位资料',
    permission: may['people.change-organisation'],
    input: nothing,
    example: {},
    output: organisationShape,
    handle: async ({ app, actor }) => {
      const one = actor.organisation ? await findOrganisation(app.db, actor.organisation.id) : undefined
      return one ? ok(shown(one)) : refuse(no.ORGANISATION_NOT_FOUND())
    },
  }),
  'people.register-organisation': command({
    summary: '登记单位',
    permission: may['people.register-organisation'],
    input: z.strictObject({
      kind,
      name: z.string().trim().min(4, '请填写单位全称').max(100),
      creditCode: text,
      provinceCode: region,
      cityCode: region.nullable(),
      address: text,
      contactName: text,
      contactPhone: text,
    }),
    output: done,
    handle: ({ app, actor }, input) => registerOrganisation(app, actor, input),
  }),
  'people.change-organisation': command({
    summary: '修改单位资料',
    permission: may['people.change-organisation'],
    record: { kind: 'organisation', from: 'id' },
    input: z.strictObject({
      id,
      name: z.string().trim().min(4, '请填写单位全称').max(100),
      address: text,
      contactName: text,
      contactPhone: text,
    }),
    example: { id: EXAMPLE_ID, name: '江城数字学院', address: null, contactName: null, contactPhone: null },
    output: done,
    handle: ({ app, actor }, input) => changeOrganisation(app, actor, input),
  }),
} satisfies Api
