import { type Coverage, coverage } from '../src/index.ts'
import { mustLoadPolicy } from './read-packs.ts'
import { readArgs } from './usage.ts'

/** coverage: every clause with its status and what carries it out; not ok when one is untouched without a reason. */
export function runCoverage(args: string[]): { ok: boolean } & Coverage {
  readArgs({ args, options: { json: { type: 'boolean' } } })
  const found = coverage(mustLoadPolicy())
  return { ok: found.clauses.every((c) => c.status !== 'untouched' || c.reason !== undefined), ...found }
}
