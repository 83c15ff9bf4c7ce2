// npm run bench -- NAME [--json]: measures one thing. Progress goes to standard error, the report to standard output.
import type { BenchReport } from './report.ts'

const BENCHES: Record<string, () => Promise<{ run: (words: string[]) => Promise<BenchReport> }>> = {
  answers: () => import('./answers.ts'),
  chain: () => import('./chain.ts'),
  decisions: () => import('./decisions.ts'),
  earliest: () => import('./earliest.ts'),
  faces: () => import('./faces.ts'),
  finish: () => import('./finish.ts'),
  pages: () => import('./pages.ts'),
  seats: () => import('./seats.ts'),
  soak: () => import('./soak.ts'),
  start: () => import('./start.ts'),
}

const [name = '', ...words] = process.argv.slice(2)
const load = BENCHES[name]
if (!load) {
  console.error(`npm run bench -- NAME [--json], where NAME is one of: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
const report = await (await load()).run(words)
if (words.includes('--json')) console.log(JSON.stringify(report))
else console.log(JSON.stringify(report, null, 2))
process.exitCode = report.ok ? 0 : 1
