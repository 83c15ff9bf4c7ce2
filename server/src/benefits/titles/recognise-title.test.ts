import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideChange } from '../../certificates/changes/decide-change.ts'
import { proposeChange } from '../../certificates/changes/propose-change.ts'
import { aCertificateWorld, aLevelCertificate, type CertificateWorld } from '../../certificates/fixtures.ts'
import { countQueries } from '../../platform/db.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { value } from '../fixtures.ts'
import { benefitsJobs } from '../jobs.ts'
import { heldBy } from '../within-scope.ts'
import { printTitle } from './print-title.ts'
import { recogniseTitle } from './recognise-title.ts'
import { revokeTitle } from './revoke-title.ts'
import { listRecognitions } from './store/reading.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const recognitionsOfPerson = async (on: TestApp, personId: string) =>
  (await listRecognitions(on.db, heldBy(personId), { page: 1, size: 50 })).rows
const standing = async (personId: string) =>
  (await recognitionsOfPerson(app, personId)).filter((one) => one.revokedOn === null)

async function change(certificateId: string, kind: 'withdrawal' | 'correction' | 'reinstatement') {
  const corrected = kind === 'correction' ? { holderName: '更正名' } : undefined
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

describe('recognising titles (HB-5.2)', () => {
  it('recognises nothing by a certificate that has been withdrawn before the news arrived', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    await change(certificateId, 'withdrawal')
    expect(value(await recogniseTitle(app, { certificateId }))).toEqual({ recognised: 0 })
    expect(await recognitionsOfPerson(app, personId)).toEqual([])
  })

  it('recognises once, however often it is told', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    const told = await Promise.all([1, 2, 3].map(() => recogniseTitle(app, { certificateId })))
    expect(told.filter((one) => one.ok && one.value.recognised > 0)).toHaveLength(1)
    expect(await standing(personId)).toHaveLength(1)
  })

  it.each([
    ['初级', 'direct', '初级职称'],
    ['中级', 'direct', '中级职称'],
    ['高级', 'reference', '高级职称评审参考'],
  ] as const)('%s: %s, %s, with the decision it rests on', async (level, effect, titleLevel) => {
    const { certificateId, personId } = await aLevelCertificate(app, { world, level })
    value(await recogniseTitle(app, { certificateId }))
    const [one] = await standing(personId)
    expect(one).toMatchObject({
      effect,
      titleLevel,
      specialty: '人工智能',
      specialtyStatus: '待核实',
      recognisedOn: '2026-03-02',
    })
    const { rows } = await sql`select d.rule, d.outcome from benefits.title_recognitions b
      join platform.decisions d on d.id = b.decision_id where b.id = ${one?.id}`.execute(app.db)
    expect(rows).toEqual([{ rule: 'hubei.title-recognition', outcome: '符合' }])
  })

  it('follows a withdrawal and its reversal, each in a row of its own', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    value(await recogniseTitle(app, { certificateId }))
    await change(certificateId, 'withdrawal')
    value(await revokeTitle(app, { certificateId, successorId: null }))
    expect(await standing(personId)).toEqual([])
    await change(certificateId, 'reinstatement')
    value(await recogniseTitle(app, { certificateId }))
    expect(await standing(personId)).toHaveLength(1)
    expect(await recognitionsOfPerson(app, personId)).toHaveLength(2)
  })

  it('does not revoke by stale news of a certificate that stands again', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    value(await recogniseTitle(app, { certificateId }))
    expect(value(await revokeTitle(app, { certificateId, successorId: null }))).toEqual({ revoked: false })
    expect(await standing(personId)).toHaveLength(1)
  })

  it.each([true, false])(
    "moves to a corrected certificate's successor (the end told first: %s)",
    async (endFirst) => {
      const { certificateId, personId } = await aLevelCertificate(app, { world })
      value(await recogniseTitle(app, { certificateId }))
      const { successorId } = await change(certificateId, 'correction')
      const ended = () => revokeTitle(app, { certificateId, successorId })
      const issued = () => recogniseTitle(app, { certificateId: successorId ?? '' })
      for (const news of endFirst ? [ended, issued] : [issued, ended]) expect((await news()).ok).toBe(true)
      expect((await standing(personId)).map((one) => [one.levelCertificateId, one.holderName])).toEqual([
        [successorId, '更正名'],
      ])
    },
  )

  it('keeps the day the certificate was first issued through correction and reinstatement', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    value(await recogniseTitle(app, { certificateId }))
    app.clock.setDay('2026-09-01')
    const { successorId } = await change(certificateId, 'correction')
    value(await recogniseTitle(app, { certificateId: successorId ?? '' }))
    expect(await standing(personId)).toMatchObject([{ recognisedOn: '2026-03-02' }])
    await change(successorId ?? '', 'withdrawal')
    value(await revokeTitle(app, { certificateId: successorId ?? '', successorId: null }))
    await change(successorId ?? '', 'reinstatement')
    value(await recogniseTitle(app, { certificateId: successorId ?? '' }))
    expect(await standing(personId)).toMatchObject([{ recognisedOn: '2026-03-02' }])
    app.clock.setDay('2026-03-02')
  })

  it('is not printed any more once its certificate is gone, whether or not the job has come', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    value(await recogniseTitle(app, { certificateId }))
    const [one] = await standing(personId)
    const recognitionId = one?.id ?? ''
    const asking = { actor: anActor('learner', {}, { personId }), reach: heldBy(personId) }
    expect(
      await printTitle(app, { ...asking, reach: heldBy(randomUUID()) }, { recognitionId }),
    ).toMatchObject({
      refusal: { code: 'TITLE_RECOGNITION_NOT_FOUND' },
    })
    value(await printTitle(app, asking, { recognitionId }))
    await change(certificateId, 'withdrawal')
    const refused = { ok: false, refusal: { code: 'TITLE_RECOGNITION_REVOKED', clause: 'HB-5.2' } }
    expect(await printTitle(app, asking, { recognitionId })).toMatchObject(refused)
    value(await revokeTitle(app, { certificateId, successorId: null }))
    expect(await printTitle(app, asking, { recognitionId })).toMatchObject(refused)
  })

  it('takes along those issued with it, with as many queries for sixty as for two', async () => {
    const other = await aCertificateWorld(app)
    const queries = async (passed: number, day: string) => {
      app.clock.setDay(day)
      const { certificateId } = await aLevelCertificate(app, { world: other, passed })
      return countQueries(async (count) => {
        expect(value(await recogniseTitle(app, { certificateId }))).toEqual({ recognised: passed })
        return count.queries
      })
    }
    const few = await queries(2, '2026-04-01')
    expect(await queries(60, '2026-04-02')).toBe(few)
    app.clock.setDay('2026-03-02')
  })

  it('comes by itself from the job of the issue', async () => {
    const fresh = await aTestApp({ clockAt: '2026-03-02' })
    const { personId } = await aLevelCertificate(fresh)
    expect(await runJobsNow(fresh, benefitsJobs)).toBe(1)
    expect(await recognitionsOfPerson(fresh, personId)).toHaveLength(1)
    await fresh.close()
  })
})
