import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadOfficialData, readOfficialData } from '../../../db/seed/official.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { endOccupationListing } from './catalogues/end-occupation-listing.ts'
import { searchOccupations } from './store/occupations.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
})
afterAll(() => app.close())

test('every figure of the official data names a source that sources.yaml has, or says it is missing', async () => {
  const data = await readOfficialData()
  for (const one of data.occupations) {
    for (const figure of [one.code2015, one.code2022, one.definition, one.standard]) {
      if (figure.status === 'found') expect(figure.sources.length, `${one.id}`).toBeGreaterThan(0)
      for (const key of figure.sources) expect(data.sources).toHaveProperty(key)
    }
    for (const { hours } of one.levels) if (hours.value === undefined) expect(hours.status).toBe('missing')
  }
})

test('the ten occupations of HB-1 are listed, the later ones are known and not listed', async () => {
  await loadOfficialData(app)
  const listed = await searchOccupations(app.db, { on: '2026-03-02', all: false, limit: 50, offset: 0 })
  expect(listed.total).toBe(10)
  const all = await searchOccupations(app.db, { on: '2026-03-02', all: true, limit: 50, offset: 0 })
  expect(all.rows.filter((one) => !one.listed).map((one) => one.id)).toEqual([
    'robot',
    'additive',
    'data_security',
    'crypto',
    'digital_twin',
  ])
  const early = await searchOccupations(app.db, { on: '2021-02-10', all: false, limit: 50, offset: 0 })
  expect(early.rows.map((one) => one.id)).toEqual(['smart_mfg'])
})

test('loading again adds nothing and does not undo what an officer has ended', async () => {
  await loadOfficialData(app)
  const { rows } = await sql<{ id: string }>`
    select id from institutions.occupation_listings where occupation_id = 'vr'`.execute(app.db)
  const nation = anActor('national_officer')
  const ended = await endOccupationListing(app, nation, {
    id: rows[0]!.id,
    toOn: '2026-03-31',
    reason: '目录调整',
  })
  expect(ended.ok).toBe(true)
  expect(await loadOfficialData(app)).toEqual({ added: 0 })
  const later = await searchOccupations(app.db, { on: '2026-04-01', all: false, limit: 50, offset: 0 })
  expect(later.rows.map((one) => one.id)).not.toContain('vr')
  expect(later.total).toBe(9)
})
