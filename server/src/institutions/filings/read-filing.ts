import type { Decision } from '../../../../policy/src/index.ts'
import { findOrganisations } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { findDecision } from '../../platform/decisions.ts'
import {
  type Allowed,
  allowedIf,
  ok,
  type Refusal,
  type RefusalOf,
  type Result,
  refuse,
} from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { standardHours } from '../settings/standard-hours.ts'
import { regions } from '../store/entries.ts'
import { feeById } from '../store/fees.ts'
import { agreements, attachments, findFiling, officeDecisions, submittedVersions } from '../store/filings.ts'
import { findOccupationLevel, occupationNames } from '../store/occupations.ts'
import { contentRefusals } from './check-content.ts'
import { agreedDigestOf } from './digest.ts'
import { type Filing, type FilingAct, type FilingContent, stateRefusal } from './filing.ts'
import { changesBetween } from './filing-changes.ts'
import { filingVerdict } from './policy-check.ts'
import { officeOf, officeRefusal } from './receive-filing.ts'

const EDITABLE = new Set<Filing['state']>(['drafted', 'returned', 'revised'])

/** A filing as its reader may see it: content, who has it next, what was decided by round, what the reader may do. */
export async function readFiling(app: App, actor: Actor, filingId: string) {
  const filing = await findFiling(app.db, actor, filingId)
  if (!filing) return refuse(no.FILING_NOT_FOUND()) as Result<never, RefusalOf<typeof no, 'FILING_NOT_FOUND'>>
  const { occupationId, level } = filing
  const occupations = await occupationNames(app.db)
  const places = new Map((await regions(app.db)).map((one) => [one.code, one.name]))
  const organisations = new Map(
    (await findOrganisations(app.db, { ids: [filing.organisationId, ...idsIn(filing)] })).map((one) => [
      one.id,
      one.name,
    ]),
  )
  const fee = filing.plan.feeId ? await feeById(app.db, filing.plan.feeId) : undefined
  const decisions = await officeDecisions(app.db, filing.id)
  const checked = await contentRefusals(app, app.db, filing)
  const isAuthor = actor.organisation?.id === filing.organisationId
  const events = await timeline(app.db, `filing:${filing.id}`)
  return ok({
    filing,
    organisation: organisations.get(filing.organisationId) ?? '',
    evaluation: filing.evaluationOrganisationId
      ? (organisations.get(filing.evaluationOrganisationId) ?? '')
      : null,
    province: places.get(filing.provinceCode) ?? '',
    city: places.get(filing.cityCode) ?? '',
    venueCity: places.get(filing.plan.venue?.cityCode ?? '') ?? null,
    occupation: occupationId ? (occupations.get(occupationId) ?? occupationId) : null,
    fee: fee && fee.organisationId === filing.organisationId ? fee : null,
    standard:
      occupationId && level
        ? await standardHours(app, app.db, {
            provinceCode: filing.provinceCode,
            occupationId,
            level,
            on: app.clock.today(),
          })
        : null,
    directions: occupationId && level ? await findOccupationLevel(app.db, occupationId, level) : undefined,
    /** What still speaks against sending it, for its author while it can be changed. */
    problems: isAuthor && EDITABLE.has(filing.state) ? checked.refusals : [],
    agreementStands: checked.content ? filing.agreedDigest === agreedDigestOf(app, checked.content) : false,
    attachments: await attachments(app.db, filing.id),
    agreements: await agreements(app.db, filing.id),
    decisions,
    versions: await roundsOf(app, filing, occupations),
    verdict: await verdictOf(app, filing, checked.content, events),
    actions: actionsOf(actor, filing, checked, decisions, app),
    // duties follow from the acts; on the record the acts are enough
    timeline: events.filter((one) => !one.name.startsWith('duty.')),
  })
}

function idsIn(filing: Filing): string[] {
  return filing.evaluationOrganisationId ? [filing.evaluationOrganisationId] : []
}

/** Every submitted round with what it changed against the one before. */
async function roundsOf(app: App, filing: Filing, occupations: Map<string, string>) {
  const versions = await submittedVersions(app.db, filing.id)
  const ids = versions.flatMap((one) => (one.content as FilingContent).evaluationOrganisationId)
  const names = new Map((await findOrganisations(app.db, { ids })).map((one) => [one.id, one.name]))
  const name = (path: string, id: string) =>
    path === 'occupationId'
      ? (occupations.get(id) ?? id)
      : path === 'evaluationOrganisationId'
        ? (names.get(id) ?? id)
        : id
  return versions.map((version, index) => {
    const before = versions[index + 1]
    return { ...version, changes: before ? changesBetween(before.content, version.content, name) : [] }
  })
}

/** The policy's verdict: the one the submission was made under; before that, today's. */
async function verdictOf(
  app: App,
  filing: Filing,
  content: FilingContent | undefined,
  events: { name: string; data: Record<string, unknown> }[],
): Promise<{ id: string | null; decision: Decision }[]> {
  const submitted = events.find((one) => one.name === 'filing.submitted')
  if (submitted && !EDITABLE.has(filing.state)) {
    const ids = (submitted.data.decisions ?? []) as string[]
    const kept = await Promise.all(ids.map(async (id) => ({ id, decision: await findDecision(app.db, id) })))
    return kept.filter((one) => one.decision) as { id: string; decision: Decision }[]
  }
  const { decisions } = content ? await filingVerdict(app, app.db, filing, content) : { decisions: [] }
  return decisions.map((decision) => ({ id: null, decision }))
}

type Checked = Awaited<ReturnType<typeof contentRefusals>>

/** What the reader may do now, and why not; the same checks as the verbs make under their lock. */
function actionsOf(
  actor: Actor,
  filing: Filing,
  checked: Checked,
  decided: Awaited<ReturnType<typeof officeDecisions>>,
  app: App,
): Partial<Record<FilingAct, Allowed>> {
  const asked = (act: FilingAct, more?: () => Refusal | undefined) =>
    allowedIf(stateRefusal(filing, act) ?? more?.() ?? undefined)
  switch (actor.role) {
    case 'training_manager':
      return {
        edit: asked('edit'),
        propose: asked('propose', () => checked.refusals[0]),
        recall: asked('recall'),
        submit: asked('submit', () => {
          if (checked.refusals[0]) return checked.refusals[0]
          const stands = checked.content && filing.agreedDigest === agreedDigestOf(app, checked.content)
          return stands ? undefined : no.FILING_NOT_AGREED()
        }),
        withdraw: asked('withdraw'),
      }
    case 'evaluation_manager':
      return { agree: asked('agree'), refuseAgreement: asked('refuseAgreement') }
    case 'city_officer':
    case 'provincial_officer': {
      const office = officeOf(actor)
      return {
        receive: allowedIf(officeRefusal(filing, decided, office, filing.round, 'receive')),
        return: allowedIf(officeRefusal(filing, decided, office, filing.round, 'return')),
      }
    }
    default:
      return {}
  }
}
