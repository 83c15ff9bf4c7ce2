import { parseArgs } from 'node:util'
import {
  checkFacts,
  type Decision,
  decide,
  findRule,
  isDay,
  type Jurisdiction,
  missingParams,
  type Policy,
  type Problem,
  paramsSchema,
  type RuleParams,
  rulesOf,
} from '../src/index.ts'
import { mustLoadPolicy } from './read-packs.ts'
import { asJurisdiction, readData, readSettings, today, UsageError } from './usage.ts'

type Decided =
  | ({ ok: true } & Decision)
  | { ok: true; on: string; jurisdiction: Jurisdiction; decisions: Decision[] }

/** decide --facts FILE [--rule R] [--params JSON] [--jurisdiction J] [--on DATE] [--settings FILE] */
export function runDecide(args: string[]): Decided {
  const { values } = parseArgs({
    args,
    options: {
      facts: { type: 'string' },
      rule: { type: 'string' },
      params: { type: 'string' },
      jurisdiction: { type: 'string' },
      on: { type: 'string' },
      settings: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  if (values.facts === undefined) throw new UsageError('--facts FILE is required')
  const file = readAsked(values.facts)
  const problems: Problem[] = [...file.problems]
  const policy = mustLoadPolicy()
  const settings = readSettings(values.settings)
  const jurisdiction = asJurisdiction(values.jurisdiction ?? file.asked.jurisdiction ?? 'hubei')
  const on = values.on ?? file.asked.on ?? today()
  if (!isDay(on))
    problems.push({ path: 'arguments', at: 'on', message: `“${on}”不是真实存在的日期，应写作 YYYY-MM-DD` })
  const params = readParams(
    values.params === undefined ? (file.asked.params ?? {}) : parseJson(values.params),
    problems,
  )
  const facts = checkFacts(file.asked.facts)
  if (!facts.ok)
    problems.push(
      ...facts.problems.map((p) => ({
        ...p,
        path: values.facts!,
        at: file.wrapped ? `facts.${p.at}` : p.at,
      })),
    )
  const rule = values.rule ?? file.asked.rule
  if (rule !== undefined) problems.push(...checkRule(policy, rule, jurisdiction, params))
  if (problems.length > 0 || !facts.ok) throw new UsageError('bad question', problems)

  const ask = (id: string) =>
    decide(policy, { rule: id, jurisdiction, params, facts: facts.facts, on, settings })
  if (rule !== undefined) return { ok: true, ...ask(rule) }
  const answerable = rulesOf(policy, jurisdiction).filter((r) => missingParams(r, params).length === 0)
  return { ok: true, on, jurisdiction, decisions: answerable.map((r) => ask(r.id)) }
}

interface Asked {
  rule?: string
  jurisdiction?: string
  params?: unknown
  on?: string
  facts: unknown
}

/** Bare facts, or a question around them: {rule, jurisdiction, params, on, facts}. */
function readAsked(path: string): { asked: Asked; wrapped: boolean; problems: Problem[] } {
  const data = readData(path)
  if (typeof data !== 'object' || data === null || !('facts' in data))
    return { asked: { facts: data }, wrapped: false, problems: [] }
  const problems: Problem[] = []
  for (const [key, value] of Object.entries(data)) {
    if (!['rule', 'jurisdiction', 'params', 'on', 'facts'].includes(key))
      problems.push({ path, at: key, message: '不认识的键' })
    else if (['rule', 'jurisdiction', 'on'].includes(key) && typeof value !== 'string')
      problems.push({ path, at: key, message: '应为文字' })
  }
  if (problems.length > 0) throw new UsageError('bad question', problems)
  return { asked: data as Asked, wrapped: true, problems }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('--params must be JSON', [
      { path: 'arguments', at: 'params', message: '不是合法的 JSON' },
    ])
  }
}

function readParams(raw: unknown, problems: Problem[]): RuleParams {
  const parsed = paramsSchema.safeParse(raw)
  if (parsed.success) return parsed.data
  problems.push(
    ...parsed.error.issues.map((issue) => ({
      path: 'params',
      at: issue.path.join('.'),
      message: issue.message,
    })),
  )
  return {}
}

function checkRule(policy: Policy, id: string, jurisdiction: Jurisdiction, params: RuleParams): Problem[] {
  const rule = findRule(policy, id, jurisdiction)
  if (!rule) {
    const known = rulesOf(policy, jurisdiction).map((r) => r.id)
    return [
      { path: 'arguments', at: 'rule', message: `${jurisdiction}没有规则“${id}”；有：${known.join('、')}` },
    ]
  }
  return missingParams(rule, params).map((name) => ({
    path: 'params',
    at: name,
    message: `规则“${id}”需要此参数`,
  }))
}
