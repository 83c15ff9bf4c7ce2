// The board of one hall of a sitting: who sees it and who may act at it.
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { type Keeper, keeperOf } from '../gates/keeper.ts'
import { type Door, findDoor } from '../gates/store/door.ts'
import { no } from './refusals.ts'

export const HALL_STATES = {
  waiting: '等待入场',
  admitting: '正在入场',
  running: '考试中',
  paused: '已暂停',
  ended: '已结束',
} as const

export interface AtTheBoard {
  hall: Door
  keeper: Keeper
}
export type BoardRefusal = RefusalOf<typeof no, 'BOARD_NOT_FOUND' | 'BOARD_NOT_YOURS'>

export interface BoardOf {
  sittingId: string
  hallId: string
}

/** Seen by whoever's scope it is in. */
export async function findBoard(
  tx: Tx,
  actor: Actor,
  of: BoardOf,
): Promise<Result<Door, RefusalOf<typeof no, 'BOARD_NOT_FOUND'>>> {
  const hall = await findDoor(tx, { ...of, accountId: actor.accountId }, scopeOf(actor))
  return hall ? ok(hall) : refuse(no.BOARD_NOT_FOUND())
}

/** Acted at only by the hall's own invigilators; patrol and supervisors look on. */
export async function atTheBoard(
  tx: Tx,
  actor: Actor,
  of: BoardOf,
): Promise<Result<AtTheBoard, BoardRefusal>> {
  const hall = await findBoard(tx, actor, of)
  if (!hall.ok) return hall
  const keeper = keeperOf(actor, hall.value)
  if (!keeper) return refuse(no.BOARD_NOT_YOURS({ hall: hall.value.hall }))
  return ok({ hall: hall.value, keeper })
}

/** Why this viewer only looks on; undefined for the hall's own invigilators. */
export function whyNotAct(actor: Actor, hall: Door): RefusalOf<typeof no, 'BOARD_NOT_YOURS'> | undefined {
  return keeperOf(actor, hall) ? undefined : no.BOARD_NOT_YOURS({ hall: hall.hall })
}

/** For audit: the sitting, the hall and, when there is one, the candidate. */
export function subjectsOf(of: BoardOf & { candidateId?: string | null }): `${string}:${string}`[] {
  const subjects: `${string}:${string}`[] = [`sitting:${of.sittingId}`, `hall:${of.hallId}`]
  if (of.candidateId) subjects.push(`candidate:${of.candidateId}`)
  return subjects
}
