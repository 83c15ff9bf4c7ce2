import type { Setting } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { decidePassing } from '../verdict.ts'
import type { Mark, Sitting, SittingResult } from './sitting.ts'
import type { Candidate, DecidedResult } from './store/candidates.ts'

const STATUS = { present: '已评定', absent: '缺考', misconduct: '违纪' } as const

/** Decides results by the passing rule on the day the sitting was over, and keeps each decision with the scores. */
export async function decideResults(
  tx: Tx,
  app: App,
  sitting: Sitting,
  candidates: Candidate[],
): Promise<DecidedResult[]> {
  const settings = await policySettings(tx, sitting.provinceCode)
  const decided = candidates.map((candidate) => decideOne(app, sitting, candidate, settings))
  const ids = await recordDecisions(
    tx,
    app,
    decided.map(({ candidate, decision, facts }) => ({
      decision,
      facts,
      subject: `declaration:${candidate.declarationId}` as const,
    })),
  )
  return decided.map(({ candidate, result }, i) => ({
    candidateId: candidate.id,
    result,
    decisionId: defined(ids[i], 'the decision kept'),
  }))
}

function decideOne(app: App, sitting: Sitting, candidate: Candidate, settings: readonly Setting[]) {
  const facts = {
    scores: {
      theory: scoreFact(candidate.theoryMark, candidate.theoryScoreTenths),
      ability: scoreFact(candidate.abilityMark, candidate.abilityScoreTenths),
    },
  }
  const on = defined(sitting.endedOn, 'the day the sitting was over')
  const decision = decidePassing(app, { ...sitting, facts, on, settings })
  const marks: Mark[] = [candidate.theoryMark, candidate.abilityMark]
  let result: SittingResult = decision.outcome === '符合' ? 'passed' : 'failed'
  if (marks.includes('misconduct')) result = 'misconduct'
  else if (marks.includes('absent')) result = 'absent'
  return { candidate, decision, facts, result }
}

function scoreFact(mark: Mark, scoreTenths: number | null) {
  return mark === 'present'
    ? { status: STATUS.present, scoreTenths: defined(scoreTenths, 'a final score') }
    : { status: STATUS[mark] }
}
