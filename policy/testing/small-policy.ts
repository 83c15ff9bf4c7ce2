// A policy of one rule, written in a test: what the engine does with operators no real clause uses yet.
import { loadPolicy, type Policy } from '../src/index.ts'

const CLAUSES = `
文件: [{文件: D, 名称: 某通知, 文号: 某号, 发文机关: 某厅, 日期: "2023-01-01", 施行: "2023-01-01", 效力: 有效}]
条款: [{条款: D-1, 文件: D, 标题: 一, 大意: 一}, {条款: D-2, 文件: D, 标题: 二, 大意: 二}]
`

/** `versions` is the YAML list under 版本. */
export function smallPolicy(versions: string, more = ''): Policy {
  const text = `${CLAUSES}
规则:
  - {规则: t.rule, 名称: 试, 事项: 试, 证明: 自述, 确认: 试。, 版本: ${versions}}
${more}`
  const loaded = loadPolicy([{ path: 'packs/national/t.yaml', text }])
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.policy
}

/** One version from 2023-01-01 with these paths, and what else it says. */
export function version(paths: string, more = ''): string {
  return `{自: "2023-01-01", 条款: D-1, 来源状态: found, 情形: [{路径: [${paths}]}]${more}}`
}
