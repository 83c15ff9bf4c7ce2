import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { events } from './audit-events.ts'
import { checkDocument, type DocumentType, maskedId, nameProblem, plainName, type Sex } from './person.ts'
import { no } from './refusals.ts'
import { holdAccount, isAccountHeld, upsertPerson } from './store/persons.ts'

export interface PersonInput {
  name: string
  documentType: DocumentType
  idNumber: string
  /** Needed where the number does not tell it; where it does, both must agree. */
  birthOn?: Day | undefined
  sex?: Sex | undefined
  phone?: string | undefined
  provinceCode?: string | undefined
  cityCode?: string | undefined
}

export interface CheckedPerson extends PersonInput {
  birthOn: Day
}

export type PersonFormRefusal = RefusalOf<typeof no, 'PERSON_DOCUMENT_INVALID' | 'PERSON_BIRTH_DIFFERS'>

/** Everything that can be told from the form alone: name, number, check digit, birth date. */
export function checkPerson(input: PersonInput, today: Day): Result<CheckedPerson, PersonFormRefusal> {
  const name = plainName(input.name)
  const badName = nameProblem(input.documentType, name)
  if (badName) return refuse(no.PERSON_DOCUMENT_INVALID({ problem: badName, field: 'name' }))
  const check = checkDocument(input.documentType, input.idNumber, today)
  if (!check.ok) return refuse(no.PERSON_DOCUMENT_INVALID({ problem: check.problem, field: 'idNumber' }))
  const { reading } = check
  if (reading.birthOn && input.birthOn && reading.birthOn !== input.birthOn)
    return refuse(no.PERSON_BIRTH_DIFFERS())
  const birthOn = reading.birthOn ?? input.birthOn
  if (!birthOn || birthOn > today) {
    return refuse(no.PERSON_DOCUMENT_INVALID({ problem: '请填写证件上的出生日期', field: 'birthOn' }))
  }
  return ok({ ...input, name, idNumber: reading.number, birthOn, sex: reading.sex ?? input.sex })
}

/** The keyed hash by which an encrypted number is found again. */
export function idNumberIndex(app: App, documentType: DocumentType, number: string): Buffer {
  return app.crypto.blindIndex(number, `id-number:${documentType}`)
}

export interface RegisterPersonInput extends PersonInput {
  /** The account the person signs in with; without one the person is only on record (a roster's learner). */
  accountId?: string
  consents?: { purpose: string; textVersion: string }[]
  /** Who checked the real name and when; absent: nobody has. */
  verifiedBy?: string
  actor: Actor
}

export type RegisterPersonRefusal =
  | PersonFormRefusal
  | RefusalOf<typeof no, 'PERSON_NAME_DIFFERS' | 'PERSON_HAS_ACCOUNT' | 'ACCOUNT_HAS_PERSON'>

/**
 * Puts a person on record, once: the same document finds the person who is there already. With an account, ties the
 * two; a person who has one already, or an account that is somebody else's, is refused also when both ask at once.
 */
export async function registerPerson(
  tx: Tx,
  app: App,
  input: RegisterPersonInput,
): Promise<Result<{ id: string; created: boolean }, RegisterPersonRefusal>> {
  const checked = checkPerson(input, app.clock.today())
  if (!checked.ok) return checked
  const person = checked.value
  const at = app.clock.now()
  const row = await upsertPerson(tx, {
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
    verifiedBy: input.verifiedBy ?? null,
    verifiedAt: input.verifiedBy ? at : null,
    createdAt: at,
  })
  if (row.name !== person.name) return refuse(no.PERSON_NAME_DIFFERS())
  if (input.accountId) {
    const held = await holdAccount(tx, {
      accountId: input.accountId,
      personId: row.id,
      fromOn: app.clock.today(),
      consents: input.consents ?? [],
      at,
    })
    if (!held) {
      return refuse(
        (await isAccountHeld(tx, input.accountId)) ? no.ACCOUNT_HAS_PERSON() : no.PERSON_HAS_ACCOUNT(),
      )
    }
  }
  if (row.created || input.accountId) {
    await record(tx, {
      name: events['person.registered'],
      at,
      actor: input.accountId ? { ...input.actor, personId: row.id, name: person.name } : input.actor,
      subjects: [`person:${row.id}`],
      data: { documentType: person.documentType, verifiedBy: input.verifiedBy ?? null },
    })
  }
  return ok({ id: row.id, created: row.created })
}
