// Reads the pack files from disk for the server and the command line; the engine itself touches no disk.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadResult, loadPolicy, type Policy, type PolicyFile } from '../src/index.ts'

/** The policy folder of this repository. */
export const POLICY_FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** The policy folder at a place: itself, or inside a copy of the whole project; undefined when there is none. */
export function policyFolderAt(place: string): string | undefined {
  return [place, join(place, 'policy')].find((dir) => existsSync(join(dir, 'packs')))
}

/** Every pack, calendar and example file under a policy folder, by path relative to it. */
export function readPolicyFiles(dir: string = POLICY_FOLDER): PolicyFile[] {
  return ['packs', 'calendars'].flatMap((folder) =>
    readdirSync(join(dir, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(dir, folder, name))
      .sort()
      .map((path) => ({ path: relative(dir, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') })),
  )
}

export function loadPolicyFrom(dir: string = POLICY_FOLDER): LoadResult {
  return loadPolicy(readPolicyFiles(dir), {
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  })
}

/** The policy, or an error that lists everything wrong with the packs: for a start that must not go on without it. */
export function mustLoadPolicy(dir: string = POLICY_FOLDER): Policy {
  const loaded = loadPolicyFrom(dir)
  if (loaded.ok) return loaded.policy
  throw new Error(
    `policy packs are not valid:\n${loaded.problems.map((p) => `${p.path} ${p.at}: ${p.message}`).join('\n')}`,
  )
}
