import { defineDecisionSubject } from '../../platform/decisions.ts'
import { gatherFacts } from './decide-declarations.ts'
import { casesOf } from './store/declarations.ts'

// Whom a decision on a declaration is about, with his facts as the declaration would find them today.
defineDecisionSubject('declaration', async (tx, ids) => {
  const cases = await casesOf(tx, ids)
  const facts = await gatherFacts(tx, cases)
  return new Map(cases.map((one) => [one.id, { personId: one.personId, facts: facts.get(one.id) }]))
})
