import { randomUUID } from 'node:crypto'
import { loadOfficialData } from '../../../db/seed/official.ts'
import { aSupervisedRegion, insertOrganisation } from '../people/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { addDays } from '../platform/clock.ts'
import { anActor } from '../platform/testing/index.ts'
import type { Catalogue, EngineerLevel } from './catalogues/catalogue.ts'
import { LEVELS } from './catalogues/catalogue.ts'
import { publishFee } from './fees/publish-fee.ts'
import { agreeFiling } from './filings/agree-filing.ts'
import { draftFiling } from './filings/draft-filing.ts'
import type { FilingDraft, FilingState } from './filings/filing.ts'
import { proposeFiling } from './filings/propose-filing.ts'
import { receiveFiling } from './filings/receive-filing.ts'
import { returnFiling } from './filings/return-filing.ts'
import { saveFiling } from './filings/save-filing.ts'
import { submitFiling } from './filings/submit-filing.ts'
import { withdrawFiling } from './filings/withdraw-filing.ts'
import { insertEntries } from './store/entries.ts'
import { findFiling } from './store/filings.ts'
import { insertImport } from './store/imports.ts'
import { occupationListings } from './store/occupations.ts'
import { insertSetting } from './store/settings.ts'
import { insertSubsidyStandard } from './store/subsidies.ts'

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
  const name =
    options.name ?? `${catalogue === 'training' ? '试验学院' : '试验评价中心'}${randomUUID().slice(0, 8)}`
  const provinceCode = options.provinceCode ?? '420000'
  const cityCode = options.cityCode ?? '420100'
  const kind =
    catalogue === 'training' ? ('training_institution' as const) : ('evaluation_institution' as const)
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

/** A complete filing of AI engineers, junior: 120 hours in Wuhan, starting in two weeks. */
export function filingDraftOf(
  app: App,
  parts: { feeId: string; evaluationOrganisationId: string; provinceCode?: string; cityCode?: string },
  change: Partial<FilingDraft> = {},
): FilingDraft {
  const day = (days: number) => addDays(app.clock.today(), days)
  return {
    title: '人工智能工程技术人员初级培训计划',
    occupationId: 'ai',
    direction: '人工智能应用产品集成实现',
    level: '初级',
    evaluationOrganisationId: parts.evaluationOrganisationId,
    plannedLearners: 120,
    plan: {
      classes: 3,
      startsOn: day(14),
      endsOn: day(60),
      venue: {
        name: '试验教学楼',
        provinceCode: parts.provinceCode ?? '420000',
        cityCode: parts.cityCode ?? '420100',
        address: '试验路 1 号',
        seats: 60,
      },
      hours: { theoryOnline: 40, theoryOffline: 20, practiceOnline: 10, practiceOffline: 50 },
      teachers: [{ name: '周试验', qualification: '副教授', subject: '机器学习基础' }],
      equipment: '计算机 60 台，服务器 2 台。',
      content: '第一至四周理论，第五至八周实操。',
      textbook: '全国专业技术人员新职业培训教程',
      feeId: parts.feeId,
      commitments: {
        noSubcontracting: true,
        noTrainingLoan: true,
        noFalseAdvertising: true,
        noExaggeration: true,
        noDisguisedLicensing: true,
      },
    },
    assessmentPlan: {
      heldOn: day(75),
      place: '试验评价中心考场',
      parts: [
        { part: 'theory', form: '闭卷机考', minutes: 90 },
        { part: 'ability', form: '现场操作', minutes: 120 },
      ],
      examiners: 4,
      notes: '',
    },
    ...change,
  }
}

export interface FilingWorld {
  filingId: string
  training: ListedInstitution
  evaluation: ListedInstitution
  city: Actor
  province: Actor
  revision: number
}

function must<T>(result: { ok: true; value: T } | { ok: false; refusal: { message: string } }): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

/** Officers of the region's bureau and department, whose offices stand in the database. */
export async function officersOf(
  app: App,
  provinceCode = '420000',
  cityCode = '420100',
): Promise<{ city: Actor; province: Actor }> {
  const ids = await aSupervisedRegion(app, provinceCode, cityCode)
  return {
    city: anActor('city_officer', { id: ids.city, provinceCode, cityCode, name: '试验市局' }),
    province: anActor('provincial_officer', {
      id: ids.province,
      provinceCode,
      cityCode: null,
      name: '试验省厅',
    }),
  }
}

/** A filing in a state, with everybody who has to do with it. It gets there by the verbs, as in life. */
export async function aFiling(
  app: App,
  options: {
    state?: FilingState
    training?: ListedInstitution
    evaluation?: ListedInstitution
    feeId?: string
    change?: Partial<FilingDraft>
    provinceCode?: string
    cityCode?: string
  } = {},
): Promise<FilingWorld> {
  const region = { provinceCode: options.provinceCode ?? '420000', cityCode: options.cityCode ?? '420100' }
  const training = options.training ?? (await aListedInstitution(app, region))
  const evaluation =
    options.evaluation ?? (await aListedInstitution(app, { ...region, catalogue: 'evaluation' }))
  const { city, province } = await officersOf(app, region.provinceCode, region.cityCode)
  const occupationId = options.change?.occupationId ?? 'ai'
  const level = options.change?.level ?? '初级'
  const feeId = options.feeId ?? (await aPublishedFee(app, training, { occupationId, level }))
  const draft = filingDraftOf(
    app,
    { feeId, evaluationOrganisationId: evaluation.organisationId, ...region },
    options.change,
  )
  const { id } = must(await draftFiling(app, training.actor, { title: draft.title }))
  must(await saveFiling(app, training.actor, { ...draft, id, revision: 1 }))
  const revision = async () => (await findFiling(app.db, training.actor, id))?.revision ?? 0
  const step = async () => ({ id, revision: await revision() })
  const path: Record<FilingState, FilingState[]> = {
    drafted: [],
    proposed: ['proposed'],
    agreed: ['proposed', 'agreed'],
    submitted: ['proposed', 'agreed', 'submitted'],
    returned: ['proposed', 'agreed', 'submitted', 'returned'],
    revised: ['proposed', 'agreed', 'submitted', 'returned', 'revised'],
    filed: ['proposed', 'agreed', 'submitted', 'filed'],
    withdrawn: ['withdrawn'],
  }
  for (const state of path[options.state ?? 'drafted']) {
    if (state === 'proposed') must(await proposeFiling(app, training.actor, await step()))
    if (state === 'agreed') must(await agreeFiling(app, evaluation.actor, await step()))
    if (state === 'submitted') must(await submitFiling(app, training.actor, await step()))
    if (state === 'returned') {
      const decision = { id, round: 1, reason: '教师资格证明不齐，请补正。', clause: 'HB-4.3' as const }
      must(await returnFiling(app, city, decision))
    }
    if (state === 'revised') must(await saveFiling(app, training.actor, { ...draft, ...(await step()) }))
    if (state === 'filed') {
      must(await receiveFiling(app, city, { id, round: 1 }))
      must(await receiveFiling(app, province, { id, round: 1 }))
    }
    if (state === 'withdrawn')
      must(await withdrawFiling(app, training.actor, { ...(await step()), reason: '计划取消' }))
  }
  return { filingId: id, training, evaluation, city, province, revision: await revision() }
}

/** Records of Hubei for the permission walk. */
export const foreignRecords: Record<string, (app: App) => Promise<string>> = {
  filing: async (app) => (await aFiling(app, { state: 'submitted' })).filingId,
  'catalogue-entry': async (app) => (await aListedInstitution(app)).entryId,
  'catalogue-import': (app) =>
    insertImport(app.db, {
      catalogue: 'training',
      fileName: '试验.xlsx',
      sha256: '0'.repeat(64),
      provinceCode: '420000',
      goodRows: [],
      badRows: [],
      previewedBy: '试验',
      previewedAt: app.clock.now(),
      accountId: randomUUID(),
    }),
  'occupation-listing': async (app) => {
    await officialData(app)
    return (await occupationListings(app.db, 'ai'))[0]?.id ?? ''
  },
  'subsidy-standard': (app) =>
    insertSubsidyStandard(
      app.db,
      {
        name: '试验补贴',
        kind: '职业培训补贴',
        occupationId: null,
        level: null,
        amountCents: 100_000,
        amountMaxCents: null,
        conditions: null,
        provinceCode: '420000',
        fromOn: app.clock.today(),
        source: '试验',
        sourceStatus: 'demo',
        supersedesId: null,
      },
      { recordedBy: '试验', recordedAt: app.clock.now() },
    ),
  setting: (app) =>
    insertSetting(app.db, {
      provinceCode: '420000',
      parameter: 'engineer.standard-hours',
      occupationId: 'ai',
      level: '初级',
      value: 120,
      fromOn: app.clock.today(),
      source: '试验',
      by: '试验',
      accountId: null,
      at: app.clock.now(),
    }),
}
