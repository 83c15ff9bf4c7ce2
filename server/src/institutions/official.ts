import { z } from 'zod'
import { SYSTEM_ACTOR } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import { ok } from '../platform/result.ts'
import { transact } from '../platform/transact.ts'
import { events } from './audit-events.ts'
import { suspiciousWords } from './catalogues/catalogue.ts'
import { SOURCE_STATUSES } from './source.ts'
import { lockCatalogue } from './store/entries.ts'
import { recordEntries, recordOccupations, recordRegions, recordSubsidies } from './store/official.ts'

/** Shape of the official data files (`db/seed/official/*.yaml`). Every figure carries its status and sources. */
const status = z.enum(SOURCE_STATUSES)
const sources = z.array(z.string()).default([])
const figure = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value: value.optional(), status, sources, note: z.string().optional() })

const occupation = z.strictObject({
  id: z.string(),
  name: z.string(),
  inProgramme: z.boolean(),
  code2015: figure(z.string()),
  code2022: figure(z.string()),
  definition: z.strictObject({ text: z.string().optional(), status, sources }),
  standard: z.strictObject({
    document: z.string().optional(),
    on: z.string().optional(),
    status,
    sources,
    note: z.string().optional(),
  }),
  listing: z.strictObject({ from: z.string(), status, sources }).optional(),
  levels: z
    .array(
      z.strictObject({
        level: z.string(),
        directions: figure(z.array(z.string())).extend({ complete: z.boolean() }),
        hours: figure(z.number().int()),
      }),
    )
    .default([]),
})
const entry = z.strictObject({
  catalogue: z.enum(['training', 'evaluation']),
  name: z.string(),
  province: z.string().optional(),
  occupations: z.array(z.string()),
  levels: z.array(z.string()),
  batch: z.string().optional(),
  from: z.string(),
  status,
  sources,
  note: z.string().optional(),
})
const subsidy = z.strictObject({
  name: z.string(),
  kind: z.string(),
  amountCents: z.number().int(),
  province: z.string().optional(),
  from: z.string(),
  to: z.string().optional(),
  endedReason: z.string().optional(),
  status,
  sources,
  conditions: z.string(),
})
const leftOut = z.array(z.record(z.string(), z.unknown()))

export const officialData = z.strictObject({
  sources: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      issuer: z.string().optional(),
      document: z.string().optional(),
      date: z.union([z.string(), z.number().transform(String)]).optional(),
      url: z.string().optional(),
    }),
  ),
  regions: z.strictObject({
    provinces: z.record(z.string(), z.string()),
    cities: z.record(z.string(), z.record(z.string(), z.string())),
  }),
  occupations: z.array(occupation),
  institutions: z.strictObject({ entries: z.array(entry), notLoaded: leftOut, missing: z.array(z.string()) }),
  subsidies: z.strictObject({
    standards: z.array(subsidy),
    notLoaded: leftOut,
    missing: z.array(z.string()),
  }),
})
export type OfficialData = z.output<typeof officialData>

/** A source as people read it: 《title》(document, issuer, date). */
function sayer(data: OfficialData) {
  return (keys: string[]): string | null => {
    const texts = keys.map((key) => {
      const source = data.sources[key]
      if (!source) throw new Error(`official data names source ${key}, which sources.yaml does not have`)
      const details = [source.document, source.issuer, source.date].filter(Boolean).join('，')
      return `《${source.title}》${details ? `（${details}）` : ''}`
    })
    return texts.length > 0 ? texts.join('；') : null
  }
}

/**
 * Writes the official data into the catalogues: figures of occupations are refreshed, dated rows are added when
 * the catalogue has none of that name and day, and what an officer has since changed stays as it is. Again: nothing.
 */
export async function recordOfficialData(app: App, data: OfficialData): Promise<{ added: number }> {
  const say = sayer(data)
  const at = app.clock.now()
  const result = await transact<{ added: number }, never>(app.db, async (tx) => {
    await lockCatalogue(tx)
    await recordRegions(tx, data.regions)
    const occupations = await recordOccupations(tx, data.occupations, say, at)
    const entries = await recordEntries(
      tx,
      data.institutions.entries.map((one) => ({ ...one, flags: suspiciousWords(one.name) })),
      say,
      at,
    )
    const subsidies = await recordSubsidies(tx, data.subsidies.standards, say, at)
    const added = occupations + entries + subsidies
    if (added > 0) {
      await record(tx, {
        name: events['official-data.loaded'],
        at,
        actor: SYSTEM_ACTOR,
        subjects: ['catalogue:official'],
        data: { occupations, entries, subsidies },
      })
    }
    return ok({ added })
  })
  if (!result.ok) throw new Error('loading official data refuses nothing')
  return result.value
}
