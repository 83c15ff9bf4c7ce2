import { sql } from 'kysely'
import { aLevelCertificate } from '../certificates/fixtures.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import type { SettableClock } from '../platform/clock.ts'
import { anActor } from '../platform/testing/index.ts'
import { creditHours } from './hours/credit-hours.ts'
import { issueProof } from './hours/issue-proof.ts'
import { recogniseTitle } from './titles/recognise-title.ts'

type ClockedApp = App & { clock: SettableClock }

/** The value of a verb that the fixture expects to succeed. */
export function value<T>(result: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

/** A person with both certificates, hours credited and the title recognised. */
export async function aBeneficiary(app: ClockedApp, options: Parameters<typeof aLevelCertificate>[1] = {}) {
  const certified = await aLevelCertificate(app, options)
  const one = certified.persons.find((person) => person.personId === certified.personId)
  const { trainingCertificateId } = defined(one, 'the certified person of the sitting')
  value(await creditHours(app, { certificateId: trainingCertificateId }))
  value(await recogniseTitle(app, { certificateId: certified.certificateId }))
  const { rows } = await sql<{ creditId: string; recognitionId: string }>`
    select h.id as credit_id, t.id as recognition_id from benefits.education_hours h, benefits.title_recognitions t
    where h.training_certificate_id = ${trainingCertificateId} and h.revoked_on is null
      and t.level_certificate_id = ${certified.certificateId} and t.revoked_on is null`.execute(app.db)
  const person = anActor('learner', {}, { personId: certified.personId, name: certified.holderName })
  return { ...certified, trainingCertificateId, ...defined(rows[0], 'both benefits'), person }
}

export async function standingCredits(app: App, personId: string) {
  const { rows } = await sql<{ number: string; year: number; hoursTenths: number; certificateId: string }>`
    select number, year, hours_tenths, training_certificate_id as certificate_id from benefits.education_hours
    where person_id = ${personId} and revoked_on is null`.execute(app.db)
  return rows
}

/** Records of another tenant, by the kinds the procedures name. */
export const foreignRecords: Record<string, (app: ClockedApp) => Promise<string>> = {
  'education-hours': async (app) => (await aBeneficiary(app)).creditId,
  'title-recognition': async (app) => (await aBeneficiary(app)).recognitionId,
  'hours-proof': async (app) => {
    const { person } = await aBeneficiary(app)
    const year = Number(app.clock.today().slice(0, 4))
    return value(await issueProof(app, person, { year })).id
  },
}
