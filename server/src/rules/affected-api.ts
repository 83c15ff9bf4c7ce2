import { z } from 'zod'
import { scopeOf } from '../people/index.ts'
import { type Api, command, done, download, id, listOf, query } from '../platform/api.ts'
import { ok, refuse } from '../platform/result.ts'
import { orderReckoning, reckoningOrder } from './affected/order-reckoning.ts'
import { affectedFilter, affectedRow, readAffected } from './affected/read-affected.ts'
import { reckoningOf } from './affected/store.ts'
import { may } from './permissions.ts'
import { reckoningShape, shownReckoning } from './reading/read-revision.ts'
import { no } from './refusals.ts'
import { EXPORT_ROWS, sheet } from './sheet.ts'
import { findRevision } from './store.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'
const record = { kind: 'revision', from: 'id' }

export const affectedApi = {
  'rules.reckon': command({
    summary: '测算受影响人员',
    permission: may['rule.revise'],
    record,
    input: reckoningOrder,
    example: { id: NOBODY },
    output: done,
    handle: ({ app, actor }, input) => orderReckoning(app, actor, input),
  }),
  'rules.reckoning': query({
    summary: '测算进度和结果',
    permission: may['rule.read'],
    record,
    input: z.strictObject({ id }),
    example: { id: NOBODY },
    output: z.object({ reckoning: reckoningShape.nullable() }),
    handle: async ({ app, actor }, input) => {
      const revision = await findRevision(app.db, scopeOf(actor), input.id)
      if (!revision) return refuse(no.REVISION_NOT_FOUND())
      return ok({ reckoning: shownReckoning(await reckoningOf(app.db, revision.id), revision) })
    },
  }),
  'rules.affected': query({
    summary: '受影响人员',
    permission: may['rule.affected'],
    record,
    input: affectedFilter,
    example: { id: NOBODY },
    output: listOf(affectedRow),
    handle: async ({ app, actor }, input) => {
      const found = await readAffected(app, actor, input, 'list')
      if (!found.ok) return found
      return ok({ rows: found.value.rows, total: found.value.total, page: input.page, size: input.size })
    },
  }),
  'rules.export-affected': download({
    summary: '导出受影响人员',
    permission: may['rule.affected'],
    record,
    input: affectedFilter,
    example: { id: NOBODY },
    handle: async ({ app, actor }, input) => {
      const found = await readAffected(app, actor, { ...input, page: 1, size: EXPORT_ROWS }, 'export')
      if (!found.ok) return found
      return ok(
        await sheet(app, actor, {
          title: `受影响人员-${found.value.title}`,
          columns: [
            { key: 'name', title: '姓名（部分隐去）', width: 18 },
            { key: 'city', title: '市州' },
            { key: 'asked', title: '职业和等级', width: 26 },
            { key: 'before', title: '现行结论' },
            { key: 'beforeOpensOn', title: '现行最早日期' },
            { key: 'after', title: '新结论' },
            { key: 'afterOpensOn', title: '新最早日期' },
          ],
          rows: found.value.rows.map((row) => ({
            ...row,
            city: row.city ?? '',
            beforeOpensOn: row.beforeOpensOn ?? '',
            afterOpensOn: row.afterOpensOn ?? '',
          })),
        }),
      )
    },
  }),
} satisfies Api
