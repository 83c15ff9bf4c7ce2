import { fulfilDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { whyNotTicketable } from './arrangement.ts'
import { events } from './audit-events.ts'
import { checklist, type Facts } from './checklist.ts'
import { factsOfArrangement } from './facts-of.ts'
import { no } from './refusals.ts'
import { lockArrangement, setTicketsPublished } from './store/arrangements.ts'

type PublishRefusal = RefusalOf<
  typeof no,
  'ARRANGEMENT_NOT_FOUND' | 'ARRANGEMENT_OVER' | 'SEATS_NOT_DRAWN' | 'TICKETS_PUBLISHED' | 'TICKETS_UNREADY'
>

/** From now on every candidate sees the admission ticket and is told of it, and door sheets may be hung. */
export function publishTickets(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ candidates: number }, PublishRefusal>> {
  return transact<{ candidates: number }, PublishRefusal>(app.db, async (tx) => {
    const one = await lockArrangement(tx, input.sittingId, defined(actor.organisation, 'an institution').id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const facts = await factsOfArrangement(tx, app, one)
    const refusal = whyNotPublishable(facts)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setTicketsPublished(tx, one.sittingId, at)
    await fulfilDuty(tx, app, { kind: 'halls.arrange', subject: `sitting:${one.sittingId}`, actor })
    await record(tx, {
      name: events['tickets.published'],
      at,
      actor,
      subjects: [`sitting:${one.sittingId}`],
      data: { candidates: facts.readiness.seated },
    })
    await enqueue(tx, 'halls.tell-candidates', { sittingId: one.sittingId, publishedAt: at.toISOString() })
    return ok({ candidates: facts.readiness.seated })
  })
}

export function whyNotPublishable(facts: Facts) {
  const refusal = whyNotTicketable(facts.arrangement)
  if (refusal) return refusal
  const gaps = checklist(facts).filter((step) => step.blocks && step.state === 'gap')
  if (gaps.length === 0) return undefined
  return no.TICKETS_UNREADY({ gaps: gaps.map((step) => `${step.title}：${step.words}`).join('；') })
}
