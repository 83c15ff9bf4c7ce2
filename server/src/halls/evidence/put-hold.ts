import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { countKept, type Hold, insertHold, lockEvidence, lockHold, setHoldDecided } from './store/holds.ts'
import { type AttemptHead, findAttemptHead } from './store/reading.ts'

export type PutHoldRefusal = RefusalOf<
  typeof no,
  'EVIDENCE_NOT_FOUND' | 'HOLD_STANDS_ALREADY' | 'HOLD_OF_NOTHING'
>

/**
 * Keeps the pictures and videos of a candidate beyond their period: an appeal, an inspection, an inquiry. It holds at
 * once, since what is deleted meanwhile is gone; a second person confirms it or ends it.
 */
export function putHold(
  app: App,
  actor: Actor,
  input: { attemptId: string; reason: string },
): Promise<Result<{ id: string }, PutHoldRefusal>> {
  return transact<{ id: string }, PutHoldRefusal>(app.db, async (tx) => {
    const head = await findAttemptHead(tx, input.attemptId, scopeOf(actor))
    if (!head) return refuse(no.EVIDENCE_NOT_FOUND())
    await lockEvidence(tx, head.sittingId)
    const kept = await countKept(tx, head)
    if (kept.captures + kept.segments === 0) return refuse(no.HOLD_OF_NOTHING())
    const at = app.clock.now()
    const id = await insertHold(tx, {
      sittingId: head.sittingId,
      candidateId: head.candidateId,
      reason: input.reason,
      putBy: defined(actor.accountId, 'staff has an account'),
      putByName: actor.name,
      putAt: at,
    })
    if (!id) return refuse(no.HOLD_STANDS_ALREADY())
    await record(tx, {
      name: events['evidence.hold-put'],
      at,
      actor,
      subjects: subjectsOf(head),
      data: { reason: input.reason, ...kept },
    })
    await askSecond(tx, app, actor, { id, head, act: '确认保全考试画面' })
    return ok({ id })
  })
}

export type DecideHoldRefusal = RefusalOf<
  typeof no,
  'HOLD_NOT_FOUND' | 'HOLD_DECIDED' | 'HOLD_NEEDS_SECOND' | 'HOLD_NOT_PROPOSER'
>

/** The second person confirms the hold, or ends it with a reason; who put it may take it back until then. */
export function decideHold(
  app: App,
  actor: Actor,
  input: { holdId: string; decision: 'agreed' | 'declined' | 'withdrawn'; reason: string | null },
): Promise<Result<{ id: string }, DecideHoldRefusal>> {
  return transact<{ id: string }, DecideHoldRefusal>(app.db, async (tx) => {
    const hold = await lockHold(tx, input.holdId, scopeOf(actor))
    if (!hold) return refuse(no.HOLD_NOT_FOUND())
    const by = defined(actor.accountId, 'staff has an account')
    const refusal = whyNotDecideHold(hold, by, input.decision)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setHoldDecided(tx, { ...input, id: hold.id, by, byName: actor.name, at })
    await record(tx, {
      name: events['evidence.hold-decided'],
      at,
      actor,
      subjects: subjectsOf(hold),
      data: { decision: input.decision, reason: input.reason, putBy: hold.putByName },
    })
    await fulfilDuty(tx, app, { kind: CONFIRM, subject: `evidence-hold:${hold.id}`, actor })
    return ok({ id: hold.id })
  })
}

export function whyNotDecideHold(
  hold: Pick<Hold, 'decision' | 'putBy'>,
  account: string | null,
  decision: 'agreed' | 'declined' | 'withdrawn',
): Refusal<'HOLD_DECIDED' | 'HOLD_NEEDS_SECOND' | 'HOLD_NOT_PROPOSER'> | undefined {
  if (hold.decision) return no.HOLD_DECIDED()
  const own = hold.putBy === account
  if (decision === 'withdrawn') return own ? undefined : no.HOLD_NOT_PROPOSER()
  return own ? no.HOLD_NEEDS_SECOND() : undefined
}

export const CONFIRM = 'halls.confirm-hold'

/** The colleagues of whoever asks find it at their desk. */
export async function askSecond(
  tx: Tx,
  app: App,
  actor: Actor,
  of: {
    id: string
    head: Pick<AttemptHead, 'attemptId' | 'name'> & { provinceCode: string; cityCode: string }
    act: string
  },
): Promise<void> {
  await openDuty(tx, app, {
    kind: CONFIRM,
    subject: `evidence-hold:${of.id}`,
    title: `${of.act}：${of.head.name}`,
    link: `/halls/attempts/${of.head.attemptId}/evidence`,
    holder: { organisationId: defined(actor.organisation, 'an organisation').id, role: actor.role },
    startedOn: app.clock.today(),
    clause: 'AH-11',
    provinceCode: of.head.provinceCode,
    cityCode: of.head.cityCode,
    actor,
  })
}

export function subjectsOf(of: { sittingId: string; candidateId: string }): `${string}:${string}`[] {
  return [`sitting:${of.sittingId}`, `candidate:${of.candidateId}`]
}
