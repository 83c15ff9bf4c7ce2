import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { JURISDICTIONS, type Jurisdiction, type Problem, type Setting, settingsSchema } from '../src/index.ts'

/** The caller asked wrongly: every problem, with where it is. */
export class UsageError extends Error {
  readonly problems: Problem[]
  constructor(message: string, problems?: Problem[]) {
    super(message)
    this.problems = problems ?? [{ path: 'arguments', at: '', message }]
  }
}

/** JSON or YAML, by content: JSON is YAML. */
export function readData(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { version: '1.2', schema: 'core' })
  } catch (error) {
    throw new UsageError('unreadable file', [
      { path, at: '', message: error instanceof Error ? error.message : String(error) },
    ])
  }
}

export function readSettings(path: string | undefined): Setting[] {
  if (path === undefined) return []
  const parsed = settingsSchema.safeParse(readData(path))
  if (parsed.success) return parsed.data
  throw new UsageError(
    'bad settings',
    parsed.error.issues.map((issue) => ({ path, at: issue.path.join('.'), message: issue.message })),
  )
}

export function asJurisdiction(text: string): Jurisdiction {
  const found = JURISDICTIONS.find((j) => j === text)
  if (found) return found
  throw new UsageError(`jurisdiction must be one of ${JURISDICTIONS.join(', ')}, not ${text}`)
}

/** Today's civil day in Beijing: the one place of the command line that asks a clock, so that --on may be left out. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
}
