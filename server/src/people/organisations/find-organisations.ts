import type { OrganisationKind } from '../../platform/api.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import {
  findOrganisation,
  findOrganisationsOfKind,
  supervisingOrganisations,
} from '../store/organisations.ts'
import type { Organisation } from './organisation.ts'

export async function organisation(tx: Tx, id: string): Promise<Organisation> {
  return defined(await findOrganisation(tx, id), `organisation ${id}`)
}

/** Organisations of a kind, region or list of ids, by name; at most 1,000. */
export function findOrganisations(
  tx: Tx,
  filter: { kind?: OrganisationKind; provinceCode?: string; cityCode?: string; ids?: string[] },
): Promise<Organisation[]> {
  return findOrganisationsOfKind(tx, filter)
}

export interface Supervisors {
  province: Organisation
  /** Null where the record belongs to no city. */
  city: Organisation | null
  national: Organisation
}

/** Who supervises a region: the province's department, the city's bureau, the national office. */
export async function supervisorsOf(
  tx: Tx,
  region: { provinceCode: string; cityCode: string | null },
): Promise<Supervisors> {
  const found = await supervisingOrganisations(tx, region)
  const of = (kind: OrganisationKind) => found.find((one) => one.kind === kind)
  return {
    province: defined(of('provincial_department'), `a department of province ${region.provinceCode}`),
    city: of('city_bureau') ?? null,
    national: defined(of('national_office'), 'the national office'),
  }
}
