import { z } from 'zod'
import { findOrganisations } from '../../people/index.ts'
import { type Actor, day, level, type Role } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { isVerified, SOURCE_STATUS_NAMES, type SourceStatus } from '../source.ts'
import type { EntryRow } from '../store/entries.ts'
import type { ListedFee } from '../store/fees.ts'
import type { OccupationLevel, OccupationRow } from '../store/occupations.ts'
import type { SubsidyStandard } from '../store/subsidies.ts'
import { inForce } from './catalogue.ts'

/** What readers of the catalogues are given; a figure says whether it is verified, so that screens can say 待核实. */
const sourced = { source: z.string().nullable(), sourceStatus: z.string(), verified: z.boolean() }

export function statusName(status: string): string {
  return SOURCE_STATUS_NAMES[status as SourceStatus] ?? '待核实'
}

export const occupationShape = z.object({
  id: z.string(),
  name: z.string(),
  code2015: z.string().nullable(),
  code2015Verified: z.boolean(),
  code2022: z.string().nullable(),
  code2022Verified: z.boolean(),
  definition: z.string().nullable(),
  standardDocument: z.string().nullable(),
  standardOn: day.nullable(),
  standardVerified: z.boolean(),
  standardSource: z.string().nullable(),
  inProgramme: z.boolean(),
  note: z.string().nullable(),
  listed: z.boolean(),
  fromOn: day.nullable(),
  toOn: day.nullable(),
  ...sourced,
  levels: z.array(
    z.object({
      level: z.string(),
      directions: z.array(z.string()).nullable(),
      directionsVerified: z.boolean(),
      directionsComplete: z.boolean(),
      directionsNote: z.string().nullable(),
      hours: z.number().nullable(),
      hoursVerified: z.boolean(),
      hoursStatus: z.string(),
    }),
  ),
})

export function shownOccupation(
  row: OccupationRow,
  levels: OccupationLevel[],
): z.input<typeof occupationShape> {
  return {
    ...row,
    code2015Verified: isVerified(row.code2015Status),
    code2022Verified: isVerified(row.code2022Status),
    standardVerified: isVerified(row.standardStatus),
    sourceStatus: statusName(row.sourceStatus ?? 'missing'),
    verified: isVerified(row.sourceStatus ?? 'missing'),
    levels: levels
      .filter((one) => one.occupationId === row.id)
      .map((one) => ({
        ...one,
        directionsVerified: isVerified(one.directionsStatus),
        hoursVerified: isVerified(one.hoursStatus),
        hoursStatus: statusName(one.hoursStatus),
      })),
  }
}

export const entryShape = z.object({
  id: z.string(),
  catalogue: z.enum(['training', 'evaluation']),
  organisationId: z.string().nullable(),
  organisationName: z.string(),
  creditCode: z.string().nullable(),
  provinceCode: z.string().nullable(),
  province: z.string(),
  occupations: z.array(z.object({ id: z.string(), name: z.string() })),
  levels: z.array(level),
  batch: z.string().nullable(),
  fromOn: day,
  toOn: day.nullable(),
  inForce: z.boolean(),
  endedReason: z.string().nullable(),
  note: z.string().nullable(),
  ...sourced,
  /** Words of the name that HB-6.2 is about, while nobody has cleared them. */
  flags: z.array(z.string()),
  review: z.enum(['cleared', 'confirmed']).nullable(),
  reviewReason: z.string().nullable(),
})

/** Reviews of names are the authorities' business; the public and learners do not see them. */
export function shownEntry(
  row: EntryRow,
  names: Map<string, string>,
  today: string,
  reader: Role,
): z.input<typeof entryShape> {
  const withReviews = reader !== 'public' && reader !== 'learner'
  return {
    ...row,
    province: row.provinceName ?? '全国',
    occupations: row.occupationIds.map((id) => ({ id, name: names.get(id) ?? id })),
    inForce: inForce(row, today),
    sourceStatus: statusName(row.sourceStatus),
    verified: isVerified(row.sourceStatus),
    flags: withReviews ? row.nameFlags : [],
    review: withReviews ? (row.review as 'cleared' | 'confirmed' | null) : null,
    reviewReason: withReviews ? row.reviewReason : null,
  }
}

export const feeShape = z.object({
  id: z.string(),
  organisationId: z.string(),
  organisation: z.string(),
  province: z.string().nullable(),
  kind: z.enum(['training', 'assessment']),
  occupationId: z.string(),
  occupation: z.string(),
  level,
  amountCents: z.number(),
  basis: z.string(),
  fromOn: day,
  toOn: day.nullable(),
  publishedAt: z.string(),
  inForce: z.boolean(),
})

/** Fees with the names of who charges them. */
export async function shownFees(
  tx: Tx,
  rows: ListedFee[],
  today: string,
): Promise<z.input<typeof feeShape>[]> {
  const ids = [...new Set(rows.map((row) => row.organisationId))]
  const organisations = new Map((await findOrganisations(tx, { ids })).map((one) => [one.id, one]))
  return rows.map((row) => ({
    ...row,
    organisation: organisations.get(row.organisationId)?.name ?? '',
    province: organisations.get(row.organisationId)?.provinceCode ?? null,
    publishedAt: row.publishedAt.toISOString(),
    inForce: inForce(row, today),
  }))
}

export const subsidyShape = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  occupationId: z.string().nullable(),
  level: z.string().nullable(),
  amountCents: z.number().nullable(),
  amountMaxCents: z.number().nullable(),
  conditions: z.string().nullable(),
  provinceCode: z.string().nullable(),
  province: z.string(),
  fromOn: day,
  toOn: day.nullable(),
  endedReason: z.string().nullable(),
  inForce: z.boolean(),
  /** The reader may end it or let another follow. */
  maintained: z.boolean(),
  ...sourced,
})

export function shownSubsidy(
  row: SubsidyStandard,
  today: string,
  reader: Actor,
): z.input<typeof subsidyShape> {
  const own = reader.role === 'provincial_officer' && reader.organisation?.provinceCode === row.provinceCode
  return {
    ...row,
    maintained: row.toOn === null && (own || reader.role === 'national_officer'),
    province: row.provinceName ?? '全国',
    inForce: inForce(row, today),
    sourceStatus: statusName(row.sourceStatus),
    verified: isVerified(row.sourceStatus),
  }
}
