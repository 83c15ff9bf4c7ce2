import { z } from 'zod'
import { factsSchema, packJsonSchema } from '../src/index.ts'
import { readArgs, UsageError } from './usage.ts'

/** schema facts | pack: JSON Schema for editors. */
export function runSchema(args: string[]): { ok: true; schema: unknown } {
  const { positionals } = readArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } })
  switch (positionals[0]) {
    case 'facts':
      return { ok: true, schema: z.toJSONSchema(factsSchema, { io: 'input' }) }
    case 'pack':
      return { ok: true, schema: packJsonSchema() }
    default:
      throw new UsageError('usage: schema facts | pack')
  }
}
