import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record, type TimelineEntry, timeline } from '../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { transact } from '../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { scopeOf } from './scope.ts'
import { type FactRow, standingFacts } from './store/facts.ts'
import { findPerson, type PersonRow } from './store/persons.ts'

export interface PersonCard {
  person: PersonRow
  facts: FactRow[]
  timeline: TimelineEntry[]
}

export type ReadPersonCardRefusal = RefusalOf<typeof no, 'PERSON_NOT_FOUND'>

/** A person's card with facts and papers, masked. Who looked, and what for, is part of the timeline itself. */
export function readPersonCard(
  app: App,
  actor: Actor,
  input: { personId: string; purpose: string },
): Promise<Result<PersonCard, ReadPersonCardRefusal>> {
  return transact<PersonCard, ReadPersonCardRefusal>(app.db, async (tx) => {
    const person = await findPerson(tx, input.personId, scopeOf(actor))
    if (!person) return refuse(no.PERSON_NOT_FOUND())
    await record(tx, {
      name: events['person.card-read'],
      at: app.clock.now(),
      actor,
      subjects: [`person:${person.id}`],
      data: { purpose: input.purpose },
    })
    return ok({
      person,
      facts: await standingFacts(tx, person.id),
      timeline: await timeline(tx, `person:${person.id}`, 100),
    })
  })
}
