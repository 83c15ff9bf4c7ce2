// Ours beside four engines on one task, in one process: five paths of four numeric conditions each, two prohibitions,
// 64 people. All must give the same verdicts; ours leaves its full trace. npm run bench -- decisions [--json]
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { ZenEngine } from '@gorules/zen-engine'
import { Environment } from '@marcbachmann/cel-js'
import { Engine } from 'json-rules-engine'
import Publicodes from 'publicodes'
import { readPolicyFiles } from '../policy/cli/read-packs.ts'
import { type Facts, loadPolicy, type Policy, prepare, verdictFor } from '../policy/src/index.ts'
import { type BenchReport, environment, type Spread, spread } from './report.ts'

const ROUNDS = 7
const ROUND_MS = 250
const PEOPLE = 64
const MANY_RULES = 200
const COLD_STARTS = 5
const require = createRequire(import.meta.url)

/** What the other engines see of a person: five numbers of each kind, and two prohibitions. */
interface Person {
  online: number
  offline: number
  theory: number
  practice: number
  loan: boolean
  subcontracted: boolean
}
const KEYS = ['online', 'offline', 'theory', 'practice'] as const
/** Least 学时 of each kind, path by path. */
const PATHS: readonly (readonly number[])[] = [
  [10, 80, 20, 60],
  [80, 10, 60, 20],
  [40, 40, 40, 40],
  [60, 60, 10, 10],
  [20, 20, 70, 70],
]

function people(): Person[] {
  let seed = 7
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed
  }
  return Array.from({ length: PEOPLE }, () => ({
    online: next() % 100,
    offline: next() % 100,
    theory: next() % 100,
    practice: next() % 100,
    loan: next() % 9 === 0,
    subcontracted: next() % 9 === 1,
  }))
}

function factsOf(person: Person): Facts {
  const { loan, subcontracted, ...hours } = person
  return { training: { hours }, activity: { trainingLoan: loan, subcontracted } }
}

const KINDS = { online: '线上', offline: '线下', theory: '理论', practice: '实操' } as const

/** Rules of the real packs' own conditions; the least hours are figures of the policy, as they are there. */
function ourPolicy(rules: number): Policy {
  const figures = [...new Set(PATHS.flat())]
    .map(
      (n) =>
        `  - {参数: h${n}, 名称: 学时, 单位: 学时, 条款: D-1, 值: [{自: "2020-01-01", 值: ${n}, 来源状态: found, 来源: 试}]}`,
    )
    .join('\n')
  const paths = PATHS.map(
    (least, i) =>
      `{路径: P${i}, 名称: 路${i}, 条件: {全部满足: [${KEYS.map((key, k) => `{培训学时: {种类: ${KINDS[key]}, 不低于: {参数: h${least[k]}}}}`).join(', ')}]}}`,
  ).join(', ')
  const text = `
文件: [{文件: D, 名称: 试, 文号: 试, 发文机关: 试, 日期: "2020-01-01", 施行: "2020-01-01", 效力: 有效}]
条款: [{条款: D-1, 文件: D, 标题: 一, 大意: 一}]
参数:
${figures}
规则:
${Array.from({ length: rules }, (_, r) => `  - {规则: r${r}, 名称: 试, 事项: 试, 证明: 自述, 确认: 试。, 版本: [{自: "2020-01-01", 条款: D-1, 来源状态: found, 情形: [{排除: [{行为: {行为: 发放培训贷}}, {行为: {行为: 转包转让}}], 路径: [${paths}]}]}]}`).join('\n')}`
  const loaded = loadPolicy([{ path: 'packs/national/bench.yaml', text }])
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.policy
}

interface Contender {
  who: string
  version: string
  /** One verdict for one person. */
  ask: (person: Person, rule: number) => boolean | Promise<boolean>
}

const expression = (and: string, or: string) =>
  `(${PATHS.map((least) => `(${KEYS.map((key, i) => `${key} >= ${least[i]}`).join(` ${and} `)})`).join(` ${or} `)})`

function contenders(rules: number): Contender[] {
  return [zen(rules), cel(rules), jsonRules(rules), publicodes(rules)]
}

function cel(rules: number): Contender {
  const env = new Environment({ unlistedVariablesAreDyn: true })
  const text = `!loan && !subcontracted && ${expression('&&', '||').replace(/>= (\d+)/g, '>= $1.0')}`
  const parsed = Array.from({ length: rules }, () => env.parse(text))
  return {
    who: '@marcbachmann/cel-js',
    version: versionOf('@marcbachmann/cel-js'),
    ask: (person, rule) => parsed[rule]!(person as never) as boolean,
  }
}

function zen(rules: number): Contender {
  const engine = new ZenEngine()
  const nodes = (text: string) => ({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'e',
        type: 'expressionNode',
        name: 'e',
        position: { x: 0, y: 0 },
        content: { expressions: [{ id: 'v', key: 'verdict', value: text }] },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'e' },
      { id: 'b', type: 'edge', sourceId: 'e', targetId: 'out' },
    ],
  })
  const text = `not loan and not subcontracted and ${expression('and', 'or')}`
  const decisions = Array.from({ length: rules }, () => engine.createDecision(nodes(text)))
  return {
    who: '@gorules/zen-engine',
    version: versionOf('@gorules/zen-engine'),
    ask: async (person, rule) => (await decisions[rule]!.evaluate(person)).result.verdict as boolean,
  }
}

function jsonRules(rules: number): Contender {
  const engines = Array.from({ length: rules }, () => {
    const engine = new Engine()
    engine.addRule({
      conditions: {
        all: [
          { fact: 'loan', operator: 'equal', value: false },
          { fact: 'subcontracted', operator: 'equal', value: false },
          {
            any: PATHS.map((least) => ({
              all: KEYS.map((fact, i) => ({ fact, operator: 'greaterThanInclusive', value: least[i] })),
            })),
          },
        ],
      },
      event: { type: 'granted' },
    })
    return engine
  })
  return {
    who: 'json-rules-engine',
    version: versionOf('json-rules-engine'),
    ask: async (person, rule) =>
      (await engines[rule]!.run(person as unknown as Record<string, unknown>)).events.length > 0,
  }
}

function publicodes(rules: number): Contender {
  const lines: Record<string, unknown> = { loan: null, subcontracted: null }
  for (const key of KEYS) lines[key] = null
  for (let r = 0; r < rules; r++) {
    lines[`verdict ${r}`] = {
      'toutes ces conditions': [
        'loan = non',
        'subcontracted = non',
        {
          'une de ces conditions': PATHS.map((least) => ({
            'toutes ces conditions': KEYS.map((key, i) => `${key} >= ${least[i]}`),
          })),
        },
      ],
    }
  }
  const engine = new Publicodes(lines as never, { logger: { log() {}, warn() {}, error() {} } } as never)
  let last: Person | undefined
  return {
    who: 'publicodes',
    version: versionOf('publicodes'),
    ask: (person, rule) => {
      if (person !== last) {
        const situation: Record<string, unknown> = {
          loan: person.loan ? 'oui' : 'non',
          subcontracted: person.subcontracted ? 'oui' : 'non',
        }
        for (const key of KEYS) situation[key] = person[key]
        engine.setSituation(situation as never)
        last = person
      }
      return engine.evaluate(`verdict ${rule}`).nodeValue === true
    },
  }
}

function ours(
  rules: number,
  hide?: keyof Person,
): Contender & { granted: (person: Person, rule: number) => string } {
  const policy = ourPolicy(rules)
  const prepared = Array.from({ length: rules }, (_, r) =>
    prepare(policy, { rule: `r${r}`, jurisdiction: 'national' }),
  )
  const facts = new Map<Person, Facts>()
  const read = (person: Person) => {
    let known = facts.get(person)
    if (!known) {
      known = factsOf(person)
      if (hide && known.training) delete (known.training.hours as Record<string, number>)[hide]
      facts.set(person, known)
    }
    return known
  }
  const best = (person: Person, rule: number) => {
    const verdict = verdictFor(prepared[rule]!, read(person), '2026-03-01')
    return verdict.state
  }
  return {
    who: 'shujiang policy',
    version: policy.engine,
    ask: (person, rule) => best(person, rule) === 4,
    granted: (person, rule) => ['no', 'open', 'open', 'open', 'yes'][best(person, rule)]!,
  }
}

/** Verdicts a second, each engine's rounds in turn so that a noisy minute falls on all of them. */
async function measure(all: readonly Contender[], crowd: readonly Person[], rules: number) {
  const rates = new Map<string, number[]>(all.map((one) => [one.who, []]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const one of all) {
      const until = performance.now() + ROUND_MS
      const start = performance.now()
      let done = 0
      while (performance.now() < until) {
        for (const person of crowd) {
          const answer = one.ask(person, done % rules)
          if (typeof answer !== 'boolean') await answer
          done++
        }
      }
      // The first round warms up.
      if (round > 0) rates.get(one.who)!.push((done / (performance.now() - start)) * 1000)
    }
  }
  return new Map([...rates].map(([who, values]) => [who, spread(values)]))
}

async function same(
  all: readonly Contender[],
  crowd: readonly Person[],
): Promise<{ agree: boolean; granted: number }> {
  let agree = true
  let granted = 0
  for (const person of crowd) {
    const answers = await Promise.all(all.map((one) => one.ask(person, 0)))
    if (new Set(answers).size !== 1) {
      agree = false
      console.error(
        'verdicts differ',
        person,
        all.map((one, i) => `${one.who}: ${String(answers[i])}`).join(', '),
      )
    }
    if (answers[0]) granted++
  }
  return { agree, granted }
}

/** A fresh process that loads the real packs and answers once. */
function coldStart(): Spread {
  const script = `
    const t = performance.now()
    const { mustLoadPolicy } = await import('${new URL('../policy/cli/read-packs.ts', import.meta.url).href}')
    const { decide } = await import('${new URL('../policy/src/index.ts', import.meta.url).href}')
    decide(mustLoadPolicy(), { rule: 'engineer.declaration', jurisdiction: 'hubei', params: { occupation: 'ai', level: '初级' }, facts: {}, on: '2026-03-01' })
    console.log(performance.now() - t)`
  return spread(
    Array.from({ length: COLD_STARTS }, () =>
      Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })),
    ),
  )
}

function versionOf(name: string): string {
  let folder = require.resolve(name)
  while (!folder.endsWith(`node_modules/${name}`)) folder = folder.slice(0, folder.lastIndexOf('/'))
  return (require(`${folder}/package.json`) as { version: string }).version
}

export async function run(): Promise<BenchReport> {
  const crowd = people()
  const mine = ours(1)
  const all = [mine, ...contenders(1)]
  const { agree, granted } = await same(all, crowd)
  const known = await measure(all, crowd, 1)
  console.error('known', JSON.stringify([...known]))
  const unknown = ours(1, 'practice')
  const open = crowd.filter((person) => unknown.granted(person, 0) === 'open').length
  const missing = await measure([unknown], crowd, 1)
  const many = [ours(MANY_RULES), ...contenders(MANY_RULES)]
  const loaded = await measure(many, crowd, MANY_RULES)
  console.error('200 rules', JSON.stringify([...loaded]))
  const start = performance.now()
  const files = readPolicyFiles()
  loadPolicy(files)
  const loadMs = Math.round(performance.now() - start)
  const fastest = Math.max(...[...known].filter(([who]) => who !== mine.who).map(([, rate]) => rate.median))
  const own = known.get(mine.who)!
  const level = own.median >= fastest
  return {
    name: 'decisions',
    ok: agree && granted > 0 && granted < PEOPLE && level,
    metrics: {
      task: '5 paths of 4 numeric conditions and 2 prohibitions, 64 people; verdicts a second',
      sameVerdicts: agree,
      granted,
      verdictsPerSecond: own,
      fullTrace: true,
      oneFactMissing: { verdictsPerSecond: missing.get(mine.who), leftOpen: open },
      rules200: loaded.get(mine.who),
      levelWithFastest: level,
      timesFastest: Number((own.median / fastest).toFixed(2)),
      coldStartMs: coldStart(),
      loadRealPacksMs: loadMs,
      rounds: ROUNDS,
    },
    against: all.slice(1).map((one) => ({
      who: one.who,
      version: one.version,
      metrics: {
        verdictsPerSecond: known.get(one.who),
        rules200: loaded.get(one.who),
        fullTrace: one.who === 'publicodes',
      },
    })),
    env: environment(null),
  }
}
