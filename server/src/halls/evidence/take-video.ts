import { randomUUID } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { sniffMediaType } from '../../platform/media-type.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import type { SegmentReceived } from '../attempts/wire.ts'
import { sealBytes } from '../gates/face-template.ts'
import type { RoomSecrets } from '../room-call.ts'
import { holderOfAttempt } from './holder-of-attempt.ts'
import { no } from './refusals.ts'
import { findSegment, insertSegment, receivedOf } from './store/video.ts'

export interface VideoInput {
  /** One recording: a reload begins another. */
  run: string
  segment: number
  clientFrom: Date
  clientTo: Date
}

/** `POST video`: one segment. The same bytes again are the same segment; others in its place are refused. */
export async function takeVideo(
  app: App,
  secrets: RoomSecrets,
  input: VideoInput,
  segment: Buffer | undefined,
): Promise<Result<SegmentReceived>> {
  if (!segment || segment.length === 0) return refuse(no.EVIDENCE_MISSING())
  // Each segment is a film of its own: what is lost is one, and the rest plays.
  const type = sniffMediaType(segment)
  if (type !== 'video/webm' && type !== 'video/mp4') return refuse(no.EVIDENCE_NOT_FIT({ kind: '录像' }))
  const holder = await holderOfAttempt(app, secrets)
  if (!holder.ok) return holder
  const { sittingId, id: attemptId } = holder.value
  const { run, segment: number } = input
  const of = { sittingId, attemptId, run, segment: number }
  const sha256 = app.crypto.sha256(segment)
  const before = await findSegment(app.db, of)
  if (before) return before.sha256 === sha256 ? ok({ run, segment: number }) : refuse(no.SEGMENT_DIFFERS(of))
  const id = randomUUID()
  const key = `video/${app.clock.today().replaceAll('-', '/')}/${id}`
  const { sealed, keySealed } = sealBytes(app.crypto, segment, `video:${attemptId}:${run}:${number}`)
  await app.storage.put(key, sealed, 'application/octet-stream')
  const kept = await insertSegment(app.db, {
    ...of,
    key,
    keySealed,
    bytes: segment.length,
    sha256,
    clientFrom: input.clientFrom,
    clientTo: input.clientTo,
    at: app.clock.now(),
  })
  if (kept) return ok({ run, segment: number })
  // Another request with this segment was first.
  await app.storage.remove(key)
  const first = await findSegment(app.db, of)
  return first?.sha256 === sha256 ? ok({ run, segment: number }) : refuse(no.SEGMENT_DIFFERS(of))
}

export interface VideoHeld {
  run: string
  received: number[]
  /** Numbers below the highest received one that are not there: to be sent again. */
  missing: number[]
}

/** `GET video-held`: what of a recording is here, so that a browser that was cut off sends the rest. */
export async function videoHeld(
  app: App,
  secrets: RoomSecrets,
  input: { run: string },
): Promise<Result<VideoHeld>> {
  const holder = await holderOfAttempt(app, secrets)
  if (!holder.ok) return holder
  const { sittingId, id: attemptId } = holder.value
  const received = await receivedOf(app.db, { sittingId, attemptId, run: input.run })
  return ok({ run: input.run, received, missing: missingOf(received) })
}

export function missingOf(received: readonly number[]): number[] {
  const there = new Set(received)
  const last = received.at(-1) ?? -1
  return Array.from({ length: last + 1 }, (_, i) => i).filter((one) => !there.has(one))
}
