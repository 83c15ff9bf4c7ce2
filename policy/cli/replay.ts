import { z } from 'zod'
import {
  type Decision,
  daySchema,
  factsSchema,
  JURISDICTIONS,
  paramsSchema,
  problemsOf,
  type Receipt,
  replay,
  settingsSchema,
} from '../src/index.ts'
import { mustLoadPolicy } from './read-packs.ts'
import { readArgs, readData, UsageError } from './usage.ts'

const receiptSchema = z.strictObject({
  engine: z.string(),
  packs: z.array(z.strictObject({ path: z.string(), sha: z.string().nullable() })),
  rule: z.string(),
  jurisdiction: z.enum(JURISDICTIONS),
  params: paramsSchema,
  on: daySchema,
  settings: settingsSchema,
  facts: factsSchema,
})

interface Replayed {
  /** The same engine, the same packs and, where the file holds the whole decision, the same bytes. */
  ok: boolean
  sameBytes: boolean | null
  sentence?: string
  decision: Decision | undefined
}

/** replay FILE: a receipt, or the whole decision it belongs to, which is then compared byte by byte. */
export function runReplay(args: string[]): Replayed {
  const { positionals } = readArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  })
  const [path] = positionals
  if (path === undefined) throw new UsageError('usage: replay FILE')
  const data = readData(path)
  const whole = typeof data === 'object' && data !== null && 'receipt' in data
  const parsed = receiptSchema.safeParse(whole ? data.receipt : data)
  if (!parsed.success)
    throw new UsageError('not a receipt', problemsOf(parsed.error, path, whole ? 'receipt' : ''))
  const found = replay(mustLoadPolicy(), parsed.data as Receipt)
  const { ok: _ok, ...original } = data as { ok?: boolean }
  const sameBytes = whole && found.ok ? JSON.stringify(found.decision) === JSON.stringify(original) : null
  return {
    ok: found.ok && sameBytes !== false,
    sameBytes,
    ...(!found.ok && { sentence: found.sentence }),
    ...(sameBytes === false && { sentence: '重现的结论与文件中的不同：文件的内容可能被改动过。' }),
    decision: found.decision,
  }
}
