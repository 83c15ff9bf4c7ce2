import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { runDecide } from './decide.ts'
import { runReplay } from './replay.ts'

// A process for each question: slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'policy-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
  return { status, out: JSON.parse(stdout) }
}
function file(name: string, content: unknown) {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('an unknown command is refused', () => {
  expect(run('guess').status).toBe(2)
})
test('bad facts give every error at once, each with its path', () => {
  const facts = file('bad.json', {
    titles: [{ level: '院士', obtainedOn: '2024-02-30' }],
    employment: [{ status: '上班', from: '2024-01-02', to: '2024-01-01' }],
    extra: 1,
  })
  const { status, out } = run(
    'decide',
    '--facts',
    facts,
    '--rule',
    'engineer.declaration',
    '--on',
    '2026-2-1',
  )
  expect(status).toBe(2)
  expect(out.problems.map((p: { at: string }) => p.at)).toEqual([
    'on',
    'titles[0].level',
    'titles[0].obtainedOn',
    'employment[0].status',
    'employment[0].to',
    'extra',
    'occupation',
    'level',
  ])
})
test('a question wrong in every part is told all of it, in Chinese', () => {
  const question = file('wrong.json', {
    rule: 5,
    jurisdiction: 'moon',
    wat: 1,
    params: { lvl: '初级' },
    facts: { training: { hours: { theory: -3 } }, bornOn: 2000 },
  })
  const { status, out } = run('decide', '--facts', question, '--settings', join(folder, 'none.json'))
  expect(status).toBe(2)
  expect(out.problems.map((p: { at: string }) => p.at)).toEqual([
    'rule',
    'wat',
    '',
    'jurisdiction',
    'lvl',
    'facts.bornOn',
    'facts.training.hours.theory',
  ])
  expect(out.problems.at(-1).message).toBe('不能小于0')
})
test('an argument that does not exist is the caller’s mistake, not a crash', () => {
  const { status, out } = run('decide', '--fact', 'x')
  expect([status, out.ok]).toEqual([2, false])
})
test('a receipt of an older engine is said to be so', () => {
  const facts = file('empty.json', {})
  const decision = runDecide(['--facts', facts, '--rule', 'hubei.audience', '--on', '2026-03-01'])
  if (!('receipt' in decision)) throw new Error('one decision')
  const whole = run('replay', file('decision.json', decision))
  expect([whole.status, whole.out.sameBytes]).toEqual([0, true])
  const old = runReplay([file('old.json', { ...decision.receipt, engine: 'shujiang-policy/1' })])
  expect([old.ok, old.sentence]).toEqual([false, expect.stringContaining('第1版规则引擎')])
  const tampered = runReplay([file('tampered.json', { ...decision, outcome: '符合' })])
  expect([tampered.ok, tampered.sameBytes]).toEqual([false, false])
})
test('a release with unverified figures fails', () => {
  const { status, out } = run('lint', '--release')
  expect([status, out.ok]).toEqual([1, false])
})
test('a folder that does not exist is no policy', () => {
  expect(run('diff', join(folder, 'none'), '.', '--people', file('people.json', [])).status).toBe(2)
})

test('a question with its parameters is answered', () => {
  const question = file(
    'question.yaml',
    'rule: hubei.audience\njurisdiction: hubei\non: "2026-03-01"\nfacts:\n  retirement: {retired: false}\n  employment: [{status: 在岗, from: "2024-01-01"}]\n',
  )
  const { status, out } = run('decide', '--facts', question)
  expect([status, out.ok, out.outcome, out.on]).toEqual([0, true, '符合', '2026-03-01'])
})
test('without a rule every rule that can be asked is answered', () => {
  const { status, out } = run('decide', '--facts', file('facts.json', {}), '--on', '2026-03-01')
  expect(status).toBe(0)
  expect(out.decisions.map((d: { rule: string }) => d.rule)).toContain('hubei.audience')
})
test('lint of the packs as they are passes', () => {
  expect(run('lint')).toMatchObject({ status: 0, out: { ok: true } })
})
test('coverage lists every clause with a status, none untouched without a reason', () => {
  const { status, out } = run('coverage', '--json')
  expect(status).toBe(0)
  expect(out.clauses.filter((c: { id: string }) => /^(HB|AH)-/.test(c.id)).length).toBe(22 + 18)
})
test('diff of the packs with themselves changes nobody', () => {
  const people = file('people.json', [
    { person: '甲', rule: 'hubei.audience', jurisdiction: 'hubei', on: '2026-03-01', facts: {} },
  ])
  const here = fileURLToPath(new URL('..', import.meta.url))
  expect(run('diff', here, here, '--people', people)).toMatchObject({
    status: 0,
    out: { ok: true, compared: 1, changed: [] },
  })
})
test('the schemas for editors name every condition', () => {
  expect(JSON.stringify(run('schema', 'pack').out)).toContain('在聘高技能人才')
  expect(JSON.stringify(run('schema', 'facts').out)).toContain('trainingCertificates')
})
