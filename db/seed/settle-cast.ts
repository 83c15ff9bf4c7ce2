import { createDemoStaff } from '../../server/src/people/index.ts'
import { type Actor, SYSTEM_ACTOR } from '../../server/src/platform/api.ts'
import type { App } from '../../server/src/platform/app.ts'
import { defined } from '../../server/src/platform/assert.ts'
import { inProcess } from './caller.ts'
import { type CastOrganisation, DEMO_PASSWORD, ORGANISATIONS, STAFF } from './cast.ts'
import { loadOfficialData } from './official.ts'

export interface Cast {
  /** Organisation ids by the cast's key. */
  organisations: Map<string, string>
  /** Staff account ids by the cast's key. */
  staff: Map<string, string>
}

const STEWARD: Actor = { ...SYSTEM_ACTOR, name: '演示数据', role: 'administrator' }

/** Official data, the organisations of the cast and their staff: where the town, the chain and the tests begin. */
export async function settleCast(app: App): Promise<Cast> {
  await loadOfficialData(app)
  const steward = inProcess(app, 'workbench', STEWARD)
  const organisations = new Map<string, string>()
  for (const { key, ...organisation } of ORGANISATIONS) {
    const answer = await steward.act('people.register-organisation', {
      ...organisation,
      address: null,
      contactName: null,
      contactPhone: null,
    })
    if (answer.status !== 200) throw new Error(`${organisation.name}: ${JSON.stringify(answer.body)}`)
    organisations.set(key, answer.body.id)
  }
  const ids = await createDemoStaff(
    app,
    DEMO_PASSWORD,
    STAFF.map((one) => ({
      name: one.name,
      username: one.key,
      totpSecret: one.totpSecret,
      memberships: one.roles.map(({ role, organisation }) => ({
        role: role as never,
        organisationId: defined(organisations.get(organisation), organisation),
      })),
    })),
  )
  return { organisations, staff: new Map(STAFF.map((one, index) => [one.key, defined(ids[index], one.key)])) }
}

/** The actor of somebody of the cast, in one of this person's roles. */
export function castActor(cast: Cast, key: string, role = 0): Actor {
  const staff = defined(
    STAFF.find((one) => one.key === key),
    key,
  )
  const acting = defined(staff.roles[role], `${key}'s role ${role}`)
  const organisation: CastOrganisation = defined(
    ORGANISATIONS.find((one) => one.key === acting.organisation),
    acting.organisation,
  )
  return {
    accountId: defined(cast.staff.get(key), key),
    personId: null,
    name: staff.name,
    role: acting.role,
    organisation: {
      id: defined(cast.organisations.get(acting.organisation), acting.organisation),
      name: organisation.name,
      kind: organisation.kind,
      provinceCode: organisation.provinceCode,
      cityCode: organisation.cityCode,
    },
  }
}
