import { findSittingForHall, proposeComputerCorrections } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import type { Key } from './paper.ts'
import { no } from './refusals.ts'
import { passUp } from './score-sitting.ts'
import { openKeys, sealKeys } from './sealed-content.ts'
import {
  type ArrangedSitting,
  type KeyChange,
  type SealedPaper,
  scorableAttempts,
  setAttemptScores,
  setPaperKeys,
} from './store.ts'
import { workOutScores } from './work-out-scores.ts'

export interface Regraded {
  /** Attempts that were reckoned anew. */
  scored: number
  changed: NonNullable<KeyChange['differences']>
  /** After publication: corrections opened, each for a second person, and tickets that had one open already. */
  corrections: { proposed: number; open: string[] } | null
}

/**
 * Puts a new key in force for a sitting's paper and works out again every score it gave: before publication the new
 * scores replace the old in exams, afterwards each becomes a correction that a second person decides. What has not
 * been scored yet will be scored by the new key.
 */
export async function regradePaper(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: ArrangedSitting,
  paper: SealedPaper,
  change: { item: string; after: Key; reason: string; proposer: { accountId: string; name: string } },
): Promise<Result<Regraded>> {
  const held = defined(await findSittingForHall(tx, sitting.sittingId, { kind: 'nation' }), 'its sitting')
  if (held.state === 'reported') return refuse(no.SCORES_REPORTED())
  const keys = { ...openKeys(app.crypto, paper), [change.item]: change.after }
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
  const done = { scored: mine.length, changed, corrections: null }
  // Where people still mark, no score has gone up.
  if (paper.markedItems > 0 || different.length === 0) return ok(done)
  if (held.state !== 'scored') {
    const ids = new Set(different.map((one) => one.attempt.id))
    const passed = await passUp(tx, app, actor, sitting, paper.part, different, ids, {
      reason: change.reason,
    })
    return passed.ok ? ok(done) : passed
  }
  const corrections = await proposeComputerCorrections(tx, app, {
    sittingId: sitting.sittingId,
    part: paper.part,
    scores: changed.map(({ candidateId, toTenths }) => ({ candidateId, toTenths })),
    reason: change.reason,
    proposer: change.proposer,
    actor,
  })
  return corrections.ok ? ok({ ...done, corrections: corrections.value }) : corrections
}
