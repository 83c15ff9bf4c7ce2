import { addMonths, type Setting } from '../../../../policy/src/index.ts'
import type { App } from '../../platform/app.ts'
import type { Day } from '../../platform/clock.ts'
import { decidePassing } from '../verdict.ts'
import type { RetakeFigures } from './retake-figures.ts'
import type { Part, Sitting } from './sitting.ts'
import type { EarlierAttempt, NewCandidate } from './store/candidates.ts'

type Retained = Pick<
  NewCandidate,
  'theoryRetainedFrom' | 'abilityRetainedFrom' | 'theoryScoreTenths' | 'abilityScoreTenths'
>

/** Parts of earlier attempts that still count on the day of the sitting; none until a province has set how long. */
export function retainedParts(
  app: App,
  sitting: Sitting,
  earlier: EarlierAttempt[],
  figures: RetakeFigures,
  on: Day,
  settings: readonly Setting[],
): Retained {
  const find = (part: Part): EarlierAttempt | undefined => {
    const months = figures.retentionMonths
    if (months === null) return undefined
    return earlier.findLast(
      (attempt) =>
        attempt.result === 'failed' &&
        attempt.decidedOn !== null &&
        on <= addMonths(attempt.decidedOn, months) &&
        partPassed(app, sitting, attempt, part, on, settings),
    )
  }
  const [theory, ability] = [find('theory'), find('ability')]
  return {
    theoryRetainedFrom: theory?.candidateId ?? null,
    abilityRetainedFrom: ability?.candidateId ?? null,
    theoryScoreTenths: theory?.theoryScoreTenths ?? null,
    abilityScoreTenths: ability?.abilityScoreTenths ?? null,
  }
}

/** Asks the passing rule with this part's score on both parts: the mark stays the rule's own. */
function partPassed(
  app: App,
  sitting: Sitting,
  attempt: EarlierAttempt,
  part: Part,
  on: Day,
  settings: readonly Setting[],
): boolean {
  const scoreTenths = part === 'theory' ? attempt.theoryScoreTenths : attempt.abilityScoreTenths
  const mark = part === 'theory' ? attempt.theoryMark : attempt.abilityMark
  if (scoreTenths === null || mark !== 'present') return false
  const score = { status: '已评定' as const, scoreTenths }
  const decision = decidePassing(app, {
    ...sitting,
    on,
    settings,
    facts: { scores: { theory: score, ability: score } },
  })
  return decision.outcome === '符合'
}
