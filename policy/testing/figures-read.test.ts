import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { policy } from './packs.ts'

const SERVER = fileURLToPath(new URL('../../server/src', import.meta.url))
const declared = policy.parameters.flatMap((entry) => (entry.用于 ?? []).map((where) => [entry.参数, where]))

test.each(declared)('%s is read where the pack says: %s', (id, where) => {
  const folder = join(SERVER, where!)
  expect(existsSync(folder)).toBe(true)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  expect(files.some((text) => text.includes(id!))).toBe(true)
})
