import { measureOnce } from './hall/once.ts'
import type { BenchReport } from './report.ts'

const FLOOR = 2_000

/** Every candidate starts at the same instant: lease checked, start committed, key of the paper given out. */
export async function run(words: string[]): Promise<BenchReport> {
  return measureOnce(words, {
    name: 'start',
    shape: 'start',
    stage: 'entered',
    floor: FLOOR,
    figure: 'startsPerSecond',
    against: {
      who: 'Moodle start of an attempt, fsync off',
      version: '4.2.3',
      metrics: { perSecond: '12–26' },
    },
  })
}
