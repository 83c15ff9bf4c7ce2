import { z } from 'zod'
import { jurisdictionOf } from '../institutions/index.ts'
import { scopeOf } from '../people/index.ts'
import { type Api, download, listOf, query } from '../platform/api.ts'
import { ok } from '../platform/result.ts'
import { may } from './permissions.ts'
import { formChoices, formShape } from './reading/form-choices.ts'
import {
  figureFilter,
  figureRow,
  RULE_STATES,
  readFigures,
  readRules,
  ruleFilter,
  ruleRow,
} from './reading/list-rules.ts'
import { readRule, ruleAsked, ruleShape } from './reading/read-rule.ts'
import { SHOWN_STATES } from './revision.ts'
import { sheet } from './sheet.ts'

function pageOf<R>(rows: R[], { page, size }: { page: number; size: number }) {
  return { rows: rows.slice((page - 1) * size, page * size), total: rows.length, page, size }
}

export const rulesApi = {
  'rules.list': query({
    summary: '规则列表',
    permission: may['rule.read'],
    input: ruleFilter,
    example: {},
    output: listOf(ruleRow),
    handle: async ({ app, actor }, input) => ok(pageOf(await readRules(app, actor, input), input)),
  }),
  'rules.export': download({
    summary: '导出规则列表',
    permission: may['rule.read'],
    input: ruleFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const rows = await readRules(app, actor, input)
      return ok(
        await sheet(app, actor, {
          title: '规则清单',
          columns: [
            { key: 'name', title: '规则', width: 30 },
            { key: 'place', title: '辖区' },
            { key: 'topic', title: '类别' },
            { key: 'clause', title: '条款' },
            { key: 'inForceFrom', title: '现行版本自' },
            { key: 'nextFrom', title: '新版本自' },
            { key: 'revisionText', title: '修订', width: 24 },
          ],
          rows: rows.map((row) => ({
            ...row,
            nextFrom: row.nextFrom ?? '',
            revisionText: row.revision
              ? `${row.revision.number} ${SHOWN_STATES[row.revision.state]}`
              : RULE_STATES.none,
          })),
        }),
      )
    },
  }),
  'rules.rule': query({
    summary: '查看规则',
    permission: may['rule.read'],
    input: ruleAsked,
    example: { rule: 'engineer.declaration' },
    output: ruleShape,
    handle: ({ app, actor }, input) => readRule(app, actor, input),
  }),
  'rules.figures': query({
    summary: '省级参数',
    permission: may['rule.read'],
    input: figureFilter,
    example: {},
    output: listOf(figureRow),
    handle: async ({ app, actor }, input) => ok(pageOf(await readFigures(app, actor, input), input)),
  }),
  'rules.export-figures': download({
    summary: '导出省级参数',
    permission: may['rule.read'],
    input: figureFilter,
    example: {},
    handle: async ({ app, actor }, input) =>
      ok(
        await sheet(app, actor, {
          title: '省级参数清单',
          columns: [
            { key: 'name', title: '参数', width: 30 },
            { key: 'key', title: '适用' },
            { key: 'value', title: '现行取值' },
            { key: 'unit', title: '单位' },
            { key: 'clause', title: '条款' },
            { key: 'fromOn', title: '自' },
          ],
          rows: await readFigures(app, actor, input),
        }),
      ),
  }),
  'rules.form': query({
    summary: '规则修订的表单',
    permission: may['rule.read'],
    input: z.strictObject({}),
    example: {},
    output: formShape,
    handle: async ({ app, actor }) => {
      const scope = scopeOf(actor)
      return ok(
        formChoices(app.policy, scope.kind === 'province' ? jurisdictionOf(scope.provinceCode) : 'national'),
      )
    },
  }),
} satisfies Api
