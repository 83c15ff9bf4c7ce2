import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { addDays, dayOf } from '../../platform/clock.ts'
import { sniffMediaType } from '../../platform/media-type.ts'
import {
  type Allowed,
  allowedIf,
  ok,
  type Refusal,
  type RefusalOf,
  type Result,
  refuse,
} from '../../platform/result.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { openBytes } from '../gates/face-template.ts'
import { findAnySitting } from '../gates/store/door.ts'
import { events } from './audit-events.ts'
import { pictureFile, pictureOf } from './keep-capture.ts'
import { type AfterCase, afterCase, type Keeping, keepingOf } from './keeping.ts'
import { whyNotDecideLift, whyNotLift } from './lift-hold.ts'
import { may } from './permissions.ts'
import { whyNotDecideHold } from './put-hold.ts'
import { no } from './refusals.ts'
import { type Hold, standingHolds } from './store/holds.ts'
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
  /** With why a candidate's pictures stay beyond their period. */
  rows: (EvidenceRow & { keeping: Keeping[] })[]
  total: number
  page: number
  size: number
  load: Load
}

/** Attempts of a sitting with what was seen in them. */
export async function listEvidence(
  app: App,
  actor: Actor,
  { kept, ...ask }: Omit<EvidenceAsk, 'candidateIds'> & { kept?: boolean },
): Promise<Result<EvidenceList, NotFound>> {
  const sitting = await findAnySitting(app.db, ask.sittingId, scopeOf(actor))
  if (!sitting) return refuse(no.EVIDENCE_NOT_FOUND())
  const keeping = await keepingOf(app, app.db, { ...ask, provinceCode: sitting.provinceCode })
  const only = kept ? { candidateIds: [...keeping.keys()] } : {}
  const { rows, total } = await evidenceRows(app.db, { ...ask, ...only })
  const since = new Date(app.clock.now().getTime() - RECENT_MS)
  return ok({
    rows: rows.map((row) => ({ ...row, keeping: keeping.get(row.candidateId) ?? [] })),
    total,
    page: ask.page,
    size: ask.size,
    load: await comparisonLoad(app.db, ask.sittingId, since),
  })
}

export interface AttemptEvidence {
  head: Omit<AttemptHead, 'rules' | 'personId' | 'provinceCode' | 'cityCode'>
  captures: SeenCapture[]
  runs: (VideoRun & { missing: number[] })[]
  /** When the pictures and videos of this attempt go, by the sitting's rules. */
  kept: { capturesUntil: string | null; videoUntil: string | null; unverified: boolean }
  /** Why they stay longer than that, and for how long after a case is closed. */
  keeping: Keeping[]
  afterCase: AfterCase
  hold: StandingHold | null
  actions: { hold: Allowed }
}

export interface StandingHold {
  id: string
  reason: string
  by: string
  at: Date
  /** The second person, once there was one. */
  confirmedBy: string | null
  lift: { reason: string; by: string; at: Date } | null
  actions: { confirm: Allowed; withdraw: Allowed; lift: Allowed; agreeLift: Allowed; withdrawLift: Allowed }
}

/** Everything kept of one attempt's camera, for somebody who says what for. */
export async function readEvidence(
  app: App,
  actor: Actor,
  input: { attemptId: string; purpose: string },
): Promise<Result<AttemptEvidence, NotFound>> {
  const found = await findAttemptHead(app.db, input.attemptId, scopeOf(actor))
  if (!found) return refuse(no.EVIDENCE_NOT_FOUND())
  const { rules, personId: _, provinceCode, cityCode: _city, ...head } = found
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
  const of = { sittingId: head.sittingId, candidateId: head.candidateId, provinceCode }
  const keeping = await keepingOf(app, app.db, of)
  const [hold] = await standingHolds(app.db, of)
  const mine = may['evidence.hold'].roles.includes(actor.role) ? undefined : no.HOLD_NOT_YOURS()
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
    keeping: keeping.get(head.candidateId) ?? [],
    afterCase: await afterCase(app, app.db, provinceCode),
    hold: hold ? holdFor(hold, actor, mine) : null,
    actions: { hold: allowedIf(mine ?? (hold ? no.HOLD_STANDS_ALREADY() : undefined)) },
  })
}

function holdFor(hold: Hold, actor: Actor, mine: Refusal | undefined): StandingHold {
  const account = actor.accountId
  const as = (refusal: Refusal | undefined) => allowedIf(mine ?? refusal)
  return {
    id: hold.id,
    reason: hold.reason,
    by: hold.putByName,
    at: hold.putAt,
    confirmedBy: hold.decidedByName,
    lift: hold.liftAt ? { reason: hold.liftReason ?? '', by: hold.liftByName ?? '', at: hold.liftAt } : null,
    actions: {
      confirm: as(whyNotDecideHold(hold, account, 'agreed')),
      withdraw: as(whyNotDecideHold(hold, account, 'withdrawn')),
      lift: as(whyNotLift(hold)),
      agreeLift: as(whyNotDecideLift(hold, account, 'agreed')),
      withdrawLift: as(whyNotDecideLift(hold, account, 'withdrawn')),
    },
  }
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
  return ok(pictureFile(bytes))
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
