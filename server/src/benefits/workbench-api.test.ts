import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCertificateWorld, type CertificateWorld } from '../certificates/fixtures.ts'
import type { Actor, Call, Query } from '../platform/api.ts'
import { readPdf } from '../platform/documents/read-pdf.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { aBeneficiary, value } from './fixtures.ts'
import { portalApi } from './portal-api.ts'
import { verifyPaper } from './verify-paper.ts'
import { workbenchApi } from './workbench-api.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const call = (actor: Actor): Call => ({ app, actor, files: [], ip: '127.0.0.1' })
// biome-ignore lint/suspicious/noExplicitAny: any query of the surface
async function answer<P extends Query<any, any>>(procedure: P, actor: Actor, input: unknown) {
  const result = value(await procedure.handle(call(actor), procedure.input.parse(input)))
  return procedure.output.parse(result) as ReturnType<P['output']['parse']>
}
const trainer = () => anActor('training_manager', { id: world.trainingOrganisationId })

describe('hours and titles on the workbench', () => {
  it("show only what lies in the viewer's scope", async () => {
    const { holderName, recognitionId } = await aBeneficiary(app, { world })
    const hours = workbenchApi['benefits.list-hours']
    const titles = workbenchApi['benefits.list-titles']
    for (const actor of [trainer(), world.city, world.province]) {
      expect((await answer(hours, actor, { q: holderName })).total).toBeGreaterThan(0)
    }
    for (const actor of [
      anActor('training_manager'),
      world.otherProvince,
      anActor('city_officer', { cityCode: '420500' }),
    ]) {
      expect((await answer(hours, actor, {})).total).toBe(0)
    }
    expect((await answer(titles, world.evaluator, {})).total).toBeGreaterThan(0)
    expect((await answer(titles, world.otherEvaluator, {})).total).toBe(0)
    const pdf = await workbenchApi['benefits.title-pdf'].handle(call(world.otherEvaluator), { recognitionId })
    expect(pdf).toMatchObject({ ok: false, refusal: { code: 'TITLE_RECOGNITION_NOT_FOUND' } })
  })

  it('open to those in scope with the decision they rest on, and to nobody else', async () => {
    const { creditId, recognitionId } = await aBeneficiary(app, { world })
    const hours = await answer(workbenchApi['benefits.read-hours'], trainer(), { creditId })
    expect(hours).toMatchObject({
      yearTenths: 800,
      required: { hours: 90 },
      decision: { outcome: '符合', clause: { id: 'HB-5.1' }, rule: 'hubei.education-hours' },
      actions: { print: { allowed: true } },
    })
    expect(hours.timeline.map((entry) => entry.name)).toEqual(['education-hours.credited'])
    const title = await answer(workbenchApi['benefits.read-title'], world.evaluator, { recognitionId })
    expect(title.decision).toMatchObject({ clause: { id: 'HB-5.2' }, rule: 'hubei.title-recognition' })
    const auditor = anActor('auditor')
    expect((await answer(workbenchApi['benefits.read-title'], auditor, { recognitionId })).actions).toEqual(
      {},
    )
    for (const actor of [anActor('training_manager'), world.otherProvince]) {
      for (const name of ['benefits.read-hours', 'benefits.hours-pdf'] as const) {
        expect(await workbenchApi[name].handle(call(actor), { creditId })).toMatchObject({
          refusal: { code: 'EDUCATION_HOURS_NOT_FOUND' },
        })
      }
    }
  })

  it('add up by person and year, without what was revoked', async () => {
    const { person, creditId, holderName } = await aBeneficiary(app, { world })
    const list = workbenchApi['benefits.list-yearly-hours']
    const rowsOf = async () =>
      (await answer(list, world.province, { q: holderName, year: 2026, size: 200 })).rows.filter(
        (row) => row.personId === person.personId,
      )
    expect(await rowsOf()).toMatchObject([{ hoursTenths: 800, credits: 1 }])
    await sql`update benefits.education_hours set revoked_on = '2026-03-02', revoke_reason = '试验' where id = ${creditId}`.execute(
      app.db,
    )
    expect(await rowsOf()).toEqual([])
    const file = value(await workbenchApi['benefits.export-yearly-hours'].handle(call(world.province), {}))
    expect(file.bytes.length).toBeGreaterThan(0)
  })

  it('are printed by the institution for its own learner, saying whose records it lists', async () => {
    const { creditId, holderName } = await aBeneficiary(app, { world })
    const printed = await workbenchApi['benefits.hours-pdf'].handle(call(trainer()), { creditId })
    const text = readPdf(value(printed).bytes)[0]?.text.replaceAll(' ', '')
    for (const said of [holderName, '80学时', '待核实', '管理范围内登记的学时']) expect(text).toContain(said)
    await sql`update benefits.education_hours set revoked_on = '2026-03-02', revoke_reason = '试验' where id = ${creditId}`.execute(
      app.db,
    )
    expect(await workbenchApi['benefits.hours-pdf'].handle(call(trainer()), { creditId })).toMatchObject({
      refusal: { code: 'EDUCATION_HOURS_REVOKED' },
    })
  })

  it('go into a sheet with their sums as numbers and the open question beside them', async () => {
    await aBeneficiary(app, { world })
    const file = value(
      await workbenchApi['benefits.export-hours'].handle(call(world.province), { year: 2026 }),
    )
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(file.bytes) as unknown as ExcelJS.Buffer)
    const texts: unknown[] = []
    book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => texts.push(cell.value)))
    expect(texts).toContain(80)
    expect(texts.some((text) => String(text).includes('待核实'))).toBe(true)
  })
})

describe('hours and titles of a person', () => {
  it("keep another person's papers away", async () => {
    const { recognitionId } = await aBeneficiary(app, { world })
    const stranger = anActor('learner')
    expect(await portalApi['benefits.my-title-pdf'].handle(call(stranger), { recognitionId })).toMatchObject({
      ok: false,
      refusal: { code: 'TITLE_RECOGNITION_NOT_FOUND' },
    })
    expect((await answer(portalApi['benefits.mine'], stranger, {})).years).toEqual([])
  })

  it('show the year with its hours, and what a year asks for', async () => {
    const { person } = await aBeneficiary(app, { world })
    const mine = await answer(portalApi['benefits.mine'], person, {})
    expect(mine.years).toMatchObject([{ year: 2026, hoursTenths: 800, credits: 1 }])
    const hours = await answer(portalApi['benefits.my-hours'], person, { year: 2026, q: '人工智能' })
    expect(hours).toMatchObject({ total: 1, hoursTenths: 800, rows: [{ subjectKind: null }] })
    expect((await answer(portalApi['benefits.my-hours'], person, { year: 2025 })).total).toBe(0)
    const titles = await answer(portalApi['benefits.my-titles'], person, { level: '中级' })
    expect(titles.rows).toMatchObject([{ actions: { print: { allowed: true } } }])
    expect(mine.required).toMatchObject({ hours: 90, status: 'found' })
    expect(mine.titles).toMatchObject([{ effect: 'direct', titleLevel: '中级职称' }])
  })

  it('print on A4 with the clause they rest on', async () => {
    const { person, recognitionId, holderName } = await aBeneficiary(app, { world })
    const { id, number } = value(await portalApi['benefits.issue-proof'].handle(call(person), { year: 2026 }))
    const proof = readPdf(
      value(await portalApi['benefits.proof-pdf'].handle(call(person), { proofId: id })).bytes,
    )
    for (const said of [number, holderName, '80学时'])
      expect(proof[0]?.text.replaceAll(' ', '')).toContain(said)
    expect(proof[0]?.text).toContain('HB-5.1')
    const title = readPdf(
      value(await portalApi['benefits.my-title-pdf'].handle(call(person), { recognitionId })).bytes,
    )
    expect(title[0]?.text).toContain('职称认定表')
    expect(title[0]?.text).not.toContain('职称职称')
    expect(title[0]?.text).toContain('HB-5.2')
  })
})

describe('checking a printed paper', () => {
  it('finds nothing by a code nobody was given', async () => {
    expect(await verifyPaper(app, world.province, 'AAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({
      found: false,
      paper: null,
    })
  })

  it('tells whether it still stands, with the name masked', async () => {
    const { person, holderName, creditId, recognitionId } = await aBeneficiary(app, { world })
    value(await portalApi['benefits.issue-proof'].handle(call(person), { year: 2026 }))
    const codes = await sql<{ proof: string; title: string }>`
      select (select code from benefits.hours_proofs where ${creditId} = any(credit_ids)) as proof,
        (select code from benefits.title_recognitions where id = ${recognitionId}) as title`.execute(app.db)
    const { proof = '', title = '' } = codes.rows[0] ?? {}
    const answers = [
      await verifyPaper(app, world.province, proof),
      await verifyPaper(app, world.province, title),
    ]
    expect(answers.map((one) => one.paper?.state)).toEqual(['valid', 'valid'])
    expect(JSON.stringify(answers)).not.toContain(holderName)
    await sql`update benefits.education_hours set revoked_on = '2026-03-02', revoke_reason = '试验' where id = ${creditId}`.execute(
      app.db,
    )
    await sql`update benefits.title_recognitions set revoked_on = '2026-03-02', revoke_reason = '试验' where id = ${recognitionId}`.execute(
      app.db,
    )
    expect((await verifyPaper(app, world.province, proof)).paper?.state).toBe('changed')
    expect((await verifyPaper(app, world.province, title)).sentence).toContain('已于 2026-03-02 撤销')
  })
})
