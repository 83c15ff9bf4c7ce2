// A verdict asked again years later, from its receipt alone. The same engine with the same packs gives the same bytes;
// anything else is said to be something else, never passed off as the original.
import { type Policy, packsOf } from '../packs/policy.ts'
import { decide } from './decide.ts'
import type { Decision, Receipt } from './decision.ts'
import { findRule, missingParams } from './prepare.ts'

export type Replay =
  | { ok: true; decision: Decision }
  /** `decision`: what today's engine and packs say of the same facts and day, for comparison only. */
  | { ok: false; because: 'ENGINE' | 'PACKS'; sentence: string; decision: Decision | undefined }

export function replay(policy: Policy, receipt: Receipt): Replay {
  const { rule, jurisdiction, params, on, settings, facts } = receipt
  const found = findRule(policy, rule, jurisdiction)
  const known = found !== undefined && missingParams(found, params).length === 0
  const decision = known ? decide(policy, { rule, jurisdiction, params, on, settings, facts }) : undefined
  if (receipt.engine !== policy.engine)
    return { ok: false, because: 'ENGINE', sentence: sayEngine(receipt.engine, policy.engine), decision }
  const changed = changedPacks(policy, receipt)
  if (changed.length > 0 || !decision)
    return { ok: false, because: 'PACKS', sentence: sayPacks(changed), decision }
  return { ok: true, decision }
}

/** Pack files that are not, or no longer, what the receipt names. */
function changedPacks(policy: Policy, receipt: Receipt): string[] {
  const now = new Map(packsOf(policy, receipt.jurisdiction).map((file) => [file.path, file.sha]))
  const then = new Map(receipt.packs.map((file) => [file.path, file.sha]))
  return [...new Set([...now.keys(), ...then.keys()])]
    .filter((path) => now.get(path) !== then.get(path))
    .sort()
}

const ENGINE_FORM = /^shujiang-policy\/(\d+)$/

function sayEngine(then: string, now: string): string {
  const [old, current] = [then, now].map((engine) => ENGINE_FORM.exec(engine)?.[1])
  const whose = old === undefined ? '本回执不是由本平台的规则引擎出具' : `本回执由第${old}版规则引擎出具`
  return `${whose}，现行的是第${current ?? '?'}版，语句和说明的写法不同，不能逐字重现。可以按同一事实、同一日期重新判定，供核对；原结论以存档的文本为准。`
}

function sayPacks(changed: readonly string[]): string {
  const which =
    changed.length === 0 ? '规则已经不在规则包中' : `规则包与回执所记不同（共${changed.length}个文件）`
  return `${which}，不能逐字重现。请用回执所记的规则包重现；现行规则的判定只供核对，原结论以存档的文本为准。`
}
