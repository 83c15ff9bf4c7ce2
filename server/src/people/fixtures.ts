import { randomUUID } from 'node:crypto'
import type { Actor } from '../platform/api.ts'
import { SYSTEM_ACTOR } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { saveFile } from '../platform/files.ts'
import { anActor } from '../platform/testing/index.ts'
import { transact } from '../platform/transact.ts'
import { addFact } from './facts/add-fact.ts'
import type { Organisation } from './organisations/organisation.ts'
import { checkCharacter } from './person.ts'
import { type RegisterPersonInput, registerPerson } from './register-person.ts'
import { inviteStaff } from './staff/invite-staff.ts'
import { findOrganisationsOfKind, insertOrganisationRow } from './store/organisations.ts'

/** Puts the organisation somebody acts for into the database, once. */
export async function insertOrganisation(
  app: App,
  organisation: Partial<Organisation> & Pick<Organisation, 'kind' | 'name' | 'provinceCode' | 'cityCode'>,
): Promise<string> {
  const id = await insertOrganisationRow(app.db, {
    creditCode: null,
    address: null,
    contactName: null,
    contactPhone: null,
    ...organisation,
  })
  if (id) return id
  const { kind, provinceCode, cityCode } = organisation
  const standing = await findOrganisationsOfKind(app.db, {
    kind,
    ...(kind === 'national_office' ? {} : { provinceCode }),
    ...(kind === 'city_bureau' && cityCode ? { cityCode } : {}),
  })
  return defined(standing[0], `the standing ${kind}`).id
}

/** An actor whose organisation stands in the database (bureaus and departments exist once: theirs is taken). */
export async function standing(app: App, actor: Actor): Promise<Actor> {
  if (!actor.organisation) return actor
  return {
    ...actor,
    organisation: { ...actor.organisation, id: await insertOrganisation(app, actor.organisation) },
  }
}

export interface SupervisorIds {
  province: string
  city: string
  national: string
}

/** The department, bureau and national office over a region, in the database. */
export async function aSupervisedRegion(
  app: App,
  provinceCode = '420000',
  cityCode = '420100',
): Promise<SupervisorIds> {
  const province = await insertOrganisation(app, {
    kind: 'provincial_department',
    name: `省厅${provinceCode}`,
    provinceCode,
    cityCode: null,
  })
  const city = await insertOrganisation(app, {
    kind: 'city_bureau',
    name: `市局${cityCode}`,
    provinceCode,
    cityCode,
  })
  const national = await insertOrganisation(app, {
    kind: 'national_office',
    name: '国家办公室',
    provinceCode: '110000',
    cityCode: null,
  })
  return { province, city, national }
}

let serial = 0

/** A valid ID number that belongs to nobody, another each time. */
export function anIdNumber(options: { bornOn?: string; region?: string } = {}): string {
  serial += 1
  const birth = (options.bornOn ?? '1995-06-15').replaceAll('-', '')
  const region = options.region ?? `42${String(1000 + Math.floor(serial / 1000)).slice(-4)}`
  const body = `${region}${birth}${String(serial % 1000).padStart(3, '0')}`
  return body + checkCharacter(body)
}

/** A person on record, without an account unless given one. */
export async function aPerson(
  app: App,
  input: Partial<RegisterPersonInput> = {},
): Promise<{ id: string; name: string; idNumber: string }> {
  const name = input.name ?? '王试验'
  const idNumber = input.idNumber ?? anIdNumber()
  const result = await transact(app.db, (tx) =>
    registerPerson(tx, app, {
      documentType: '居民身份证',
      provinceCode: '420000',
      cityCode: '420100',
      phone: `139${randomUUID().replace(/\D/g, '').padEnd(8, '7').slice(0, 8)}`,
      actor: SYSTEM_ACTOR,
      ...input,
      name,
      idNumber,
    }),
  )
  if (!result.ok) throw new Error(result.refusal.message)
  return { id: result.value.id, name, idNumber }
}

/** A fact of somebody in Wuhan, with a paper. */
export async function aFact(app: App, personId: string): Promise<string> {
  const paper = new TextEncoder().encode('%PDF-1.4\n%%EOF')
  const result = await transact(app.db, async (tx) => {
    const fileId = await saveFile(app, tx, {
      name: '学位证.pdf',
      bytes: paper,
      purpose: 'evidence',
      ownerPersonId: personId,
    })
    const value = { degree: '大学本科', status: '毕业', graduatesOn: '2018-06-30' }
    return addFact(tx, app, { actor: SYSTEM_ACTOR, personId, kind: 'education', value, fileId })
  })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.id
}

/** A training institution in Wuhan with a teacher who has an account. */
export async function aStaffedSchool(
  app: App,
): Promise<{ organisationId: string; accountId: string; membershipId: string }> {
  const name = `试验学院${randomUUID().slice(0, 8)}`
  const place = { kind: 'training_institution', name, provinceCode: '420000', cityCode: '420100' } as const
  const organisationId = await insertOrganisation(app, place)
  const invited = await inviteStaff(app, anActor('administrator'), {
    organisationId,
    role: 'teacher',
    name: '周试验',
    username: `t${randomUUID().slice(0, 12)}`,
  })
  if (!invited.ok) throw new Error(invited.refusal.message)
  return { organisationId, accountId: invited.value.id, membershipId: invited.value.membershipId }
}

/** Records of Hubei by the kinds the procedures name: asked for from another province they are not found. */
export const foreignRecords: Record<string, (app: App) => Promise<string>> = {
  person: async (app) => (await aPerson(app)).id,
  'person-fact': async (app) => aFact(app, (await aPerson(app)).id),
  organisation: async (app) => (await aStaffedSchool(app)).organisationId,
  staff: async (app) => (await aStaffedSchool(app)).accountId,
  membership: async (app) => (await aStaffedSchool(app)).membershipId,
}
