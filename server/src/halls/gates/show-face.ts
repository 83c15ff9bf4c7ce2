import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type HallRules, hallRules } from '../arrangements/hall-rules.ts'
import type { FaceLooked } from '../attempts/wire.ts'
import { keepCapture, type StoredPicture, storePicture } from '../evidence/keep-capture.ts'
import { type Compared, compare, FACE_MODEL, seemsLive } from '../faces/face.ts'
import { facesOf } from '../faces/face-pool.ts'
import { gateOutcome, NO_PHOTO } from './admission.ts'
import { type AtTheDoor, atTheDoor, type SecretRefusal } from './at-the-door.ts'
import { events } from './audit-events.ts'
import { openTemplate } from './face-template.ts'
import { candidateActor } from './identify.ts'
import { no } from './refusals.ts'
import { attemptOf, insertCheck, rulesOf } from './store/admissions.ts'
import { findTemplate } from './store/photos.ts'

export type ShowFaceRefusal =
  | SecretRefusal
  | RefusalOf<
      typeof no,
      | 'ADMISSION_NOT_WAITING'
      | 'CONSENT_UNASKED'
      | 'DOOR_NOT_HERE'
      | 'PICTURE_MISSING'
      | 'PICTURE_UNREADABLE'
      | 'FACE_LOOKED_OFTEN'
    >

/** So many pictures must do; then a person looks. */
const LOOKS = 12
/** The candidate stands and waits: sooner an invigilator than a spinning wheel. */
const DEADLINE_MS = 8_000

type Outcome = 'passed' | 'unsure' | 'failed' | 'unavailable'
interface Judged {
  outcome: Outcome
  compared: Compared | null
  live: boolean
  why: string | null
}

/**
 * `POST face`: one picture against the registered photo. The picture, the score and what else was seen are on record
 * whatever they say; they open nothing by themselves. Without the model, or when it is unsure, the invigilator looks.
 */
export async function showFace(
  app: App,
  secret: string | undefined,
  picture: Buffer | undefined,
): Promise<Result<FaceLooked, ShowFaceRefusal>> {
  const door = await atTheDoor(app.db, app, secret)
  if (!door) return refuse(no.ADMISSION_SECRET_INVALID())
  const refusal = whyNot(door)
  if (refusal) return refuse(refusal)
  if (!picture) return refuse(no.PICTURE_MISSING())
  const rules = hallRules.parse(await rulesOf(app.db, door.admission.sittingId))
  const look = await facesOf(app).look(picture, { deadlineMs: DEADLINE_MS })
  if (look.outcome === 'unreadable') return refuse(no.PICTURE_UNREADABLE())
  if (look.outcome === 'busy')
    return ok({ outcome: 'queued', words: '正在核对的人较多，请稍候，马上再拍一次。', at: door.view })
  const judged = look.outcome === 'looked' ? await judge(app, door, look, rules) : unavailable(look.outcome)
  if (look.outcome !== 'looked')
    app.log.warn({ outcome: look.outcome, why: look.why }, 'no face comparison at the door')
  const stored = await storePicture(app, picture)
  return settle(app, secret, { judged, stored, rules })
}

function whyNot({ admission, standing, seat }: AtTheDoor) {
  if (admission.state !== 'waiting') return no.ADMISSION_NOT_WAITING({ state: admission.state })
  if (admission.consent !== 'given') return no.CONSENT_UNASKED()
  if (!seat || admission.seatId !== seat.seatId)
    return no.DOOR_NOT_HERE({ hall: seat?.hall ?? '', seat: seat?.seat ?? '' })
  if (standing.looks >= LOOKS) return no.FACE_LOOKED_OFTEN()
  return undefined
}

async function judge(
  app: App,
  { admission }: AtTheDoor,
  look: Parameters<typeof compare>[0],
  rules: HallRules,
): Promise<Judged> {
  const stored = await findTemplate(app.db, admission.personId)
  const fits = stored?.model === FACE_MODEL
  const template = stored && fits ? openTemplate(app.crypto, admission.personId, stored) : undefined
  const compared = compare(look, template, rules.faceThreshold)
  const live = seemsLive(compared)
  if (!template && compared.verdict === 'unsure')
    return { outcome: 'unavailable', compared, live, why: stored ? 'other_model' : 'no_photo' }
  return { outcome: gateOutcome({ verdict: compared.verdict, live }, rules), compared, live, why: null }
}

function unavailable(why: string): Judged {
  return { outcome: 'unavailable', compared: null, live: false, why }
}

function settle(
  app: App,
  secret: string | undefined,
  { judged, stored, rules }: { judged: Judged; stored: StoredPicture; rules: HallRules },
): Promise<Result<FaceLooked, ShowFaceRefusal>> {
  return transact<FaceLooked, ShowFaceRefusal>(app.db, async (tx) => {
    const door = await atTheDoor(tx, app, secret)
    if (!door) return refuse(no.ADMISSION_SECRET_INVALID())
    // Looked at again: an invigilator may have decided, or the consent gone, while the model was at it.
    const refusal = whyNot(door)
    if (refusal) return refuse(refusal)
    const { admission } = door
    const { compared, outcome } = judged
    const at = app.clock.now()
    const attempt = await attemptOf(tx, admission)
    await keepCapture(tx, stored, {
      sittingId: admission.sittingId,
      attemptId: attempt,
      candidateId: admission.candidateId,
      hallId: admission.hallId,
      reason: 'gate',
      clientAt: null,
      at,
      compared: compared && { outcome: compared.verdict, score: compared.score },
    })
    const findings = {
      verdict: compared?.verdict ?? null,
      faces: compared?.faces ?? null,
      live: compared?.live ?? null,
      real: compared?.real ?? null,
      seemsLive: judged.live,
      threshold: rules.faceThreshold,
      model: FACE_MODEL,
      ...(judged.why ? { why: judged.why } : {}),
    }
    await insertCheck(tx, {
      sittingId: admission.sittingId,
      candidateId: admission.candidateId,
      part: admission.part,
      gate: 'face',
      outcome,
      hallId: admission.hallId,
      seatId: admission.seatId,
      score: compared?.score ?? null,
      findings,
      captureId: stored.id,
      at,
    })
    await record(tx, {
      name: events['admission.face-looked'],
      at,
      actor: candidateActor(admission.personId, admission.name),
      subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
      data: {
        part: admission.part,
        outcome,
        score: compared?.score ?? null,
        ...findings,
        capture: stored.id,
      },
    })
    const now = (await atTheDoor(tx, app, secret)) ?? door
    return ok({ outcome, words: wordsFor(judged), at: now.view })
  })
}

function wordsFor({ outcome, compared, why }: Judged): string {
  if (outcome === 'passed') return '人脸核对通过，请稍候，监考员正在确认。'
  if (why === 'no_photo') return NO_PHOTO
  if (outcome === 'unavailable') return '人脸核对暂时不能用。请举手，由监考员核对，不影响您的考试时间。'
  if (compared?.verdict === 'none') return '画面里没有看到人脸。请正对镜头、露出整张脸再拍一次。'
  if (compared?.verdict === 'several') return '画面里不止一人。请让旁边的人离开镜头再拍一次。'
  if (outcome === 'failed') return '与登记照片不一致。可以摘下口罩帽子再拍一次，或举手由监考员核对。'
  return '没有看清。请面向光线、看着镜头再拍一次；仍不行请举手。'
}
