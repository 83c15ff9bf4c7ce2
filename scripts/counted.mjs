// Counts what ran. A count is read from a report the tool itself wrote; without a report something failed.
import { existsSync, readFileSync } from 'node:fs'

/** The counts of a vitest JSON report. A file that did not load, an error outside tests, no tests at all: each is a failure. */
export function countVitest(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0, why: 'it ended without a report' }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  const passed = report.numPassedTests
  const skipped = report.numPendingTests + report.numTodoTests
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  )
  let failed = report.numFailedTests + unloaded.length
  let why = unloaded.map((file) => `did not load: ${file.name}`).join('; ')
  if (passed + failed === 0) {
    failed = 1
    why = 'no test ran'
  }
  if (failed === 0 && (exitCode !== 0 || !report.success)) {
    failed = 1
    why = `every test passed, but the run failed (exit code ${exitCode})`
  }
  return { passed, failed, skipped, why }
}

/** The closing line, by itself, for people and for machines. */
export function closingLine(phases) {
  const sum = (key) => phases.reduce((total, phase) => total + phase[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    line: `${sum('passed')} passed, ${sum('failed')} failed`,
  }
}
