import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { closingLine, countVitest } from './counted.mjs'

const folder = mkdtempSync(join(tmpdir(), 'shujiang-counted-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(over: object): string {
  const file = join(folder, 'report.json')
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  writeFileSync(file, JSON.stringify({ ...none, success: true, testResults: [], ...over }))
  return file
}

describe('countVitest', () => {
  it('counts a run without a report, and a run without tests, as failed', () => {
    expect(countVitest(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(countVitest(report({}), 0)).toMatchObject({ passed: 0, failed: 1, why: 'no test ran' })
  })

  it('counts a file that did not load', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }]
    expect(countVitest(report({ numPassedTests: 3, success: false, testResults }), 1)).toMatchObject({
      passed: 3,
      failed: 1,
    })
  })

  it('does not count a failed test twice', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }] }]
    const file = report({ numPassedTests: 3, numFailedTests: 1, success: false, testResults })
    expect(countVitest(file, 1)).toMatchObject({ passed: 3, failed: 1 })
  })

  it('does not trust passed tests when the run itself failed', () => {
    expect(countVitest(report({ numPassedTests: 3 }), 1)).toMatchObject({ passed: 3, failed: 1 })
  })

  it('counts what passed', () => {
    expect(countVitest(report({ numPassedTests: 3, numPendingTests: 1 }), 0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
      why: '',
    })
  })
})

describe('closingLine', () => {
  it('sums the phases', () => {
    const phases = [
      { passed: 3, failed: 0 },
      { passed: 0, failed: 1 },
    ]
    expect(closingLine(phases).line).toBe('3 passed, 1 failed')
  })
})
