import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCertificateWorld, aLevelCertificate, aReport, type CertificateWorld, value } from '../fixtures.ts'
import { auditReport } from '../reports/audit-report.ts'
import { certificatesOfReport, type RegisterEntry } from '../store/certificates.ts'
import { findReport, itemsOf } from '../store/reports.ts'
import { issueReport } from './issue-report.ts'
import { verifyRegister } from './register.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

async function jobs(name: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from graphile_worker.jobs where task_identifier = ${name}`.execute(app.db)
  return rows[0]?.count ?? 0
}

describe('issuing level certificates (HB-4.4)', () => {
  it('refuses another institution, as if there were no such report', async () => {
    const { reportId } = await aReport(app, { world, state: 'audited' })
    const result = await issueReport(app, world.otherEvaluator, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_NOT_FOUND' } })
  })

  it.each(['submitted', 'confirmed', 'exported'] as const)('refuses a report that is %s', async (state) => {
    const { reportId } = await aReport(app, { world, state })
    const before = await jobs('certificates.level-issued')
    const result = await issueReport(app, world.evaluator, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE', clause: 'HB-4.4' } })
    expect(await certificatesOfReport(app.db, reportId)).toEqual([])
    expect(await jobs('certificates.level-issued')).toBe(before)
  })

  it('issues once, whatever two browsers do', async () => {
    const { reportId } = await aReport(app, { world, passed: 3, state: 'audited' })
    const results = await Promise.all([
      issueReport(app, world.evaluator, { reportId }),
      issueReport(app, world.colleague, { reportId }),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(await certificatesOfReport(app.db, reportId)).toHaveLength(3)
  })

  it('issues to who was approved and to nobody else', async () => {
    const { reportId } = await aReport(app, { world, passed: 3, state: 'exported' })
    const [first, second] = await itemsOf(app.db, reportId)
    value(
      await auditReport(app, world.national, {
        reportId,
        returned: [{ itemId: first?.id ?? '', reason: '信息不全' }],
      }),
    )
    const before = await jobs('certificates.level-issued')
    expect(value(await issueReport(app, world.evaluator, { reportId }))).toMatchObject({
      certificates: 2,
      late: false,
    })
    const certificates = await certificatesOfReport(app.db, reportId)
    expect(certificates.map((one) => one.personId)).not.toContain(first?.personId)
    expect(certificates[0]).toMatchObject({
      holderName: second?.holderName,
      occupationName: '人工智能工程技术人员',
      level: '中级',
      organisationName: world.organisationName,
      issuedOn: '2026-03-02',
      state: 'issued',
    })
    expect(certificates[0]?.number).toMatch(/^SZ4220262\d{6}$/)
    expect(certificates[0]?.code).toMatch(/^[\w-]{22}$/)
    expect(await jobs('certificates.level-issued')).toBe(before + 2)
    expect((await findReport(app.db, world.evaluator, reportId))?.state).toBe('issued')
  })

  it("numbers by the province's own pattern once two people have confirmed one", async () => {
    await sql`insert into platform.policy_settings (province_code, parameter, value, from_on, source, proposed_by, confirmed_by,
        confirmed_at, created_at)
      values ('420000', 'certificates.level-number-pattern', '"鄂{year}-{level}-{serial:5}"', '2026-03-03', '试验', '甲', '乙',
        ${app.clock.now()}, ${app.clock.now()})`.execute(app.db)
    app.clock.setDay('2026-03-03')
    const { certificateNumber } = await aLevelCertificate(app, { world })
    expect(certificateNumber).toMatch(/^鄂2026-2-\d{5}$/)
    app.clock.setDay('2026-03-02')
  })

  it('issues after the 30 days, and says that it is late', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId } = await aReport(app, { world, state: 'audited' })
    app.clock.setDay('2026-04-02')
    expect(value(await issueReport(app, world.evaluator, { reportId })).late).toBe(true)
    app.clock.setDay('2026-03-02')
  })

  it('issues a thousand at once in seconds, with the same number of queries as for two', async () => {
    const small = await aReport(app, { world, passed: 2, state: 'audited' })
    const large = await aReport(app, { world, passed: 1000, state: 'audited' })
    const { countQueries } = await import('../../platform/db.ts')
    const queries = (reportId: string) =>
      countQueries(async (count) => {
        value(await issueReport(app, world.evaluator, { reportId }))
        return count.queries
      })
    const few = await queries(small.reportId)
    const started = performance.now()
    expect(await queries(large.reportId)).toBe(few)
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(new Set((await certificatesOfReport(app.db, large.reportId)).map((one) => one.number)).size).toBe(
      1000,
    )
  })
})

describe('the register of certificates (HB-6.3)', () => {
  it('refuses every edit of what a certificate says, and every removal', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    for (const edit of [
      sql`update certificates.level_certificates set holder_name = '别人' where id = ${certificateId}`,
      sql`update certificates.level_certificates set statement = '{}', state = 'withdrawn' where id = ${certificateId}`,
      sql`delete from certificates.level_certificates where id = ${certificateId}`,
      sql`truncate certificates.level_certificates cascade`,
      sql`update certificates.register_entries set kind = 'withdrawn'`,
      sql`delete from certificates.register_entries`,
    ]) {
      await expect(edit.execute(app.db)).rejects.toThrow(/refused/)
    }
  })

  it('holds from its first entry', async () => {
    await aLevelCertificate(app, { world })
    const verdict = await verifyRegister(app)
    expect(verdict.brokenAt).toBeNull()
    expect(verdict.entries).toBeGreaterThan(0)
  })

  it('says where it was touched, when somebody goes around the program', async () => {
    const { certificateId, holderName } = await aLevelCertificate(app, { world })
    const { rows } = await sql<Pick<RegisterEntry, 'position'>>`
      select position from certificates.register_entries where certificate_id = ${certificateId}`.execute(
      app.db,
    )
    await sql`alter table certificates.level_certificates disable trigger level_certificates_fixed`.execute(
      app.db,
    )
    await sql`update certificates.level_certificates set statement = replace(statement, ${holderName}, '别人')
      where id = ${certificateId}`.execute(app.db)
    expect((await verifyRegister(app)).brokenAt).toBe(rows[0]?.position)
    await sql`update certificates.level_certificates set statement = replace(statement, '别人', ${holderName})
      where id = ${certificateId}`.execute(app.db)
    expect((await verifyRegister(app)).brokenAt).toBeNull()
    await sql`update certificates.level_certificates set signature = signature || 'A' where id = ${certificateId}`.execute(
      app.db,
    )
    const touched = await sql`update certificates.level_certificates
      set signature = overlay(left(signature, -1) placing 'AAAA' from 5) where id = ${certificateId}`.execute(
      app.db,
    )
    expect(Number(touched.numAffectedRows)).toBe(1)
    expect((await verifyRegister(app)).brokenAt).toBe(rows[0]?.position)
  })

  it('verifies with the public key alone', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const { createPublicKey, verify } = await import('node:crypto')
    const { rows } = await sql<{ statement: string; signature: string; keyId: string }>`
      select statement, signature, key_id from certificates.level_certificates where id = ${certificateId}`.execute(
      app.db,
    )
    const [one] = rows
    const key = app.crypto.publicKeys().find((candidate) => candidate.keyId === one?.keyId)
    const publicKey = createPublicKey({
      key: Buffer.from(key?.spki ?? '', 'base64'),
      format: 'der',
      type: 'spki',
    })
    const signature = Buffer.from(one?.signature ?? '', 'base64url')
    expect(verify(null, Buffer.from(one?.statement ?? ''), publicKey, signature)).toBe(true)
    expect(verify(null, Buffer.from(`${one?.statement} `), publicKey, signature)).toBe(false)
  })
})
