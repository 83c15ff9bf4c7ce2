import { z } from 'zod'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertEntries, lockCatalogue } from '../store/entries.ts'
import { lockImport, setImportConfirmed } from '../store/imports.ts'
import { entryContext, newEntry } from './entry-input.ts'
import { sortRows } from './import-sheet.ts'
import { badRowCount } from './preview-import.ts'

export const importConfirmation = z.strictObject({
  id,
  /** Hash of the file as previewed: what the officer saw is what is taken over. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** True: take the good rows and leave the bad ones. False: all or nothing. */
  onlyGood: z.boolean(),
})
type ConfirmRefusal = RefusalOf<
  typeof no,
  'IMPORT_NOT_FOUND' | 'IMPORT_ALREADY_DONE' | 'IMPORT_FILE_DIFFERS' | 'IMPORT_HAS_ERRORS' | 'IMPORT_EMPTY'
>

/** Takes a previewed file over. The rows are checked again: the catalogue may have changed since the preview. */
export function confirmImport(
  app: App,
  actor: Actor,
  input: z.output<typeof importConfirmation>,
): Promise<Result<{ listed: number; left: number }, ConfirmRefusal>> {
  return transact<{ listed: number; left: number }, ConfirmRefusal>(app.db, async (tx) => {
    await lockCatalogue(tx)
    const found = await lockImport(tx, input.id)
    if (!found || found.accountId !== actor.accountId) return refuse(no.IMPORT_NOT_FOUND())
    if (found.state !== 'previewed') return refuse(no.IMPORT_ALREADY_DONE())
    if (found.sha256 !== input.sha256) return refuse(no.IMPORT_FILE_DIFFERS())
    const context = await entryContext(
      tx,
      actor,
      found.catalogue,
      found.goodRows.map((one) => one.value),
    )
    const { good, problems } = sortRows(context, found.goodRows)
    const bad = badRowCount(found.badRows) + badRowCount(problems)
    if (bad > 0 && !input.onlyGood) return refuse(no.IMPORT_HAS_ERRORS({ bad, good: good.length }))
    if (good.length === 0) return refuse(no.IMPORT_EMPTY())

    const at = app.clock.now()
    const entries = good.map((one) => newEntry(context, one.value))
    const ids = await insertEntries(tx, entries, { recordedBy: actor.name, recordedAt: at })
    await setImportConfirmed(tx, found.id, actor.name, at)
    await record(
      tx,
      {
        name: events['catalogue.import-confirmed'],
        at,
        actor,
        subjects: [`catalogue-import:${found.id}`],
        data: { catalogue: found.catalogue, sha256: found.sha256, listed: good.length, left: bad },
      },
      ...entries.map((entry, index) => ({
        name: events['institution.listed'],
        at,
        actor,
        subjects: [`catalogue-entry:${ids[index]}` as const],
        data: {
          catalogue: entry.catalogue,
          name: entry.organisationName,
          fromOn: entry.fromOn,
          source: entry.source,
          flags: entry.nameFlags,
          importId: found.id,
        },
      })),
    )
    return ok({ listed: good.length, left: bad })
  })
}
