// npm run -s policy -- decide | lint | coverage | diff | schema | boundary | replay: the core without a server. JSON on standard output.
import { runBoundary } from './boundary.ts'
import { runCoverage } from './coverage.ts'
import { runDecide } from './decide.ts'
import { runDiff } from './diff.ts'
import { runLint } from './lint.ts'
import { runReplay } from './replay.ts'
import { runSchema } from './schema.ts'
import { UsageError } from './usage.ts'

const COMMANDS = {
  decide: runDecide,
  lint: runLint,
  coverage: runCoverage,
  diff: runDiff,
  schema: runSchema,
  boundary: runBoundary,
  replay: runReplay,
}

function main(): number {
  const [name, ...args] = process.argv.slice(2)
  const run = COMMANDS[name as keyof typeof COMMANDS]
  try {
    if (!run)
      throw new UsageError(`usage: policy ${Object.keys(COMMANDS).join(' | ')}; see docs/policy-authoring.md`)
    const result = run(args)
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
    return result.ok ? 0 : 1
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stdout.write(`${JSON.stringify({ ok: false, problems: error.problems }, null, 2)}\n`)
    return 2
  }
}

process.exitCode = main()
