import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** The row types of every table and view, as Kysely wants them: camelCase, days as text, bigint as number. */
export async function rowTypes(url: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'shujiang-types-'))
  const file = join(folder, 'db-types.ts')
  const tool = join(
    dirname(createRequire(import.meta.url).resolve('kysely-codegen/package.json')),
    'dist/cli/bin.js',
  )
  try {
    await promisify(execFile)(process.execPath, [
      tool,
      ...['--dialect', 'postgres', '--url', url, '--out-file', file, '--camel-case', '--log-level', 'error'],
      ...['--date-parser', 'string', '--exclude-pattern', '(graphile_worker|migration).*'],
      ...['--type-mapping', JSON.stringify({ int8: 'number', json: 'unknown', jsonb: 'unknown' })],
    ])
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
