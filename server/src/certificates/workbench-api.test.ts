import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Call, Download, Query } from '../platform/api.ts'
import { readPdf } from '../platform/documents/read-pdf.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { proposeChange } from './changes/propose-change.ts'
import { aCertificateWorld, aLevelCertificate, aReport, type CertificateWorld, value } from './fixtures.ts'
import { portalApi } from './portal-api.ts'
import { workbenchApi } from './workbench-api.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const call = (actor: Actor): Call => ({ app, actor, files: [], ip: '127.0.0.1' })

/** What arrives at the client: the handler's value through the output schema. */
// biome-ignore lint/suspicious/noExplicitAny: any query of the surface
async function answer<P extends Query<any, any>>(procedure: P, actor: Actor, input: unknown) {
  const result = value(await procedure.handle(call(actor), procedure.input.parse(input)))
  return procedure.output.parse(result) as ReturnType<P['output']['parse']>
}

describe('result reports on the workbench', () => {
  it("lists only what lies in the viewer's scope", async () => {
    const { number } = await aReport(app, { world, state: 'submitted' })
    const list = workbenchApi['certificates.list-reports']
    for (const actor of [world.evaluator, world.city, world.province, world.national]) {
      expect((await answer(list, actor, { q: number })).rows.map((row) => row.number)).toEqual([number])
    }
    for (const actor of [
      world.otherEvaluator,
      world.otherProvince,
      anActor('city_officer', { cityCode: '420500' }),
    ]) {
      expect((await answer(list, actor, { q: number })).total).toBe(0)
    }
  })

  it('finds what is overdue, and treats a search for % as a search for %', async () => {
    const { number } = await aReport(app, { world })
    const list = workbenchApi['certificates.list-reports']
    expect((await answer(list, world.province, { q: '%' })).total).toBe(0)
    app.clock.setDay('2026-04-20')
    const overdue = await answer(list, world.province, { overdue: '1', size: 200 })
    expect(overdue.rows.find((row) => row.number === number)?.due).toMatchObject({
      on: '2026-04-01',
      left: -19,
    })
    app.clock.setDay('2026-03-02')
  })

  it('offers each viewer the acts of the role, with the reason when not now', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    const read = workbenchApi['certificates.read-report']
    const province = await answer(read, world.province, { reportId })
    expect(province.actions).toMatchObject({
      confirm: { allowed: true },
      return: { allowed: true },
      send: { allowed: false },
    })
    expect(province.actions.submit).toBeUndefined()
    expect(province.due).toMatchObject({ unit: '工作日', left: 10 })
    const evaluator = await answer(read, world.evaluator, { reportId })
    expect(evaluator.actions.submit).toMatchObject({
      allowed: false,
      because: { code: 'RESULT_REPORT_STATE' },
    })
    expect(evaluator.timeline.map((entry) => entry.name)).toContain('result-report.submitted')
  })

  it('shows exceptions first before a batch is confirmed', async () => {
    const plain = await aReport(app, { world, state: 'submitted' })
    const odd = await aReport(app, { world, misconduct: 2, state: 'submitted' })
    const preview = await answer(workbenchApi['certificates.preview-confirmation'], world.province, {
      reportIds: [plain.reportId, odd.reportId],
    })
    expect(preview.reports.map((one) => one.id)).toEqual([odd.reportId, plain.reportId])
  })

  it('prints the report', async () => {
    const { reportId, number } = await aReport(app, { world, state: 'confirmed' })
    const result = await workbenchApi['certificates.report-pdf'].handle(call(world.province), { reportId })
    const [page] = readPdf(value(result as { ok: true; value: Download }).bytes)
    expect(page?.text).toContain(number)
  })
})

describe('certificates on the workbench', () => {
  it('shows what the public reads now, and would read after a withdrawal', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const one = await answer(workbenchApi['certificates.read'], world.evaluator, { certificateId })
    expect(one.publicNow.sentence).toBe('此证书有效。')
    expect(one.publicAfter.withdrawal.sentence).toContain('已于 2026-03-02 撤销')
    expect(one.signature.holds).toBe(true)
    expect(one.register).toHaveLength(1)
    expect(one.actions).toMatchObject({ withdrawal: { allowed: true }, reinstatement: { allowed: false } })
  })

  it('tells the proposer that a second person is needed', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    value(
      await proposeChange(app, world.evaluator, {
        certificateId,
        kind: 'withdrawal',
        reason: '查实代考',
        clause: 'HB-6.3',
      }),
    )
    const read = workbenchApi['certificates.read']
    const proposer = await answer(read, world.evaluator, { certificateId })
    expect(proposer.actions.decide).toMatchObject({ allowed: false, because: { code: 'CHANGE_SAME_PERSON' } })
    const colleague = await answer(read, world.colleague, { certificateId })
    expect(colleague.actions.decide).toEqual({ allowed: true })
  })

  it('prints all certificates of a report in one file', async () => {
    const { reportId } = await aReport(app, { world, passed: 12, state: 'issued' })
    const result = await workbenchApi['certificates.report-certificates-pdf'].handle(call(world.evaluator), {
      reportId,
    })
    expect(readPdf(value(result as { ok: true; value: Download }).bytes)).toHaveLength(12)
  })

  it('writes the mapping and its status into the file for a look-up site', async () => {
    const { certificateNumber } = await aLevelCertificate(app, { world })
    const input = { site: 'osta' as const, format: 'json' as const }
    const result = await workbenchApi['certificates.export-site'].handle(call(world.province), input)
    const document = JSON.parse(Buffer.from(value(result).bytes).toString())
    expect(document.fieldStatus).toContain('待核实')
    const row = document.certificates.find((one: { number: string }) => one.number === certificateNumber)
    expect(row.idNumber).toMatch(/^\d{17}[\dX]$/)
  })
})

describe('certificates on the portal', () => {
  it("keeps another person's certificate from a learner", async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const stranger = anActor('learner')
    const pdf = await portalApi['certificates.my-pdf'].handle(call(stranger), {
      kind: 'level',
      id: certificateId,
    })
    expect(pdf).toMatchObject({ ok: false, refusal: { code: 'LEVEL_CERTIFICATE_NOT_FOUND' } })
    const proof = await portalApi['certificates.my-proof'].handle(call(stranger), { id: certificateId })
    expect(proof).toMatchObject({ ok: false, refusal: { code: 'LEVEL_CERTIFICATE_NOT_FOUND' } })
    expect((await answer(portalApi['certificates.mine'], stranger, {})).certificates).toEqual([])
  })

  it('gives the holder both certificates, on paper and signed', async () => {
    const { personId, certificateId, certificateNumber } = await aLevelCertificate(app, { world })
    const holder = anActor('learner', {}, { personId })
    const { certificates } = await answer(portalApi['certificates.mine'], holder, {})
    expect(certificates.map((one) => one.title).sort()).toEqual(['专业技术等级证书', '培训合格证书'])
    const pdf = value(
      await portalApi['certificates.my-pdf'].handle(call(holder), { kind: 'level', id: certificateId }),
    )
    expect(readPdf(pdf.bytes)[0]?.text).toContain(certificateNumber)
    const proof = JSON.parse(
      Buffer.from(
        value(await portalApi['certificates.my-proof'].handle(call(holder), { id: certificateId })).bytes,
      ).toString(),
    )
    expect(app.crypto.verify(proof.statement, proof.signature)).toBe(true)
  })
})
