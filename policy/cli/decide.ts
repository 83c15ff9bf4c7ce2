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
  problemsOf,
  type RuleParams,
  rulesOf,
} from '../src/index.ts'
import { mustLoadPolicy } from './read-packs.ts'
import { asJurisdiction, readArgs, readData, readSettings, today, UsageError } from './usage.ts'

type Decided =
  | ({ ok: true } & Decision)
  | { ok: true; on: string; jurisdiction: Jurisdiction; decisions: Decision[] }

/** decide --facts FILE [--rule R] [--params JSON] [--jurisdiction J] [--on DATE] [--settings FILE] */
export function runDecide(args: string[]): Decided {
  const { values } = readArgs({
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
  // Whatever is wrong anywhere in the question is said at once, so nothing stops at the first.
  const problems: Problem[] = []
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems)
      return undefined
    }
  }
  const file = readAsked(values.facts, problems)
  const policy = mustLoadPolicy()
  const settings = attempt(() => readSettings(values.settings))
  const jurisdiction = attempt(() =>
    asJurisdiction(values.jurisdiction ?? file.asked.jurisdiction ?? 'hubei'),
  )
  const on = values.on ?? file.asked.on ?? today()
  if (!isDay(on))
    problems.push({ path: 'arguments', at: 'on', message: `“${on}”不是真实存在的日期，应写作 YYYY-MM-DD` })
  const given =
    values.params === undefined ? (file.asked.params ?? {}) : attempt(() => parseJson(values.params!))
  const params = readParams(given ?? {}, problems)
  const facts = checkFacts(file.asked.facts)
  if (!facts.ok)
    problems.push(
      ...facts.problems.map(({ at, message }) => ({
        path: values.facts!,
        at: file.wrapped ? `facts${at ? `.${at}` : ''}` : at,
        message,
      })),
    )
  const rule = values.rule ?? file.asked.rule
  if (rule !== undefined && jurisdiction) problems.push(...checkRule(policy, rule, jurisdiction, params))
  if (problems.length > 0 || !facts.ok || !jurisdiction) throw new UsageError('bad question', problems)

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
function readAsked(path: string, problems: Problem[]): { asked: Asked; wrapped: boolean } {
  const data = readData(path)
  if (typeof data !== 'object' || data === null || !('facts' in data))
    return { asked: { facts: data }, wrapped: false }
  const asked: Asked = { facts: data.facts }
  for (const [key, value] of Object.entries(data)) {
    if (key === 'facts') continue
    if (key === 'params') asked.params = value
    else if (key !== 'rule' && key !== 'jurisdiction' && key !== 'on')
      problems.push({ path, at: key, message: '不认识的键' })
    else if (typeof value === 'string') asked[key] = value
    else problems.push({ path, at: key, message: '应为文字' })
  }
  return { asked, wrapped: true }
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
  problems.push(...problemsOf(parsed.error, 'params'))
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
