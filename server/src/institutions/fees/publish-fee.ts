import { z } from 'zod'
import { type Actor, day, level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { type ListedOnRefusal, listedOn } from '../listed-on.ts'
import { no } from '../refusals.ts'
import { endFee, insertFee, lockLastFee } from '../store/fees.ts'
import { occupationName } from '../store/occupations.ts'
import type { FeeKind } from './fee.ts'

export const feeInput = z.strictObject({
  occupationId: z.string().max(40),
  level,
  amountCents: z.number().int().min(0).max(100_000_000),
  basis: z.string().trim().min(10, '请写明成本构成，不少于 10 个字').max(2000),
  fromOn: day,
})
type PublishRefusal = RefusalOf<typeof no, 'FEE_ALREADY_PUBLISHED' | 'FEE_DAY_PAST'> | ListedOnRefusal

/**
 * Publishes a fee from a day on with its cost basis (HB-6.3). It cannot be taken back or edited: the next one
 * follows from a later day. A training institution publishes training fees, an evaluation institution assessment fees.
 */
export function publishFee(
  app: App,
  actor: Actor,
  input: z.output<typeof feeInput>,
): Promise<Result<{ id: string }, PublishRefusal>> {
  return transact<{ id: string }, PublishRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'the permission admits institutions only')
    const organisationId = actor.organisation.id
    const kind: FeeKind = actor.organisation.kind === 'evaluation_institution' ? 'assessment' : 'training'
    const today = app.clock.today()
    const { occupationId, level, amountCents, basis, fromOn } = input
    if (fromOn < today) return refuse(no.FEE_DAY_PAST({ today }))
    const catalogue = kind === 'training' ? 'training' : 'evaluation'
    const listed = await listedOn(tx, { catalogue, organisationId, occupationId, level, on: today })
    if (!listed.ok) return listed
    const key = { organisationId, kind, occupationId, level }
    const last = await lockLastFee(tx, key)
    if (last && fromOn <= last.fromOn) return refuse(no.FEE_ALREADY_PUBLISHED({ from: last.fromOn }))

    const at = app.clock.now()
    if (last?.toOn === null) {
      await endFee(tx, last.id, { toOn: addDays(fromOn, -1), reason: '由新标准接续', by: actor.name, at })
    }
    const id = await insertFee(tx, {
      ...key,
      amountCents,
      basis,
      fromOn,
      supersedesId: last?.id ?? null,
      by: actor.name,
      at,
    })
    await record(tx, {
      name: events['fee.published'],
      at,
      actor,
      subjects: [`fee:${id}`, `organisation:${organisationId}`],
      data: { kind, occupation: await occupationName(tx, occupationId), level, amountCents, fromOn },
    })
    return ok({ id })
  })
}
