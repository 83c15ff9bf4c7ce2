import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import {
  type ChangedVerdict,
  diffPolicies,
  loadPolicy,
  type PersonAsked,
  type Policy,
  peopleSchema,
  problemsOf,
} from '../src/index.ts'
import { loadPolicyFrom, POLICY_FOLDER, policyFolderAt } from './read-packs.ts'
import { readArgs, readData, UsageError } from './usage.ts'

/** diff A B --people FILE: A and B are policy folders or git revisions. */
export function runDiff(args: string[]): {
  ok: true
  compared: number
  /** How many went from one outcome to another: '符合→不符合': 3. Changes of paths or effects alone keep the outcome. */
  outcomes: Record<string, number>
  changed: ChangedVerdict[]
} {
  const { values, positionals } = readArgs({
    args,
    allowPositionals: true,
    options: { people: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [a, b] = positionals
  if (a === undefined || b === undefined || values.people === undefined)
    throw new UsageError('usage: diff A B --people FILE')
  const people = readPeople(values.people)
  const changed = diffPolicies(policyAt(a), policyAt(b), people)
  const outcomes: Record<string, number> = {}
  for (const { before, after } of changed) {
    const way = `${before.outcome}→${after.outcome}`
    outcomes[way] = (outcomes[way] ?? 0) + 1
  }
  return { ok: true, compared: people.length, outcomes, changed }
}

function readPeople(path: string): PersonAsked[] {
  const parsed = peopleSchema.safeParse(readData(path))
  if (parsed.success) return parsed.data
  throw new UsageError('bad people', problemsOf(parsed.error, path))
}

function policyAt(place: string): Policy {
  const folder = policyFolderAt(place)
  const loaded = folder ? loadPolicyFrom(folder) : loadPolicy(filesAtRevision(place), { sha256 })
  if (loaded.ok) return loaded.policy
  throw new UsageError(`the packs at ${place} do not load`, loaded.problems)
}

function filesAtRevision(revision: string) {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: POLICY_FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const prefix = relative(git('rev-parse', '--show-toplevel').trim(), POLICY_FOLDER).replace(/\/?$/, '/')
    return git(
      'ls-tree',
      '-r',
      '--name-only',
      '--full-tree',
      '-z',
      revision,
      `${prefix}packs`,
      `${prefix}calendars`,
    )
      .split('\0')
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({ path: name.slice(prefix.length), text: git('show', `${revision}:${name}`) }))
  } catch {
    throw new UsageError(`${revision} is neither a policy folder nor a git revision`)
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
