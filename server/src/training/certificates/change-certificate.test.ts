import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCompletedLearner, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { decideChange, proposeChange } from './change-certificate.ts'

let app: TestApp
let world: TrainingWorld
let second: Actor
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  second = anActor('training_manager', world.manager.organisation!)
})
beforeEach(() => app.clock.setDay('2026-03-02'))
afterAll(() => app.close())

const withdrawal = (certificateId: string) => ({
  certificateId,
  kind: 'withdrawal' as const,
  reason: '考勤不实',
})

describe('proposing a change', () => {
  it('is refused to others, without any difference, and while another is open', async () => {
    const { certificateId } = await aCompletedLearner(app, { world })
    expect(await proposeChange(app, world.otherManager, withdrawal(certificateId))).toMatchObject({
      refusal: { code: 'TRAINING_CERTIFICATE_NOT_FOUND' },
    })
    expect(
      await proposeChange(app, world.manager, {
        certificateId,
        kind: 'correction',
        corrected: { holderName: '学员甲' },
        reason: '姓名有误',
      }),
    ).toMatchObject({ refusal: { code: 'CERTIFICATE_CHANGE_EMPTY' } })
    value(await proposeChange(app, world.manager, withdrawal(certificateId)))
    expect(await proposeChange(app, world.manager, withdrawal(certificateId))).toMatchObject({
      refusal: { code: 'CERTIFICATE_CHANGE_PENDING', clause: 'HB-6.3' },
    })
  })
})

describe('deciding a change', () => {
  it('is refused to the one who proposed it, to others, and twice', async () => {
    const { certificateId } = await aCompletedLearner(app, { world })
    const { id: changeId } = value(await proposeChange(app, world.manager, withdrawal(certificateId)))
    const approve = { changeId, decision: 'approved' as const }
    expect(await decideChange(app, world.manager, approve)).toMatchObject({
      refusal: { code: 'CERTIFICATE_CHANGE_SAME_PERSON', clause: 'HB-6.3' },
    })
    expect(await decideChange(app, world.otherManager, approve)).toMatchObject({
      refusal: { code: 'CERTIFICATE_CHANGE_NOT_FOUND' },
    })
    const both = await Promise.all([
      decideChange(app, second, approve),
      decideChange(app, world.city, approve),
    ])
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(await proposeChange(app, world.manager, withdrawal(certificateId))).toMatchObject({
      refusal: { code: 'CERTIFICATE_NOT_VALID' },
    })
  })

  it('leaves the certificate as it is when rejected', async () => {
    const { certificateId } = await aCompletedLearner(app, { world })
    const { id: changeId } = value(await proposeChange(app, world.manager, withdrawal(certificateId)))
    value(await decideChange(app, second, { changeId, decision: 'rejected', reason: '证据不足' }))
    const { rows } = await sql`select state from training.certificates where id = ${certificateId}`.execute(
      app.db,
    )
    expect(rows).toEqual([{ state: 'issued' }])
  })

  it('issues a successor for a correction; the first stays readable and names it', async () => {
    const { certificateId } = await aCompletedLearner(app, { world })
    const { id: changeId } = value(
      await proposeChange(app, world.manager, {
        certificateId,
        kind: 'correction',
        corrected: { holderName: '学员假' },
        reason: '姓名录入有误',
      }),
    )
    const { successorId } = value(await decideChange(app, second, { changeId, decision: 'approved' }))
    const { rows } = await sql`
      select id, state, holder_name, successor_id, supersedes_id from training.certificate_register
      where id in (${certificateId}, ${successorId}) order by state`.execute(app.db)
    expect(rows).toEqual([
      { id: certificateId, state: 'corrected', holderName: '学员甲', successorId, supersedesId: null },
      {
        id: successorId,
        state: 'issued',
        holderName: '学员假',
        successorId: null,
        supersedesId: certificateId,
      },
    ])
  })
})
