import { describe, expect, test } from 'vitest'
import { readPolicyFiles } from '../../cli/read-packs.ts'
import { loadPolicy } from './load-policy.ts'

const CLAUSES = `
文件: [{文件: D, 名称: 某通知, 文号: 某号, 发文机关: 某厅, 日期: "2023-01-01", 施行: "2023-01-01", 效力: 有效}]
条款: [{条款: D-1, 文件: D, 标题: 一, 大意: 一}]
`
const RULE = (body: string) => `
${CLAUSES}
规则:
  - 规则: t.rule
    名称: 试
    事项: 试
    证明: 自述
    确认: 试
    版本:
      - 自: "2023-01-01"
        条款: D-1
        来源状态: found
${body}
`
const problemsOf = (text: string, path = 'packs/hubei/t.yaml') => {
  const loaded = loadPolicy([{ path, text }])
  return loaded.ok ? [] : loaded.problems.map((p) => `${p.at}: ${p.message}`)
}

describe('refusals', () => {
  test('a file that is not YAML, with its line', () => {
    expect(problemsOf('条款: [1, 2')[0]).toMatch(/^第\d+行/)
  })
  test('a key written twice', () => {
    expect(problemsOf('条款: []\n条款: []').join()).toContain('unique')
  })
  test('a pack outside the jurisdictions', () => {
    expect(problemsOf('条款: []', 'packs/hunan/t.yaml').join()).toContain('规则包应放在')
  })
  test('an unknown key, at every depth and all at once', () => {
    const problems = problemsOf(
      `${CLAUSES}\n参数: [{参数: x, 名称: x, 单位: x, 条款: D-1, 值: [{自: "2023-13-01", 值: 1, 来源状态: sure, 来源: x}], 多余: 1}]\n多余: 1`,
    )
    expect(problems).toEqual([
      '参数[0].值[0].自: 应为真实存在的日期，写作 "YYYY-MM-DD"',
      expect.stringContaining('参数[0].值[0].来源状态: 应为以下之一'),
      '参数[0].多余: 不认识的键',
      '多余: 不认识的键',
    ])
  })
  test('a condition nobody knows, two conditions in one place, and an empty list', () => {
    const problems = problemsOf(
      RULE(`        情形:
          - 前提: {长得好看: {}}
            路径:
              - {路径: A, 名称: A, 条件: {职称: {不低于: 中级}, 已退休: {}}}
              - {路径: B, 名称: B, 条件: {全部满足: []}}
              - {路径: C, 名称: C, 条件: {职称: {不低于: 院士}}}
              - {路径: C, 名称: C, 条件: {已退休: {}}}`),
    )
    expect(problems).toEqual([
      expect.stringContaining('没有“长得好看”这个条件'),
      expect.stringContaining('一处只能写一个条件，这里有：职称、已退休'),
      expect.stringContaining('应为至少一项的列表'),
      expect.stringContaining('路径[2].条件.职称.不低于: 应为以下之一'),
      expect.stringContaining('路径“C”写了两次'),
    ])
  })
  test('a clause that is not in the register and an exception that replaces nothing', () => {
    const problems = problemsOf(
      RULE(`        情形: [{路径: [{路径: A, 名称: A, 条款: D-9, 条件: {已退休: {}}}]}]
        例外: [{例外: 破格, 替代: Z, 条款: D-1, 条件: {已退休: {}}}]`),
    )
    expect(problems).toEqual([
      expect.stringContaining('“D-9”不在条款目录'),
      expect.stringContaining('例外所替代的“Z”不存在'),
    ])
  })
  test('versions of a rule that overlap', () => {
    const version =
      '{自: "2023-06-01", 条款: D-1, 来源状态: found, 情形: [{路径: [{路径: A, 名称: A, 条件: {已退休: {}}}]}]}'
    const problems = problemsOf(
      `${RULE(`        情形: [{路径: [{路径: A, 名称: A, 条件: {已退休: {}}}]}]`).trimEnd()}\n      - ${version}`,
    )
    expect(problems).toEqual([expect.stringContaining('与2023-01-01起的版本在时间上重叠')])
  })
  test('a parameter without a value that claims to be found', () => {
    expect(
      problemsOf(
        `${CLAUSES}\n参数: [{参数: x, 名称: x, 单位: x, 条款: D-1, 值: [{自: "2023-01-01", 值: null, 来源状态: found, 来源: x}]}]`,
      ),
    ).toEqual([expect.stringContaining('没有值时来源状态只能是')])
  })
  test('a province that fills in what nobody left open', () => {
    expect(
      problemsOf(
        `${CLAUSES}\n落实: [{规则: t.rule, 事项: 凭证, 条款: D-1, 自: "2023-01-01", 条件: {已退休: {}}}]`,
      ),
    ).toEqual([expect.stringContaining('没有留给下级规定的“凭证”')])
  })
  test('a calendar whose day both rests and works', () => {
    const calendar =
      '{年: 2030, 名称: x, 文号: null, 发布: "2029-11-01", 来源状态: found, 来源: x, 休息: [["2030-01-01", "2030-01-02"]], 上班: ["2030-01-02"]}'
    expect(problemsOf(calendar, 'calendars/2030.yaml')).toEqual([
      expect.stringContaining('2030-01-02不能既休息又上班'),
    ])
  })
})

test('the packs of this repository load, each with its hash', () => {
  const loaded = loadPolicy(readPolicyFiles(), { sha256: (text) => `len${text.length}` })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  expect(loaded.policy.files.length).toBeGreaterThan(10)
  expect(loaded.policy.files.every((file) => file.sha?.startsWith('len'))).toBe(true)
})

test('the order in which files are read does not matter', () => {
  const files = readPolicyFiles()
  const [a, b] = [loadPolicy(files), loadPolicy([...files].reverse())]
  expect(a.ok && b.ok && JSON.stringify(a.policy.files) === JSON.stringify(b.policy.files)).toBe(true)
})
