import { randomUUID } from 'node:crypto'
import { loadOfficialData } from '../../../db/seed/official.ts'
import { insertOrganisation } from '../people/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { addDays } from '../platform/clock.ts'
import { anActor } from '../platform/testing/index.ts'
import type { Catalogue, EngineerLevel } from './catalogues/catalogue.ts'
import { LEVELS } from './catalogues/catalogue.ts'
import { publishFee } from './fees/publish-fee.ts'
import { insertEntries } from './store/entries.ts'

const loaded = new WeakSet<App>()

/** Regions, occupations and published institutions, once per test app. */
export async function officialData(app: App): Promise<void> {
  if (loaded.has(app)) return
  await loadOfficialData(app)
  loaded.add(app)
}

export interface ListedInstitution {
  organisationId: string
  name: string
  entryId: string
  /** Its manager. */
  actor: Actor
}

/** An institution with an account and a place in its catalogue: in Wuhan, for AI at every level, unless told. */
export async function aListedInstitution(
  app: App,
  options: {
    catalogue?: Catalogue
    name?: string
    provinceCode?: string
    cityCode?: string
    occupationIds?: string[]
    levels?: EngineerLevel[]
    fromOn?: string
    nationwide?: boolean
  } = {},
): Promise<ListedInstitution> {
  await officialData(app)
  const catalogue = options.catalogue ?? 'training'
  const name = options.name ?? `${catalogue === 'training' ? '试验学院' : '试验评价中心'}${randomUUID().slice(0, 8)}`
  const provinceCode = options.provinceCode ?? '420000'
  const cityCode = options.cityCode ?? '420100'
  const kind = catalogue === 'training' ? ('training_institution' as const) : ('evaluation_institution' as const)
  const organisationId = await insertOrganisation(app, { kind, name, provinceCode, cityCode })
  const [entryId] = await insertEntries(
    app.db,
    [
      {
        catalogue,
        organisationId,
        organisationName: name,
        creditCode: null,
        provinceCode: options.nationwide ? null : provinceCode,
        occupationIds: options.occupationIds ?? ['ai', 'bigdata', 'smart_mfg'],
        levels: options.levels ?? [...LEVELS],
        batch: null,
        fromOn: options.fromOn ?? '2023-06-02',
        source: '试验数据',
        sourceStatus: 'demo',
        note: null,
        nameFlags: [],
        supersedesId: null,
      },
    ],
    { recordedBy: '试验', recordedAt: app.clock.now() },
  )
  const role = catalogue === 'training' ? ('training_manager' as const) : ('evaluation_manager' as const)
  return {
    organisationId,
    name,
    entryId: entryId as string,
    actor: anActor(role, { id: organisationId, name, kind, provinceCode, cityCode }),
  }
}

/** A published fee of an institution, in force from today. */
export async function aPublishedFee(
  app: App,
  institution: { actor: Actor },
  options: { occupationId?: string; level?: EngineerLevel; amountCents?: number; fromOn?: string } = {},
): Promise<string> {
  const result = await publishFee(app, institution.actor, {
    occupationId: options.occupationId ?? 'ai',
    level: options.level ?? '初级',
    amountCents: options.amountCents ?? 280_000,
    basis: '教师课酬、场地设备和教材成本，按每班四十人测算。',
    fromOn: options.fromOn ?? app.clock.today(),
  })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.id
}

export function daysFromToday(app: App, days: number): string {
  return addDays(app.clock.today(), days)
}
