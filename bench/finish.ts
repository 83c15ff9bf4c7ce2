import { measureOnce } from './hall/once.ts'
import type { BenchReport } from './report.ts'

const FLOOR = 1_500

/** Every candidate hands in at the same instant, with answers: compared, committed, receipt given out. */
export async function run(words: string[]): Promise<BenchReport> {
  return measureOnce(words, {
    name: 'finish',
    shape: 'hand-in',
    stage: 'started',
    floor: FLOOR,
    figure: 'finishesPerSecond',
    against: {
      who: 'Moodle finish of an attempt, fsync off',
      version: '4.2.3',
      metrics: { perSecond: '14–16' },
    },
  })
}
