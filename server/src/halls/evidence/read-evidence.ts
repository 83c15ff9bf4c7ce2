import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { addDays, dayOf } from '../../platform/clock.ts'
import { sniffMediaType } from '../../platform/media-type.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { openBytes } from '../gates/face-template.ts'
import { findAnySitting } from '../gates/store/door.ts'
import { events } from './audit-events.ts'
import { pictureOf } from './keep-capture.ts'
import { no } from './refusals.ts'
import {
  type AttemptHead,
  capturesOf,
  comparisonLoad,
  type EvidenceAsk,
  type EvidenceRow,
  evidenceRows,
  findAttemptHead,
  findCaptureInScope,
  type Load,
  type SeenCapture,
} from './store/reading.ts'
import { findSegment, runsOf, type VideoRun } from './store/video.ts'
import { missingOf } from './take-video.ts'

type NotFound = RefusalOf<typeof no, 'EVIDENCE_NOT_FOUND'>

const RECENT_MS = 10 * 60_000

export interface EvidenceList {
  rows: EvidenceRow[]
  total: number
  page: number
  size: number
  load: Load
}

/** Attempts of a sitting with what was seen in them. */
export async function listEvidence(
  app: App,
  actor: Actor,
  ask: EvidenceAsk,
): Promise<Result<EvidenceList, NotFound>> {
  if (!(await findAnySitting(app.db, ask.sittingId, scopeOf(actor)))) return refuse(no.EVIDENCE_NOT_FOUND())
  const { rows, total } = await evidenceRows(app.db, ask)
  const since = new Date(app.clock.now().getTime() - RECENT_MS)
  return ok({
    rows,
    total,
    page: ask.page,
    size: ask.size,
    load: await comparisonLoad(app.db, ask.sittingId, since),
  })
}

export interface AttemptEvidence {
  head: Omit<AttemptHead, 'rules' | 'personId'>
  captures: SeenCapture[]
  runs: (VideoRun & { missing: number[] })[]
  /** When the pictures and videos of this attempt go, by the sitting's rules. */
  kept: { capturesUntil: string | null; videoUntil: string | null; unverified: boolean }
}

/** Everything kept of one attempt's camera, for somebody who says what for. */
export async function readEvidence(
  app: App,
  actor: Actor,
  input: { attemptId: string; purpose: string },
): Promise<Result<AttemptEvidence, NotFound>> {
  const found = await findAttemptHead(app.db, input.attemptId, scopeOf(actor))
  if (!found) return refuse(no.EVIDENCE_NOT_FOUND())
  const { rules, personId: _, ...head } = found
  const captures = await capturesOf(app.db, head)
  const runs = await runsOf(app.db, head)
  await record(app.db, {
    name: events['evidence.opened'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${head.sittingId}`, `candidate:${head.candidateId}`],
    data: {
      purpose: input.purpose,
      captures: captures.length,
      segments: runs.reduce((sum, run) => sum + run.segments.length, 0),
    },
  })
  const { retention, unverified } = hallRules.parse(rules)
  const last = captures.at(-1)?.at
  const filmed = runs.at(-1)?.clientTo
  return ok({
    head,
    captures,
    runs: runs.map((run) => ({ ...run, missing: missingOf(run.segments.map((one) => one.segment)) })),
    kept: {
      capturesUntil: last ? addDays(dayOf(last), retention.capturesDays) : null,
      videoUntil: filmed ? addDays(dayOf(filmed), retention.videoDays) : null,
      unverified: unverified.some((one) => one === 'retention.capturesDays' || one === 'retention.videoDays'),
    },
  })
}

type PictureRefusal = NotFound | RefusalOf<typeof no, 'EVIDENCE_DELETED'>

/** One picture; that it was looked at, by whom and what for is on record before it leaves. */
export async function openCapture(
  app: App,
  actor: Actor,
  input: { captureId: string; purpose: string },
): Promise<Result<Download, PictureRefusal>> {
  const capture = await findCaptureInScope(app.db, input.captureId, scopeOf(actor))
  if (!capture) return refuse(no.EVIDENCE_NOT_FOUND())
  const bytes = await pictureOf(app, capture)
  if (!bytes) return refuse(no.EVIDENCE_DELETED({ on: dayOf(capture.deletedAt ?? capture.at) }))
  await record(app.db, {
    name: events['evidence.picture-seen'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${capture.sittingId}`, `candidate:${capture.candidateId}`],
    data: { capture: capture.id, purpose: input.purpose },
  })
  const png = bytes.readUInt32BE(0) === 0x89504e47
  return ok({
    fileName: png ? '抓拍.png' : '抓拍.jpg',
    mediaType: png ? 'image/png' : 'image/jpeg',
    bytes,
    inline: true,
  })
}

/** One segment of a recording; each plays by itself. */
export async function openVideo(
  app: App,
  actor: Actor,
  input: { attemptId: string; run: string; segment: number; purpose: string },
): Promise<Result<Download, PictureRefusal>> {
  const found = await findAttemptHead(app.db, input.attemptId, scopeOf(actor))
  const segment = found && (await findSegment(app.db, { ...found, run: input.run, segment: input.segment }))
  if (!found || !segment) return refuse(no.EVIDENCE_NOT_FOUND())
  const { key, keySealed, deletedAt, receivedAt } = segment
  if (!keySealed) return refuse(no.EVIDENCE_DELETED({ on: dayOf(deletedAt ?? receivedAt) }))
  const sealed = await app.storage.get(key)
  assert(sealed, `segment ${input.segment} of ${input.run} has no object`)
  const bytes = openBytes(
    app.crypto,
    { sealed, keySealed },
    `video:${found.attemptId}:${input.run}:${input.segment}`,
  )
  assert(app.crypto.sha256(bytes) === segment.sha256, 'the segment is not what was received')
  await record(app.db, {
    name: events['evidence.video-seen'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${found.sittingId}`, `candidate:${found.candidateId}`],
    data: { run: input.run, segment: input.segment, purpose: input.purpose },
  })
  const mediaType = sniffMediaType(bytes) ?? 'video/webm'
  return ok({ fileName: '考试录像', mediaType, bytes, inline: true })
}
