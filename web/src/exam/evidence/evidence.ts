// Looks at the candidate at random moments and films where the rules ask for it. All of it waits on the disk within
// bounds and goes to the server when no answer wants the line. No camera is an event, never a dead end.
import type { RoomEvent, RoomRules } from '../../../../server/src/halls/attempts/wire.ts'
import { type Answer, call, type Secrets } from '../api.ts'
import { dropLocal, putLocal, type StoreName, valuesUnder } from '../local-store.ts'
import { type Camera, openCamera } from './camera.ts'
import { type Bounds, makeRoom, nextCaptureMs, type Parcel } from './outbox.ts'
import { recordSegments, type Segment } from './video.ts'

type Reason = 'random' | 'event' | 'asked'
interface KeptCapture extends Parcel {
  clientAt: string
  reason: Reason
  blob: Blob
}
interface KeptSegment extends Parcel, Segment {}

const CAPTURE_BOUNDS: Bounds = { count: 200, bytes: 12 * 1024 * 1024 }
/** Some half an hour of film without a line. */
const VIDEO_BOUNDS: Bounds = { count: 200, bytes: 80 * 1024 * 1024 }
const EVENT_GAP_MS = 30_000
const LOOK_FOR_LINE_MS = 1_500
const CAMERA_AGAIN_MS = 15_000

export interface EvidenceRoom {
  attempt: string
  secrets: Secrets
  rules: Pick<RoomRules, 'captureSeconds' | 'captureRequired' | 'videoRequired'>
  instant(): string
  lineIsFree(): boolean
  lineIsUp(): boolean
  report(what: RoomEvent, data: Record<string, unknown>): void
}

export type Evidence = ReturnType<typeof gatherEvidence>

export function gatherEvidence(room: EvidenceRoom) {
  const { attempt, secrets, rules } = room
  let camera: Camera | undefined
  let state: 'on' | 'off' | 'none' = 'none'
  let stopFilm: (() => void) | undefined
  let stopped = false
  let finished = false
  let lastEventAt = Number.NEGATIVE_INFINITY
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (!stopped) run()
    }, ms)
    timers.add(timer)
  }

  const put = async (store: StoreName, bounds: Bounds, one: KeptCapture | KeptSegment) => {
    const held = await valuesUnder<Parcel>(store, attempt)
    const gone = makeRoom(held, one, bounds)
    if (!gone) return
    for (const key of gone) await dropLocal(store, key)
    await putLocal(store, one.key, one)
  }

  const capture = async (reason: Reason) => {
    const clientAt = room.instant()
    const blob = await camera?.grab()
    if (!blob || stopped) return
    const key = `${attempt}/${clientAt}-${crypto.randomUUID().slice(0, 8)}`
    await put('captures', CAPTURE_BOUNDS, {
      key,
      bytes: blob.size,
      spare: reason === 'random',
      clientAt,
      reason,
      blob,
    })
  }
  /** With a line the server says when; without one the room looks by itself, as often as the rules ask. */
  const captureAtRandom = () =>
    after(nextCaptureMs(rules.captureSeconds, Math.random()), () => {
      if (!room.lineIsUp()) void capture('random')
      captureAtRandom()
    })

  const lost = (why: string) => {
    if (state === 'on') room.report('camera_lost', { why })
    state = state === 'none' && why === 'NotFoundError' ? 'none' : 'off'
    stopFilm?.()
    camera?.close()
    camera = undefined
    after(CAMERA_AGAIN_MS, () => void open())
  }
  let told = false
  const open = async () => {
    if (finished) return
    try {
      camera = await openCamera()
    } catch (error) {
      const why = error instanceof Error ? error.name : 'unknown'
      if (!told) room.report('camera_lost', { why })
      told = true
      state = why === 'NotFoundError' ? 'none' : 'off'
      after(CAMERA_AGAIN_MS, () => void open())
      return
    }
    if (stopped || finished) return camera.close()
    if (told) room.report('camera_back', {})
    told = false
    state = 'on'
    camera.onEnded(() => {
      if (finished || stopped) return
      told = true
      lost('ended')
    })
    if (rules.videoRequired)
      stopFilm = recordSegments(camera.stream, room.instant, (segment) => {
        const key = `${attempt}/${segment.run}-${`${segment.segment}`.padStart(6, '0')}`
        void put('segments', VIDEO_BOUNDS, { ...segment, key, bytes: segment.blob.size, spare: true })
      })
  }

  /** One parcel at a time, pictures before film. */
  const deliver = async (): Promise<boolean> => {
    if (!room.lineIsFree()) return false
    const [picture] = await valuesUnder<KeptCapture>('captures', attempt)
    if (picture) {
      const { clientAt, reason, blob } = picture
      const answer = await call(
        'capture',
        { clientAt, reason },
        { secrets, files: { picture: blob }, priority: 'low', timeoutMs: 30_000 },
      )
      return settled(answer) && dropped('captures', picture.key)
    }
    const [film] = await valuesUnder<KeptSegment>('segments', attempt)
    if (!film) return false
    const { run, segment, clientFrom, clientTo, blob } = film
    const answer = await call(
      'video',
      { run, segment, clientFrom, clientTo },
      { secrets, files: { segment: blob }, priority: 'low', timeoutMs: 60_000 },
    )
    return settled(answer) && dropped('segments', film.key)
  }
  const deliverOn = async () => {
    const more = await deliver()
    after(more ? 50 : LOOK_FOR_LINE_MS, () => void deliverOn())
  }

  void open()
  if (rules.captureRequired) {
    if (rules.captureSeconds.to > 0) captureAtRandom()
    after(2_000, () => void capture('random'))
  }
  void deliverOn()

  return {
    camera: () => (camera && !camera.isLive() ? 'off' : state),
    captureNow: () => void capture('asked'),
    captureForEvent(): void {
      const now = performance.now()
      if (now - lastEventAt < EVENT_GAP_MS) return
      lastEventAt = now
      void capture('event')
    },
    /** The attempt is over: no more looks; what was taken still goes. */
    finish(): void {
      finished = true
      stopFilm?.()
      camera?.close()
      camera = undefined
    },
    stop(): void {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      stopFilm?.()
      camera?.close()
    },
  }
}

/** Delivered, or refused in a way that another try would not change. */
function settled(answer: Answer<unknown>): boolean {
  return answer.ok || answer.failure.kind === 'unreadable' || answer.failure.kind === 'refusal'
}

async function dropped(store: StoreName, key: string): Promise<true> {
  await dropLocal(store, key)
  return true
}

/** How much still waits, for the closing screen. */
export async function evidenceWaiting(attempt: string): Promise<number> {
  const captures = await valuesUnder<Parcel>('captures', attempt)
  const segments = await valuesUnder<Parcel>('segments', attempt)
  return captures.length + segments.length
}
