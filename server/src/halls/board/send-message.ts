import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import type { Part } from '../attempts/wire.ts'
import { events } from './audit-events.ts'
import { atTheBoard, type BoardRefusal, subjectsOf } from './board.ts'
import { no } from './refusals.ts'
import { insertAct } from './store/acts.ts'
import { lockSeated } from './store/tiles.ts'

export type SendMessageRefusal = BoardRefusal | RefusalOf<typeof no, 'SEATED_CANDIDATE_NOT_FOUND'>

/** Words to one candidate or to the whole hall; each room shows them with its next pulse. */
export function sendMessage(
  app: App,
  actor: Actor,
  input: {
    sittingId: string
    hallId: string
    part: Part
    candidateId: string | null
    text: string
    clientAt: Date
  },
): Promise<Result<{ id: string }, SendMessageRefusal>> {
  return transact<{ id: string }, SendMessageRefusal>(app.db, async (tx) => {
    const board = await atTheBoard(tx, actor, input)
    if (!board.ok) return board
    const { sittingId, hallId, candidateId, text, clientAt } = input
    const seated = candidateId ? await lockSeated(tx, { ...input, candidateId }) : undefined
    if (candidateId && !seated) return refuse(no.SEATED_CANDIDATE_NOT_FOUND())
    const at = app.clock.now()
    const id = await insertAct(tx, {
      sittingId,
      hallId,
      candidateId,
      attemptId: seated?.attemptId ?? null,
      kind: 'message',
      reason: null,
      data: { text },
      by: board.value.keeper,
      second: null,
      clientAt,
      at,
    })
    await record(tx, {
      name: events['board.message-sent'],
      at,
      actor,
      subjects: subjectsOf(input),
      data: { text, hall: board.value.hall.hall, clientAt: clientAt.toISOString() },
    })
    return ok({ id })
  })
}
