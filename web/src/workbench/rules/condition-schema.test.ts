import { describe, expect, test } from 'vitest'
import { packJsonSchema } from '../../../../policy/src/index.ts'
import {
  alternativeName,
  childrenOf,
  predicatesOf,
  type Schema,
  withChildren,
  withKind,
} from './condition-schema.ts'

const condition = (packJsonSchema() as { $defs: Record<string, Schema> }).$defs.条件 as Schema
const predicates = predicatesOf(condition)

describe('the form of a condition', () => {
  test('offers every predicate of the closed set with its line of help, and no operator among them', () => {
    expect(predicates.length).toBeGreaterThan(30)
    expect(predicates.every((one) => one.about !== '')).toBe(true)
    expect(predicates.map((one) => one.name)).not.toContain('全部满足')
    expect(predicates.map((one) => one.name)).not.toContain('下级规定')
  })

  test('names every alternative of every field in Chinese', () => {
    const names = predicates.flatMap((one) =>
      Object.values(one.params.properties ?? {}).flatMap((field) => (field.anyOf ?? []).map(alternativeName)),
    )
    expect(names.length).toBeGreaterThan(3)
    expect(names).not.toContain('其他')
    expect(names.join('')).not.toMatch(/[a-z]/i)
  })

  test('wraps what stood there when it becomes a group, and keeps the parts from group to group', () => {
    const retired = { 已退休: {}, 标签: '退休' }
    const all = withKind(retired, '全部满足', predicates)
    expect(all).toEqual({ 全部满足: [{ 已退休: {} }], 标签: '退休' })
    const two = withChildren(all, [...childrenOf(all), { 年满: { 岁: 18 } }])
    expect(withKind(two, '至少', predicates)).toEqual({
      至少: { 项: 1, 条件: [{ 已退休: {} }, { 年满: { 岁: 18 } }] },
      标签: '退休',
    })
  })

  test('a new predicate begins with its defaults', () => {
    expect(withKind({}, '培训合格证书', predicates)).toEqual({
      培训合格证书: { 职业: '本职业', 等级: '本等级', 当年: false },
    })
  })
})
