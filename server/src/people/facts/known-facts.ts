import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { events } from '../audit-events.ts'
import { findNumberedFact, insertKnownFacts, setFactWithdrawn, withdrawNones } from '../store/facts.ts'
import { daysOf, type FactKind, readFactValue } from './person-fact.ts'

interface KnownFact {
  personId: string
  value: Record<string, unknown>
}

/**
 * Facts the platform knows by its own records (a certificate it issued): verified from the start, for any number of
 * people in the same statements. The value follows the policy's fact schema.
 */
export async function recordKnownFacts(
  tx: Tx,
  app: App,
  input: { actor: Actor; kind: FactKind; facts: KnownFact[] },
): Promise<void> {
  if (input.facts.length === 0) return
  const at = app.clock.now()
  const by = input.actor.organisation?.name ?? input.actor.name
  await withdrawNones(
    tx,
    input.facts.map((one) => one.personId),
    input.kind,
    at,
  )
  const rows = input.facts.map(({ personId, value }) => {
    const read = readFactValue(input.kind, value)
    assert(read.ok, `a known fact of kind ${input.kind} in the policy's shape`)
    return { personId, value: read.value, ...daysOf(read.value) }
  })
  await insertKnownFacts(tx, { kind: input.kind, by, at, rows })
  await record(
    tx,
    ...rows.map((row) => ({
      name: events['fact.known'],
      at,
      actor: input.actor,
      subjects: [`person:${row.personId}` as const],
      data: { kind: input.kind },
    })),
  )
}

/**
 * A numbered fact changes (withdrawn, reinstated, corrected): the earlier entry is taken back and the changed one
 * stands in its place, so that both can still be read. Nothing happens when there is no such fact.
 */
export async function replaceKnownFact(
  tx: Tx,
  app: App,
  input: {
    actor: Actor
    personId: string
    kind: FactKind
    number: string
    change: (value: Record<string, unknown>) => Record<string, unknown>
  },
): Promise<void> {
  const found = await findNumberedFact(tx, input.personId, input.kind, input.number)
  if (!found) return
  await setFactWithdrawn(tx, found.id, app.clock.now())
  const { actor, kind, personId } = input
  await recordKnownFacts(tx, app, { actor, kind, facts: [{ personId, value: input.change(found.value) }] })
}
