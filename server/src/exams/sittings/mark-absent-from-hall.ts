import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type Part, whyNotMarkable } from './sitting.ts'
import { insertAbsences } from './store/candidates.ts'
import { lockSitting } from './store/sittings.ts'

export type MarkAbsentRefusal = RefusalOf<typeof no, 'SITTING_NOT_FOUND' | 'SITTING_NOT_OPEN'>

/**
 * For the door: everybody named who never started a part at the computer is absent from it, all in one statement.
 * Who bears another mark keeps it.
 */
export async function markAbsentFromHall(
  tx: Tx,
  app: App,
  actor: Actor,
  input: { sittingId: string; absences: { candidateId: string; part: Part }[]; reason: string },
): Promise<Result<{ marked: number }, MarkAbsentRefusal>> {
  const institution = defined(actor.organisation, 'an evaluation institution')
  const sitting = await lockSitting(tx, input.sittingId, institution.id)
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const refusal = whyNotMarkable(sitting)
  if (refusal) return refuse(refusal)
  const at = app.clock.now()
  const marked = await insertAbsences(tx, sitting.id, input.absences, {
    reason: input.reason,
    by: defined(actor.accountId, 'an account'),
    byName: actor.name,
    at,
  })
  if (marked.length > 0)
    await record(tx, {
      name: events['candidates.marked-absent'],
      at,
      actor,
      subjects: [
        `sitting:${sitting.id}`,
        ...new Set(
          marked.flatMap((one) => [
            `declaration:${one.declarationId}` as const,
            `person:${one.personId}` as const,
          ]),
        ),
      ],
      data: {
        reason: input.reason,
        theory: marked.filter((one) => one.part === 'theory').map((one) => one.ticketNumber),
        ability: marked.filter((one) => one.part === 'ability').map((one) => one.ticketNumber),
      },
    })
  return ok({ marked: marked.length })
}
