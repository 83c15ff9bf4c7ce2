import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { type NewAlert, raiseAlert } from '../board/raise-alert.ts'
import { type Compared, compare, FACE_MODEL, seemsLive, type Verdict } from '../faces/face.ts'
import { facesOf } from '../faces/face-pool.ts'
import { openTemplate } from '../gates/face-template.ts'
import { findTemplate } from '../gates/store/photos.ts'
import { events } from './audit-events.ts'
import { pictureOf } from './keep-capture.ts'
import { dropOldest, faceConsentOf, lockWaiting, setCompared, type WaitingCapture } from './store/captures.ts'

/** More than so many waiting means minutes of delay: an alert then comes too late to help anybody. */
const MOST_WAITING = 600
const AT_ONCE = 4
const DEADLINE_MS = 20_000

const ALERTS: Partial<Record<Verdict, Pick<NewAlert, 'kind' | 'severity'>>> = {
  other: { kind: 'other_face', severity: 'urgent' },
  several: { kind: 'several_faces', severity: 'urgent' },
  none: { kind: 'no_face', severity: 'warning' },
  unsure: { kind: 'face_unsure', severity: 'notice' },
}

/**
 * Compares what waits, oldest first, until nothing does. Runs where jobs run, with threads of their own; several
 * processes share the work. When too much waits the oldest comparisons are dropped — never the pictures — and that is
 * on record.
 */
export async function compareCaptures(app: App, mostWaiting = MOST_WAITING): Promise<number> {
  for (let done = 0; ; ) {
    await dropWhatWaitsTooLong(app, mostWaiting)
    const compared = await compareSome(app)
    if (compared === 0) return done
    done += compared
  }
}

async function dropWhatWaitsTooLong(app: App, mostWaiting: number): Promise<void> {
  await transact(app.db, async (tx) => {
    const dropped = await dropOldest(tx, mostWaiting, app.clock.now())
    if (dropped > 0) {
      app.log.warn({ dropped }, 'captures wait too long: comparisons dropped')
      await record(tx, {
        name: events['evidence.overloaded'],
        at: app.clock.now(),
        actor: SYSTEM_ACTOR,
        subjects: ['halls:captures'],
        data: { dropped, waiting: mostWaiting },
      })
    }
    return ok()
  })
}

interface Found {
  state: 'compared' | 'failed'
  outcome: Verdict | null
  compared: Compared | null
  why: string | null
}

/** The rows stay locked while the model looks, so that no other process looks at the same pictures. */
async function compareSome(app: App): Promise<number> {
  const result = await transact(app.db, async (tx) => {
    const waiting = await lockWaiting(tx, AT_ONCE)
    const found = await Promise.all(waiting.map((capture) => look(app, capture)))
    for (const [index, capture] of waiting.entries()) {
      const { state, outcome, compared, why } = found[index] as Found
      const { score = null, faces = null, live = null, real = null } = compared ?? {}
      const findings = {
        faces,
        live,
        real,
        seemsLive: compared ? seemsLive(compared) : null,
        model: FACE_MODEL,
        ...(why ? { why } : {}),
      }
      const at = app.clock.now()
      await setCompared(tx, { ...capture, state, outcome, score, findings, at })
      const alert = outcome && why === null ? ALERTS[outcome] : undefined
      if (!alert) continue
      await raiseAlert(tx, {
        sittingId: capture.sittingId,
        hallId: capture.hallId,
        candidateId: capture.candidateId,
        attemptId: capture.attemptId,
        ...alert,
        data: { score, faces, captureId: capture.id },
        captureId: capture.id,
        clientAt: capture.clientAt,
        at,
      })
    }
    return ok(waiting.length)
  })
  return result.ok ? result.value : 0
}

async function look(app: App, capture: WaitingCapture): Promise<Found> {
  const nothing = (state: Found['state'], why: string): Found => ({
    state,
    outcome: null,
    compared: null,
    why,
  })
  // Who goes the way without face data is not looked at by a model; the invigilator's eyes are on the board.
  if ((await faceConsentOf(app.db, capture)) !== 'given') return nothing('compared', 'no_consent')
  const picture = await pictureOf(app, capture).catch((error) => {
    // A lost object must not keep every later picture waiting.
    app.log.error({ err: error, capture: capture.id }, 'a capture cannot be read')
    return undefined
  })
  if (!picture) return nothing('failed', 'unreadable')
  const seen = await facesOf(app).look(picture, { deadlineMs: DEADLINE_MS })
  if (seen.outcome !== 'looked') return nothing('failed', seen.outcome)
  const stored = await findTemplate(app.db, capture.personId)
  const template =
    stored?.model === FACE_MODEL ? openTemplate(app.crypto, capture.personId, stored) : undefined
  const compared = compare(seen, template, hallRules.parse(capture.rules).faceThreshold)
  const why = !template && compared.verdict === 'unsure' ? 'no_template' : null
  return { state: 'compared', outcome: compared.verdict, compared, why }
}
