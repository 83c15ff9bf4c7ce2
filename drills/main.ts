import { parseArgs } from 'node:util'
import { examDrill } from './exam/exam.ts'
import { hallNodeDrill } from './exam/hall-node.ts'
import { killDrill } from './kill.ts'

/**
 * `npm run drill -- kill|exam|hall-node [--seed N] [--rounds N]`: breaks things on purpose; JSON on standard output says
 * what was lost. With `--defect` the server acknowledges before it commits (`exam`: answers; `hall-node`: what comes
 * home from a node), and the drill must come out as not ok.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean' },
    defect: { type: 'boolean', default: false },
  },
})
const drills = { kill: killDrill, exam: examDrill, 'hall-node': hallNodeDrill }
const [name = ''] = positionals
if (!Object.hasOwn(drills, name)) {
  console.error(`npm run drill -- ${Object.keys(drills).join('|')} [--seed N] [--rounds N]`)
  process.exit(2)
}
const report = await drills[name as keyof typeof drills]({
  seed: Number(values.seed),
  rounds: Number(values.rounds),
  defect: values.defect,
})
console.log(JSON.stringify({ name, ...report }))
process.exitCode = report.ok ? 0 : 1
