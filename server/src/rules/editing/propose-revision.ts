import { z } from 'zod'
import type { Policy, Setting } from '../../../../policy/src/index.ts'
import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Day } from '../../platform/clock.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { beginReckoning } from '../affected/begin-reckoning.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { allows, type Revision, SHOWN_STATES } from '../revision.ts'
import { lockRevision, setProposed } from '../store.ts'
import { checkText } from '../text/check-text.ts'

export const revisionProposal = z.strictObject({ id })
type TextRefusal = RefusalOf<
  typeof no,
  'REVISION_NOT_OPEN' | 'REVISION_HAS_PROBLEMS' | 'REVISION_EXAMPLE_FAILS' | 'REVISION_DAY_PAST'
>
type ProposeRefusal = TextRefusal | RefusalOf<typeof no, 'REVISION_NOT_FOUND'>

/** What stands against a text: problems, lint's errors, examples that fail, a day gone by. Asked again at confirmation. */
export function textRefusal(
  policy: Policy,
  revision: Revision,
  settings: readonly Setting[],
  today: Day,
): Refusal<'REVISION_HAS_PROBLEMS' | 'REVISION_EXAMPLE_FAILS' | 'REVISION_DAY_PAST'> | undefined {
  const report = checkText(policy, revision, revision.number, revision.content, settings)
  const wrong = [...report.problems, ...report.findings.filter((one) => one.level === 'error')]
  if (wrong[0]) {
    const first = [wrong[0].at, wrong[0].message].filter(Boolean).join('：')
    return no.REVISION_HAS_PROBLEMS({ count: wrong.length, first })
  }
  if (report.failing[0]) return no.REVISION_EXAMPLE_FAILS(report.failing[0])
  const fromOn = defined(revision.fromOn, 'a checked text has a day')
  return fromOn < today ? no.REVISION_DAY_PAST({ fromOn, today }) : undefined
}

/** Why an officer cannot propose; the record's actions ask the same. */
export function proposeRefusal(
  policy: Policy,
  revision: Revision,
  settings: readonly Setting[],
  today: Day,
): TextRefusal | undefined {
  if (!allows('propose', revision.state)) return no.REVISION_NOT_OPEN({ state: SHOWN_STATES[revision.state] })
  return textRefusal(policy, revision, settings, today)
}

/** Puts the text before a second officer of the province; who it affects is reckoned at once if nobody has asked yet. */
export function proposeRevision(
  app: App,
  actor: Actor,
  input: z.output<typeof revisionProposal>,
): Promise<Result<{ id: string }, ProposeRefusal>> {
  return transact<{ id: string }, ProposeRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const { provinceCode } = actor.organisation
    const revision = await lockRevision(tx, provinceCode, input.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    const { policy, edition } = await app.policyBook.asOf(tx)
    const settings = await policySettings(tx, provinceCode)
    const refusal = proposeRefusal(policy, revision, settings, app.clock.today())
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    const subject = `revision:${revision.id}` as const
    const account = defined(actor.accountId, 'an account')
    await setProposed(tx, revision.id, { by: actor.name, account, at })
    await beginReckoning(tx, { revision, edition, by: actor.name, at })
    await fulfilDuty(tx, app, { kind: 'revision.correct', subject, actor })
    await openDuty(tx, app, {
      kind: 'revision.confirm',
      subject,
      title: `核对规则修订：${revision.title}`,
      link: `/rules/revisions/${revision.id}`,
      holder: { organisationId: actor.organisation.id, role: 'provincial_officer' },
      startedOn: app.clock.today(),
      clause: revision.clause,
      provinceCode,
      cityCode: null,
      actor,
    })
    await record(tx, {
      name: events['revision.proposed'],
      at,
      actor,
      subjects: [subject],
      clause: revision.clause,
      data: { textSha: revision.textSha, fromOn: revision.fromOn, reason: revision.reason },
    })
    return ok({ id: revision.id })
  })
}
