import { execFileSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'

/** What every bench prints with `--json` (design 8). */
export interface BenchReport {
  name: string
  ok: boolean
  metrics: Record<string, unknown>
  against: { who: string; version: string; metrics: Record<string, unknown> }[]
  env: { node: string; postgres: string | null; fsync: string | null; cores: number; load1: number }
}

export function environment(database: { postgres: string; fsync: string } | null): BenchReport['env'] {
  return {
    node: process.version,
    postgres: database?.postgres ?? null,
    fsync: database?.fsync ?? null,
    cores: availableParallelism(),
    load1: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  }
}

export interface Spread {
  median: number
  min: number
  max: number
}

/** The machine is noisy: a figure is a median with its range. */
export function spread(values: number[], digits = 0): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const round = (value: number | undefined) => Number((value ?? Number.NaN).toFixed(digits))
  const middle = sorted.length / 2
  const median =
    sorted.length % 2 === 1
      ? sorted[Math.floor(middle)]
      : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
  return { median: round(median), min: round(sorted[0]), max: round(sorted.at(-1)) }
}

export function chromiumVersion(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
}
