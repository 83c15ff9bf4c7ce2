import { DEMO_PASSWORD, STAFF } from '../../../../db/seed/cast.ts'
import { ROLES } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { totpCode } from '../accounts/totp.ts'
import { no } from '../refusals.ts'
import { lastCode } from '../store/accounts.ts'
import { standingUsernames } from '../store/staff.ts'

export interface DemoAccount {
  username: string
  password: string
  /** The code the second factor shows just now. */
  code: string
  name: string
  roleTitle: string
  organisation: string
}

type DemoOnly = RefusalOf<typeof no, 'DEMO_ONLY'>

/** The town's staff with everything the sign-in asks, so that one click fills it in. Demo only. */
export async function demoAccounts(app: App): Promise<Result<{ accounts: DemoAccount[] }, DemoOnly>> {
  if (!app.config.demo) return refuse(no.DEMO_ONLY())
  const standing = await standingUsernames(
    app.db,
    STAFF.map((one) => one.key),
    app.clock.today(),
  )
  const accounts = STAFF.flatMap((one) => {
    const organisation = standing.get(one.key)
    const role = one.roles[0]?.role
    if (!organisation || !role) return []
    const code = totpCode(one.totpSecret)
    return [
      {
        username: one.key,
        password: DEMO_PASSWORD,
        code,
        name: one.name,
        roleTitle: ROLES[role],
        organisation,
      },
    ]
  })
  return ok({ accounts })
}

/** The phone code just made, shown because nothing is sent. Demo only. */
export async function demoCode(app: App, phone: string): Promise<Result<{ code: string | null }, DemoOnly>> {
  if (!app.config.demo || app.config.sms) return refuse(no.DEMO_ONLY())
  return ok({ code: (await lastCode(app.db, phone)) ?? null })
}
