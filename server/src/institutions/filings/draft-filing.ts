import { z } from 'zod'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { type ListedOnRefusal, listedOn } from '../listed-on.ts'
import { insertFiling } from '../store/filings.ts'

export const newFiling = z.strictObject({
  title: z.string().trim().min(4, '请填写计划名称，不少于 4 个字').max(100),
})

/** Begins a filing. Only an institution in the catalogue may (HB-6.2). */
export function draftFiling(
  app: App,
  actor: Actor,
  input: z.output<typeof newFiling>,
): Promise<Result<{ id: string }, ListedOnRefusal>> {
  return transact<{ id: string }, ListedOnRefusal>(app.db, async (tx) => {
    const { organisation } = actor
    assert(organisation?.cityCode, 'the permission admits training institutions only, and they have a city')
    const today = app.clock.today()
    const listed = await listedOn(tx, { catalogue: 'training', organisationId: organisation.id, on: today })
    if (!listed.ok) return listed

    const at = app.clock.now()
    const id = await insertFiling(tx, {
      organisationId: organisation.id,
      provinceCode: organisation.provinceCode,
      cityCode: organisation.cityCode,
      year: Number(today.slice(0, 4)),
      title: input.title,
      createdBy: actor.name,
      at,
    })
    await record(tx, {
      name: events['filing.drafted'],
      at,
      actor,
      subjects: [`filing:${id}`],
      data: { title: input.title },
    })
    return ok({ id })
  })
}
