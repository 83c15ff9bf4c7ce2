import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { insertEntries, lockCatalogue } from '../store/entries.ts'
import { checkEntry, type EntryInput, type EntryRefusal, entryContext, newEntry } from './entry-input.ts'

/** Enters an institution in a catalogue from a day on (HB-6.2). A department lists its own province's only. */
export function listInstitution(
  app: App,
  actor: Actor,
  input: EntryInput,
): Promise<Result<{ id: string }, EntryRefusal>> {
  return transact<{ id: string }, EntryRefusal>(app.db, async (tx) => {
    await lockCatalogue(tx)
    const context = await entryContext(tx, actor, input.catalogue, [input])
    const refusal = checkEntry(context, input)
    if (refusal) return refuse(refusal as EntryRefusal)

    const at = app.clock.now()
    const entry = newEntry(context, input)
    const [id] = await insertEntries(tx, [entry], { recordedBy: actor.name, recordedAt: at })
    await record(tx, {
      name: events['institution.listed'],
      at,
      actor,
      subjects: [`catalogue-entry:${id}`],
      data: {
        catalogue: input.catalogue,
        name: input.organisationName,
        fromOn: input.fromOn,
        source: input.source,
        flags: entry.nameFlags,
      },
    })
    return ok({ id: id! })
  })
}
