import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { FORM_ONLY, type RealNameVerifier, realNameVerifier } from './accounts/real-name-verifier.ts'
import { giveConsent } from './consents/give-consent.ts'
import { withdrawConsent } from './consents/withdraw-consent.ts'
import { definePersonData, exportMyData } from './export-my-data.ts'
import { anIdNumber } from './fixtures.ts'
import { registerRealName } from './register-real-name.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
  await sql`insert into platform.regions (code, name, province_code) values
    ('420000', '湖北省', null), ('420100', '武汉市', '420000') on conflict do nothing`.execute(app.db)
})
afterAll(() => app.close())

async function anUnregistered() {
  const accountId = randomUUID()
  await sql`insert into accounts."user" (id, name, email, phone_number)
    values (${accountId}, '未实名用户', ${`${accountId}@phone.invalid`}, ${`137${String(Math.random()).slice(2, 10)}`})`.execute(
    app.db,
  )
  return anActor('learner', {}, { accountId, personId: null })
}
const says = (verdict: Awaited<ReturnType<RealNameVerifier['verify']>>): RealNameVerifier => ({
  verify: async () => verdict,
})
const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

async function register(verifier: RealNameVerifier, input: object = {}, actor = anUnregistered()) {
  return registerRealName(app, await actor, verifier, {
    name: '王试验',
    documentType: '居民身份证',
    idNumber: anIdNumber(),
    consents: ['identity'],
    ...input,
  })
}
const passes = says({ passed: true, by: '省服务' })

describe('registering the real name', () => {
  test('is refused without consent', async () => {
    expect(code(await register(passes, { consents: ['notice'] }))).toBe('CONSENT_MISSING')
  })

  test('is refused for a city that does not exist', async () => {
    expect(code(await register(passes, { cityCode: '429999' }))).toBe('REGION_NOT_FOUND')
  })

  test('is refused in the words of the real-name service', async () => {
    const result = await register(says({ passed: false, reason: '姓名与证件号码不一致' }))
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'PERSON_REAL_NAME_REFUSED', message: expect.stringContaining('姓名与证件号码不一致') },
    })
  })

  test('is put off, not passed, when the service does not answer', async () => {
    expect(code(await register(says('unavailable')))).toBe('REAL_NAME_UNAVAILABLE')
  })

  test('does not ask the service about a number that cannot be one', async () => {
    let asked = 0
    const counting: RealNameVerifier = {
      verify: async () => {
        asked += 1
        return { passed: true, by: 'x' }
      },
    }
    expect(code(await register(counting, { idNumber: '420106199001011234' }))).toBe('PERSON_DOCUMENT_INVALID')
    expect(asked).toBe(0)
  })

  test('says on record that only the form was checked where no service is configured', async () => {
    const registered = await register(realNameVerifier(app.config), { cityCode: '420100' })
    expect(code(registered)).toBe('ok')
    const { rows } = await sql<{ verifiedBy: string; provinceCode: string; phone: string }>`
      select verified_by, province_code, phone from people.persons
      where id = ${registered.ok ? registered.value.id : ''}`.execute(app.db)
    expect(rows[0]).toMatchObject({
      verifiedBy: FORM_ONLY,
      provinceCode: '420000',
      phone: expect.stringMatching(/^137/),
    })
  })
})

describe('consent', () => {
  test('that everything needs is not taken back alone; another is, and can be given again', async () => {
    const actor = await anUnregistered()
    expect(code(await giveConsent(app, actor, { purpose: 'notice' }))).toBe('PERSON_NOT_REGISTERED')
    const registered = await register(passes, { consents: ['identity', 'notice'] }, Promise.resolve(actor))
    const person = { ...actor, personId: registered.ok ? registered.value.id : null }
    expect(code(await withdrawConsent(app, person, { purpose: 'identity' }))).toBe('CONSENT_NEEDED')
    expect(code(await withdrawConsent(app, person, { purpose: 'benefits' }))).toBe('CONSENT_NOT_FOUND')
    expect(code(await withdrawConsent(app, person, { purpose: 'notice' }))).toBe('ok')
    expect(code(await withdrawConsent(app, person, { purpose: 'notice' }))).toBe('CONSENT_NOT_FOUND')
    expect(code(await giveConsent(app, person, { purpose: 'notice' }))).toBe('ok')
  })
})

test('the export holds the own number, what other modules hold, and who looked', async () => {
  definePersonData('试验数据', async (_, personId) => [{ personId }])
  const actor = await anUnregistered()
  expect(code(await exportMyData(app, actor))).toBe('PERSON_NOT_REGISTERED')
  const idNumber = anIdNumber()
  const registered = await register(passes, { idNumber }, Promise.resolve(actor))
  const personId = registered.ok ? registered.value.id : ''
  const exported = await exportMyData(app, { ...actor, personId })
  const content = JSON.parse(exported.ok ? Buffer.from(exported.value.bytes).toString() : '{}')
  expect(content.基本信息.idNumber).toBe(idNumber)
  expect(content.试验数据).toEqual([{ personId }])
  expect(content.办理和查看记录.map((one: { name: string }) => one.name)).toContain('person.registered')
})
