import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '../../people/index.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { anExamsWorld, aSitting, type ExamsWorld, scoresOf, value } from '../fixtures.ts'
import { importScores } from './import-scores.ts'
import { readSitting } from './read-sitting.ts'
import { recordScores } from './record-scores.ts'
import { candidatesOf } from './store/candidates.ts'
import { listDifferences, listResults, planningChoices, scoreSheet } from './store/reading.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

interface Row {
  ticketNumber: string
  name: string
  theory: string
  ability: string
}
const sheet = async (rows: Row[]) => ({
  bytes: await writeSheet({
    title: '成绩',
    columns: [
      { key: 'ticketNumber', title: '准考证号' },
      { key: 'name', title: '姓名' },
      { key: 'theory', title: '理论知识考试' },
      { key: 'ability', title: '专业能力考核' },
    ],
    rows,
  }),
})

describe('importScores', () => {
  it('is refused before the end, and says of each bad row where and why', async () => {
    const open = await aSitting(app, { world, state: 'open' })
    const run = async (sittingId: string, rows: Row[], keep: boolean) =>
      importScores(app, world.examiners[0], { sittingId, keep }, await sheet(rows))
    expect(await run(open.sittingId, [], false)).toMatchObject({ refusal: { code: 'SITTING_NOT_ENDED' } })
    const sitting = await aSitting(app, { world, state: 'ended', candidates: 3 })
    const [a, b, c] = await candidatesOf(app.db, sitting.sittingId)
    if (!a || !b || !c) throw new Error('three candidates')
    const rows = [
      { ticketNumber: a.ticketNumber, name: a.personName, theory: '71.5', ability: '60' },
      { ticketNumber: b.ticketNumber, name: '别人', theory: '80', ability: '80' },
      { ticketNumber: c.ticketNumber, name: c.personName, theory: '101', ability: '80' },
      { ticketNumber: 'KC0', name: '甲', theory: '80', ability: '' },
    ]
    const checked = value(await run(sitting.sittingId, rows, false))
    expect(checked).toMatchObject({ rows: 4, good: 1, saved: 0 })
    expect(checked.errors.map((one) => one.message)).toEqual([
      expect.stringContaining('不一致'),
      expect.stringContaining('101'),
      expect.stringContaining('KC0'),
    ])
    const kept = value(await run(sitting.sittingId, rows, true))
    expect(kept).toMatchObject({ saved: 1, recorded: { recorded: 2 } })
    expect(value(await run(sitting.sittingId, rows.slice(0, 1), true)).errors[0]?.message).toContain(
      '另一位考评员',
    )
  })
})

describe('what an examiner sees', () => {
  it("is the own entry and that the other has entered or differs, never the other's figure", async () => {
    const sitting = await aSitting(app, { world, state: 'ended' })
    const [first, second] = world.examiners
    const { sittingId } = sitting
    const enter = (examiner: typeof first, theory: number, ability: number) =>
      recordScores(app, examiner, { sittingId, scores: scoresOf(sitting.candidates, theory, ability) })
    value(await enter(first, 610, 700))
    const sheetOf = (examiner: typeof first) => scoreSheet(app.db, sittingId, examiner.accountId as string)
    expect((await sheetOf(second))[0]).toMatchObject({ theory: 'other-entered', theoryMine: null })
    expect((await sheetOf(first))[0]).toMatchObject({ theory: 'mine-entered', theoryMine: 610 })
    value(await enter(second, 590, 700))
    expect((await sheetOf(second))[0]).toMatchObject({
      theory: 'differing',
      theoryMine: 590,
      ability: 'agreed',
      abilityMine: 700,
    })
    expect(await listDifferences(app.db, sittingId, second.accountId as string)).toMatchObject([
      { part: 'theory', mine: true },
    ])
    const record = value(await readSitting(app, world.evaluation.actor, { sittingId }))
    expect(record.progress).toEqual({ parts: 2, done: 1, differing: 1, once: 0, missing: 0 })
    expect(record.actions.publish).toMatchObject({ allowed: false, because: { code: 'SCORES_INCOMPLETE' } })
    expect(record.figures.every((figure) => !figure.verified)).toBe(true)
  })
})

describe('what supervisors see', () => {
  it('is every sitting of their city, and the published results only', async () => {
    const sitting = await aSitting(app, { world, state: 'ended' })
    const scored = await aSitting(app, { world, state: 'scored', candidates: 2 })
    expect(await readSitting(app, world.city, { sittingId: sitting.sittingId })).toMatchObject({ ok: true })
    const results = await listResults(app.db, scopeOf(world.city), { page: 1, size: 50 })
    expect(results.rows.map((row) => row.sittingId)).toEqual([scored.sittingId, scored.sittingId])
    const wuhan = world.city.organisation
    const yichang = { ...world.city, organisation: wuhan && { ...wuhan, cityCode: '420500' } }
    expect(await readSitting(app, yichang, { sittingId: sitting.sittingId })).toMatchObject({ ok: false })
    const choices = await planningChoices(app.db, world.evaluation.organisationId, app.clock.today())
    expect(choices.plans).toMatchObject([
      { occupationId: 'smart_mfg', level: '初级', provinceCode: '420000' },
    ])
    expect(choices.cities.length).toBeGreaterThan(10)
  })
})
