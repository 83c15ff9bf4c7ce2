import { z } from 'zod'
import { type Clause, clause, clauses, JURISDICTIONS, type Policy } from '../../../policy/src/index.ts'
import {
  type Api,
  definePermissions,
  EVERYONE,
  id,
  nothing,
  proceduresOfClause,
  query,
} from '../platform/api.ts'
import { replayDecision } from '../platform/replay-decision.ts'
import { defineRefusals, ok, refuse } from '../platform/result.ts'
import { ruleInWords } from './rule-in-words.ts'

const may = definePermissions({
  'policy.read': { title: '查看政策条款', roles: EVERYONE },
  'policy.replay': { title: '重新核算判定', roles: EVERYONE },
})

const no = defineRefusals({
  CLAUSE_NOT_FOUND: {
    clause: null,
    say: ({ id }: { id: string }) => `条款目录中没有「${id}」。请核对条款编号，或从政策条款页面查找。`,
  },
  RULE_NOT_FOUND: {
    clause: null,
    say: ({ id }: { id: string }) => `没有规则「${id}」。请从政策条款页面打开。`,
  },
  DECISION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这份判定。请从判定所在的页面打开凭据后再重新核算。',
  },
})

const named = z.object({ id: z.string(), name: z.string() })
const clauseShape = z.object({
  id: z.string(),
  title: z.string(),
  /** Our own wording, never the official text. */
  paraphrase: z.string(),
  jurisdiction: z.string(),
  document: z.object({ title: z.string(), number: z.string(), validity: z.string() }),
  fromOn: z.string().nullable(),
  toOn: z.string().nullable(),
  status: z.enum(['rule', 'workflow', 'manual', 'untouched']),
  by: z.array(z.object({ kind: z.string(), where: z.string(), note: z.string().nullable() })),
  /** Rules that rest on it, each with the jurisdiction whose pack holds it. */
  rules: z.array(named.extend({ jurisdiction: z.string() })),
  /** Where it is used: figures, clocks, effects of rules, and acts of this platform. */
  uses: z.object({
    parameters: z.array(named),
    deadlines: z.array(named),
    effects: z.array(z.string()),
    procedures: z.array(z.string()),
  }),
})

function shown(policy: Policy, found: Clause): z.input<typeof clauseShape> {
  const under = (prefix: string) =>
    found.implementedBy
      .filter((one) => one.where.startsWith(prefix))
      .map((one) => ({ id: one.where.slice(prefix.length), name: one.note ?? one.where }))
  const cited = new Set(
    found.implementedBy
      .filter((one) => one.kind === 'rule' && !/^(参数|时限):/.test(one.where))
      .map((one) => one.where),
  )
  const effects = policy.rules.flatMap((rule) =>
    rule.versions.flatMap((version) =>
      version.effects
        .filter((effect) => (effect.clause ?? version.clause) === found.id)
        .map((one) => one.name),
    ),
  )
  return {
    ...found,
    document: { title: found.document, number: found.documentNumber, validity: found.validity },
    fromOn: found.effectiveFrom,
    toOn: found.effectiveTo,
    by: found.implementedBy.map((one) => ({ kind: one.kind, where: one.where, note: one.note ?? null })),
    rules: policy.rules
      .filter((rule) => cited.has(rule.id))
      .map(({ id: ruleId, name, jurisdiction }) => ({ id: ruleId, name, jurisdiction })),
    uses: {
      parameters: under('参数:'),
      deadlines: under('时限:'),
      effects: [...new Set(effects)],
      procedures: proceduresOfClause(found.id),
    },
  }
}

const ruleShape = z.object({
  id: z.string(),
  name: z.string(),
  matter: z.string(),
  jurisdiction: z.string(),
  confirms: z.string(),
  versions: z.array(
    z.object({
      from: z.string(),
      to: z.string().nullable(),
      clause: z.string(),
      cases: z.array(
        z.object({
          levels: z.array(z.string()).nullable(),
          paths: z.array(
            named.extend({
              clause: z.string(),
              steps: z.array(
                z.object({
                  depth: z.number(),
                  text: z.string(),
                  clause: z.string(),
                  note: z.string().nullable(),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
})

/** The clause register, open to everyone: what each clause asks, what carries it out, where it is used (requirements A1). */
export const policyApi = {
  'policy.clauses': query({
    summary: '条款目录',
    permission: may['policy.read'],
    input: nothing,
    output: z.object({ clauses: z.array(clauseShape) }),
    handle: async ({ app }) => ok({ clauses: clauses(app.policy).map((one) => shown(app.policy, one)) }),
  }),
  'policy.clause': query({
    summary: '查看条款',
    permission: may['policy.read'],
    input: z.strictObject({ id: z.string().max(40) }),
    example: { id: 'HB-4.1' },
    output: clauseShape,
    handle: async ({ app }, input) => {
      const found = clause(app.policy, input.id)
      return found ? ok(shown(app.policy, found)) : refuse(no.CLAUSE_NOT_FOUND(input))
    },
  }),
  'policy.rule': query({
    summary: '查看规则',
    permission: may['policy.read'],
    input: z.strictObject({ id: z.string().max(60), jurisdiction: z.enum(JURISDICTIONS) }),
    example: { id: 'engineer.declaration', jurisdiction: 'national' },
    output: ruleShape,
    handle: async ({ app }, input) => {
      const found = ruleInWords(app.policy, input.id, input.jurisdiction)
      return found ? ok(found) : refuse(no.RULE_NOT_FOUND(input))
    },
  }),
  /**
   * The id of a decision is told only with the record that rests on it, and the answer holds nothing of the person: whoever
   * holds the id may have it decided again.
   */
  'policy.replay-decision': query({
    summary: '重新核算判定',
    permission: may['policy.replay'],
    input: z.strictObject({ decisionId: id }),
    example: { decisionId: '00000000-0000-4000-8000-000000000000' },
    output: z.object({
      rule: z.string(),
      on: z.string(),
      engine: z.object({ kept: z.string(), now: z.string() }),
      kept: z.string(),
      again: z.string().nullable(),
      same: z.boolean().nullable(),
    }),
    limit: { max: 60, seconds: 60 },
    handle: async ({ app }, { decisionId }) => {
      const found = await replayDecision(app, decisionId)
      return found ? ok(found) : refuse(no.DECISION_NOT_FOUND())
    },
  }),
} satisfies Api
