import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import {
  JURISDICTIONS,
  type Jurisdiction,
  type Problem,
  problemsOf,
  type Setting,
  settingsSchema,
} from '../src/index.ts'

/** The caller asked wrongly: every problem, with where it is. */
export class UsageError extends Error {
  readonly problems: Problem[]
  constructor(message: string, problems?: Problem[]) {
    super(message)
    this.problems = problems ?? [{ path: 'arguments', at: '', message }]
  }
}

/** The arguments as declared; one that is not is the caller's mistake. */
export const readArgs: typeof parseArgs = (config) => {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** JSON or YAML, by content: JSON is YAML. */
export function readData(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { version: '1.2', schema: 'core' })
  } catch (error) {
    throw new UsageError('unreadable file', [
      { path, at: '', message: error instanceof Error ? error.message.split('\n')[0]! : String(error) },
    ])
  }
}

export function readSettings(path: string | undefined): Setting[] {
  if (path === undefined) return []
  const parsed = settingsSchema.safeParse(readData(path))
  if (parsed.success) return parsed.data
  throw new UsageError('bad settings', problemsOf(parsed.error, path))
}

export function asJurisdiction(text: string): Jurisdiction {
  const found = JURISDICTIONS.find((j) => j === text)
  if (found) return found
  throw new UsageError('bad jurisdiction', [
    {
      path: 'arguments',
      at: 'jurisdiction',
      message: `没有“${text}”的规则包；有：${JURISDICTIONS.join('、')}`,
    },
  ])
}

/** Today's civil day in Beijing: the one place of the command line that asks a clock, so that --on may be left out. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
}
