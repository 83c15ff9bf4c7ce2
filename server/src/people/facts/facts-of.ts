import type { Facts } from '../../../../policy/src/index.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { birthDays, standingFactsOf } from '../store/facts.ts'
import { toPolicyFacts } from './person-fact.ts'

/** What is known about a person, in the policy's shape. A kind nobody has spoken of is absent: unknown. */
export async function factsOf(tx: Tx, personId: string): Promise<Facts> {
  return defined((await factsOfMany(tx, [personId])).get(personId), `person ${personId}`)
}

/** The same for many persons in two reads, for batches. */
export async function factsOfMany(tx: Tx, personIds: string[]): Promise<Map<string, Facts>> {
  const births = await birthDays(tx, personIds)
  const facts = await standingFactsOf(tx, personIds)
  const byPerson = Map.groupBy(facts, (fact) => fact.personId)
  return new Map(births.map((one) => [one.id, toPolicyFacts(one.birthOn, byPerson.get(one.id) ?? [])]))
}
