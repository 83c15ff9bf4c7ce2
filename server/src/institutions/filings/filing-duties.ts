import { cancelDuty, fulfilDuty, openDuty } from '../../duties/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import type { Office } from './filing.ts'

/** The duties of a filing, by whose desk they stand on (HB-4.1). */
export const FILING_DUTIES = {
  agree: 'filing.agree',
  revise: 'filing.revise',
  submit: 'filing.submit',
  receive: 'filing.receive',
} as const
type FilingDuty = keyof typeof FILING_DUTIES

interface DutyFiling {
  id: string
  title: string
  organisationId: string
  evaluationOrganisationId: string | null
  provinceCode: string
  cityCode: string
}

const subjectOf = (filing: { id: string }) => `filing:${filing.id}` as const

export function filingLink(id: string): string {
  return `/institutions/filings/${id}`
}

/** Ten working days are Hubei's (HB-4.1); a province whose text sets no clock gets none: nothing is invented. */
function receiptClock(provinceCode: string): { deadline?: string } {
  return provinceCode === '420000' ? { deadline: 'hubei.filing-receipt' } : {}
}

async function open(
  tx: Tx,
  app: App,
  actor: Actor,
  filing: DutyFiling,
  duty: FilingDuty,
  what: string,
  holder: Holder,
) {
  await openDuty(tx, app, {
    kind: FILING_DUTIES[duty],
    subject: subjectOf(filing),
    title: `${what}：${filing.title}`,
    link: filingLink(filing.id),
    holder,
    startedOn: app.clock.today(),
    clause: 'HB-4.1',
    ...(duty === 'receive' && receiptClock(filing.provinceCode)),
    provinceCode: filing.provinceCode,
    cityCode: filing.cityCode,
    actor,
  })
}
type Holder = Parameters<typeof openDuty>[2]['holder']

export function openAgreeDuty(
  tx: Tx,
  app: App,
  actor: Actor,
  filing: DutyFiling & { evaluationOrganisationId: string },
) {
  const holder = { organisationId: filing.evaluationOrganisationId, role: 'evaluation_manager' as const }
  return open(tx, app, actor, filing, 'agree', '商定考核计划和方案', holder)
}

export function openSubmitDuty(tx: Tx, app: App, actor: Actor, filing: DutyFiling) {
  const holder = { organisationId: filing.organisationId, role: 'training_manager' as const }
  return open(tx, app, actor, filing, 'submit', '报省、市备案', holder)
}

export function openReviseDuty(tx: Tx, app: App, actor: Actor, filing: DutyFiling) {
  const holder = { organisationId: filing.organisationId, role: 'training_manager' as const }
  return open(tx, app, actor, filing, 'revise', '补正备案', holder)
}

export interface FilingOffices {
  province: { id: string; name: string } | null
  city: { id: string; name: string } | null
}

/** Province and city a filing goes to; null where the platform does not know the office. */
export async function officesOf(
  tx: Tx,
  region: { provinceCode: string; cityCode: string },
): Promise<FilingOffices> {
  const { province, city } = await supervisorsOf(tx, region)
  return { province, city }
}

const OFFICE_ROLES = { province: 'provincial_officer', city: 'city_officer' } as const

export async function openReceiveDuties(
  tx: Tx,
  app: App,
  actor: Actor,
  filing: DutyFiling,
  offices: { province: { id: string }; city: { id: string } },
): Promise<void> {
  for (const office of ['province', 'city'] as const) {
    const holder = { organisationId: offices[office].id, role: OFFICE_ROLES[office] }
    await open(tx, app, actor, filing, 'receive', '受理备案', holder)
  }
}

export async function fulfilFilingDuty(
  tx: Tx,
  app: App,
  actor: Actor,
  filing: { id: string },
  duty: FilingDuty,
  office?: { organisationId: string; office: Office },
): Promise<void> {
  await fulfilDuty(tx, app, {
    kind: FILING_DUTIES[duty],
    subject: subjectOf(filing),
    ...(office && { holder: { organisationId: office.organisationId, role: OFFICE_ROLES[office.office] } }),
    actor,
  })
}

export async function cancelFilingDuties(
  tx: Tx,
  app: App,
  actor: Actor,
  filing: { id: string },
  duties: FilingDuty[],
  reason: string,
): Promise<void> {
  for (const duty of duties) {
    await cancelDuty(tx, app, { kind: FILING_DUTIES[duty], subject: subjectOf(filing), reason, actor })
  }
}
