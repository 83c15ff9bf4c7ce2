import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import type { Refusal } from '../../platform/result.ts'
import { listedOn } from '../listed-on.ts'
import { no } from '../refusals.ts'
import { standardHours } from '../settings/standard-hours.ts'
import { isVerified } from '../source.ts'
import { regionName } from '../store/entries.ts'
import { feeById } from '../store/fees.ts'
import { findOccupationLevel, occupationName } from '../store/occupations.ts'
import { type Filing, type FilingContent, readContent } from './filing.ts'
import { totalHours } from './filing-plan.ts'

/**
 * Everything that speaks against proposing or submitting a filing today, worst gaps first; empty when nothing does.
 * The form shows all of them, the verbs refuse with the first.
 */
export async function contentRefusals(
  app: App,
  tx: Tx,
  filing: Filing,
): Promise<{ refusals: Refusal[]; content?: FilingContent }> {
  const read = readContent(filing)
  if (!read.ok) {
    const missing = filing.evaluationOrganisationId === null ? [no.FILING_EVALUATION_MISSING()] : []
    return { refusals: [no.FILING_INCOMPLETE({ problems: read.problems }), ...missing] }
  }
  const { content } = read
  const checks = [
    await listingRefusals(app, tx, filing, content),
    await venueRefusals(tx, filing, content),
    directionRefusals(await findOccupationLevel(tx, content.occupationId, content.level), content),
    await hoursRefusals(app, tx, filing, content),
    dayRefusals(app, content),
    await feeRefusals(tx, filing, content),
  ]
  return { refusals: checks.flat(), content }
}

async function listingRefusals(app: App, tx: Tx, filing: Filing, content: FilingContent): Promise<Refusal[]> {
  const { occupationId, level } = content
  const on = app.clock.today()
  const training = await listedOn(tx, {
    catalogue: 'training',
    organisationId: filing.organisationId,
    occupationId,
    level,
    on,
  })
  const evaluation = await listedOn(tx, {
    catalogue: 'evaluation',
    organisationId: content.evaluationOrganisationId,
    occupationId,
    level,
    on,
  })
  const refusals: Refusal[] = []
  if (!training.ok) refusals.push(training.refusal)
  // an unlisted occupation is one fault, not two
  if (!evaluation.ok && evaluation.refusal.code !== 'OCCUPATION_NOT_LISTED') refusals.push(evaluation.refusal)
  return refusals
}

async function venueRefusals(tx: Tx, filing: Filing, content: FilingContent): Promise<Refusal[]> {
  const venue = content.plan.venue.provinceCode
  if (venue === filing.provinceCode) return []
  return [
    no.FILING_CROSS_PROVINCE({
      venue: (await regionName(tx, venue)) ?? '外省',
      home: (await regionName(tx, filing.provinceCode)) ?? '本省',
    }),
  ]
}

/** A direction is held against the standard only where the whole list is known; else the reader judges (待核实). */
function directionRefusals(
  known: { directions: string[] | null; directionsComplete: boolean; directionsStatus: string } | undefined,
  content: FilingContent,
): Refusal[] {
  if (!known?.directions || !known.directionsComplete || !isVerified(known.directionsStatus)) return []
  const { direction, level } = content
  if (known.directions.length === 0)
    return direction ? [no.FILING_DIRECTION_UNKNOWN({ direction, level })] : []
  if (!direction) return [no.FILING_DIRECTION_MISSING()]
  return known.directions.includes(direction) ? [] : [no.FILING_DIRECTION_UNKNOWN({ direction, level })]
}

async function hoursRefusals(app: App, tx: Tx, filing: Filing, content: FilingContent): Promise<Refusal[]> {
  const { hours } = content.plan
  const kinds = [
    ['线上', hours.theoryOnline + hours.practiceOnline],
    ['线下', hours.theoryOffline + hours.practiceOffline],
    ['理论', hours.theoryOnline + hours.theoryOffline],
    ['实操', hours.practiceOnline + hours.practiceOffline],
  ] as const
  const missing = kinds.filter(([, sum]) => sum === 0).map(([kind]) => kind)
  const refusals: Refusal[] =
    missing.length > 0 ? [no.FILING_HOURS_NOT_COMBINED({ missing: missing.join('、') })] : []
  const standard = await standardHours(app, tx, {
    provinceCode: filing.provinceCode,
    occupationId: content.occupationId,
    level: content.level,
    on: app.clock.today(),
  })
  const planned = totalHours(hours)
  if (standard.verified && standard.hours !== null && planned < standard.hours) {
    refusals.push(no.FILING_HOURS_BELOW_STANDARD({ planned, standard: standard.hours }))
  }
  return refusals
}

function dayRefusals(app: App, content: FilingContent): Refusal[] {
  const { plan, assessmentPlan } = content
  const refusals: Refusal[] = []
  const today = app.clock.today()
  if (plan.startsOn <= today) refusals.push(no.FILING_STARTS_TOO_EARLY({ startsOn: plan.startsOn, today }))
  if (plan.endsOn < plan.startsOn || assessmentPlan.heldOn < plan.endsOn)
    refusals.push(no.FILING_DAYS_OUT_OF_ORDER())
  const parts = new Set(assessmentPlan.parts.map((one) => one.part))
  if (!parts.has('theory') || !parts.has('ability')) refusals.push(no.FILING_ASSESSMENT_PARTS())
  return refusals
}

async function feeRefusals(tx: Tx, filing: Filing, content: FilingContent): Promise<Refusal[]> {
  const { occupationId, level, plan } = content
  const fee = await feeById(tx, plan.feeId)
  if (!fee || fee.organisationId !== filing.organisationId) {
    const occupation = (await occupationName(tx, occupationId)) ?? occupationId
    return [no.FEE_NOT_PUBLISHED({ occupation, level, on: plan.startsOn })]
  }
  const fits =
    fee.kind === 'training' &&
    fee.occupationId === occupationId &&
    fee.level === level &&
    fee.fromOn <= plan.startsOn &&
    (fee.toOn === null || fee.toOn >= plan.startsOn)
  return fits ? [] : [no.FEE_NOT_FITTING()]
}
