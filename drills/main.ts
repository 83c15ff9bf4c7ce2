import { parseArgs } from 'node:util'
import { killDrill } from './kill.ts'

/** `npm run drill -- kill [--seed N] [--rounds N]`: breaks things on purpose; JSON on standard output says what was lost. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean' },
  },
})
const drills = { kill: killDrill }
const [name = ''] = positionals
if (!Object.hasOwn(drills, name)) {
  console.error(`npm run drill -- ${Object.keys(drills).join('|')} [--seed N] [--rounds N]`)
  process.exit(2)
}
const report = await drills[name as keyof typeof drills]({
  seed: Number(values.seed),
  rounds: Number(values.rounds),
})
console.log(JSON.stringify({ name, ...report }))
process.exitCode = report.ok ? 0 : 1
