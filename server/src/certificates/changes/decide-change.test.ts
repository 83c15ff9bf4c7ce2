import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsOf } from '../../people/index.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCertificateWorld, aLevelCertificate, type CertificateWorld, value } from '../fixtures.ts'
import { verifyRegister } from '../issuing/register.ts'
import { findCertificate, registerEntriesOf } from '../store/certificates.ts'
import { decideChange } from './decide-change.ts'
import { type ProposeChangeInput, proposeChange } from './propose-change.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const withdrawal = (certificateId: string): ProposeChangeInput => ({
  certificateId,
  kind: 'withdrawal',
  reason: '查实代考',
  clause: 'HB-6.3',
})
const read = (id: string) => findCertificate(app.db, world.province, id)
const kinds = async (id: string) => (await registerEntriesOf(app.db, id)).map((entry) => entry.kind)
async function lastJob(): Promise<{ name: string; payload: unknown }[]> {
  const { rows } = await sql<{ name: string; payload: unknown }>`
    select t.identifier as name, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id order by j.id desc limit 2`.execute(app.db)
  return rows
}
async function withdrawn() {
  const one = await aLevelCertificate(app, { world })
  const { id } = value(await proposeChange(app, world.evaluator, withdrawal(one.certificateId)))
  value(await decideChange(app, world.colleague, { changeId: id, decision: 'approved' }))
  return one
}

describe('proposing to change a certificate (HB-6.3)', () => {
  it('refuses another institution and another province, as if there were no such certificate', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    for (const actor of [world.otherEvaluator, world.otherProvince]) {
      const result = await proposeChange(app, actor, withdrawal(certificateId))
      expect(result).toMatchObject({ ok: false, refusal: { code: 'LEVEL_CERTIFICATE_NOT_FOUND' } })
    }
  })

  it('refuses a second proposal while one waits, also from two browsers', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const results = await Promise.all([
      proposeChange(app, world.evaluator, withdrawal(certificateId)),
      proposeChange(app, world.province, withdrawal(certificateId)),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({
      refusal: { code: 'CHANGE_ALREADY_OPEN', clause: 'HB-6.3' },
    })
  })

  it('refuses a correction that changes nothing', async () => {
    const { certificateId, holderName } = await aLevelCertificate(app, { world })
    const result = await proposeChange(app, world.evaluator, {
      ...withdrawal(certificateId),
      kind: 'correction',
      corrected: { holderName },
    })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'CHANGE_NOTHING' } })
  })

  it('refuses to reinstate what is valid, and to withdraw or correct what is withdrawn', async () => {
    const valid = await aLevelCertificate(app, { world })
    const reinstate = await proposeChange(app, world.evaluator, {
      ...withdrawal(valid.certificateId),
      kind: 'reinstatement',
    })
    expect(reinstate).toMatchObject({ ok: false, refusal: { code: 'LEVEL_CERTIFICATE_STATE' } })
    const gone = await withdrawn()
    for (const kind of ['withdrawal', 'correction'] as const) {
      const result = await proposeChange(app, world.evaluator, {
        ...withdrawal(gone.certificateId),
        kind,
        corrected: { holderName: '某人' },
      })
      expect(result).toMatchObject({ ok: false, refusal: { code: 'LEVEL_CERTIFICATE_STATE' } })
    }
  })

  it('changes nothing by itself', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    value(await proposeChange(app, world.evaluator, withdrawal(certificateId)))
    expect((await read(certificateId))?.state).toBe('issued')
    expect(await kinds(certificateId)).toEqual(['issued'])
  })
})

describe('deciding a change', () => {
  it('refuses the person who proposed it', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const { id } = value(await proposeChange(app, world.evaluator, withdrawal(certificateId)))
    const result = await decideChange(app, world.evaluator, { changeId: id, decision: 'approved' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'CHANGE_SAME_PERSON', clause: 'HB-6.3' } })
    expect((await read(certificateId))?.state).toBe('issued')
  })

  it('refuses somebody of another institution', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const { id } = value(await proposeChange(app, world.evaluator, withdrawal(certificateId)))
    const result = await decideChange(app, world.otherEvaluator, { changeId: id, decision: 'approved' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'CHANGE_NOT_FOUND' } })
  })

  it('takes effect once, whoever decides at the same time', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const { id } = value(await proposeChange(app, world.evaluator, withdrawal(certificateId)))
    const results = await Promise.all([
      decideChange(app, world.colleague, { changeId: id, decision: 'approved' }),
      decideChange(app, world.province, { changeId: id, decision: 'approved' }),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'CHANGE_DECIDED' } })
    expect(await kinds(certificateId)).toEqual(['issued', 'withdrawn'])
  })

  it('leaves the certificate as it is when rejected, and lets another proposal come', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const { id } = value(await proposeChange(app, world.evaluator, withdrawal(certificateId)))
    value(
      await decideChange(app, world.colleague, { changeId: id, decision: 'rejected', reason: '证据不足' }),
    )
    expect((await read(certificateId))?.state).toBe('issued')
    expect(value(await proposeChange(app, world.evaluator, withdrawal(certificateId))).id).not.toBe(id)
  })

  it('withdraws with reason, clause and day, and tells benefits', async () => {
    const { certificateId } = await withdrawn()
    expect(await read(certificateId)).toMatchObject({
      state: 'withdrawn',
      reason: '查实代考',
      clause: 'HB-6.3',
      changedOn: '2026-03-02',
    })
    expect(await kinds(certificateId)).toEqual(['issued', 'withdrawn'])
    expect((await lastJob())[0]).toEqual({
      name: 'certificates.level-ended',
      payload: { certificateId, successorId: null },
    })
  })

  it('takes a withdrawal back as an entry of its own', async () => {
    const { certificateId } = await withdrawn()
    const { id } = value(
      await proposeChange(app, world.province, {
        ...withdrawal(certificateId),
        kind: 'reinstatement',
        reason: '复核后撤销理由不成立',
      }),
    )
    value(await decideChange(app, world.evaluator, { changeId: id, decision: 'approved' }))
    expect((await read(certificateId))?.state).toBe('issued')
    expect(await kinds(certificateId)).toEqual(['issued', 'withdrawn', 'reinstated'])
    expect((await lastJob())[0]).toEqual({ name: 'certificates.level-issued', payload: { certificateId } })
  })

  it('corrects by a successor of another number that names its predecessor', async () => {
    const { certificateId, certificateNumber } = await aLevelCertificate(app, { world })
    const { id } = value(
      await proposeChange(app, world.evaluator, {
        ...withdrawal(certificateId),
        kind: 'correction',
        reason: '姓名用字有误',
        corrected: { holderName: '赵怡' },
      }),
    )
    const { successorId } = value(
      await decideChange(app, world.colleague, { changeId: id, decision: 'approved' }),
    )
    const successor = await read(successorId ?? '')
    expect(await read(certificateId)).toMatchObject({ state: 'corrected', number: certificateNumber })
    expect(successor).toMatchObject({ state: 'issued', holderName: '赵怡', supersedesId: certificateId })
    expect(successor?.number).not.toBe(certificateNumber)
    expect(JSON.parse(successor?.statement ?? '{}')).toMatchObject({
      supersedes: certificateNumber,
      holder: { name: '赵怡' },
    })
    expect((await lastJob()).map((job) => job.name)).toEqual([
      'certificates.level-issued',
      'certificates.level-ended',
    ])
    expect(await kinds(certificateId)).toEqual(['issued', 'corrected'])
    expect((await verifyRegister(app)).brokenAt).toBeNull()
  })
})

describe('what the holder holds, as a fact the next level counts from (HB-4.4)', () => {
  const held = async (certificateId: string) => {
    const certificate = await findCertificate(app.db, world.province, certificateId)
    const facts = await factsOf(app.db, certificate?.personId ?? '')
    return facts.levelCertificates ?? []
  }

  it('stands verified from the day of issue, keeps its day through a correction, and says when it was withdrawn', async () => {
    const { certificateId } = await aLevelCertificate(app, { world })
    const certificate = await read(certificateId)
    expect(await held(certificateId)).toMatchObject([
      { number: certificate?.number, issuedOn: certificate?.issuedOn, proof: '已核验' },
    ])

    const corrected = value(
      await proposeChange(app, world.evaluator, {
        certificateId,
        kind: 'correction',
        reason: '方向有误',
        clause: 'HB-6.3',
        corrected: { direction: '另一方向' },
      }),
    )
    const { successorId } = value(
      await decideChange(app, world.colleague, { changeId: corrected.id, decision: 'approved' }),
    )
    const successor = await read(successorId ?? '')
    expect(await held(certificateId)).toMatchObject([
      { number: successor?.number, issuedOn: certificate?.issuedOn },
    ])

    const { id } = value(await proposeChange(app, world.evaluator, withdrawal(successorId ?? '')))
    value(await decideChange(app, world.colleague, { changeId: id, decision: 'approved' }))
    expect(await held(certificateId)).toMatchObject([
      { number: successor?.number, withdrawnOn: app.clock.today() },
    ])
  })
})
