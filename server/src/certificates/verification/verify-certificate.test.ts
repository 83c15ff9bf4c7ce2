import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PUBLIC_ACTOR } from '../../platform/api.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { decideChange } from '../changes/decide-change.ts'
import { proposeChange } from '../changes/propose-change.ts'
import { aCertificateWorld, aLevelCertificate, type CertificateWorld, value } from '../fixtures.ts'
import { type VerifyInput, verifyCertificate } from './verify-certificate.ts'

let app: TestApp
let world: CertificateWorld
let address = 0

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

/** From another address each time, unless one is given. */
function check(input: VerifyInput, ip?: string) {
  address += 1
  return verifyCertificate(app, { actor: PUBLIC_ACTOR, ip: ip ?? `10.0.0.${address}` }, input)
}
async function change(
  certificateId: string,
  kind: 'withdrawal' | 'correction',
  corrected?: { holderName: string },
) {
  const { id } = value(
    await proposeChange(app, world.evaluator, {
      certificateId,
      kind,
      reason: '查实',
      clause: 'HB-6.3',
      corrected,
    }),
  )
  return value(await decideChange(app, world.colleague, { changeId: id, decision: 'approved' }))
}

describe('the public check (HB-4.4)', () => {
  it('answers the same for a wrong name, a wrong number and a wrong code', async () => {
    const { certificateNumber, holderName } = await aLevelCertificate(app, { world })
    const answers = [
      value(await check({ number: certificateNumber, name: '别人' })),
      value(await check({ number: `${certificateNumber}0`, name: holderName })),
      value(await check({ code: 'AAAAAAAAAAAAAAAAAAAAAA' })),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ found: false, certificate: null })
  })

  it('stops an address that keeps guessing, and no other', async () => {
    const { certificateNumber, holderName } = await aLevelCertificate(app, { world })
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, at) =>
        check({ number: certificateNumber, name: `猜${at}` }, '192.0.2.7'),
      ),
    )
    expect(guesses.filter((one) => one.ok)).toHaveLength(10)
    const right = await check({ number: certificateNumber, name: holderName }, '192.0.2.7')
    expect(right).toMatchObject({ ok: false, refusal: { code: 'VERIFY_TOO_OFTEN' } })
    expect(value(await check({ number: certificateNumber, name: holderName })).found).toBe(true)
    app.clock.advance(11 * 60)
    expect(value(await check({ number: certificateNumber, name: holderName }, '192.0.2.7')).found).toBe(true)
  })

  it('stops an address that checks without end, however right it is', async () => {
    const { code } = await aLevelCertificate(app, { world })
    for (let at = 0; at < 60; at += 1) value(await check({ code }, '192.0.2.8'))
    expect(await check({ code }, '192.0.2.8')).toMatchObject({
      ok: false,
      refusal: { code: 'VERIFY_TOO_OFTEN' },
    })
  })

  it('says that a certificate is valid, who answers for it, and no more of the person than needed', async () => {
    const { certificateNumber, holderName } = await aLevelCertificate(app, { world })
    const answer = value(
      await check({ number: ` ${certificateNumber.toLowerCase()} `, name: ` ${holderName}` }),
    )
    expect(answer).toMatchObject({
      found: true,
      sentence: '此证书有效。',
      certificate: {
        title: '专业技术等级证书',
        state: 'valid',
        level: '中级',
        issuer: world.organisationName,
        changedOn: null,
      },
    })
    expect(answer.certificate?.answers).toContain(world.organisationName)
    expect(answer.certificate?.holder).toMatch(/^.\*+.$/)
    expect(answer.certificate?.idNumber).toMatch(/^\*{14}\d{3}[\dX]$/)
    expect(JSON.stringify(answer)).not.toContain(holderName)
  })

  it('finds a certificate by the code of its QR', async () => {
    const { code, certificateNumber } = await aLevelCertificate(app, { world })
    expect(value(await check({ code })).certificate?.number).toBe(certificateNumber)
  })

  it('says that a certificate was withdrawn, and when, but not why', async () => {
    const { certificateId, code } = await aLevelCertificate(app, { world })
    await change(certificateId, 'withdrawal')
    const answer = value(await check({ code }))
    expect(answer.sentence).toBe('此证书已于 2026-03-02 撤销，不再有效。')
    expect(answer.certificate).toMatchObject({ state: 'withdrawn', changedOn: '2026-03-02' })
    expect(JSON.stringify(answer)).not.toContain('查实')
  })

  it('leads from a corrected certificate to the one that replaced it', async () => {
    const { certificateId, code } = await aLevelCertificate(app, { world })
    await change(certificateId, 'correction', { holderName: '赵怡' })
    const answer = value(await check({ code }))
    expect(answer.certificate).toMatchObject({ state: 'corrected' })
    const successor = value(await check({ number: answer.certificate?.successorNumber ?? '', name: '赵怡' }))
    expect(successor.sentence).toBe('此证书有效。')
  })

  it('checks training certificates too', async () => {
    const { persons } = await aLevelCertificate(app, { world })
    const { rows } = await sql<{ number: string; holderName: string; code: string }>`
      select number, holder_name, code from training.certificates where id = ${persons[0]?.trainingCertificateId}`.execute(
      app.db,
    )
    await sql`update training.certificates set number = upper(number) where id = ${persons[0]?.trainingCertificateId}`.execute(
      app.db,
    )
    const [one] = rows
    const answer = value(await check({ number: one?.number ?? '', name: one?.holderName ?? '' }))
    expect(answer.certificate).toMatchObject({ title: '培训合格证书', hours: 80 })
    expect(value(await check({ code: one?.code ?? '' })).found).toBe(true)
  })

  it('records each check, found or not, and nothing that was typed', async () => {
    const before = await sql<{
      count: number
    }>`select count(*)::int as count from certificates.verifications`.execute(app.db)
    const { certificateId, code } = await aLevelCertificate(app, { world })
    value(await check({ code }))
    value(await check({ number: '无此编号', name: '无此人' }))
    const after = await sql<{
      count: number
    }>`select count(*)::int as count from certificates.verifications`.execute(app.db)
    expect((after.rows[0]?.count ?? 0) - (before.rows[0]?.count ?? 0)).toBe(2)
    const { rows } = await sql<{ data: unknown; subjects: string[] }>`
      select data, subjects from platform.audit_events where name = 'certificate.checked' order by seq desc limit 2`.execute(
      app.db,
    )
    expect(rows).toEqual([
      { data: { method: 'number', found: false, kind: null }, subjects: [] },
      {
        data: { method: 'code', found: true, kind: 'level' },
        subjects: [`level-certificate:${certificateId}`],
      },
    ])
  })
})
