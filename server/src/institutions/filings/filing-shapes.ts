import { z } from 'zod'
import { findOrganisations } from '../../people/index.ts'
import { allowed, day, listOf, refusalShape, timelineEntry } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { decisionShape, explained } from '../../platform/decision-shape.ts'
import type { FilingRow } from '../store/filings.ts'
import { FILING_STATES, type FilingState, OFFICES, type Office } from './filing.ts'
import { assessmentPlanDraft, trainingPlanDraft } from './filing-plan.ts'
import type { readFiling } from './read-filing.ts'

const states = Object.keys(FILING_STATES) as [FilingState, ...FilingState[]]
export const filingState = z.enum(states)
const instant = z.string()

export const filingRow = z.object({
  id: z.string(),
  number: z.string().nullable(),
  organisation: z.string(),
  evaluation: z.string().nullable(),
  city: z.string().nullable(),
  year: z.number(),
  title: z.string(),
  occupation: z.string().nullable(),
  direction: z.string().nullable(),
  level: z.string().nullable(),
  plannedLearners: z.number().nullable(),
  startsOn: z.string().nullable(),
  state: filingState,
  round: z.number(),
  returnedBy: z.string().nullable(),
  submittedAt: instant.nullable(),
  filedOn: day.nullable(),
  updatedAt: instant,
  provinceReceipt: z.string().nullable(),
  cityReceipt: z.string().nullable(),
})
export const filingList = listOf(filingRow)

export async function shownFilings(tx: Tx, rows: FilingRow[]): Promise<z.input<typeof filingRow>[]> {
  const ids = [
    ...new Set(rows.flatMap((row) => [row.organisationId, row.evaluationOrganisationId ?? []].flat())),
  ]
  const names = new Map((await findOrganisations(tx, { ids })).map((one) => [one.id, one.name]))
  return rows.map((row) => ({
    ...row,
    organisation: names.get(row.organisationId) ?? '',
    evaluation: row.evaluationOrganisationId ? (names.get(row.evaluationOrganisationId) ?? '') : null,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  }))
}

export const filingRecord = z.object({
  id: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  state: filingState,
  returnedBy: z.enum(['evaluation', 'city', 'province']).nullable(),
  year: z.number(),
  revision: z.number(),
  round: z.number(),
  organisationId: z.string(),
  organisation: z.string(),
  evaluationOrganisationId: z.string().nullable(),
  evaluation: z.string().nullable(),
  provinceCode: z.string(),
  province: z.string(),
  cityCode: z.string(),
  city: z.string(),
  venueCity: z.string().nullable(),
  occupationId: z.string().nullable(),
  occupation: z.string().nullable(),
  direction: z.string().nullable(),
  level: z.enum(['初级', '中级', '高级']).nullable(),
  plannedLearners: z.number().nullable(),
  plan: trainingPlanDraft,
  assessmentPlan: assessmentPlanDraft,
  fee: z.object({ amountCents: z.number(), basis: z.string(), fromOn: day, toOn: day.nullable() }).nullable(),
  standard: z
    .object({
      hours: z.number().nullable(),
      verified: z.boolean(),
      status: z.string(),
      source: z.string(),
      clause: z.string(),
    })
    .nullable(),
  directions: z
    .object({
      directions: z.array(z.string()).nullable(),
      directionsComplete: z.boolean(),
      directionsNote: z.string().nullable(),
    })
    .nullable(),
  submittedAt: instant.nullable(),
  filedOn: day.nullable(),
  withdrawnReason: z.string().nullable(),
  agreementStands: z.boolean(),
  next: z.object({ what: z.string(), who: z.string() }).nullable(),
  problems: z.array(refusalShape),
  attachments: z.array(
    z.object({
      fileId: z.string(),
      kind: z.string(),
      name: z.string(),
      bytes: z.number(),
      addedBy: z.string(),
      addedAt: instant,
    }),
  ),
  agreements: z.array(
    z.object({
      decision: z.enum(['agreed', 'returned']),
      reason: z.string().nullable(),
      decidedBy: z.string(),
      decidedAt: instant,
    }),
  ),
  decisions: z.array(
    z.object({
      round: z.number(),
      office: z.enum(['province', 'city']),
      decision: z.enum(['received', 'returned']),
      reason: z.string().nullable(),
      clause: z.string().nullable(),
      receiptNumber: z.string().nullable(),
      decidedBy: z.string(),
      decidedAt: instant,
    }),
  ),
  versions: z.array(
    z.object({
      round: z.number(),
      digest: z.string(),
      submittedBy: z.string(),
      submittedAt: instant,
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  verdict: z.array(decisionShape),
  actions: z.partialRecord(
    z.enum([
      'edit',
      'propose',
      'recall',
      'agree',
      'refuseAgreement',
      'submit',
      'receive',
      'return',
      'withdraw',
    ]),
    allowed,
  ),
  timeline: z.array(timelineEntry),
})

type Reading = Extract<Awaited<ReturnType<typeof readFiling>>, { ok: true }>['value']

export function shownFiling(reading: Reading): z.input<typeof filingRecord> {
  const { filing } = reading
  const iso = (at: Date) => at.toISOString()
  return {
    ...filing,
    ...reading,
    directions: reading.directions ?? null,
    submittedAt: filing.submittedAt ? iso(filing.submittedAt) : null,
    next: nextOf(reading),
    attachments: reading.attachments.map((one) => ({ ...one, addedAt: iso(one.addedAt) })),
    agreements: reading.agreements.map((one) => ({ ...one, decidedAt: iso(one.decidedAt) })),
    decisions: reading.decisions.map((one) => ({ ...one, decidedAt: iso(one.decidedAt) })),
    versions: reading.versions.map((one) => ({ ...one, submittedAt: iso(one.submittedAt) })),
    verdict: reading.verdict.map(({ id: decisionId, decision }) => explained(decision, decisionId)),
  }
}

/** What comes next and who has it, in words. */
function nextOf(reading: Reading): { what: string; who: string } | null {
  const { filing, organisation, evaluation } = reading
  switch (filing.state) {
    case 'drafted':
      return { what: '填写完整后送评价机构商定', who: organisation }
    case 'returned':
    case 'revised':
      return { what: reading.agreementStands ? '补正后重新提交' : '补正后送评价机构商定', who: organisation }
    case 'proposed':
      return { what: '商定考核计划和方案', who: evaluation ?? '评价机构' }
    case 'agreed':
      return { what: '报省、市备案', who: organisation }
    case 'submitted': {
      const waiting = (['province', 'city'] as Office[]).filter(
        (office) => !reading.decisions.some((one) => one.round === filing.round && one.office === office),
      )
      const names = {
        province: `${reading.province}${OFFICES.province.slice(1)}`,
        city: `${reading.city}人社局`,
      }
      return { what: '受理备案', who: waiting.map((office) => names[office]).join('、') }
    }
    case 'filed':
      return { what: '按计划建班、发布公告', who: organisation }
    case 'withdrawn':
      return null
  }
}
