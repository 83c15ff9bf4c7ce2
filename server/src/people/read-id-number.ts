import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { transact } from '../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { scopeOf } from './scope.ts'
import { findPerson, sealedNumbers } from './store/persons.ts'

/** One person's ID number in full. Says what for; the read is in the log before the number leaves. */
export function readIdNumber(
  app: App,
  actor: Actor,
  personId: string,
  purpose: string,
): Promise<Result<{ idNumber: string }, RefusalOf<typeof no, 'PERSON_NOT_FOUND'>>> {
  return transact(app.db, async (tx) => {
    if (!(await findPerson(tx, personId, scopeOf(actor)))) return refuse(no.PERSON_NOT_FOUND())
    const numbers = await readIdNumbers(tx, app, { actor, personIds: [personId], purpose })
    return ok({ idNumber: numbers.get(personId) ?? '' })
  })
}

/** Numbers of a list the caller has already shown to be in its scope (a register, the national exchange). */
export async function readIdNumbers(
  tx: Tx,
  app: App,
  input: { actor: Actor; personIds: string[]; purpose: string },
): Promise<Map<string, string>> {
  const sealed = await sealedNumbers(tx, input.personIds)
  await record(tx, {
    name: events['person.id-number-read'],
    at: app.clock.now(),
    actor: input.actor,
    subjects: sealed.map((one) => `person:${one.id}` as const),
    data: { purpose: input.purpose, count: sealed.length },
  })
  return new Map(sealed.map((one) => [one.id, app.crypto.decryptField(one.idNumberSealed, 'id-number')]))
}

/** Whether a number ends so. Tells nothing else, so the caller's own record of the question is enough. */
export async function idNumberEndsWith(tx: Tx, app: App, personId: string, tail: string): Promise<boolean> {
  const [sealed] = await sealedNumbers(tx, [personId])
  if (!sealed || tail.length < 4) return false
  return app.crypto
    .decryptField(sealed.idNumberSealed, 'id-number')
    .toUpperCase()
    .endsWith(tail.toUpperCase())
}
