import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideChange } from '../../certificates/changes/decide-change.ts'
import { proposeChange } from '../../certificates/changes/propose-change.ts'
import { aCertificateWorld, aLevelCertificate, type CertificateWorld } from '../../certificates/fixtures.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { value } from '../fixtures.ts'
import { benefitsJobs } from '../jobs.ts'
import { recogniseTitle } from './recognise-title.ts'
import { revokeTitle } from './revoke-title.ts'
import { recognitionsOfPerson } from './store.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const standing = async (personId: string) =>
  (await recognitionsOfPerson(app.db, personId)).filter((one) => one.revokedOn === null)

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
    expect(value(await recogniseTitle(app, { certificateId })).id).toBeNull()
    expect(await recognitionsOfPerson(app.db, personId)).toEqual([])
  })

  it('recognises once, however often it is told', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    const told = await Promise.all([1, 2, 3].map(() => recogniseTitle(app, { certificateId })))
    expect(told.filter((one) => one.ok && one.value.id !== null)).toHaveLength(1)
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
    expect(await recognitionsOfPerson(app.db, personId)).toHaveLength(2)
  })

  it('does not revoke by stale news of a certificate that stands again', async () => {
    const { certificateId, personId } = await aLevelCertificate(app, { world })
    value(await recogniseTitle(app, { certificateId }))
    expect(value(await revokeTitle(app, { certificateId, successorId: null })).id).toBeNull()
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
      for (const news of endFirst ? [ended, issued] : [issued, ended]) value(await news())
      expect((await standing(personId)).map((one) => [one.levelCertificateId, one.holderName])).toEqual([
        [successorId, '更正名'],
      ])
    },
  )

  it('comes by itself from the job of the issue', async () => {
    const fresh = await aTestApp({ clockAt: '2026-03-02' })
    const { personId } = await aLevelCertificate(fresh)
    expect(await runJobsNow(fresh, benefitsJobs)).toBe(1)
    expect(await recognitionsOfPerson(fresh.db, personId)).toHaveLength(1)
    await fresh.close()
  })
})
