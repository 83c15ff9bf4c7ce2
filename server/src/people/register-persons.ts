import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { events } from './audit-events.ts'
import { maskedId } from './person.ts'
import { no } from './refusals.ts'
import { type CheckedPerson, idNumberIndex } from './register-person.ts'
import { upsertPersons } from './store/persons.ts'

export type RegisterPersonsRefusal = RefusalOf<typeof no, 'PERSON_NAME_DIFFERS'>

/**
 * Puts the people of a roster on record, each once, in one statement. The caller has checked every form
 * (`checkPerson`) and left no document in twice. Answers in the order given; a name that differs refuses that row only.
 */
export async function registerPersons(
  tx: Tx,
  app: App,
  input: { persons: readonly CheckedPerson[]; verifiedBy: string; actor: Actor },
): Promise<Result<{ id: string; created: boolean }, RegisterPersonsRefusal>[]> {
  const at = app.clock.now()
  const rows = await upsertPersons(
    tx,
    input.persons.map((person) => ({
      name: person.name,
      documentType: person.documentType,
      idNumberSealed: app.crypto.encryptField(person.idNumber, 'id-number'),
      idNumberIndex: idNumberIndex(app, person.documentType, person.idNumber),
      maskedIdNumber: maskedId(person.idNumber),
      sex: person.sex ?? null,
      birthOn: person.birthOn,
      phone: person.phone ?? null,
      provinceCode: person.provinceCode ?? null,
      cityCode: person.cityCode ?? null,
      verifiedBy: input.verifiedBy,
      verifiedAt: at,
      createdAt: at,
    })),
  )
  await record(
    tx,
    ...rows.flatMap((row, place) =>
      row.created
        ? {
            name: events['person.registered'],
            at,
            actor: input.actor,
            subjects: [`person:${row.id}` as const],
            data: { documentType: input.persons[place]?.documentType, verifiedBy: input.verifiedBy },
          }
        : [],
    ),
  )
  return rows.map((row, place) =>
    row.name === input.persons[place]?.name
      ? ok({ id: row.id, created: row.created })
      : refuse(no.PERSON_NAME_DIFFERS()),
  )
}
