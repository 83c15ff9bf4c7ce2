import { value } from '../../exams/fixtures.ts'
import { aHallOf } from '../attempts/fixtures.ts'
import type { ClockedApp } from '../fixtures.ts'
import { keepCapture, storePicture } from './keep-capture.ts'
import { putHold } from './put-hold.ts'

async function aPicture(app: ClockedApp) {
  const hall = await aHallOf(app, { candidates: 1 })
  const [one] = hall.seated as [(typeof hall.seated)[number]]
  const stored = await storePicture(app, Buffer.from('\xff\xd8\xff picture', 'latin1'))
  await keepCapture(app.db, stored, {
    sittingId: hall.sittingId,
    attemptId: one.attemptId,
    candidateId: one.candidateId,
    hallId: one.hallId,
    reason: 'random',
    clientAt: null,
    at: app.clock.now(),
  })
  return { captureId: stored.id, attemptId: one.attemptId, manager: hall.world.evaluation.actor }
}

/** A picture of somebody in a hall. */
export async function aCapture(app: ClockedApp): Promise<string> {
  return (await aPicture(app)).captureId
}

/** Pictures of somebody that an institution keeps beyond their period. */
export async function aHold(app: ClockedApp): Promise<string> {
  const { attemptId, manager } = await aPicture(app)
  return value(await putHold(app, manager, { attemptId, reason: '考生对成绩提出申诉' })).id
}
