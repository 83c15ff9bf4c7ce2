import { z } from 'zod'
import { maskedName, scopeOf } from '../../people/index.ts'
import { type Actor, day, id, listInput } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { findRevision } from '../store.ts'
import { listAffected, reckoningOf } from './store.ts'

const outcome = z.enum(['符合', '不符合', '尚未到期', '材料不足', '需人工认定'])
export const affectedFilter = listInput.extend({
  id,
  before: outcome.optional(),
  after: outcome.optional(),
  cityCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
})
export const affectedRow = z.object({
  position: z.number(),
  name: z.string(),
  city: z.string().nullable(),
  asked: z.string(),
  before: z.string(),
  after: z.string(),
  beforeOpensOn: day.nullable(),
  afterOpensOn: day.nullable(),
})
export interface AffectedPage {
  title: string
  rows: z.input<typeof affectedRow>[]
  total: number
}

/** Who the newest reckoning says is affected, names masked. Each look leaves a trace. */
export function readAffected(
  app: App,
  actor: Actor,
  filter: z.output<typeof affectedFilter>,
  act: 'list' | 'export',
): Promise<Result<AffectedPage, RefusalOf<typeof no, 'REVISION_NOT_FOUND'>>> {
  return transact<AffectedPage, RefusalOf<typeof no, 'REVISION_NOT_FOUND'>>(app.db, async (tx) => {
    const revision = await findRevision(tx, scopeOf(actor), filter.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    const reckoning = await reckoningOf(tx, revision.id)
    const found = reckoning ? await listAffected(tx, reckoning.id, filter) : { rows: [], total: 0 }
    const { id: _, page: _page, size: _size, ...asked } = filter
    await record(tx, {
      name: events['revision.affected-read'],
      at: app.clock.now(),
      actor,
      subjects: [`revision:${revision.id}`],
      data: { act, rows: found.rows.length, filter: asked },
    })
    const occupationName = (alias: string) =>
      app.policy.occupations.get(app.policy.occupationIds.get(alias) ?? alias)?.名称 ?? alias
    return ok({
      title: revision.title,
      total: found.total,
      rows: found.rows.map((row) => ({
        position: row.position,
        name: maskedName(row.name),
        city: row.cityName,
        asked: [row.params.occupation && occupationName(row.params.occupation), row.params.level]
          .filter(Boolean)
          .join(' '),
        before: row.beforeOutcome,
        after: row.afterOutcome,
        beforeOpensOn: row.beforeOpensOn,
        afterOpensOn: row.afterOpensOn,
      })),
    })
  })
}
