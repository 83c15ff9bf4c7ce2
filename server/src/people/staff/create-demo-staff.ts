import { randomUUID } from 'node:crypto'
import { generateRandomString, hashPassword, symmetricEncrypt } from 'better-auth/crypto'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import type { StaffRole } from '../organisations/organisation.ts'
import { insertMembership, insertPassword, insertSecondFactor, insertStaffAccount } from '../store/staff.ts'

export interface DemoStaff {
  name: string
  username: string
  /** Text whose bytes are the second factor's secret; null: none bound yet. */
  totpSecret: string | null
  memberships: { organisationId: string; role: StaffRole }[]
}

/** Staff with a known password and second factor, for the town and for tests. Refused in production. */
export async function createDemoStaff(app: App, password: string, staff: DemoStaff[]): Promise<string[]> {
  assert(app.config.env !== 'production', 'demo accounts are never made in production')
  const hash = await hashPassword(password)
  const ids: string[] = []
  for (const one of staff) {
    const id = randomUUID()
    await app.db.transaction().execute(async (tx) => {
      const made = await insertStaffAccount(tx, {
        id,
        name: one.name,
        username: one.username,
        email: `${one.username.toLowerCase()}@staff.invalid`,
      })
      assert(made, `a free account name, not ${one.username}`)
      await insertPassword(tx, id, hash)
      for (const { organisationId, role } of one.memberships) {
        await insertMembership(tx, { accountId: id, organisationId, role, fromOn: app.clock.today() })
      }
      if (one.totpSecret === null) return
      const seal = (data: string) => symmetricEncrypt({ key: app.config.authSecret, data })
      const backupCodes = [`${generateRandomString(5)}-${generateRandomString(5)}`]
      await insertSecondFactor(tx, id, {
        secret: await seal(one.totpSecret),
        backupCodes: await seal(JSON.stringify(backupCodes)),
      })
    })
    ids.push(id)
  }
  return ids
}
