import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { readFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { scopeOf } from '../scope.ts'
import { lockFact } from '../store/facts.ts'
import { findPerson } from '../store/persons.ts'

export type OpenPaperRefusal = RefusalOf<typeof no, 'FACT_NOT_FOUND' | 'FACT_FILE_NOT_FOUND'>

/** The paper behind a fact: the person's own, or, with trace, of somebody in the actor's scope. */
export function openPaper(
  app: App,
  actor: Actor,
  input: { factId: string },
): Promise<Result<Download, OpenPaperRefusal>> {
  return transact<Download, OpenPaperRefusal>(app.db, async (tx) => {
    const fact = await lockFact(tx, input.factId)
    if (!fact || !(await findPerson(tx, fact.personId, scopeOf(actor)))) return refuse(no.FACT_NOT_FOUND())
    if (!fact.fileId) return refuse(no.FACT_FILE_NOT_FOUND())
    const file = defined(await readFile(app, fact.fileId, tx), 'the paper of a fact')
    if (fact.personId !== actor.personId) {
      await record(tx, {
        name: events['fact.paper-read'],
        at: app.clock.now(),
        actor,
        subjects: [`person:${fact.personId}`],
        data: { kind: fact.kind },
      })
    }
    return ok({ fileName: file.name, mediaType: file.mediaType, bytes: file.bytes, inline: true })
  })
}
