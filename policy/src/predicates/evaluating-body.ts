// AH-1, AH-2, AH-8, AH-9: whom a body may evaluate depends on what it is and how the person stands to it.
import { z } from 'zod'
import { BODY_KINDS, RELATIONS } from '../facts.ts'
import { DATA, NO, type State, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { defineDatedList, spanDays, within } from './dated-list.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

export const bodyKind = definePredicate({
  name: '机构类别',
  about: '评价机构属于所列类别之一',
  reads: [],
  schema: z.strictObject({ 任一: z.array(z.enum(BODY_KINDS)).min(1) }),
  implies: (strong, weak) => strong.任一.every((kind) => weak.任一.includes(kind)),
  evaluate: (p, scope) => {
    const kind = scope.params.institutionKind
    const leaf = leavesUsing()[kind === undefined ? DATA : (p.任一 as string[]).includes(kind) ? YES : NO]
    return () => leaf
  },
  changeDays: () => [],
  requirement: (p) => `由${p.任一.join('或')}评价`,
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === DATA ? [{ kind: '数据', what: '评价机构的类别', at: 'params.institutionKind' }] : [],
  finding: (_p, _facts, _on, _leaf, scope) => `机构类别：${scope.params.institutionKind ?? '未说明'}`,
})

export const affiliation = defineDatedList({
  name: '与机构关系',
  about: '当日与评价机构有所列关系之一；可要求在一线，可要求本企业已委托',
  list: 'affiliations',
  schema: z.strictObject({
    任一: z.array(z.enum(RELATIONS)).min(1),
    一线: z.boolean().default(false),
    已委托: z.boolean().default(false),
  }),
  implies: (strong, weak) =>
    strong.任一.every((r) => weak.任一.includes(r)) &&
    (strong.一线 || !weak.一线) &&
    (strong.已委托 || !weak.已委托),
  holds:
    (p, scope) =>
    (item, on): State => {
      if (item.institution !== scope.params.institution && scope.params.institution !== undefined) return NO
      if (!p.任一.includes(item.relation) || !within(item, on)) return NO
      if ((p.一线 && item.frontLine === false) || (p.已委托 && item.commissioned === false)) return NO
      const open = (p.一线 && item.frontLine === undefined) || (p.已委托 && item.commissioned === undefined)
      return open || scope.params.institution === undefined ? DATA : YES
    },
  days: spanDays,
  requirement: (p, scope) =>
    `是${scope.params.institution ?? '评价机构'}的${p.一线 ? '一线' : ''}${p.任一.join('、')}${p.已委托 ? '，且所在企业已委托链主企业' : ''}`,
  words: (p) => ({
    data: '与评价机构的关系',
    paper: p.任一[0]?.startsWith('本校') ? '学籍或毕业证明' : '劳动关系或派遣证明',
    event: `成为${p.任一.join('或')}${p.一线 ? '并在一线岗位' : ''}${p.已委托 ? '并由所在企业委托' : ''}`,
  }),
  open: (p, item, at, state, scope) => {
    if (state !== DATA) return undefined
    if (scope.params.institution === undefined)
      return { kind: '数据', what: '评价机构', at: 'params.institution' }
    return p.一线 && item.frontLine === undefined
      ? { kind: '数据', what: '是否在一线岗位', at: `${at}.frontLine` }
      : { kind: '数据', what: '所在企业是否已委托链主企业', at: `${at}.commissioned` }
  },
  say: (item) =>
    `${sayDay(item.from)}起为${item.institution}${item.relation}${item.frontLine ? '，在一线' : ''}`,
})
