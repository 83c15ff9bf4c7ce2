import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { decideResults } from './decide-results.ts'
import { type SittingResult, whyNotPublishable } from './sitting.ts'
import { fulfilPublication } from './sitting-duties.ts'
import { candidatesOf, setResults } from './store/candidates.ts'
import { scoreProgress } from './store/scores.ts'
import { lockSitting, setSittingState } from './store/sittings.ts'

export type PublishResultsRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_ENDED' | 'SCORES_INCOMPLETE'
>

/** Decides every candidate by rule (both parts must be passed, HB-4.4) and publishes. From here only corrections. */
export function publishResults(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<Record<SittingResult, number>, PublishResultsRefusal>> {
  return transact<Record<SittingResult, number>, PublishResultsRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotPublishable(sitting, await scoreProgress(tx, sitting.id))
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    const candidates = await candidatesOf(tx, sitting.id)
    const results = await decideResults(tx, app, sitting, candidates)
    await setResults(tx, results, at)
    await setSittingState(tx, sitting.id, 'scored', at)
    const counts: Record<SittingResult, number> = { passed: 0, failed: 0, absent: 0, misconduct: 0 }
    for (const { result } of results) counts[result] += 1
    await record(
      tx,
      { name: events['sitting.published'], at, actor, subjects: [`sitting:${sitting.id}`], data: counts },
      ...candidates.map((one, i) => ({
        name: events['candidate.result-published'],
        at,
        actor,
        subjects: [`declaration:${one.declarationId}` as const, `person:${one.personId}` as const],
        data: { result: results[i]?.result, attempt: one.attempt, sitting: sitting.number },
      })),
    )
    await fulfilPublication(tx, app, actor, sitting.id)
    await enqueue(
      tx,
      'exams.sitting-scored',
      { sittingId: sitting.id },
      { key: `exams.sitting-scored:${sitting.id}` },
    )
    return ok(counts)
  })
}
