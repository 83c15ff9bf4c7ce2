import fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { transact } from '../../platform/transact.ts'
import { anIdNumber, insertOrganisation, standing } from '../fixtures.ts'
import { registerPerson } from '../register-person.ts'
import { createDemoStaff } from '../staff/create-demo-staff.ts'
import { disableStaff } from '../staff/disable-staff.ts'
import { endMembership } from '../staff/end-membership.ts'
import { inviteStaff } from '../staff/invite-staff.ts'
import { resetSecondFactor } from '../staff/reset-second-factor.ts'
import { restoreStaff } from '../staff/restore-staff.ts'
import { openAccounts } from './open-accounts.ts'
import type { SignIn } from './resolve-actor.ts'
import { totpCode } from './totp.ts'

const PASSWORD = 'a-long-enough-password'
const SECRET = 'DEMODEMODEMODEMODEMODEMODEMODEMO'

let app: TestApp
let server: FastifyInstance
let codes: Map<string, string>
let school: string
let centre: string

beforeAll(async () => {
  app = await aTestApp({ clockAt: new Date().toISOString().slice(0, 10) })
  codes = new Map()
  const accounts = openAccounts(app, {
    sms: {
      sendCode: async (phone, code) => {
        codes.set(phone, code)
        return true
      },
    },
  })
  server = fastify()
  accounts.mount(server)
  server.get('/who', (request) => accounts.signIn(request).then((answer) => answer ?? {}))
  await server.ready()
  school = await insertOrganisation(app, {
    kind: 'training_institution',
    name: '江城数字学院',
    provinceCode: '420000',
    cityCode: '420100',
  })
  centre = await insertOrganisation(app, {
    kind: 'evaluation_institution',
    name: '华中评价中心',
    provinceCode: '420000',
    cityCode: '420100',
  })
})
afterAll(async () => {
  await server.close()
  await app.close()
})

class Browser {
  cookies = new Map<string, string>()
  async post(path: string, body: object = {}) {
    const answer = await server.inject({
      method: 'POST',
      url: `/api/auth${path}`,
      headers: this.headers(),
      payload: body,
    })
    for (const one of answer.cookies) {
      if (one.maxAge === 0 || one.value === '') this.cookies.delete(one.name)
      else this.cookies.set(one.name, one.value)
    }
    return { status: answer.statusCode, body: answer.json(), token: answer.headers['set-auth-token'] }
  }
  async who(actingAs?: string): Promise<SignIn> {
    const answer = await server.inject({
      url: '/who',
      headers: { ...this.headers(), ...(actingAs ? { 'x-acting-as': actingAs } : {}) },
    })
    return answer.json()
  }
  private headers() {
    return {
      cookie: [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '),
    }
  }
}

function decodedBase32(text: string): string {
  const bits = [...text]
    .map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
    .join('')
  return String.fromCharCode(...(bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

let serial = 0
async function aLearner(): Promise<{ browser: Browser; phone: string; token: string }> {
  serial += 1
  const phone = `138${String(10_000_000 + serial)}`
  const browser = new Browser()
  await browser.post('/phone-number/send-otp', { phoneNumber: phone })
  const answer = await browser.post('/phone-number/verify', { phoneNumber: phone, code: codes.get(phone) })
  expect(answer.status).toBe(200)
  return { browser, phone, token: String(answer.token) }
}

async function aStaff(
  totpSecret: string | null,
  memberships = [{ organisationId: school, role: 'training_manager' as const }],
) {
  serial += 1
  const username = `staff-${serial}`
  const [accountId = ''] = await createDemoStaff(app, PASSWORD, [
    { name: '林乔', username, totpSecret, memberships },
  ])
  const browser = new Browser()
  const signIn = () => browser.post('/sign-in/username', { username, password: PASSWORD })
  const showFactor = async () => browser.post('/two-factor/verify-totp', { code: totpCode(SECRET) })
  return { accountId, username, browser, signIn, showFactor }
}

function refusal(answer: SignIn): string | undefined {
  return answer && 'refused' in answer ? answer.refused.code : undefined
}

describe('a learner', () => {
  test('is refused with a wrong code, in plain words, and stays signed out', async () => {
    const browser = new Browser()
    await browser.post('/phone-number/send-otp', { phoneNumber: '13900000001' })
    const answer = await browser.post('/phone-number/verify', { phoneNumber: '13900000001', code: '000000' })
    expect(answer).toMatchObject({
      status: 400,
      body: { problems: [{ message: expect.stringContaining('验证码') }] },
    })
    expect(await browser.who()).toEqual({})
  })

  test('gets no second code within the minute', async () => {
    const browser = new Browser()
    await browser.post('/phone-number/send-otp', { phoneNumber: '13900000002' })
    const again = await browser.post('/phone-number/send-otp', { phoneNumber: '13900000002' })
    expect(again.status).toBe(429)
  })

  test('cannot sign up with an address and password of his own', async () => {
    const answer = await new Browser().post('/sign-up/email', {
      email: 'a@b.cn',
      password: PASSWORD,
      name: 'x',
    })
    expect(answer.status).toBe(404)
  })

  test('signs in by phone code, at first without a person', async () => {
    const { browser } = await aLearner()
    expect(await browser.who()).toMatchObject({
      actor: { role: 'learner', personId: null, organisation: null },
    })
  })

  test('acts as the person registered, with cookie or with the bearer token', async () => {
    const { browser, phone, token } = await aLearner()
    const before = await browser.who()
    if (!before || !('actor' in before)) throw new Error('signed out')
    const accountId = before.actor.accountId as string
    const registered = await transact(app.db, (tx) =>
      registerPerson(tx, app, {
        name: '王试验',
        documentType: '居民身份证',
        idNumber: anIdNumber(),
        phone,
        accountId,
        actor: before.actor,
      }),
    )
    if (!registered.ok) throw new Error(registered.refusal.message)
    const actor = { role: 'learner', personId: registered.value.id, name: '王试验' }
    expect(await browser.who()).toMatchObject({ actor })
    const bearer = await server.inject({ url: '/who', headers: { authorization: `Bearer ${token}` } })
    expect(bearer.json()).toMatchObject({ actor })
  })

  test('is nobody with a token whose signature was changed', async () => {
    const { token } = await aLearner()
    const forged = await server.inject({
      url: '/who',
      headers: { authorization: `Bearer ${token.slice(0, -4)}AAAA` },
    })
    expect(forged.json()).toEqual({})
  })

  test('is nobody after signing out', async () => {
    const { browser, token } = await aLearner()
    await browser.post('/sign-out')
    const bearer = await server.inject({ url: '/who', headers: { authorization: `Bearer ${token}` } })
    expect(bearer.json()).toEqual({})
  })
})

describe('staff', () => {
  test('is refused with a wrong password', async () => {
    const { browser, username } = await aStaff(SECRET)
    const answer = await browser.post('/sign-in/username', { username, password: 'another-long-password' })
    expect(answer).toMatchObject({ status: 401, body: { problems: [{ message: '账号或密码不正确' }] } })
  })

  test('has no session on the password alone', async () => {
    const { browser, signIn } = await aStaff(SECRET)
    expect((await signIn()).body).toMatchObject({ twoFactorRedirect: true })
    expect(await browser.who()).toEqual({})
  })

  test('without a second factor bound is told to bind one', async () => {
    const { browser, signIn } = await aStaff(null)
    await signIn()
    expect(refusal(await browser.who())).toBe('SECOND_FACTOR_NOT_SET')
  })

  test('with a session that never showed the second factor is told to show it', async () => {
    const { browser, signIn, accountId } = await aStaff(null)
    await signIn()
    await sql`update accounts."user" set two_factor_enabled = true where id = ${accountId}`.execute(app.db)
    expect(refusal(await browser.who())).toBe('SECOND_FACTOR_REQUIRED')
  })

  test('is refused with a wrong code', async () => {
    const { browser, signIn } = await aStaff(SECRET)
    await signIn()
    const answer = await browser.post('/two-factor/verify-totp', { code: '000000' })
    expect(answer).toMatchObject({
      status: 401,
      body: { problems: [{ message: expect.stringContaining('动态口令') }] },
    })
    expect(await browser.who()).toEqual({})
  })

  test('acts after password and second factor', async () => {
    const { browser, signIn, showFactor } = await aStaff(SECRET)
    await signIn()
    await showFactor()
    expect(await browser.who()).toMatchObject({
      actor: {
        role: 'training_manager',
        organisation: { id: school, kind: 'training_institution', cityCode: '420100' },
      },
    })
  })

  test('binds a second factor and acts at once', async () => {
    const { browser, signIn } = await aStaff(null)
    await signIn()
    const enabled = await browser.post('/two-factor/enable', { password: PASSWORD })
    const uri = new URL((enabled.body as { totpURI: string }).totpURI)
    const code = totpCode(decodedBase32(uri.searchParams.get('secret') ?? ''))
    await browser.post('/two-factor/verify-totp', { code })
    expect(await browser.who()).toMatchObject({ actor: { role: 'training_manager' } })
  })

  test('must sign in again after twelve hours', async () => {
    const { browser, signIn, showFactor, accountId } = await aStaff(SECRET)
    await signIn()
    await showFactor()
    await sql`update accounts.session set created_at = now() - interval '13 hours' where user_id = ${accountId}`.execute(
      app.db,
    )
    expect(refusal(await browser.who())).toBe('SESSION_TOO_OLD')
  })

  test('cannot act in a membership of somebody else, nor in one that has ended', async () => {
    const { browser, signIn, showFactor, accountId } = await aStaff(SECRET, [
      { organisationId: school, role: 'training_manager' },
    ])
    const other = await aStaff(SECRET)
    await signIn()
    await showFactor()
    const { rows } = await sql<{ id: string; accountId: string }>`
      select id, account_id from people.memberships where account_id in (${accountId}, ${other.accountId})`.execute(
      app.db,
    )
    const own = rows.find((row) => row.accountId === accountId)?.id
    const foreign = rows.find((row) => row.accountId !== accountId)?.id
    expect(refusal(await browser.who(foreign))).toBe('MEMBERSHIP_NOT_FOUND')
    expect(refusal(await browser.who('not-an-id'))).toBe('MEMBERSHIP_NOT_FOUND')
    expect(await browser.who(own)).toMatchObject({ actor: { role: 'training_manager' } })
    await endMembership(app, anActor('administrator'), { membershipId: own ?? '', reason: '离职' })
    expect(refusal(await browser.who(own))).toBe('MEMBERSHIP_NOT_FOUND')
    expect(refusal(await browser.who())).toBe('NO_MEMBERSHIP')
  })

  test('switches between memberships, and acts for itself as a learner', async () => {
    const { browser, signIn, showFactor, accountId } = await aStaff(SECRET, [
      { organisationId: school, role: 'training_manager' },
      { organisationId: centre, role: 'examiner' },
    ] as never)
    await signIn()
    await showFactor()
    const { rows } = await sql<{ id: string }>`
      select id from people.memberships where account_id = ${accountId} and role = 'examiner'`.execute(app.db)
    expect(await browser.who(rows[0]?.id)).toMatchObject({
      actor: { role: 'examiner', organisation: { id: centre } },
    })
    expect(await browser.who('learner')).toMatchObject({ actor: { role: 'learner', organisation: null } })
  })

  test('is out at once when disabled, and in again when restored', async () => {
    const { browser, signIn, showFactor, accountId } = await aStaff(SECRET)
    await signIn()
    await showFactor()
    const administrator = anActor('administrator')
    await disableStaff(app, administrator, { accountId, reason: '离职' })
    expect(await browser.who()).toEqual({})
    await signIn()
    await showFactor()
    expect(refusal(await browser.who())).toBe('ACCOUNT_DISABLED')
    await restoreStaff(app, administrator, { accountId })
    expect(await browser.who()).toMatchObject({ actor: { role: 'training_manager' } })
  })

  test('binds anew after a reset of the second factor', async () => {
    const { browser, signIn, showFactor, accountId } = await aStaff(SECRET)
    await signIn()
    await showFactor()
    await resetSecondFactor(app, anActor('administrator'), { accountId, reason: '手机遗失' })
    expect(await browser.who()).toEqual({})
    await signIn()
    expect(refusal(await browser.who())).toBe('SECOND_FACTOR_NOT_SET')
  })

  test('sets a password by the invitation once, and not twice', async () => {
    const manager = await standing(app, anActor('training_manager', { id: school, name: '江城数字学院' }))
    const invited = await inviteStaff(
      app,
      { ...manager, organisation: { ...manager.organisation!, id: school } },
      {
        organisationId: school,
        role: 'teacher',
        name: '周明',
        username: 'zhou.ming',
      },
    )
    if (!invited.ok || !invited.value.link) throw new Error('not invited')
    const token = new URL(invited.value.link).searchParams.get('token')
    const browser = new Browser()
    expect((await browser.post('/reset-password', { token, newPassword: 'short' })).status).toBe(400)
    expect((await browser.post('/reset-password', { token, newPassword: PASSWORD })).status).toBe(200)
    expect((await browser.post('/reset-password', { token, newPassword: PASSWORD })).status).toBe(400)
    expect(
      (await browser.post('/sign-in/username', { username: 'Zhou.Ming', password: PASSWORD })).status,
    ).toBe(200)
  })
})
