import { z } from 'zod'
import { findOrganisations } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import { day, level } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import type { Refusal, RefusalOf } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { type NewEntry, regions, type StandingEntry, standingEntries } from '../store/entries.ts'
import { listedOccupationRows, occupationNames } from '../store/occupations.ts'
import { type Catalogue, inForce, suspiciousWords } from './catalogue.ts'

/** What an officer states about an institution that enters a catalogue; a row of the import has the same fields. */
export const entryInput = z.strictObject({
  catalogue: z.enum(['training', 'evaluation']),
  organisationName: z.string().trim().min(2, '请填写机构名称').max(100),
  creditCode: z
    .string()
    .trim()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, '统一社会信用代码应为 18 位')
    .nullable(),
  provinceCode: z
    .string()
    .regex(/^\d{6}$/, '请选择省份')
    .nullable(),
  occupationIds: z.array(z.string().max(40)).min(1, '请至少选择一个职业').max(50),
  levels: z.array(level).min(1, '请至少选择一个等级').max(3),
  batch: z.string().trim().max(40).nullable(),
  fromOn: day,
  source: z.string().trim().min(2, '请填写依据文件').max(300),
  note: z.string().trim().max(500).nullable(),
})
export type EntryInput = z.output<typeof entryInput>

export type EntryRefusal = RefusalOf<
  typeof no,
  | 'ENTRY_ALREADY_LISTED'
  | 'ENTRY_OVERLAPS'
  | 'ENTRY_PROVINCE_OUTSIDE'
  | 'ENTRY_ORGANISATION_DIFFERS'
  | 'OCCUPATION_UNKNOWN'
  | 'OCCUPATION_NOT_LISTED'
>

/** Everything the checks of many rows need, read once: an import of thousands asks four questions, not thousands. */
export interface EntryContext {
  /** The only province the maintainer may write; null for the national office. */
  provinceCode: string | null
  names: Map<string, string>
  listings: Awaited<ReturnType<typeof listedOccupationRows>>
  provinces: Map<string, string>
  organisations: Map<string, { id: string; name: string }>
  standing: Map<string, StandingEntry[]>
}

/** The province a maintainer is held to: a department to its own, the national office to none. */
export function maintainedProvince(actor: Actor): string | null {
  return actor.role === 'provincial_officer' ? (actor.organisation?.provinceCode ?? '') : null
}

export async function entryContext(
  tx: Tx,
  actor: Actor,
  catalogue: Catalogue,
  inputs: { organisationName: string; creditCode: string | null }[],
): Promise<EntryContext> {
  const kind = catalogue === 'training' ? 'training_institution' : 'evaluation_institution'
  const found = await findOrganisations(tx, { kind })
  const standing = new Map<string, StandingEntry[]>()
  for (const row of await standingEntries(tx, catalogue, inputs)) {
    for (const key of identityKeys(row)) standing.set(key, [...(standing.get(key) ?? []), row])
  }
  return {
    provinceCode: maintainedProvince(actor),
    names: await occupationNames(tx),
    listings: await listedOccupationRows(tx),
    provinces: new Map(
      (await regions(tx)).filter((one) => one.provinceCode === null).map((one) => [one.code, one.name]),
    ),
    organisations: new Map(found.flatMap((one) => (one.creditCode ? [[one.creditCode, one] as const] : []))),
    standing,
  }
}

function identityKeys(row: { organisationName: string; creditCode: string | null }): string[] {
  return row.creditCode ? [row.organisationName, row.creditCode] : [row.organisationName]
}

/** Why the row cannot enter the catalogue, or undefined. */
export function checkEntry(
  context: EntryContext,
  input: EntryInput,
): Refusal<EntryRefusal['code']> | undefined {
  const name = input.organisationName
  if (context.provinceCode !== null && input.provinceCode !== context.provinceCode) {
    const province =
      input.provinceCode === null ? '全国性' : (context.provinces.get(input.provinceCode) ?? '外省')
    return no.ENTRY_PROVINCE_OUTSIDE({ province })
  }
  if (input.catalogue === 'training' && input.provinceCode === null)
    return no.ENTRY_PROVINCE_OUTSIDE({ province: '未填省份' })
  const organisation = input.creditCode === null ? undefined : context.organisations.get(input.creditCode)
  if (organisation && organisation.name !== name)
    return no.ENTRY_ORGANISATION_DIFFERS({ expected: organisation.name })
  for (const id of input.occupationIds) {
    const occupation = context.names.get(id)
    if (occupation === undefined) return no.OCCUPATION_UNKNOWN({ occupation: id })
    if (!context.listings.some((row) => row.occupationId === id && inForce(row, input.fromOn))) {
      return no.OCCUPATION_NOT_LISTED({ occupation, on: input.fromOn })
    }
  }
  for (const row of identityKeys(input).flatMap((key) => context.standing.get(key) ?? [])) {
    if (row.toOn === null) return no.ENTRY_ALREADY_LISTED({ name, from: row.fromOn })
    if (row.toOn >= input.fromOn) return no.ENTRY_OVERLAPS({ name, from: row.fromOn, to: row.toOn })
  }
  return undefined
}

export function newEntry(
  context: EntryContext,
  input: EntryInput,
  supersedesId: string | null = null,
): NewEntry {
  return {
    ...input,
    organisationId: (input.creditCode && context.organisations.get(input.creditCode)?.id) || null,
    sourceStatus: 'issued',
    nameFlags: suspiciousWords(input.organisationName),
    supersedesId,
  }
}
