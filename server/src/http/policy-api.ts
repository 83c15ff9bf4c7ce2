import { z } from 'zod'
import { type Clause, clause, clauses } from '../../../policy/src/index.ts'
import { type Api, definePermissions, EVERYONE, nothing, query } from '../platform/api.ts'
import { defineRefusals, ok, refuse } from '../platform/result.ts'

const may = definePermissions({
  'policy.read': { title: '查看政策条款', roles: EVERYONE },
})

const no = defineRefusals({
  CLAUSE_NOT_FOUND: {
    clause: null,
    say: ({ id }: { id: string }) => `条款目录中没有「${id}」。请核对条款编号，或从政策条款页面查找。`,
  },
})

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
})

function shown(found: Clause): z.input<typeof clauseShape> {
  return {
    ...found,
    document: { title: found.document, number: found.documentNumber, validity: found.validity },
    fromOn: found.effectiveFrom,
    toOn: found.effectiveTo,
    by: found.implementedBy.map((one) => ({ kind: one.kind, where: one.where, note: one.note ?? null })),
  }
}

/** The clause register, open to everyone: what each clause asks and what carries it out (requirements A1). */
export const policyApi = {
  'policy.clauses': query({
    summary: '条款目录',
    permission: may['policy.read'],
    input: nothing,
    output: z.object({ clauses: z.array(clauseShape) }),
    handle: async ({ app }) => ok({ clauses: clauses(app.policy).map(shown) }),
  }),
  'policy.clause': query({
    summary: '查看条款',
    permission: may['policy.read'],
    input: z.strictObject({ id: z.string().max(40) }),
    example: { id: 'HB-4.1' },
    output: clauseShape,
    handle: async ({ app }, { id }) => {
      const found = clause(app.policy, id)
      return found ? ok(shown(found)) : refuse(no.CLAUSE_NOT_FOUND({ id }))
    },
  }),
} satisfies Api
