import { aHallOf } from '../attempts/fixtures.ts'
import type { ClockedApp } from '../fixtures.ts'
import { keepCapture, storePicture } from './keep-capture.ts'

/** A picture of somebody in a hall. */
export async function aCapture(app: ClockedApp): Promise<string> {
  const hall = await aHallOf(app, { candidates: 1 })
  const [one] = hall.seated
  const stored = await storePicture(app, Buffer.from('\xff\xd8\xff picture', 'latin1'))
  await keepCapture(app.db, stored, {
    sittingId: hall.sittingId,
    attemptId: one?.attemptId ?? null,
    candidateId: one?.candidateId as string,
    hallId: one?.hallId as string,
    reason: 'random',
    clientAt: null,
    at: app.clock.now(),
  })
  return stored.id
}
