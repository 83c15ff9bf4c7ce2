import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { type Breach, checkAttempt } from '../archives/check-attempt.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import type { Keys } from './paper.ts'
import { scoreAnswers } from './score-answers.ts'
import { openContent, openKeys } from './sealed-content.ts'
import { type ArrangedSitting, journalsOf, lastAnswers, papersById, type ScorableAttempt } from './store.ts'

export interface WorkedOut {
  attempt: ScorableAttempt
  /** From the last answers as the database picks them. */
  projectedTenths: number
  /** From the journal, its chain and its deadlines checked entry by entry. */
  recomputedTenths: number
  /** Items people must mark. */
  waiting: number
}

export interface Unsound {
  attemptId: string
  ticketNumber: string
  breaches: Breach[]
}

const AT_ONCE = 200

/** Scores attempts twice, by two ways that share no more than the journal and the law of scoring. */
export async function workOutScores(
  tx: Tx,
  app: App,
  sitting: ArrangedSitting,
  attempts: ScorableAttempt[],
  newKeys: { paperId: string; keys: Keys } | null = null,
): Promise<{ worked: WorkedOut[]; unsound: Unsound[] }> {
  const { graceSeconds } = hallRules.parse(sitting.rules)
  const papers = new Map(
    (await papersById(tx, [...new Set(attempts.map((one) => one.paperId))])).map((paper) => [
      paper.id,
      {
        items: openContent(app.crypto, paper).items,
        keys: newKeys?.paperId === paper.id ? newKeys.keys : openKeys(app.crypto, paper),
        scoring: paper.scoring,
      },
    ]),
  )
  const worked: WorkedOut[] = []
  const unsound: Unsound[] = []
  for (let from = 0; from < attempts.length; from += AT_ONCE) {
    const some = attempts.slice(from, from + AT_ONCE)
    const ids = some.map((one) => one.id)
    const picked = await lastAnswers(tx, sitting.sittingId, ids)
    const journals = await journalsOf(tx, sitting.sittingId, ids)
    for (const attempt of some) {
      const paper = defined(papers.get(attempt.paperId), 'the paper of the attempt')
      const closed =
        attempt.closedSeq !== null && attempt.closedHash
          ? { seq: attempt.closedSeq, hash: attempt.closedHash }
          : null
      const verdict = checkAttempt({ ...attempt, graceSeconds }, journals.get(attempt.id) ?? [], closed)
      if (verdict.breaches.length > 0) {
        const { id, ticketNumber } = attempt
        unsound.push({ attemptId: id, ticketNumber, breaches: verdict.breaches.slice(0, 20) })
        continue
      }
      const first = scoreAnswers(paper.items, paper.keys, paper.scoring, picked.get(attempt.id) ?? new Map())
      const second = scoreAnswers(paper.items, paper.keys, paper.scoring, verdict.answers)
      worked.push({
        attempt,
        projectedTenths: first.objectiveTenths,
        recomputedTenths: second.objectiveTenths,
        waiting: first.marked,
      })
    }
  }
  return { worked, unsound }
}
