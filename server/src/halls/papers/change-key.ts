import { findSittingForHall } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { fittingChange, keepProposal, type NewKey } from './fitting-key.ts'
import { no } from './refusals.ts'
import { type Regraded, regradePaper } from './regrade-paper.ts'
import { openContent, openKey } from './sealed-content.ts'
import {
  type ArrangedSitting,
  findKeyChange,
  findPaper,
  lockArranged,
  type PaperRow,
  type ScorableAttempt,
  scorableAttempts,
  setKeyChangeDecided,
} from './store.ts'

export type ProposeKeyChangeRefusal =
  | RefusalOf<
      typeof no,
      | 'PAPER_NOT_FOUND'
      | 'NOT_SCORED_YET'
      | 'ITEM_NOT_FOUND'
      | 'KEY_NOT_FITTING'
      | 'KEY_CHANGES_NOTHING'
      | 'KEY_CHANGE_OPEN'
      | 'SCORES_REPORTED'
      | 'KEY_OF_JOINT_PAPER'
    >
  | Refusal

/** An item's key was wrong, or the item itself: one person proposes with the reason, a second decides. */
export function proposeKeyChange(
  app: App,
  actor: Actor,
  input: { paperId: string; number: number; key: NewKey; reason: string },
): Promise<Result<{ id: string }, ProposeKeyChangeRefusal>> {
  return transact<{ id: string }, ProposeKeyChangeRefusal>(app.db, async (tx) => {
    const paper = await findPaper(tx, input.paperId, scopeOf(actor))
    const sitting = paper && (await lockArranged(tx, paper.sittingId, scopeOf(actor)))
    if (!paper || !sitting) return refuse(no.PAPER_NOT_FOUND())
    const held = defined(await findSittingForHall(tx, sitting.sittingId, { kind: 'nation' }), 'its sitting')
    const refusal = whyKeyStays(sitting, paper, await scorableAttempts(tx, sitting.sittingId), held)
    if (refusal) return refuse(refusal)
    const fitting = fittingChange(app, paper, input)
    if (!fitting.ok) return fitting
    const { item, after } = fitting.value
    const kept = await keepProposal(tx, app, actor, {
      sittingId: sitting.sittingId,
      paperId: paper.id,
      reason: input.reason,
      fitting: fitting.value,
    })
    if (!kept) return refuse(no.KEY_CHANGE_OPEN())
    const { id, at } = kept
    await record(tx, {
      name: events['paper.key-change-proposed'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`],
      data: { part: paper.part, item: item.number, void: after.kind === 'void', reason: input.reason },
    })
    return ok({ id })
  })
}

/** A joint paper has one key everywhere: the institution cannot change its own copy. */
export function whyKeyStays(
  sitting: Pick<ArrangedSitting, 'familyId'>,
  paper: Pick<PaperRow, 'id' | 'familyPaperId'>,
  attempts: ScorableAttempt[],
  held: { state: string },
): Refusal | undefined {
  if (isJointCopy(sitting, paper)) return no.KEY_OF_JOINT_PAPER()
  if (!attempts.some((one) => one.paperId === paper.id && one.objectiveTenths !== null))
    return no.NOT_SCORED_YET()
  return held.state === 'reported' ? no.SCORES_REPORTED() : undefined
}

export function isJointCopy(
  sitting: Pick<ArrangedSitting, 'familyId'>,
  paper: Pick<PaperRow, 'familyPaperId'>,
): boolean {
  return sitting.familyId !== null && paper.familyPaperId !== null
}

export type DecideKeyChangeRefusal =
  | RefusalOf<
      typeof no,
      | 'KEY_CHANGE_NOT_FOUND'
      | 'KEY_CHANGE_DECIDED'
      | 'KEY_CHANGE_SAME_PERSON'
      | 'SCORES_REPORTED'
      | 'JOURNAL_UNSOUND'
      | 'KEY_OF_JOINT_PAPER'
    >
  | Refusal

export type KeyChangeDecided = Omit<Regraded, 'scored'>

/**
 * The second person decides. Approved, every score of the paper is worked out again: before publication the new
 * scores replace the old in exams, afterwards each becomes a correction that a second person decides.
 */
export function decideKeyChange(
  app: App,
  actor: Actor,
  input: { keyChangeId: string; decision: 'approved' | 'rejected' },
): Promise<Result<KeyChangeDecided, DecideKeyChangeRefusal>> {
  return transact<KeyChangeDecided, DecideKeyChangeRefusal>(app.db, async (tx) => {
    const found = await findKeyChange(tx, input.keyChangeId, scopeOf(actor))
    const sitting = found && (await lockArranged(tx, found.sittingId, scopeOf(actor)))
    if (!found || !sitting) return refuse(no.KEY_CHANGE_NOT_FOUND())
    const change = defined(await findKeyChange(tx, found.id, scopeOf(actor)), 'the change')
    if (change.decision) return refuse(no.KEY_CHANGE_DECIDED())
    if (change.proposedBy === actor.accountId) return refuse(no.KEY_CHANGE_SAME_PERSON())
    const paper = defined(await findPaper(tx, change.paperId, scopeOf(actor)), 'its paper')
    const at = app.clock.now()
    const by = {
      account: defined(actor.accountId, 'an account'),
      name: actor.name,
      decision: input.decision,
      at,
    }
    const item = defined(
      openContent(app.crypto, paper).items.find((one) => one.id === change.item),
      'its item',
    )
    const about = { part: paper.part, item: item.number, reason: change.reason }
    const subjects = [`sitting:${sitting.sittingId}`] as const
    if (input.decision === 'rejected') {
      await setKeyChangeDecided(tx, change.id, { ...by, differences: null })
      await record(tx, {
        name: events['paper.key-change-rejected'],
        at,
        actor,
        subjects: [...subjects],
        data: about,
      })
      return ok({ changed: [], corrections: null })
    }
    if (isJointCopy(sitting, paper)) return refuse(no.KEY_OF_JOINT_PAPER())
    const regraded = await regradePaper(tx, app, actor, sitting, paper, {
      item: change.item,
      after: openKey(app.crypto, change).after,
      reason: change.reason,
      proposer: { accountId: change.proposedBy, name: change.proposedByName },
    })
    if (!regraded.ok) return regraded
    const { changed, corrections } = regraded.value
    await setKeyChangeDecided(tx, change.id, { ...by, differences: changed })
    await record(tx, {
      name: events['paper.key-changed'],
      at,
      actor,
      subjects: [...subjects],
      data: {
        ...about,
        void: change.void,
        changed: changed.length,
        corrections: corrections?.proposed ?? null,
      },
    })
    return ok({ changed, corrections })
  })
}
