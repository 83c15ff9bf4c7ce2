import { z } from 'zod'
import { type Actor, day, id, level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type EntryRow, endEntry, insertEntries, lockCatalogue, lockEntry } from '../store/entries.ts'
import { listedOccupationRows, occupationNames } from '../store/occupations.ts'
import { type EngineerLevel, inForce, laterDay, suspiciousWords } from './catalogue.ts'
import { maintainedProvince } from './entry-input.ts'

export const entryChange = z.strictObject({
  id,
  organisationName: z.string().trim().min(2, '请填写机构名称').max(100),
  occupationIds: z.array(z.string().max(40)).min(1, '请至少选择一个职业').max(50),
  levels: z.array(level).min(1, '请至少选择一个等级').max(3),
  batch: z.string().trim().max(40).nullable(),
  fromOn: day,
  source: z.string().trim().min(2, '请填写依据文件').max(300),
  reason: z.string().trim().min(2, '请填写变更原因').max(300),
})

type ChangeRefusal = RefusalOf<
  typeof no,
  | 'ENTRY_NOT_FOUND'
  | 'ENTRY_ALREADY_ENDED'
  | 'ENTRY_DAY_PAST'
  | 'ENTRY_UNCHANGED'
  | 'OCCUPATION_UNKNOWN'
  | 'OCCUPATION_NOT_LISTED'
>

/** Whether a maintainer may write this row: a department its own province's, the national office any. */
export function isMaintainedBy(actor: Actor, entry: { provinceCode: string | null }): boolean {
  const province = maintainedProvince(actor)
  return province === null || entry.provinceCode === province
}

/** First day a change or end may take effect: never before today, never before the row itself. */
export function checkDay(
  entry: { fromOn: string; toOn: string | null },
  on: string,
  today: string,
): RefusalOf<typeof no, 'ENTRY_ALREADY_ENDED' | 'ENTRY_DAY_PAST'> | undefined {
  if (entry.toOn !== null) return no.ENTRY_ALREADY_ENDED({ to: entry.toOn })
  const earliest = laterDay(entry.fromOn, today)
  return on < earliest ? no.ENTRY_DAY_PAST({ earliest }) : undefined
}

/** Changes a row from a day on: the row ends the day before, another follows it. History stays as it was. */
export function changeInstitutionEntry(
  app: App,
  actor: Actor,
  input: z.output<typeof entryChange>,
): Promise<Result<{ id: string }, ChangeRefusal>> {
  return transact<{ id: string }, ChangeRefusal>(app.db, async (tx) => {
    await lockCatalogue(tx)
    const entry = await lockEntry(tx, input.id)
    if (!entry || !isMaintainedBy(actor, entry)) return refuse(no.ENTRY_NOT_FOUND())
    // the old row needs at least one day of its own
    const dayRefusal = checkDay(
      { ...entry, fromOn: addDays(entry.fromOn, 1) },
      input.fromOn,
      app.clock.today(),
    )
    if (dayRefusal) return refuse(dayRefusal)
    if (isSame(entry, input)) return refuse(no.ENTRY_UNCHANGED())
    const names = await occupationNames(tx)
    const listings = await listedOccupationRows(tx)
    for (const occupationId of input.occupationIds) {
      const occupation = names.get(occupationId)
      if (occupation === undefined) return refuse(no.OCCUPATION_UNKNOWN({ occupation: occupationId }))
      if (!listings.some((row) => row.occupationId === occupationId && inForce(row, input.fromOn))) {
        return refuse(no.OCCUPATION_NOT_LISTED({ occupation, on: input.fromOn }))
      }
    }

    const at = app.clock.now()
    await endEntry(tx, entry.id, {
      toOn: addDays(input.fromOn, -1),
      reason: `变更：${input.reason}`,
      by: actor.name,
      at,
    })
    const [id] = await insertEntries(
      tx,
      [
        {
          ...entry,
          organisationName: input.organisationName,
          occupationIds: input.occupationIds,
          levels: input.levels,
          batch: input.batch,
          fromOn: input.fromOn,
          source: input.source,
          sourceStatus: 'issued',
          nameFlags: suspiciousWords(input.organisationName),
          supersedesId: entry.id,
        },
      ],
      { recordedBy: actor.name, recordedAt: at },
    )
    await record(tx, {
      name: events['institution.listing-changed'],
      at,
      actor,
      subjects: [`catalogue-entry:${entry.id}`, `catalogue-entry:${id}`],
      data: {
        catalogue: entry.catalogue,
        name: input.organisationName,
        fromOn: input.fromOn,
        reason: input.reason,
        before: scope(entry),
        after: scope(input),
      },
    })
    return ok({ id: id! })
  })
}

interface EntryScope {
  organisationName: string
  occupationIds: string[]
  levels: EngineerLevel[]
  batch: string | null
}

function scope(row: EntryScope) {
  return { name: row.organisationName, occupations: row.occupationIds, levels: row.levels, batch: row.batch }
}

function isSame(entry: EntryRow, input: EntryScope): boolean {
  const text = (row: EntryScope) =>
    JSON.stringify([row.organisationName, [...row.occupationIds].sort(), [...row.levels].sort(), row.batch])
  return text(entry) === text(input)
}
