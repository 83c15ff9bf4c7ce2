import { z } from 'zod'
import { findOrganisations } from '../../people/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockFiling, saveDraft } from '../store/filings.ts'
import { occupationName } from '../store/occupations.ts'
import { filingDraft, stateRefusal } from './filing.ts'

export const filingSave = filingDraft.extend({
  id,
  /** The revision the writer has seen: a second browser cannot overwrite what it has not. */
  revision: z.number().int().min(1),
})
type SaveRefusal =
  | RefusalOf<
      typeof no,
      'FILING_NOT_FOUND' | 'FILING_CHANGED_MEANWHILE' | 'OCCUPATION_UNKNOWN' | 'FILING_EVALUATION_MISSING'
    >
  | NonNullable<ReturnType<typeof stateRefusal>>

/** Keeps a draft as it is, complete or not. After a return, the first save begins the correction. */
export function saveFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof filingSave>,
): Promise<Result<{ id: string; revision: number }, SaveRefusal>> {
  return transact<{ id: string; revision: number }, SaveRefusal>(app.db, async (tx) => {
    const filing = await lockFiling(tx, actor, input.id)
    if (!filing) return refuse(no.FILING_NOT_FOUND())
    const notNow = stateRefusal(filing, 'edit')
    if (notNow) return refuse(notNow)
    if (filing.revision !== input.revision) return refuse(no.FILING_CHANGED_MEANWHILE())
    if (input.occupationId !== null && (await occupationName(tx, input.occupationId)) === undefined) {
      return refuse(no.OCCUPATION_UNKNOWN({ occupation: input.occupationId }))
    }
    if (input.evaluationOrganisationId !== null) {
      const found = await findOrganisations(tx, {
        ids: [input.evaluationOrganisationId],
        kind: 'evaluation_institution',
      })
      if (found.length === 0) return refuse(no.FILING_EVALUATION_MISSING())
    }

    const at = app.clock.now()
    const state = filing.state === 'returned' ? ('revised' as const) : filing.state
    const { id: _id, revision: _revision, ...draft } = input
    const year = Number((input.plan.startsOn ?? `${filing.year}`).slice(0, 4))
    const revision = await saveDraft(tx, filing.id, { ...draft, year, state }, at)
    // Saving a draft is typing, not an act; beginning a correction is one.
    if (state !== filing.state) {
      await record(tx, { name: events['filing.revised'], at, actor, subjects: [`filing:${filing.id}`] })
    }
    return ok({ id: filing.id, revision })
  })
}
