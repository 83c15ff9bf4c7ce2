// The reverse of what two invigilators did against a candidate, by two invigilators, while results are not out. An
// attempt that was ended stays ended: its journal is closed, its receipt is given, its answers stand. What a
// termination by mistake took away is given back as another sitting, owed by the institution as a duty (AH-11).

import { cancelDuty, fulfilDuty, openDuty } from '../../duties/index.ts'
import { clearMarkFromHall, lockSittingForHall, whyNotMarkable } from '../../exams/index.ts'
import { type Actor, SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { PARTS } from '../gates/admission.ts'
import { no } from './refusals.ts'
import { compensationOf, type Owed, owedSittings } from './store/acts.ts'
import type { SeatedCandidate } from './store/tiles.ts'

export type TakeBackRefusal = RefusalOf<
  typeof no,
  | 'MISCONDUCT_NOT_FOUND'
  | 'MISCONDUCT_STANDS'
  | 'ATTEMPT_NOT_TERMINATED'
  | 'TERMINATION_ANNULLED'
  | 'RESULTS_ARE_OUT'
>

/** Asked when it is proposed and shown beside the act; `wrong` of the attempt, where there is one. */
export function whyNotTakeBack(
  kind: 'withdraw' | 'annul',
  seated: Pick<SeatedCandidate, 'mark' | 'markable' | 'attemptState'>,
  wrong: { owed: boolean } | undefined,
): TakeBackRefusal | undefined {
  const found = seated.mark === 'misconduct'
  if (kind === 'withdraw' && !found) return no.MISCONDUCT_NOT_FOUND()
  if (kind === 'annul' && seated.attemptState !== 'terminated') return no.ATTEMPT_NOT_TERMINATED()
  if (kind === 'annul' && wrong?.owed) return no.TERMINATION_ANNULLED()
  if (kind === 'annul' && found) return no.MISCONDUCT_STANDS()
  return seated.markable ? undefined : no.RESULTS_ARE_OUT()
}

const EXTRA_SITTING = 'halls.extra-sitting'

/** Once the second invigilator agreed. Says what the candidate is owed for it, if anything. */
export async function takeBack(
  tx: Tx,
  app: App,
  actor: Actor,
  of: {
    kind: 'withdraw' | 'annul'
    sittingId: string
    candidateId: string | null
    attemptId: string | null
    reason: string
    data: Record<string, unknown>
  },
): Promise<Result<{ compensation?: 'extra_sitting' }, Refusal>> {
  const { kind, sittingId, reason } = of
  const candidateId = of.candidateId as string
  const part = of.data.part as Owed['part']
  const wrong = of.attemptId ? await compensationOf(tx, { sittingId, attemptId: of.attemptId }) : undefined
  if (kind === 'withdraw') {
    const cleared = await clearMarkFromHall(tx, app, actor, { sittingId, candidateId, part, reason })
    if (!cleared.ok) return cleared
    // The attempt went on to its own end, or was ended for another reason.
    if (wrong?.terminatedBy !== 'misconduct') return ok({})
  } else {
    const sitting = await lockSittingForHall(tx, sittingId, actor.organisation?.id ?? '')
    if (!sitting || whyNotMarkable(sitting)) return refuse(no.RESULTS_ARE_OUT())
  }
  if (wrong?.owed) return refuse(no.TERMINATION_ANNULLED())
  await enqueue(tx, 'halls.settle-extra-sittings', {}, { key: 'halls.settle-extra-sittings' })
  return ok({ compensation: 'extra_sitting' })
}

const KEPT_IN_MIND_DAYS = 400

/**
 * Sees to it that another sitting stays owed until the candidate is assigned to one or has passed all the same. Told
 * by every act and once a day, so that what a hall node brings home is owed too.
 */
export async function settleExtraSittings(app: App): Promise<number> {
  const now = app.clock.now()
  const since = new Date(now.getTime() - KEPT_IN_MIND_DAYS * 86_400_000)
  const owed = await owedSittings(app.db, since)
  for (const one of owed)
    await transact(app.db, async (tx) => {
      await settle(tx, app, SYSTEM_ACTOR, one)
      return ok()
    })
  return owed.length
}

async function settle(tx: Tx, app: App, actor: Actor, one: Owed): Promise<void> {
  const subject = `candidate:${one.candidateId}` as const
  if (one.given) await fulfilDuty(tx, app, { kind: EXTRA_SITTING, subject, actor })
  else if (one.passed)
    await cancelDuty(tx, app, { kind: EXTRA_SITTING, subject, reason: '考生已合格，无须补考', actor })
  else
    await openDuty(tx, app, {
      kind: EXTRA_SITTING,
      subject,
      title: `另行安排考试：${one.name} ${PARTS[one.part]}被误终止`,
      link: `/exams/sittings/${one.sittingId}`,
      holder: { organisationId: one.organisationId, role: 'evaluation_manager' },
      startedOn: dayOf(one.since),
      clause: 'AH-11',
      provinceCode: one.provinceCode,
      cityCode: one.cityCode,
      actor,
    })
}
