interface Counts {
  passed: number
  failed: number
  skipped: number
  why: string
}
export function countVitest(reportFile: string, exitCode: number): Counts
export function closingLine(phases: { passed: number; failed: number }[]): {
  passed: number
  failed: number
  line: string
}
