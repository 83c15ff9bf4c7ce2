import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../platform/app.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { transact } from '../platform/transact.ts'
import { findPersonByIdNumber } from './find-person.ts'
import { anIdNumber, aPerson } from './fixtures.ts'
import { type RegisterPersonInput, registerPerson } from './register-person.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())

async function anAccount(world: App): Promise<string> {
  const id = randomUUID()
  await sql`insert into accounts."user" (id, name, email) values (${id}, '手机用户', ${`${id}@phone.invalid`})`.execute(
    world.db,
  )
  return id
}

function register(input: Partial<RegisterPersonInput>) {
  return transact(app.db, (tx) =>
    registerPerson(tx, app, {
      name: '王试验',
      documentType: '居民身份证',
      idNumber: anIdNumber(),
      actor: anActor('learner', {}, { personId: null }),
      ...input,
    }),
  )
}

async function personCount(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from people.persons`.execute(app.db)
  return rows[0]?.count ?? -1
}

describe('refuses', () => {
  test('an ID number with a wrong check digit, and leaves nothing behind', async () => {
    const before = await personCount()
    const good = anIdNumber()
    const bad = good.slice(0, 17) + (good[17] === '1' ? '2' : '1')
    const result = await register({ idNumber: bad })
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'PERSON_DOCUMENT_INVALID', clause: 'HB-5.4', facts: { field: 'idNumber' } },
    })
    expect(await personCount()).toBe(before)
  })

  test('a birth date that the number contradicts', async () => {
    const result = await register({ idNumber: anIdNumber({ bornOn: '1995-06-15' }), birthOn: '1995-06-16' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'PERSON_BIRTH_DIFFERS' } })
  })

  test('a document whose number does not tell the birth date, without one', async () => {
    const result = await register({ documentType: '护照', idNumber: 'E12345678', name: 'Anna Example' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'PERSON_DOCUMENT_INVALID' } })
  })

  test('another name for a document on record', async () => {
    const { idNumber } = await aPerson(app, { name: '李一' })
    const result = await register({ idNumber, name: '李二' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'PERSON_NAME_DIFFERS' } })
  })

  test('a second account for the same person', async () => {
    const idNumber = anIdNumber()
    expect((await register({ idNumber, accountId: await anAccount(app) })).ok).toBe(true)
    const result = await register({ idNumber, accountId: await anAccount(app) })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'PERSON_HAS_ACCOUNT' } })
  })

  test('a second person for the same account, and does not keep that person', async () => {
    const accountId = await anAccount(app)
    await register({ accountId })
    const before = await personCount()
    const result = await register({ accountId, name: '张另' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'ACCOUNT_HAS_PERSON' } })
    expect(await personCount()).toBe(before)
  })

  test('all but one of two browsers that register the same person at once', async () => {
    const idNumber = anIdNumber()
    const accounts = [await anAccount(app), await anAccount(app), await anAccount(app)]
    const results = await Promise.all(accounts.map((accountId) => register({ idNumber, accountId })))
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    for (const one of results) {
      if (!one.ok) expect(one.refusal.code).toBe('PERSON_HAS_ACCOUNT')
    }
  })

  test('all but one of two registrations of different persons by one account at once', async () => {
    const accountId = await anAccount(app)
    const results = await Promise.all([
      register({ accountId, name: '甲乙' }),
      register({ accountId, name: '丙丁' }),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'ACCOUNT_HAS_PERSON' } })
  })
})

test('stores the number encrypted, finds it again by keyed hash, and shows it masked', async () => {
  const { id, idNumber } = await aPerson(app, { name: '赵密文' })
  const { rows } = await sql<{ sealed: string; masked: string; birthOn: string; sex: string }>`
    select encode(id_number_sealed, 'escape') as sealed, masked_id_number as masked, birth_on, sex
    from people.persons where id = ${id}`.execute(app.db)
  expect(rows[0]?.sealed).not.toContain(idNumber)
  expect(rows[0]?.masked).toBe(`${idNumber.slice(0, 6)}********${idNumber.slice(14)}`)
  expect(rows[0]?.birthOn).toBe('1995-06-15')
  const found = await findPersonByIdNumber(app.db, app, {
    documentType: '居民身份证',
    idNumber: idNumber.toLowerCase(),
  })
  expect(found).toBe(id)
})

test('gives a person on record without an account to the account that registers', async () => {
  const { id, idNumber, name } = await aPerson(app, { name: '钱花名' })
  const result = await register({ idNumber, name, accountId: await anAccount(app), verifiedBy: '测试' })
  expect(result).toMatchObject({ ok: true, value: { id, created: false } })
})

test('takes a renewed travel permit for the same person', async () => {
  const first = await register({
    documentType: '港澳居民来往内地通行证',
    idNumber: 'H12345678',
    birthOn: '1990-01-01',
  })
  const renewed = await register({
    documentType: '港澳居民来往内地通行证',
    idNumber: 'H1234567802',
    birthOn: '1990-01-01',
  })
  expect(first.ok && renewed.ok && first.value.id === renewed.value.id).toBe(true)
})
