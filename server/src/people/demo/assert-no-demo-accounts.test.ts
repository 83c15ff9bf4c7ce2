import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD, STAFF } from '../../../../db/seed/cast.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { createDemoStaff } from '../staff/create-demo-staff.ts'
import { assertNoDemoAccounts } from './assert-no-demo-accounts.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())

const [first, second] = STAFF.map((one) => one.key) as [string, string]
const one = (username: string) => [{ name: '某人', username, totpSecret: null, memberships: [] }]

test('a person who only bears the name of a demo account is no demo account', async () => {
  await createDemoStaff(app, 'a-password-of-her-own', one(first))
  await expect(assertNoDemoAccounts(app.db)).resolves.toBeUndefined()
})

test('a database that has served the demo is refused, and says by which account', async () => {
  await createDemoStaff(app, DEMO_PASSWORD, one(second))
  await expect(assertNoDemoAccounts(app.db)).rejects.toThrow(second)
})
