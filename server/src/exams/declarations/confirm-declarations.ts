import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type Declaration, type Outcome, whyNotConfirmable } from './declaration.ts'
import { settleDeclarationDuties, settleOverrideDuty } from './declaration-duties.ts'
import { recheck } from './recheck.ts'
import { lockDeclarations, type NewVerdict, setState, setVerdicts } from './store/declarations.ts'
import { insertConfirmations, withdrawOpenOverrides } from './store/overrides.ts'

/** Per declaration: DECLARATION_NOT_SUBMITTED, TRAINING_CERTIFICATE_ENDED, VERDICT_NOT_MET, JUDGEMENT_MISSING, JUDGEMENT_NEGATIVE. */
export type ConfirmDeclarationsRefusal =
  | RefusalOf<typeof no, 'DECLARATION_NOT_FOUND' | 'NOTHING_CONFIRMED'>
  | Refusal

export interface Confirmed {
  confirmed: number
  /** Those that stay on the desk, each with the reason; shown first. */
  exceptions: { declarationId: string; number: string; outcome: Outcome; refusal: Refusal }[]
}

/**
 * Confirms candidate qualification 资格确认 on today's verdict (HB-4.4): every declaration is decided again, because
 * facts may have changed and certificates may have been withdrawn since it was submitted. Of a batch, those the
 * rule supports are confirmed and the others come back as exceptions; a single one is refused outright.
 */
export function confirmDeclarations(
  app: App,
  actor: Actor,
  input: { declarationIds: string[] },
): Promise<Result<Confirmed, ConfirmDeclarationsRefusal>> {
  return transact<Confirmed, ConfirmDeclarationsRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const ids = [...new Set(input.declarationIds)]
    const declarations = await lockDeclarations(tx, ids, { evaluation: institution.id })
    if (declarations.length < ids.length) return refuse(no.DECLARATION_NOT_FOUND())

    const checked = await recheck(
      tx,
      app,
      actor,
      declarations.filter((one) => !whyNotConfirmable(one)),
    )
    const exceptions: Confirmed['exceptions'] = []
    const good: (Declaration & { verdict: NewVerdict })[] = []
    for (const one of declarations) {
      const check = checked.get(one.id)
      const refusal = whyNotConfirmable(one) ?? check?.refusal
      if (refusal) {
        exceptions.push({
          declarationId: one.id,
          number: one.number,
          outcome: check?.verdict.outcome ?? one.outcome,
          refusal,
        })
      } else {
        good.push({ ...one, verdict: defined(check, 'a check').verdict })
      }
    }
    if (good.length === 0) {
      const [only] = exceptions
      if (exceptions.length === 1 && only) return refuse(only.refusal)
      return refuse({ ...no.NOTHING_CONFIRMED({ count: exceptions.length }), facts: { exceptions } })
    }

    const at = app.clock.now()
    const confirmedIds = good.map((one) => one.id)
    await setVerdicts(
      tx,
      [...checked.values()].map((check) => check.verdict),
      app.clock.today(),
    )
    await setState(tx, confirmedIds, 'qualified', at)
    const overridden = await withdrawOpenOverrides(tx, confirmedIds, at)
    await settleOverrideDuty(tx, app, actor, overridden, '已按规则确认资格')
    await insertConfirmations(
      tx,
      good.map((one) => ({
        declarationId: one.id,
        round: one.round,
        act: 'confirmed' as const,
        reason: null,
        clause: 'HB-4.4',
        needs: [],
        decisionId: one.verdict.decisionId,
        actedBy: defined(actor.accountId, 'an account'),
        actedByName: actor.name,
      })),
      at,
    )
    await record(
      tx,
      ...good.map((one) => ({
        name: events['declaration.confirmed'],
        at,
        actor,
        subjects: [`declaration:${one.id}` as const, `person:${one.personId}` as const],
        data: { outcome: one.verdict.outcome },
      })),
    )
    await settleDeclarationDuties(
      tx,
      app,
      actor,
      good.map((one) => ({ ...one, state: 'qualified' as const })),
    )
    return ok({ confirmed: good.length, exceptions })
  })
}
