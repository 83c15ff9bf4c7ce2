import { randomUUID } from 'node:crypto'
import canonicalize from 'canonicalize'
import { findSittingForHall, proposeComputerCorrections } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { keyOf } from './author-paper.ts'
import { isObjective, JUDGEMENTS, type Key, type StoredItem } from './paper.ts'
import { no } from './refusals.ts'
import { passUp } from './score-sitting.ts'
import { openContent, openKey, openKeys, sealKey, sealKeys } from './sealed-content.ts'
import {
  type ArrangedSitting,
  findKeyChange,
  findPaper,
  insertKeyChange,
  type KeyChange,
  lockArranged,
  type SealedPaper,
  scorableAttempts,
  setAttemptScores,
  setKeyChangeDecided,
  setPaperKeys,
} from './store.ts'
import { workOutScores } from './work-out-scores.ts'

/** As authors write it: letters of the authors' order, 正确 / 错误, blanks; or the item counts for everybody. */
export type NewKey = { letters: string[] } | { judged: string } | { blanks: string[][] } | { void: true }

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
    const attempts = (await scorableAttempts(tx, sitting.sittingId)).filter((one) => one.paperId === paper.id)
    if (!attempts.some((one) => one.objectiveTenths !== null)) return refuse(no.NOT_SCORED_YET())
    if (await isReported(tx, sitting)) return refuse(no.SCORES_REPORTED())
    const item = openContent(app.crypto, paper).items.find((one) => one.number === input.number)
    const before = item && openKeys(app.crypto, paper)[item.id]
    if (!item || !before || !isObjective(item.kind)) return refuse(no.ITEM_NOT_FOUND())
    const after = fittingKey(item, before, input.key)
    if ('problem' in after) return refuse(no.KEY_NOT_FITTING(after))
    if (canonicalize(after) === canonicalize(before)) return refuse(no.KEY_CHANGES_NOTHING())

    const id = randomUUID()
    const at = app.clock.now()
    const kept = await insertKeyChange(tx, {
      id,
      sittingId: sitting.sittingId,
      paperId: paper.id,
      item: item.id,
      keySealed: sealKey(app.crypto, id, { before, after }),
      void: after.kind === 'void',
      reason: input.reason,
      proposedBy: defined(actor.accountId, 'an account'),
      proposedByName: actor.name,
      proposedAt: at,
    })
    if (!kept) return refuse(no.KEY_CHANGE_OPEN())
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

function fittingKey(item: StoredItem, before: Key, key: NewKey): Key | { problem: string } {
  if ('void' in key) return { kind: 'void' }
  const options = item.options ?? []
  const named = (letter: string) => options[letter.charCodeAt(0) - 65]?.id ?? ''
  switch (item.kind) {
    case 'single':
    case 'multiple': {
      const letters = 'letters' in key ? key.letters : []
      if (letters.length === 0) return { problem: '请填写选项字母。' }
      if (letters.some((one) => named(one) === '')) return { problem: '有不存在的选项。' }
      if (new Set(letters).size < letters.length) return { problem: '有重复的字母。' }
      const partial = before.kind === 'multiple' ? before.partialTenths : undefined
      const made = {
        kind: item.kind,
        answer: { letters },
        ...(partial === undefined ? {} : { partialTenths: partial }),
      }
      return defined(keyOf(made, named), 'a key')
    }
    case 'judgement': {
      const judged = 'judged' in key ? key.judged : ''
      if (!(JUDGEMENTS as readonly string[]).includes(judged)) return { problem: '应为「正确」或「错误」。' }
      return defined(keyOf({ kind: 'judgement', answer: { judged } }, named), 'a key')
    }
    default: {
      const blanks = 'blanks' in key ? key.blanks : []
      if (
        blanks.length !== item.blanks ||
        blanks.some((one) => one.length === 0 || one.some((text) => !text.trim()))
      )
        return { problem: `应逐空填写 ${item.blanks} 个空的答案。` }
      const caseSensitive = before.kind === 'fill' && before.caseSensitive
      return { kind: 'fill', blanks, ...(caseSensitive ? { caseSensitive } : {}) }
    }
  }
}

export type DecideKeyChangeRefusal =
  | RefusalOf<
      typeof no,
      | 'KEY_CHANGE_NOT_FOUND'
      | 'KEY_CHANGE_DECIDED'
      | 'KEY_CHANGE_SAME_PERSON'
      | 'SCORES_REPORTED'
      | 'JOURNAL_UNSOUND'
    >
  | Refusal

export interface KeyChangeDecided {
  changed: NonNullable<KeyChange['differences']>
  /** After publication: corrections opened, each for a second person, and tickets that had one open already. */
  corrections: { proposed: number; open: string[] } | null
}

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
    const regraded = await regrade(tx, app, actor, sitting, paper, change)
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

async function regrade(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: ArrangedSitting,
  paper: SealedPaper,
  change: KeyChange,
): Promise<Result<KeyChangeDecided>> {
  const held = defined(await findSittingForHall(tx, sitting.sittingId, { kind: 'nation' }), 'its sitting')
  if (held.state === 'reported') return refuse(no.SCORES_REPORTED())
  const keys = { ...openKeys(app.crypto, paper), [change.item]: openKey(app.crypto, change).after }
  const scored = (await scorableAttempts(tx, sitting.sittingId)).filter((one) => one.objectiveTenths !== null)
  const mine = scored.filter((one) => one.paperId === paper.id)
  const { worked, unsound } = await workOutScores(tx, app, sitting, mine, { paperId: paper.id, keys })
  if (unsound.length > 0)
    return refuse(no.JOURNAL_UNSOUND({ count: unsound.length, attempts: unsound.slice(0, 50) }))
  const different = worked.filter((one) => one.projectedTenths !== one.attempt.objectiveTenths)
  const scores = different.map(({ attempt, projectedTenths }) => ({
    id: attempt.id,
    objectiveTenths: projectedTenths,
    scoreTenths: attempt.scoreTenths === null ? null : projectedTenths,
  }))
  await setPaperKeys(tx, paper.id, sealKeys(app.crypto, paper.id, keys))
  await setAttemptScores(tx, sitting.sittingId, scores, { at: app.clock.now(), again: true })
  const changed = different.map(({ attempt, projectedTenths }) => ({
    candidateId: attempt.candidateId,
    ticketNumber: attempt.ticketNumber,
    fromTenths: attempt.objectiveTenths,
    toTenths: projectedTenths,
  }))
  // Where people still mark, no score has gone up.
  if (paper.markedItems > 0 || different.length === 0) return ok({ changed, corrections: null })
  if (held.state !== 'scored') {
    const ids = new Set(different.map((one) => one.attempt.id))
    const passed = await passUp(tx, app, actor, sitting, paper.part, different, ids, {
      reason: change.reason,
    })
    return passed.ok ? ok({ changed, corrections: null }) : passed
  }
  const corrections = await proposeComputerCorrections(tx, app, {
    sittingId: sitting.sittingId,
    part: paper.part,
    scores: changed.map(({ candidateId, toTenths }) => ({ candidateId, toTenths })),
    reason: change.reason,
    proposer: { accountId: change.proposedBy, name: change.proposedByName },
    actor,
  })
  return corrections.ok ? ok({ changed, corrections: corrections.value }) : corrections
}

async function isReported(tx: Tx, sitting: ArrangedSitting): Promise<boolean> {
  return (await findSittingForHall(tx, sitting.sittingId, { kind: 'nation' }))?.state === 'reported'
}
