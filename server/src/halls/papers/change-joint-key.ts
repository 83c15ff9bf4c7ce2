import { fulfilDuty, openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { lockFamily } from '../arrangements/store/families.ts'
import { events } from './audit-events.ts'
import { fittingChange, keepProposal, type NewKey } from './fitting-key.ts'
import {
  findJointKeyChange,
  insertOutcomes,
  type JointKeyChange,
  scoredJointPapers,
  setWaitingAgain,
} from './joint-key-store.ts'
import { findJointPaper, type JointPaper } from './joint-store.ts'
import { no } from './refusals.ts'
import { openContent, openKey, openKeys, sealKeys } from './sealed-content.ts'
import { setKeyChangeDecided, setPaperKeys } from './store.ts'

/** The second person finds it on the desk. */
const DECIDE = 'halls.decide-joint-key'

export type ProposeJointKeyRefusal = RefusalOf<
  typeof no,
  | 'PAPER_NOT_FOUND'
  | 'NOT_SCORED_YET'
  | 'ITEM_NOT_FOUND'
  | 'KEY_NOT_FITTING'
  | 'KEY_CHANGES_NOTHING'
  | 'KEY_CHANGE_OPEN'
>

/** A key of the joint paper was wrong: one person of the province proposes, a second decides for every sitting (AH-10). */
export function proposeJointKeyChange(
  app: App,
  actor: Actor,
  input: { paperId: string; number: number; key: NewKey; reason: string },
): Promise<Result<{ id: string }, ProposeJointKeyRefusal>> {
  return transact<{ id: string }, ProposeJointKeyRefusal>(app.db, async (tx) => {
    const province = defined(actor.organisation, 'a department').provinceCode
    const found = await findJointPaper(tx, input.paperId, province)
    const family = found && (await lockFamily(tx, found.familyId, province))
    const paper = family && (await findJointPaper(tx, input.paperId, province))
    if (!paper || !family) return refuse(no.PAPER_NOT_FOUND())
    if (!(await scoredJointPapers(tx, family.id)).has(paper.id)) return refuse(no.NOT_SCORED_YET())
    const fitting = fittingChange(app, paper, input)
    if (!fitting.ok) return fitting
    const { item, after } = fitting.value
    const kept = await keepProposal(tx, app, actor, {
      familyId: family.id,
      paperId: paper.id,
      reason: input.reason,
      fitting: fitting.value,
    })
    if (!kept) return refuse(no.KEY_CHANGE_OPEN())
    const { id, at } = kept
    await openDuty(tx, app, {
      kind: DECIDE,
      subject: `key-change:${id}`,
      title: `复核统考答案更正：第 ${item.number} 题`,
      link: `/halls/families/${family.id}`,
      holder: { organisationId: defined(actor.organisation, 'a department').id, role: actor.role },
      startedOn: app.clock.today(),
      clause: 'AH-10',
      provinceCode: province,
      cityCode: null,
      actor,
    })
    await record(tx, {
      name: events['joint-paper.key-change-proposed'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { part: paper.part, item: item.number, void: after.kind === 'void', reason: input.reason },
    })
    return ok({ id })
  })
}

export type DecideJointKeyRefusal = RefusalOf<
  typeof no,
  'KEY_CHANGE_NOT_FOUND' | 'KEY_CHANGE_DECIDED' | 'KEY_CHANGE_SAME_PERSON'
>

/**
 * The second person decides. Approved, the joint paper has the new key at once, for every sitting that takes it from
 * now on; in each sitting that has taken it a job puts the key in force and reckons anew.
 */
export function decideJointKeyChange(
  app: App,
  actor: Actor,
  input: { keyChangeId: string; decision: 'approved' | 'rejected' },
): Promise<Result<{ sittings: number }, DecideJointKeyRefusal>> {
  return transact<{ sittings: number }, DecideJointKeyRefusal>(app.db, async (tx) => {
    const change = await lockChange(tx, actor, input.keyChangeId)
    if (!change) return refuse(no.KEY_CHANGE_NOT_FOUND())
    const refusal = whyNotDecidable(change, actor)
    if (refusal) return refuse(refusal)
    const paper = defined(await findJointPaper(tx, change.paperId, change.provinceCode), 'its paper')
    const at = app.clock.now()
    const { decision } = input
    const account = defined(actor.accountId, 'an account')
    await fulfilDuty(tx, app, { kind: DECIDE, subject: `key-change:${change.id}`, actor })
    await setKeyChangeDecided(tx, change.id, { account, name: actor.name, decision, at, differences: null })
    const about = { part: paper.part, item: itemNumber(app, paper, change.item), reason: change.reason }
    const told = { at, actor, subjects: [`exam-family:${change.familyId}`] as [`exam-family:${string}`] }
    if (decision === 'rejected') {
      await record(tx, { ...told, name: events['joint-paper.key-change-rejected'], data: about })
      return ok({ sittings: 0 })
    }
    const keys = { ...openKeys(app.crypto, paper), [change.item]: openKey(app.crypto, change).after }
    await setPaperKeys(tx, paper.id, sealKeys(app.crypto, paper.id, keys))
    const sittings = await insertOutcomes(tx, change)
    await record(tx, {
      ...told,
      name: events['joint-paper.key-changed'],
      data: { ...about, void: change.void, sittings },
    })
    await enqueue(tx, 'halls.change-joint-key', { keyChangeId: change.id })
    return ok({ sittings })
  })
}

export function whyNotDecidable(change: Pick<JointKeyChange, 'decision' | 'proposedBy'>, actor: Actor) {
  if (change.decision) return no.KEY_CHANGE_DECIDED()
  return change.proposedBy === actor.accountId ? no.KEY_CHANGE_SAME_PERSON() : undefined
}

export type ResumeJointKeyRefusal = RefusalOf<
  typeof no,
  'KEY_CHANGE_NOT_FOUND' | 'KEY_CHANGE_UNDECIDED' | 'KEY_CHANGE_NOTHING_REFUSED'
>

/** Tries once more where it was refused, after what stood in the way is gone: two people have decided it already. */
export function resumeJointKeyChange(
  app: App,
  actor: Actor,
  input: { keyChangeId: string },
): Promise<Result<{ sittings: number }, ResumeJointKeyRefusal>> {
  return transact<{ sittings: number }, ResumeJointKeyRefusal>(app.db, async (tx) => {
    const change = await lockChange(tx, actor, input.keyChangeId)
    if (!change) return refuse(no.KEY_CHANGE_NOT_FOUND())
    const sittings = await setWaitingAgain(tx, change.id)
    const refusal = whyNotResumable(change, sittings)
    if (refusal) return refuse(refusal)
    const paper = defined(await findJointPaper(tx, change.paperId, change.provinceCode), 'its paper')
    await record(tx, {
      name: events['joint-paper.key-change-resumed'],
      at: app.clock.now(),
      actor,
      subjects: [`exam-family:${change.familyId}`],
      data: { part: paper.part, item: itemNumber(app, paper, change.item), sittings },
    })
    await enqueue(tx, 'halls.change-joint-key', { keyChangeId: change.id })
    return ok({ sittings })
  })
}

export function whyNotResumable(
  change: Pick<JointKeyChange, 'decision'>,
  refused: number,
): RefusalOf<typeof no, 'KEY_CHANGE_UNDECIDED' | 'KEY_CHANGE_NOTHING_REFUSED'> | undefined {
  if (change.decision !== 'approved') return no.KEY_CHANGE_UNDECIDED()
  return refused === 0 ? no.KEY_CHANGE_NOTHING_REFUSED() : undefined
}

/** Read again under the family's lock: the other browser may have decided it meanwhile. */
async function lockChange(tx: Tx, actor: Actor, id: string): Promise<JointKeyChange | undefined> {
  const province = defined(actor.organisation, 'a department').provinceCode
  const found = await findJointKeyChange(tx, id, province)
  const family = found && (await lockFamily(tx, found.familyId, province))
  return family && findJointKeyChange(tx, id, province)
}

export function itemNumber(app: App, paper: Pick<JointPaper, 'id' | 'itemsSealed'>, itemId: string): number {
  const item = openContent(app.crypto, paper).items.find((one) => one.id === itemId)
  return defined(item, 'the item of a change').number
}
