import { stringify } from 'yaml'
import { boundaryCases } from '../src/index.ts'
import { mustLoadPolicy } from './read-packs.ts'
import { readArgs, UsageError } from './usage.ts'

/** boundary --rule R: unsigned boundary cases, as data and as the YAML to save beside the rule. */
export function runBoundary(args: string[]): { ok: true; cases: number; yaml: string } {
  const { values } = readArgs({ args, options: { rule: { type: 'string' }, json: { type: 'boolean' } } })
  const policy = mustLoadPolicy()
  if (values.rule === undefined || !policy.rules.some((rule) => rule.id === values.rule)) {
    throw new UsageError(`--rule must be one of ${policy.rules.map((rule) => rule.id).join(', ')}`)
  }
  const cases = boundaryCases(policy, values.rule)
  return { ok: true, cases: cases.length, yaml: stringify({ 例: cases }, { version: '1.2', schema: 'core' }) }
}
