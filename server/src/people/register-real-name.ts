import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { assert } from '../platform/assert.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { transact } from '../platform/transact.ts'
import type { RealNameVerifier } from './accounts/real-name-verifier.ts'
import { CONSENTS, type Purpose } from './consents/consent.ts'
import { no } from './refusals.ts'
import {
  checkPerson,
  type PersonInput,
  type RegisterPersonRefusal,
  registerPerson,
} from './register-person.ts'
import { phoneOfAccount } from './store/accounts.ts'
import { regionProvince } from './store/regions.ts'

export type RegisterRealNameRefusal =
  | RegisterPersonRefusal
  | RefusalOf<
      typeof no,
      | 'ACCOUNT_HAS_PERSON'
      | 'CONSENT_MISSING'
      | 'PERSON_REAL_NAME_REFUSED'
      | 'REAL_NAME_UNAVAILABLE'
      | 'REGION_NOT_FOUND'
    >

/** An account says who it is: form first, then the real-name service, then on record, once (HB-5.4). */
export async function registerRealName(
  app: App,
  actor: Actor,
  verifier: RealNameVerifier,
  input: Omit<PersonInput, 'phone' | 'provinceCode'> & { consents: Purpose[] },
): Promise<Result<{ id: string }, RegisterRealNameRefusal>> {
  const { accountId } = actor
  assert(accountId, 'a learner has an account')
  if (actor.personId) return refuse(no.ACCOUNT_HAS_PERSON())
  if (!input.consents.includes('identity'))
    return refuse(no.CONSENT_MISSING({ title: CONSENTS.identity.title }))
  const checked = checkPerson(input, app.clock.today())
  if (!checked.ok) return checked
  const provinceCode = input.cityCode ? await regionProvince(app.db, input.cityCode) : undefined
  if (input.cityCode && !provinceCode) return refuse(no.REGION_NOT_FOUND())

  const { name, documentType, idNumber } = checked.value
  const verdict = await verifier.verify({ name, documentType, idNumber })
  if (verdict === 'unavailable') return refuse(no.REAL_NAME_UNAVAILABLE())
  if (!verdict.passed) return refuse(no.PERSON_REAL_NAME_REFUSED({ reason: verdict.reason }))

  const consents = [...new Set(input.consents)].map((purpose) => ({
    purpose,
    textVersion: CONSENTS[purpose].version,
  }))
  return transact<{ id: string }, RegisterRealNameRefusal>(app.db, async (tx) => {
    const registered = await registerPerson(tx, app, {
      ...checked.value,
      phone: await phoneOfAccount(tx, accountId),
      provinceCode,
      accountId,
      consents,
      verifiedBy: verdict.by,
      actor,
    })
    return registered.ok ? ok({ id: registered.value.id }) : registered
  })
}
