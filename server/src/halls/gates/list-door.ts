import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import {
  type Allowed,
  allowedIf,
  ok,
  type Refusal,
  type RefusalOf,
  type Result,
  refuse,
} from '../../platform/result.ts'
import type { GateView, Part } from '../attempts/wire.ts'
import { windowsOf } from '../board/store/tiles.ts'
import { type Admission, gatesOf, standingOf, type Way } from './admission.ts'
import { whyNotConfirm } from './confirm-candidate.ts'
import { type Keeper, keeperOf } from './keeper.ts'
import { whyNotOpen } from './open-door.ts'
import { no } from './refusals.ts'
import { whyNotSecond } from './second-voucher.ts'
import { checksOf } from './store/admissions.ts'
import { type Door, type DoorRow, doorCounts, doorRows, findDoor } from './store/door.ts'
import { whyNotReadmit, whyNotTurnAway } from './turn-away-candidate.ts'
import { whyNotVouch } from './vouch-candidate.ts'

export type DoorAct =
  | 'confirm'
  | 'vouchFace'
  | 'vouchDocument'
  | 'vouchLate'
  | 'second'
  | 'turnAway'
  | 'readmit'

export interface DoorCandidate {
  candidateId: string
  admissionId: string | null
  name: string
  ticketNumber: string
  maskedIdNumber: string
  seat: string
  state: DoorRow['state']
  late: boolean
  lateMinutes: number
  consent: 'unasked' | 'given' | 'declined' | null
  gates: GateView[]
  /** The latest look: score and findings as they were, and its picture. */
  look: {
    score: number | null
    findings: Record<string, unknown>
    captureId: string | null
    at: string
  } | null
  looks: number
  /** Whether there is a registered photo to hold beside it. */
  photo: boolean
  proposal: { id: string; way: Way; by: string; reason: string; at: string } | null
  identifiedAt: string | null
  admittedAt: string | null
  turnedAwayReason: string | null
  /** What the viewer may do now; null before the candidate came. */
  actions: Record<DoorAct, Allowed> | null
}

export interface DoorList {
  hall: string
  title: string
  state: Door['state']
  /** What the viewer is in this hall: only these may decide. */
  role: Door['role']
  open: Allowed
  /** When each part is held, in order. */
  parts: { part: Part; startsAt: string; endsAt: string }[]
  /** The part that is on or comes next; after all of them the last. */
  coming: Part
  counts: Record<DoorRow['state'], number>
  rows: DoorCandidate[]
  total: number
  page: number
  size: number
}

export interface DoorAsk {
  sittingId: string
  hallId: string
  part: Part
  q?: string | undefined
  state?: DoorRow['state'] | undefined
  page: number
  size: number
}

/** A hall's door at one part: who is expected, who waits and for what, and what the viewer may do about it. */
export async function listDoor(
  app: App,
  actor: Actor,
  ask: DoorAsk,
): Promise<Result<DoorList, RefusalOf<typeof no, 'DOOR_NOT_FOUND'>>> {
  const door = await findDoor(app.db, { ...ask, accountId: actor.accountId }, scopeOf(actor))
  if (!door) return refuse(no.DOOR_NOT_FOUND())
  const { rows, total } = await doorRows(app.db, ask)
  const checks = await checksOf(app.db, {
    sittingId: ask.sittingId,
    candidateIds: rows.map((row) => row.candidateId),
    part: ask.part,
  })
  const windows = await windowsOf(app.db, [ask.sittingId])
  const now = app.clock.now()
  const keeper = keeperOf(actor, door)
  const byCandidate = Map.groupBy(checks, (one) => one.candidateId)
  return ok({
    hall: door.hall,
    title: door.title,
    state: door.state,
    role: door.role,
    open: allowedIf(whyNotOpen(door, actor)),
    parts: windows.map(({ part, startsAt, endsAt }) => ({
      part,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    coming: (windows.find((one) => one.endsAt > now) ?? windows.at(-1))?.part ?? ask.part,
    counts: await doorCounts(app.db, ask),
    rows: rows.map((row) =>
      shown(row, { ask, door, keeper, checks: byCandidate.get(row.candidateId) ?? [] }),
    ),
    total,
    page: ask.page,
    size: ask.size,
  })
}

interface Around {
  ask: DoorAsk
  door: Door
  keeper: Keeper | undefined
  checks: Parameters<typeof standingOf>[1]
}

function shown(row: DoorRow, { ask, door, keeper, checks }: Around): DoorCandidate {
  const common = {
    candidateId: row.candidateId,
    admissionId: row.admissionId,
    name: row.name,
    ticketNumber: row.ticketNumber,
    maskedIdNumber: row.maskedIdNumber,
    seat: row.seat,
    state: row.state,
    late: row.late,
    lateMinutes: row.lateMinutes,
    consent: row.consent,
    photo: row.photo,
    identifiedAt: row.identifiedAt?.toISOString() ?? null,
    admittedAt: row.admittedAt?.toISOString() ?? null,
    turnedAwayReason: row.turnedAwayReason,
  }
  if (!row.admissionId || !row.checksFrom || !row.consent || row.state === 'expected')
    return { ...common, gates: [], look: null, looks: 0, proposal: null, actions: null }
  const seatChecked = checks.findLast((one) => one.gate === 'seat')
  const admission: Admission = {
    id: row.admissionId,
    sittingId: ask.sittingId,
    candidateId: row.candidateId,
    personId: row.personId,
    name: row.name,
    part: ask.part,
    hallId: ask.hallId,
    seatId: seatChecked?.seatId ?? null,
    state: row.state,
    consent: row.consent,
    checksFrom: row.checksFrom,
    lateMinutes: row.lateMinutes,
    late: row.late,
    turnedAwayReason: row.turnedAwayReason,
  }
  const standing = standingOf(admission, checks)
  const { face, proposal } = standing
  const seat = { seatId: row.seatId, seat: row.seat, hallId: ask.hallId, hall: door.hall }
  return {
    ...common,
    gates: gatesOf(admission, standing, `${door.hall} ${row.seat}`),
    look: face
      ? { score: face.score, findings: face.findings, captureId: face.captureId, at: face.at.toISOString() }
      : null,
    looks: standing.looks,
    proposal: proposal
      ? {
          id: proposal.id,
          way: proposal.way,
          by: proposal.byName,
          reason: proposal.reason,
          at: proposal.at.toISOString(),
        }
      : null,
    actions: actionsOf({ admission, standing, seat, door }, keeper),
  }
}

function actionsOf(
  one: Parameters<typeof whyNotConfirm>[0],
  keeper: Keeper | undefined,
): Record<DoorAct, Allowed> {
  const asked = (why: (kept: typeof one & { keeper: Keeper }) => Refusal | undefined) => {
    if (!keeper) return allowedIf(no.NOT_INVIGILATING({ hall: one.door.hall }))
    return allowedIf(why({ ...one, keeper }))
  }
  return {
    confirm: asked(whyNotConfirm),
    vouchFace: asked((kept) => whyNotVouch(kept, 'face')),
    vouchDocument: asked((kept) => whyNotVouch(kept, 'document')),
    vouchLate: asked((kept) => whyNotVouch(kept, 'late')),
    second: asked((kept) => whyNotSecond(kept)),
    turnAway: asked(whyNotTurnAway),
    readmit: asked(whyNotReadmit),
  }
}
