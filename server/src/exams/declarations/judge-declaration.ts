import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { askedJudgements } from '../verdict.ts'
import { decideDeclarations } from './decide-declarations.ts'
import { type Outcome, whyNotConfirmable } from './declaration.ts'
import { lockDeclarations, setVerdicts } from './store/declarations.ts'
import { insertJudgement, judgementsOf } from './store/judgements.ts'

export type JudgeDeclarationRefusal = RefusalOf<
  typeof no,
  'DECLARATION_NOT_FOUND' | 'DECLARATION_NOT_SUBMITTED' | 'JUDGEMENT_NOT_ASKED'
>

/**
 * The confirmer judges an open term of the standard (相关专业, 按国家有关规定 …) and says why; the verdict is made
 * again with it. Only what the rule asks for can be judged; a later judgement of the same term replaces the earlier.
 */
export function judgeDeclaration(
  app: App,
  actor: Actor,
  input: {
    declarationId: string
    term: string
    personFactId?: string | null | undefined
    result: '认定' | '不认定'
    reason: string
  },
): Promise<Result<{ outcome: Outcome }, JudgeDeclarationRefusal>> {
  return transact<{ outcome: Outcome }, JudgeDeclarationRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const [declaration] = await lockDeclarations(tx, [input.declarationId], { evaluation: institution.id })
    if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
    const refusal = whyNotConfirmable(declaration)
    if (refusal) return refuse(refusal)

    const before = defined(
      (await decideDeclarations(tx, app, [declaration])).get(declaration.id),
      'a decision',
    )
    const personFactId = input.personFactId ?? null
    const same = (one: { term: string; personFactId: string | null }) =>
      one.term === input.term && one.personFactId === personFactId
    const asked =
      askedJudgements(before.decision, before.facts).some(same) ||
      (await judgementsOf(tx, [declaration.id])).some(same)
    if (!asked) return refuse(no.JUDGEMENT_NOT_ASKED({ term: input.term }))

    const at = app.clock.now()
    await insertJudgement(tx, {
      declarationId: declaration.id,
      term: input.term,
      personFactId,
      result: input.result,
      reason: input.reason,
      judgedBy: defined(actor.accountId, 'an account'),
      judgedByName: actor.name,
      judgedOn: app.clock.today(),
      judgedAt: at,
    })
    const after = defined(
      (await decideDeclarations(tx, app, [declaration])).get(declaration.id),
      'a decision',
    )
    const { outcome } = after.decision
    await setVerdicts(tx, [{ id: declaration.id, outcome, decisionId: after.decisionId }], app.clock.today())
    await record(tx, {
      name: events['declaration.judged'],
      at,
      actor,
      subjects: [`declaration:${declaration.id}`, `person:${declaration.personId}`],
      data: { term: input.term, result: input.result, reason: input.reason, outcome },
    })
    return ok({ outcome })
  })
}
