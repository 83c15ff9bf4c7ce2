import { z } from 'zod'
import { fulfilDuty } from '../../duties/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { lockPolicyTexts, publishPolicyText } from '../../platform/policy-book.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { changedPeople, type Reckoning, reckoningOf } from '../affected/store.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { allows, type Revision, SHOWN_STATES } from '../revision.ts'
import { lockRevision, setDecided } from '../store.ts'
import { packPath } from '../text/pack-text.ts'
import { textRefusal } from './propose-revision.ts'

export const revisionConfirmation = z.strictObject({ id })
type ActRefusal = 'REVISION_NOT_OPEN' | 'REVISION_SAME_PERSON'
type ConfirmRefusal = RefusalOf<
  typeof no,
  | ActRefusal
  | 'REVISION_NOT_FOUND'
  | 'REVISION_NOT_RECKONED'
  | 'REVISION_HAS_PROBLEMS'
  | 'REVISION_EXAMPLE_FAILS'
  | 'REVISION_DAY_PAST'
>

/** A second officer decides: nobody who wrote or proposed it. For confirming and returning alike. */
export function secondPersonRefusal(
  revision: Revision,
  actor: Actor,
  act: 'confirm' | 'return',
): Refusal<ActRefusal> | undefined {
  if (!allows(act, revision.state)) return no.REVISION_NOT_OPEN({ state: SHOWN_STATES[revision.state] })
  return revision.authors.includes(actor.accountId ?? '') ? no.REVISION_SAME_PERSON() : undefined
}

/** Why an officer cannot confirm; the record's actions ask the same. */
export function confirmRefusal(
  revision: Revision,
  actor: Actor,
  reckoning: Reckoning | undefined,
): Refusal<ActRefusal | 'REVISION_NOT_RECKONED'> | undefined {
  const refusal = secondPersonRefusal(revision, actor, 'confirm')
  if (refusal) return refusal
  const isReckoned = reckoning?.state === 'done' && reckoning.textSha === revision.textSha
  return isReckoned ? undefined : no.REVISION_NOT_RECKONED()
}

/**
 * The second person confirms: the text is published under its hash and holds from its day, in every process. It is
 * checked once more against the texts in force now, since another may have been confirmed in between.
 */
export async function confirmRevision(
  app: App,
  actor: Actor,
  input: z.output<typeof revisionConfirmation>,
): Promise<Result<{ id: string }, ConfirmRefusal>> {
  const result = await transact<{ id: string }, ConfirmRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const { provinceCode } = actor.organisation
    await lockPolicyTexts(tx)
    const revision = await lockRevision(tx, provinceCode, input.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    const reckoning = await reckoningOf(tx, revision.id, revision.textSha)
    const refusal = confirmRefusal(revision, actor, reckoning)
    if (refusal) return refuse(refusal as ConfirmRefusal)
    const { policy } = await app.policyBook.asOf(tx)
    const settings = await policySettings(tx, provinceCode)
    const wrong = textRefusal(policy, revision, settings, app.clock.today())
    if (wrong) return refuse(wrong as ConfirmRefusal)

    const at = app.clock.now()
    const edition = await publishPolicyText(tx, {
      path: packPath(revision.jurisdiction, revision.number),
      jurisdiction: revision.jurisdiction,
      text: revision.text,
      fromOn: defined(revision.fromOn, 'a checked text has a day'),
      at,
    })
    await setDecided(tx, revision.id, { state: 'confirmed', by: actor.name, at, reason: null, edition })
    const subject = `revision:${revision.id}` as const
    await fulfilDuty(tx, app, { kind: 'revision.confirm', subject, actor })
    await record(tx, {
      name: events['revision.confirmed'],
      at,
      actor,
      subjects: [subject],
      clause: revision.clause,
      data: {
        textSha: revision.textSha,
        fromOn: revision.fromOn,
        edition,
        affected: reckoning ? changedPeople(reckoning) : 0,
      },
    })
    return ok({ id: revision.id })
  })
  // Here at once; in the other processes before their next piece of work, at most a second later.
  if (result.ok) await app.policyBook.refresh({ now: true })
  return result
}
