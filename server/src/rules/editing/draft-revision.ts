import { z } from 'zod'
import { jurisdictionOf } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type RevisionContent, revisionKind } from '../revision.ts'
import { insertRevision, openRevisionOf } from '../store.ts'
import { clauseOf, packText } from '../text/pack-text.ts'
import { revisable, type TargetRefusal } from './target.ts'

export const revisionDraft = z.strictObject({
  kind: revisionKind,
  /** Id of the rule; of the figure for `parameter`. */
  rule: z.string().trim().min(1).max(100),
  /** The open term of a filling; occupation and level of a figure. */
  part: z.string().trim().max(100).default(''),
})
type DraftRefusal = TargetRefusal | RefusalOf<typeof no, 'REVISION_ALREADY_OPEN'>

const PLACES: Record<string, string> = { hubei: '鄂', anhui: '皖' }

/** Begins a revision with the words in force: what is not changed stays as it is. */
export function draftRevision(
  app: App,
  actor: Actor,
  input: z.output<typeof revisionDraft>,
): Promise<Result<{ id: string }, DraftRefusal>> {
  return transact<{ id: string }, DraftRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const { provinceCode } = actor.organisation
    const jurisdiction = jurisdictionOf(provinceCode)
    const { policy } = await app.policyBook.asOf(tx)
    const begun = revisable(policy, jurisdiction, input, app.clock.today())
    if (!begun.ok) return begun
    const { target, title, body, clause } = begun.value
    const open = await openRevisionOf(tx, target)
    if (open) return refuse(no.REVISION_ALREADY_OPEN({ number: open.number, by: open.draftedBy }))

    const content: RevisionContent = {
      fromOn: null,
      basis: { kind: 'clause', clause },
      reason: '',
      body,
      examples: [],
    }
    const { text, sha } = packText(policy, target, content)
    const at = app.clock.now()
    const year = app.clock.today().slice(0, 4)
    const serial = await takeNumbers(tx, `rules.revision.${jurisdiction}.${year}`)
    const number = `${PLACES[jurisdiction] ?? ''}规修${year}-${String(serial).padStart(4, '0')}`
    const id = await insertRevision(tx, {
      ...target,
      content,
      clause: clauseOf(content.basis),
      text,
      textSha: sha,
      number,
      provinceCode,
      title,
      by: actor.name,
      account: defined(actor.accountId, 'an account'),
      at,
    })
    // Somebody began the same one in this moment.
    if (!id) return refuse(no.REVISION_ALREADY_OPEN({ number: '', by: '他人' }))
    await record(tx, {
      name: events['revision.drafted'],
      at,
      actor,
      subjects: [`revision:${id}`],
      data: { number, kind: target.kind, rule: target.rule, part: target.part },
    })
    return ok({ id })
  })
}
