import { randomUUID } from 'node:crypto'
import { markFromHall } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { extendAttempts, terminateAttempt } from '../attempts/act-on-attempts.ts'
import type { Part } from '../attempts/wire.ts'
import type { Keeper } from '../gates/keeper.ts'
import { events } from './audit-events.ts'
import { atTheBoard, type BoardRefusal, subjectsOf } from './board.ts'
import { no } from './refusals.ts'
import { insertAct, lockProposal, type Proposal, placeOfProposal, setProposalDecided } from './store/acts.ts'
import { openAttemptsOfHall } from './store/tiles.ts'
import { takeBack } from './take-back.ts'

export type DecideActRefusal =
  | BoardRefusal
  | Refusal
  | RefusalOf<typeof no, 'ACT_PROPOSAL_NOT_FOUND' | 'ACT_NEEDS_SECOND' | 'ACT_NOT_PROPOSER'>

/** The second invigilator agrees, and only then it happens; or declines with a reason. The proposer may withdraw. */
export function decideAct(
  app: App,
  actor: Actor,
  input: {
    proposalId: string
    decision: 'agreed' | 'declined' | 'withdrawn'
    reason: string | null
    clientAt: Date
  },
): Promise<Result<{ id: string }, DecideActRefusal>> {
  return transact<{ id: string }, DecideActRefusal>(app.db, async (tx) => {
    const place = await placeOfProposal(tx, input.proposalId)
    if (!place) return refuse(no.ACT_PROPOSAL_NOT_FOUND())
    const board = await atTheBoard(tx, actor, place)
    if (!board.ok)
      return board.refusal.code === 'BOARD_NOT_FOUND' ? refuse(no.ACT_PROPOSAL_NOT_FOUND()) : board
    const proposal = await lockProposal(tx, input.proposalId)
    if (!proposal) return refuse(no.ACT_PROPOSAL_NOT_FOUND())
    const { keeper } = board.value
    const refusal = whyNotDecide(proposal, keeper, input.decision)
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    const { decision, reason, clientAt } = input
    const second = decision === 'withdrawn' ? null : keeper
    await setProposalDecided(tx, { id: proposal.id, decision, by: second, reason, at })
    await record(tx, {
      name: events['board.act-decided'],
      at,
      actor,
      subjects: subjectsOf(proposal),
      data: {
        kind: proposal.kind,
        decision,
        by: proposal.proposedByName,
        reason,
        clientAt: clientAt.toISOString(),
      },
    })
    if (decision !== 'agreed') return ok({ id: proposal.id })
    const done = await carryOut(tx, app, actor, { proposal, second: keeper, clientAt, at })
    return done.ok ? ok({ id: proposal.id }) : done
  })
}

export function whyNotDecide(
  proposal: Pick<Proposal, 'proposedBy'>,
  keeper: Pick<Keeper, 'account'>,
  decision: 'agreed' | 'declined' | 'withdrawn',
): Refusal<'ACT_NEEDS_SECOND' | 'ACT_NOT_PROPOSER'> | undefined {
  const own = proposal.proposedBy === keeper.account
  if (decision === 'withdrawn') return own ? undefined : no.ACT_NOT_PROPOSER()
  return own ? no.ACT_NEEDS_SECOND() : undefined
}

interface Agreed {
  proposal: Proposal
  second: Keeper
  clientAt: Date
  at: Date
}

async function carryOut(tx: Tx, app: App, actor: Actor, agreed: Agreed): Promise<Result<void, Refusal>> {
  const { proposal, second, clientAt, at } = agreed
  const { sittingId, hallId, candidateId, attemptId, kind, reason, data } = proposal
  const id = randomUUID()
  const part = data.part as Part
  const done = await carryOutKind(tx, app, actor, { ...agreed, actId: id })
  if (!done.ok) return done
  await insertAct(tx, {
    id,
    sittingId,
    hallId,
    candidateId,
    attemptId,
    kind,
    reason,
    data: { ...data, ...done.value, proposal: proposal.id },
    by: { account: proposal.proposedBy, name: proposal.proposedByName },
    second,
    clientAt,
    at,
  })
  const name = {
    extend: events['board.time-extended'],
    terminate: events['board.attempt-terminated'],
    misconduct: events['board.misconduct-found'],
    withdraw: events['board.misconduct-withdrawn'],
    annul: events['board.termination-annulled'],
  }[kind]
  await record(tx, {
    name,
    at,
    actor,
    subjects: subjectsOf(proposal),
    data: {
      ...data,
      ...done.value,
      part,
      reason,
      by: proposal.proposedByName,
      clientAt: clientAt.toISOString(),
    },
  })
  return ok()
}

async function carryOutKind(
  tx: Tx,
  app: App,
  actor: Actor,
  { proposal, actId }: Agreed & { actId: string },
): Promise<Result<Record<string, unknown>, Refusal>> {
  const { sittingId, candidateId, attemptId, kind, reason, data } = proposal
  if (kind === 'withdraw' || kind === 'annul') return takeBack(tx, app, actor, { ...proposal, kind })
  if (kind === 'extend') {
    const attemptIds = attemptId
      ? [attemptId]
      : (await openAttemptsOfHall(tx, proposal)).map((one) => one.attemptId)
    const extended = await extendAttempts(tx, app, {
      sittingId,
      attemptIds,
      seconds: data.seconds as number,
      reason,
      actId,
    })
    return extended.ok ? ok({ attempts: extended.value.attemptIds.length }) : extended
  }
  if (kind === 'terminate') {
    const ended = await terminateAttempt(tx, app, { sittingId, attemptId: attemptId as string, actId })
    return ended.ok ? ok({}) : ended
  }
  const marked = await markFromHall(tx, app, actor, {
    sittingId,
    candidateId: candidateId as string,
    part: data.part as Part,
    reason,
    fileId: (data.fileId as string | null) ?? null,
  })
  if (!marked.ok) return marked
  if (data.ends === true && attemptId) {
    const ended = await terminateAttempt(tx, app, { sittingId, attemptId, actId })
    // Handed in before: the mark stands, there is nothing to end.
    if (!ended.ok && ended.refusal.code !== 'ATTEMPTS_ALL_CLOSED') return ended
  }
  return ok({})
}
