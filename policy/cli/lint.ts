import { type Finding, lint, type Problem } from '../src/index.ts'
import { loadPolicyFrom, POLICY_FOLDER, policyFolderAt } from './read-packs.ts'
import { readArgs, readSettings, UsageError } from './usage.ts'

/** lint [--release] [--settings FILE] [--dir DIR]: problems that stop a pack from loading, then findings. */
export function runLint(args: string[]): {
  ok: boolean
  release: boolean
  problems: Problem[]
  findings: Finding[]
} {
  const { values } = readArgs({
    args,
    options: {
      release: { type: 'boolean' },
      settings: { type: 'string' },
      dir: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  const release = values.release === true
  const dir = policyFolderAt(values.dir ?? POLICY_FOLDER)
  if (dir === undefined) throw new UsageError(`--dir ${values.dir}: no packs there`)
  const loaded = loadPolicyFrom(dir)
  if (!loaded.ok) return { ok: false, release, problems: loaded.problems, findings: [] }
  const findings = lint(loaded.policy, { release, settings: readSettings(values.settings) })
  return { ok: findings.every((f) => f.level !== 'error'), release, problems: [], findings }
}
