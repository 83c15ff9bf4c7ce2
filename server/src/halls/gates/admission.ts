// A candidate at the door of one part: three gates, each passed by what stands in the append-only checks.
//
//   waiting → admitted        waiting → turned_away → waiting (the chief lets in again)
//
// The model never decides. A face that it knows still waits for an invigilator's confirmation; one that it does not
// know, or cannot look at, takes two people (design 6). Who gives no face data is let in by two people who looked at
// the document, and is behind nobody for it (人脸识别技术应用安全管理办法: another way must exist).
import type { HallRules } from '../arrangements/hall-rules.ts'
import type { AdmissionView, GateView, Part } from '../attempts/wire.ts'

export type AdmissionState = 'waiting' | 'admitted' | 'turned_away'
export type ConsentState = 'unasked' | 'given' | 'declined'
/** What two people vouch for, one after the other. */
export const WAYS = {
  face: '人脸由人核对',
  document: '证件由人核对',
  late: '迟到放行',
} as const
export type Way = keyof typeof WAYS
export type CheckOutcome = 'passed' | 'unsure' | 'failed' | 'unavailable' | 'proposed'

export const PARTS: Record<Part, string> = { theory: '理论知识考试', ability: '专业能力考核' }

export interface Admission {
  id: string
  sittingId: string
  candidateId: string
  personId: string
  name: string
  part: Part
  hallId: string
  seatId: string | null
  state: AdmissionState
  consent: ConsentState
  checksFrom: Date
  lateMinutes: number
  late: boolean
  turnedAwayReason: string | null
}

export interface Check {
  id: string
  gate: 'face' | 'document' | 'confirmation' | 'seat' | 'late'
  outcome: CheckOutcome
  seatId: string | null
  score: number | null
  findings: Record<string, unknown>
  captureId: string | null
  proposalId: string | null
  byAccount: string | null
  byName: string | null
  secondName: string | null
  reason: string | null
  at: Date
}

export interface Proposal {
  id: string
  way: Way
  byAccount: string
  byName: string
  reason: string
  at: Date
}

export interface Standing {
  /** The latest check of each gate that counts. */
  seat: Check | undefined
  face: Check | undefined
  document: Check | undefined
  late: Check | undefined
  confirmation: Check | undefined
  proposal: Proposal | undefined
  looks: number
}

/** What the checks of an admission amount to; earlier ones than `checksFrom` are history. Oldest first. */
export function standingOf(
  admission: Pick<Admission, 'checksFrom' | 'seatId'>,
  checks: readonly Check[],
): Standing {
  const counted = checks.filter((one) => one.at >= admission.checksFrom)
  const last = (gate: Check['gate']) =>
    counted.findLast((one) => one.gate === gate && one.outcome !== 'proposed')
  const answered = new Set(counted.map((one) => one.proposalId))
  const open = counted.findLast((one) => one.outcome === 'proposed' && !answered.has(one.id))
  return {
    seat: last('seat'),
    face: last('face'),
    document: last('document'),
    late: last('late'),
    confirmation: last('confirmation'),
    proposal:
      open?.byAccount && open.byName
        ? {
            id: open.id,
            way: open.gate as Way,
            byAccount: open.byAccount,
            byName: open.byName,
            reason: open.reason ?? '',
            at: open.at,
          }
        : undefined,
    looks: counted.filter((one) => one.gate === 'face' && one.byAccount === null).length,
  }
}

export function facePassed(standing: Standing): boolean {
  return standing.face?.outcome === 'passed' || standing.document?.outcome === 'passed'
}

export function latePassed(admission: Pick<Admission, 'late'>, standing: Standing): boolean {
  return !admission.late || standing.late?.outcome === 'passed'
}

export function seatPassed(standing: Standing): boolean {
  return standing.seat?.outcome === 'passed'
}

/** How a score and its findings stand at the gate. */
export function gateOutcome(
  compared: { verdict: 'same' | 'other' | 'none' | 'several' | 'unsure'; live: boolean },
  rules: Pick<HallRules, 'livenessRequired'>,
): 'passed' | 'unsure' | 'failed' {
  if (compared.verdict === 'other') return 'failed'
  if (compared.verdict !== 'same') return 'unsure'
  return compared.live || !rules.livenessRequired ? 'passed' : 'unsure'
}

/** The three gates for the candidate, in one sentence each. */
export function gatesOf(admission: Admission, standing: Standing, drawnSeat: string): GateView[] {
  return [
    { gate: 'face', ...faceGate(admission, standing) },
    { gate: 'confirmation', ...confirmationGate(admission, standing) },
    { gate: 'seat', ...seatGate(standing, drawnSeat) },
  ]
}

/** Said at the camera and at the gate. */
export const NO_PHOTO = '没有您的登记照片。请举手，由两名监考员核对您的证件，不影响考试时间。'

type GateSays = Pick<GateView, 'state' | 'words'>

function faceGate({ consent }: Admission, { face, document }: Standing): GateSays {
  if (document?.outcome === 'passed') return { state: 'passed', words: '两名监考员已核对您的证件。' }
  if (face?.outcome === 'passed')
    return { state: 'passed', words: face.proposalId ? '两名监考员已核对您本人。' : '人脸核对通过。' }
  if (consent === 'declined')
    return { state: 'waiting', words: '请举手，由两名监考员核对您的证件。不影响考试时间和成绩。' }
  if (consent === 'unasked') return { state: 'waiting', words: '请选择是否同意用人脸核对身份。' }
  if (!face) return { state: 'waiting', words: '请看镜头拍照。' }
  if (face.outcome === 'unavailable' && face.findings.why === 'no_photo')
    return { state: 'unavailable', words: NO_PHOTO }
  const words = {
    unsure: '没有看清，可以再拍一次；仍不行请举手，由监考员核对。',
    failed: '与登记照片不一致。可以再拍一次，或请举手，由监考员核对。',
    unavailable: '人脸核对暂时不能用。请举手，由监考员核对，不影响您的考试时间。',
  }
  const state = face.outcome as keyof typeof words
  return { state, words: words[state] }
}

function confirmationGate({ state, late }: Admission, standing: Standing): GateSays {
  if (state === 'admitted') return { state: 'passed', words: '监考员已确认，可以入座。' }
  if (state === 'turned_away') return { state: 'failed', words: '监考员没有让您入场。' }
  if (late && standing.late?.outcome !== 'passed')
    return { state: 'waiting', words: '您已超过入场时间，请举手，由主考和另一名监考员决定。' }
  return {
    state: 'waiting',
    words: facePassed(standing) ? '请稍候，监考员正在确认。' : '身份核对后由监考员确认。',
  }
}

function seatGate({ seat }: Standing, drawnSeat: string): GateSays {
  if (seat?.outcome === 'passed') return { state: 'passed', words: `您在自己的考位 ${drawnSeat}。` }
  return { state: 'failed', words: `这里不是您的考位。请到 ${drawnSeat} 就座后再核对。` }
}

export function viewOf(admission: Admission, standing: Standing, drawnSeat: string): AdmissionView {
  return {
    state: admission.state,
    gates: gatesOf(admission, standing, drawnSeat),
    consent: admission.consent,
    reason: admission.turnedAwayReason,
  }
}
