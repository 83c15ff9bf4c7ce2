// What a hall node needs of people: candidates as far as the door asks, and the accounts of those who invigilate. In
// the open here; the caller seals it for the way.
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { sql } from 'kysely'
import type { App } from '../platform/app.ts'
import { bytesOf, bytesText, type CarriedRow, insertCarried, rowsToCarry } from '../platform/carry-rows.ts'
import type { Tx } from '../platform/db.ts'

/** How much of an ID number the door compares. */
const TAIL = 6

export interface CarriedPeople {
  organisations: CarriedRow[]
  persons: CarriedRow[]
  consents: CarriedRow[]
  users: CarriedRow[]
  accounts: CarriedRow[]
  secondFactors: CarriedRow[]
  holders: CarriedRow[]
  memberships: CarriedRow[]
}

/** Persons without phone, birthday and address, their number cut to its tail; accounts with what signs them in. */
export async function carryPeople(
  tx: Tx,
  app: App,
  of: { personIds: string[]; accountIds: string[]; organisationIds: string[] },
): Promise<CarriedPeople> {
  const among = (column: string, ids: string[]) => sql`${sql.ref(`t.${column}`)} = any(${ids}::uuid[])`
  const memberships = (
    await rowsToCarry(tx, 'people.memberships', among('account_id', of.accountIds))
  ).filter((row) => row.role === 'invigilator' || row.role === 'evaluation_manager')
  const organisationIds = [
    ...new Set([...of.organisationIds, ...memberships.map((row) => String(row.organisation_id))]),
  ]
  const factors = await rowsToCarry(tx, 'accounts.two_factor', among('user_id', of.accountIds))
  return {
    organisations: await rowsToCarry(tx, 'people.organisations', among('id', organisationIds)),
    persons: (await rowsToCarry(tx, 'people.persons', among('id', of.personIds))).map((row) => ({
      ...row,
      id_number_sealed: null,
      id_number_index: null,
      idTail: app.crypto.decryptField(bytesOf(row.id_number_sealed), 'id-number').slice(-TAIL),
      phone: null,
      sex: null,
      birth_on: '1900-01-01',
    })),
    consents: await rowsToCarry(
      tx,
      'people.consents',
      sql`t.person_id = any(${of.personIds}::uuid[]) and t.purpose = 'face'`,
    ),
    users: (await rowsToCarry(tx, 'accounts.user', among('id', of.accountIds))).map((row) => ({
      ...row,
      phone_number: null,
    })),
    accounts: await rowsToCarry(
      tx,
      'accounts.account',
      sql`t.user_id = any(${of.accountIds}::uuid[]) and t.provider_id = 'credential'`,
    ),
    secondFactors: await Promise.all(
      factors.map(async (row) => ({
        ...row,
        secret: await symmetricDecrypt({ key: app.config.authSecret, data: String(row.secret) }),
        backup_codes: '',
      })),
    ),
    holders: (await rowsToCarry(tx, 'people.account_holders', among('account_id', of.accountIds))).map(
      (row) => ({ ...row, person_id: null }),
    ),
    memberships,
  }
}

/** At the node: everything sealed under its own keys. What is there already stays. */
export async function bringPeople(tx: Tx, app: App, people: CarriedPeople): Promise<void> {
  await insertCarried(tx, 'people.organisations', people.organisations)
  const persons = people.persons.map(({ idTail, ...row }) => ({
    ...row,
    id_number_sealed: bytesText(app.crypto.encryptField(String(idTail), 'id-number')),
    // Nobody is looked up by number at a node.
    id_number_index: bytesText(app.crypto.blindIndex(String(row.id), 'carried-person')),
  }))
  await insertCarried(tx, 'people.persons', persons)
  await insertCarried(tx, 'people.consents', people.consents)
  await insertCarried(tx, 'accounts.user', people.users)
  await insertCarried(tx, 'accounts.account', people.accounts)
  const factors = await Promise.all(
    people.secondFactors.map(async (row) => ({
      ...row,
      secret: await symmetricEncrypt({ key: app.config.authSecret, data: String(row.secret) }),
      backup_codes: await symmetricEncrypt({ key: app.config.authSecret, data: '[]' }),
    })),
  )
  await insertCarried(tx, 'accounts.two_factor', factors)
  await insertCarried(tx, 'people.account_holders', people.holders)
  await insertCarried(tx, 'people.memberships', people.memberships)
}
