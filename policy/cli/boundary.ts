import { Document, isScalar, visit } from 'yaml'
import { boundaryCases, isDay } from '../src/index.ts'
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
  return { ok: true, cases: cases.length, yaml: writtenForReading({ 例: cases }) }
}

/** As an officer reads it: every case whole, without anchors, and days quoted as the packs ask. */
function writtenForReading(data: unknown): string {
  const document = new Document(data, { version: '1.2', schema: 'core', aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === 'string' && isDay(node.value)) node.type = 'QUOTE_DOUBLE'
    },
  })
  return document.toString()
}
