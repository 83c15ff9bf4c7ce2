import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys of a hall node, made at its first start and kept beside its database; the environment goes before them. */
export function nodeKeys(folder: string): { SHUJIANG_MASTER_KEY: string; AUTH_SECRET: string } {
  const file = join(folder, 'node-keys.json')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    const made = {
      SHUJIANG_MASTER_KEY: randomBytes(32).toString('base64url'),
      AUTH_SECRET: randomBytes(32).toString('base64url'),
    }
    writeFileSync(file, `${JSON.stringify(made)}\n`, { mode: 0o600, flag: 'wx' })
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}
