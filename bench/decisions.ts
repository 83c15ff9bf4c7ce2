// Ours beside four engines on one task, in one process: five paths of four numeric conditions each, two prohibitions,
// 64 people. All must give the same verdicts. Each of ours keeps its full trace: nothing is short-circuited, every
// verdict of the last round of people is held, and each is unfolded afterwards and compared with what decide() explains.
// npm run bench -- decisions [--json]
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { ZenEngine } from '@gorules/zen-engine'
import { Environment } from '@marcbachmann/cel-js'
import { Engine } from 'json-rules-engine'
import Publicodes from 'publicodes'
import { readPolicyFiles } from '../policy/cli/read-packs.ts'
import {
  type DecisionNode,
  decideFor,
  type Facts,
  loadPolicy,
  type Policy,
  type Prepared,
  prepare,
  STATE_NAMES,
  type Trace,
  tracesOf,
  type Verdict,
  verdictFor,
} from '../policy/src/index.ts'
import { type BenchReport, environment, type Spread, spread } from './report.ts'

/**
 * Many short rounds, the engines in another order in each: what a busy neighbour takes, it takes from all alike, and
 * nobody always comes after one that has just slept.
 */
const ROUNDS = 201
const ROUND_MS = 5
const WARM_UP_MS = 400
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

function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state
  }
}

const orders = dice(11)
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: orders() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function people(): Person[] {
  const next = dice(7)
  return Array.from({ length: PEOPLE }, () => ({
    online: next() % 100,
    offline: next() % 100,
    theory: next() % 100,
    practice: next() % 100,
    loan: next() % 9 === 0,
    subcontracted: next() % 9 === 1,
  }))
}

function factsOf(person: Person, hidden?: keyof Person): Facts {
  const { loan, subcontracted, ...all } = person
  const hours = Object.fromEntries(Object.entries(all).filter(([key]) => key !== hidden))
  return { training: { hours }, activity: { trainingLoan: loan, subcontracted } }
}

const CROWD = people()
const ON = '2026-03-01'
const GRANTED = 4
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

interface Ours extends Contender {
  /** The verdicts given last, one for each person. */
  kept: Map<Person, { verdict: Verdict; rule: number }>
  prepared: Prepared[]
}

function ours(rules: number, hidden?: keyof Person): Ours {
  const policy = ourPolicy(rules)
  const prepared = Array.from({ length: rules }, (_, r) =>
    prepare(policy, { rule: `r${r}`, jurisdiction: 'national' }),
  )
  const known = new Map<Person, { facts: Facts; last: { verdict: Verdict; rule: number } }>()
  const kept: Ours['kept'] = new Map()
  for (const person of CROWD) {
    const facts = factsOf(person, hidden)
    const last = { verdict: verdictFor(prepared[0]!, facts, ON), rule: 0 }
    known.set(person, { facts, last })
    kept.set(person, last)
  }
  return {
    who: 'shujiang policy',
    version: policy.engine,
    kept,
    prepared,
    ask: (person, rule) => {
      const { facts, last } = known.get(person)!
      last.verdict = verdictFor(prepared[rule]!, facts, ON)
      last.rule = rule
      return last.verdict.state === GRANTED
    },
  }
}

function act(who: string, work: (person: Person) => unknown): Contender {
  return { who, version: '', ask: (person) => work(person) !== undefined }
}

/** Does every verdict held unfold to the tree that decide() explains, node by node? */
function unfoldsAsDecided({ kept, prepared }: Ours): boolean {
  return [...kept.values()].every(({ verdict, rule }) => {
    const told = decideFor(prepared[rule]!, verdict.facts, ON).paths.map((path) => bones(path.tree))
    return JSON.stringify(tracesOf(verdict).map((path) => bonesOf(path.trace))) === JSON.stringify(told)
  })
}

type Bones = [state: string, facts: readonly string[], children: Bones[]]
const bones = (node: DecisionNode): Bones => [
  node.state,
  node.facts.map((fact) => fact.path),
  node.children.map(bones),
]
const bonesOf = ({ state, leaf, children }: Trace): Bones => [
  STATE_NAMES[state],
  leaf?.used ?? [],
  children.map(bonesOf),
]

/** Verdicts a second by the wall clock, the engines' rounds in turn. */
async function measure(all: readonly Contender[], rules: number): Promise<Map<string, Spread>> {
  const rates = new Map<string, number[]>(all.map((one) => [one.who, []]))
  for (const one of all) await rateOf(one, rules, WARM_UP_MS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of shuffled(all)) rates.get(one.who)!.push(await rateOf(one, rules, ROUND_MS))
  }
  return new Map([...rates].map(([who, values]) => [who, spread(values)]))
}

async function rateOf(one: Contender, rules: number, ms: number): Promise<number> {
  const start = performance.now()
  let done = 0
  while (performance.now() - start < ms) {
    for (const person of CROWD) {
      const answer = one.ask(person, done % rules)
      if (typeof answer !== 'boolean') await answer
      done++
    }
  }
  return (done / (performance.now() - start)) * 1000
}

async function same(all: readonly Contender[]): Promise<{ agree: boolean; granted: number }> {
  let agree = true
  let granted = 0
  for (const person of CROWD) {
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
  const mine = ours(1)
  const all = [mine, ...contenders(1)]
  const { agree, granted } = await same(all)
  const known = await measure(all, 1)
  console.error('known', JSON.stringify([...known]))
  const unknown = ours(1, 'practice')
  const missing = await measure([unknown], 1)
  const open = [...unknown.kept.values()].filter(
    ({ verdict }) => ![0, GRANTED].includes(verdict.state),
  ).length
  const myMany = ours(MANY_RULES)
  const many = [myMany, ...contenders(MANY_RULES)]
  const loaded = await measure(many, MANY_RULES)
  console.error('200 rules', JSON.stringify([...loaded]))
  const traced = [mine, unknown, myMany].every(unfoldsAsDecided)
  const held = (person: Person) => mine.kept.get(person)!.verdict
  const rest = await measure(
    [
      act('unfolded', (person) => tracesOf(held(person))),
      act('explained', (person) => decideFor(mine.prepared[0]!, held(person).facts, ON)),
    ],
    1,
  )
  const start = performance.now()
  loadPolicy(readPolicyFiles())
  const loadMs = Math.round(performance.now() - start)
  const fastestOf = (rates: typeof known) =>
    Math.max(...[...rates].filter(([who]) => who !== mine.who).map(([, rate]) => rate.median))
  const times = (rates: typeof known) => Number((rates.get(mine.who)!.median / fastestOf(rates)).toFixed(2))
  const level = known.get(mine.who)!.median >= fastestOf(known)
  return {
    name: 'decisions',
    ok: agree && granted > 0 && granted < PEOPLE && level && traced,
    metrics: {
      task: '5 paths of 4 numeric conditions and 2 prohibitions, 64 people; verdicts a second',
      sameVerdicts: agree,
      granted,
      verdictsPerSecond: known.get(mine.who),
      fullTrace: traced,
      oneFactMissing: { verdictsPerSecond: missing.get(mine.who), leftOpen: open },
      rules200: loaded.get(mine.who),
      levelWithFastest: level,
      timesFastest: times(known),
      timesFastest200Rules: times(loaded),
      tracesUnfoldedPerSecond: rest.get('unfolded'),
      explainedDecisionsPerSecond: rest.get('explained'),
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
