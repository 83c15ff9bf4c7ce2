import { describe, expect, test } from 'vitest'
import { mustLoadPolicy } from '../../cli/read-packs.ts'
import { decide } from '../rules/decide.ts'
import { amendPolicy } from './amend-policy.ts'

const policy = mustLoadPolicy()
const path = 'packs/hubei/revisions/t.yaml'
const amended = (text: string, options = {}) => amendPolicy(policy, 'hubei', { path, text }, options)
const problemsOf = (text: string) => {
  const result = amended(text)
  return result.ok ? [] : result.problems.map((p) => `${p.at}: ${p.message}`)
}
const AUDIENCE = (from: string, condition = '{从业状态: {任一: [在岗]}}') => `
规则:
  - 规则: hubei.audience
    名称: 培育对象
    事项: 参加数字技术工程师职业培训
    证明: 自述
    确认: 试
    版本:
      - {自: "${from}", 条款: HB-2, 来源状态: confirmed, 情形: [{路径: [{路径: 在岗, 名称: 在岗, 条件: ${condition}}]}]}
`
const FILL = (from: string, term = '培训凭证') =>
  `落实: [{规则: engineer.declaration, 事项: ${term}, 条款: HB-4.4, 自: "${from}", 条件: {培训合格证书: {当年: true}}}]`
const FIGURE = (from: string, id = 'hubei.yearly-target') =>
  `参数: [{参数: ${id}, 名称: x, 单位: 人, 条款: HB-1, 值: [{自: "${from}", 值: 2600, 来源状态: confirmed, 来源: x}]}]`

describe('refusals', () => {
  test.each([
    ['a condition nobody knows', AUDIENCE('2027-01-01', '{长得好看: {}}'), '没有“长得好看”这个条件'],
    [
      'a national rule',
      AUDIENCE('2027-01-01').replace('hubei.audience', 'engineer.declaration'),
      '不是本省的规则',
    ],
    ['a term nobody left open', FILL('2027-01-01', '凭证'), '没有留给下级规定的“凭证”'],
    ['a national figure', FIGURE('2027-01-01', 'engineer.pass-mark'), '不是本省的参数'],
    ['a day on which the text in force began', AUDIENCE('2023-06-02'), '已有自2023-06-02起的版本'],
    ['a filling before the one in force', FILL('2023-06-01'), '已有自2023-06-02起的版本'],
    ['a value before the one in force', FIGURE('2022-12-31'), '已有自2023-01-01起的版本'],
    [
      'a clause that is not in the register',
      AUDIENCE('2027-01-01').replace('HB-2', 'HB-99'),
      '“HB-99”不在条款目录',
    ],
    [
      'a clause already in the register',
      '条款: [{条款: HB-2, 文件: D, 标题: 一, 大意: 一}]',
      '已经在条款目录中',
    ],
    ['occupations', '职业: []', '修订不能改动职业'],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text).join()).toContain(message)
  })
})

test('the version before ends the day before, and the policy amended is another', () => {
  const result = amended(AUDIENCE('2027-01-01'), { sha256: () => 'sha' })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const versions = result.policy.rules.find((rule) => rule.id === 'hubei.audience')?.versions
  expect(versions?.map(({ from, to }) => [from, to])).toEqual([
    ['2023-06-02', '2026-12-31'],
    ['2027-01-01', undefined],
  ])
  expect(result.policy.files.at(-1)).toEqual({ path, sha: 'sha' })
  expect(policy.rules.find((rule) => rule.id === 'hubei.audience')?.versions).toHaveLength(1)
  const on = (day: string) =>
    decide(result.policy, { rule: 'hubei.audience', jurisdiction: 'hubei', facts: {}, on: day }).paths.length
  expect([on('2026-12-31'), on('2027-01-01')]).toEqual([5, 1])
})

test('a trial stands in the place of every version since its day', () => {
  const result = amended(AUDIENCE('2023-06-02'), { asThoughFrom: '2023-06-02' })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const versions = result.policy.rules.find((rule) => rule.id === 'hubei.audience')?.versions
  expect(versions?.map(({ from, to }) => [from, to])).toEqual([['2023-06-02', undefined]])
})

test('a new document and its clause come with the text that rests on them', () => {
  const basis = `
文件: [{文件: 某号, 名称: 某通知, 文号: 某号, 发文机关: 某厅, 日期: "2026-10-01", 施行: "2027-01-01", 效力: 有效}]
条款: [{条款: 某号·一, 文件: 某号, 标题: 一, 大意: 一}]`
  expect(problemsOf(`${basis}${AUDIENCE('2027-01-01').replace('HB-2', '某号·一')}`)).toEqual([])
})
