// npm test: everything there is to check, each phase timed; closes with one line `N passed, N failed`.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { closingLine, countVitest } from './counted.mjs'
import { ensureDebianPostgres } from './debian.mjs'
import { withDebianPostgres } from './debian-postgres.mjs'
import { bin, ensureBuilt, ensureInstalled, PINNED_NODE, ROOT, runNode } from './set-up.mjs'

const phases = []
const reports = join(ROOT, '.tmp', 'reports')
process.on('SIGINT', () => {})

/** Runs one phase to its end, whatever the others did; a phase that breaks counts as failed. */
async function phase(name, run) {
  console.log(`\n── ${name}`)
  const startedAt = Date.now()
  let counts
  try {
    counts = await run()
  } catch (error) {
    counts = { passed: 0, failed: 1, skipped: 0, why: error.message }
  }
  phases.push({ name, seconds: (Date.now() - startedAt) / 1000, ...counts })
}

const oneCheck = (exitCode) => ({
  passed: exitCode === 0 ? 1 : 0,
  failed: exitCode === 0 ? 0 : 1,
  skipped: 0,
  why: '',
})
const check = (name, ...words) => phase(name, async () => oneCheck(await runNode(words)))

async function vitest(report, words, env = process.env) {
  const file = join(reports, `${report}.json`)
  const exitCode = await runNode(
    [bin('vitest'), 'run', ...words, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    { env },
  )
  return countVitest(file, exitCode)
}

await phase('install', async () => {
  ensureInstalled()
  return { passed: 0, failed: 0, skipped: 0, why: '' }
})
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

await check('types of the server', 'node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.json')
await check('types of the web', 'node_modules/typescript-7/bin/tsc', '-p', 'web/tsconfig.json')
await check('lint', bin('biome'), 'check', '.')
await check(
  'boundaries',
  bin('depcruise'),
  '--config',
  '.dependency-cruiser.cjs',
  'policy',
  'server',
  'web/src',
)
await check('dead code', bin('knip'))
await phase('unit and integration', () => vitest('unit', []))
await phase('build', async () => oneCheck(ensureBuilt({ quiet: true }) ? 0 : 1))
await phase('browser journeys', async () => {
  const file = join(reports, 'e2e.json')
  const exitCode = await runNode([
    'scripts/e2e.mjs',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  return countVitest(file, exitCode)
})
if (process.env.CI) {
  await phase("integration on Debian's PostgreSQL", async () => {
    const programs = ensureDebianPostgres()
    if (!programs) throw new Error('CI runs as root on Debian: PostgreSQL could not be installed')
    return withDebianPostgres(programs, (url) =>
      vitest('second-database', ['server', 'db'], { ...process.env, TEST_DATABASE_URL: url }),
    )
  })
}

console.log(
  `\nNode ${process.version} started this; the checks ran on ${PINNED_NODE.slice(ROOT.length + 1)}\n`,
)
for (const { name, seconds, passed, failed, skipped, why } of phases) {
  const more = `${skipped ? `, ${skipped} skipped` : ''}${why ? `  ← ${why}` : ''}`
  console.log(
    `${failed ? '✗' : '✓'} ${name.padEnd(36)}${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed${more}`,
  )
}
const { passed, failed, line } = closingLine(phases)
console.log(`\n${line}`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
