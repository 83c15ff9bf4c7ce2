import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../platform/documents/read-pdf.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aLevelCertificate } from '../fixtures.ts'
import { certificatesOfPerson } from '../store/verifications.ts'
import { levelPdf, trainingPdf } from './certificate-pdf.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
})
afterAll(() => app.close())

describe('certificates on paper', () => {
  it("prints a person's level and training certificates, each with who answers for it", async () => {
    const { personId, certificateNumber, holderName, world } = await aLevelCertificate(app)
    const certificates = await certificatesOfPerson(app.db, personId)
    const level = certificates.filter((one) => one.kind === 'level')
    const training = certificates.filter((one) => one.kind === 'training')
    const [levelPage] = readPdf(await levelPdf(app, level))
    const [trainingPage] = readPdf(await trainingPdf(app, training))
    for (const said of [certificateNumber, holderName, `由${world.organisationName}评价并颁发`]) {
      expect(levelPage?.text).toContain(said)
    }
    expect(trainingPage?.text.replaceAll(' ', '')).toContain('80学时')
    expect(trainingPage?.text).toContain('试验学院培训并颁发')
  })

  it('says on the sheet that a certificate no longer stands', async () => {
    const { personId } = await aLevelCertificate(app)
    const [one] = (await certificatesOfPerson(app.db, personId)).filter((each) => each.kind === 'level')
    if (!one) throw new Error('no certificate')
    const [page] = readPdf(await levelPdf(app, [{ ...one, state: 'withdrawn' }]))
    expect(page?.text).toContain('本证书已撤销，不再有效')
  })
})
