// What holds of every rule, whatever it says. Each law is tried on so many random people as RUNS says, and every case
// counts: none is let off because it happened not to apply. The fifth law, CEL, stands beside its oracle; replay
// beside replay().
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryDay, arbitraryFacts, arbitraryQuestion, factModel } from '../../testing/arbitrary-facts.ts'
import { policy, rulesSeen } from '../../testing/packs.ts'
import { RUNS } from '../../testing/runs.ts'
import type { Facts } from '../facts.ts'
import { nodesIn, nodesOf } from '../packs/check-references.ts'
import { type State, YES } from '../state.ts'
import { addDays, type Day } from '../time/day.ts'
import { at } from '../time/steps.ts'
import { decide } from './decide.ts'
import type { RuleNode } from './node.ts'
import { prepare } from './prepare.ts'
import { timelines } from './timeline.ts'
import { type Trace, tracesOf, verdictFor } from './verdict.ts'

const anyRule = arbitraryQuestion(rulesSeen)
const SLOW = { timeout: 600_000 }
/** Days of the scan that follow each other, beside those around every change. */
const SCANNED_DAYS = 60

test('the timeline of every path is its verdict on each day of a scan', SLOW, () => {
  fc.assert(
    fc.property(anyRule, arbitraryFacts, arbitraryDay, ([seen, params], facts, from) => {
      const prepared = prepare(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params })
      const steps = timelines(prepared, facts)
      const borders = [...steps.values()]
        .flatMap((path) => path.days)
        .flatMap((day) => [addDays(day, -1), day])
      const scan = Array.from({ length: SCANNED_DAYS }, (_, i) => addDays(from, i))
      for (const on of [...scan, ...new Set(borders)]) {
        const found = tracesOf(verdictFor(prepared, facts, on)).map((path) => [on, path.id, path.state])
        expect(found).toEqual(found.map(([, id]) => [on, id, at(steps.get(id as string)!, on)]))
      }
    }),
    RUNS,
  )
})

test('the day a path is said to open is the first day on which it is met', SLOW, () => {
  fc.assert(
    fc.property(anyRule, arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
      const ask = { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params }
      const prepared = prepare(policy, ask)
      const stateOf = (id: string, day: Day): State =>
        tracesOf(verdictFor(prepared, facts, day)).find((path) => path.id === id)!.state
      for (const { id, opensOn, window } of decide(policy, { ...ask, facts, on }).paths) {
        if (opensOn === undefined) {
          // Said never to open: so it is on every day the scan looks at.
          for (let i = 0; i < SCANNED_DAYS; i++)
            expect([id, stateOf(id, addDays(on, i * 30)) === YES]).toEqual([id, false])
          continue
        }
        expect([id, opensOn, stateOf(id, opensOn)]).toEqual([id, opensOn, YES])
        if (opensOn > on) expect([id, stateOf(id, addDays(opensOn, -1)) === YES]).toEqual([id, false])
        if (window?.to)
          expect([id, stateOf(id, window.to), stateOf(id, addDays(window.to, 1)) === YES]).toEqual([
            id,
            YES,
            false,
          ])
      }
    }),
    RUNS,
  )
})

type Part = keyof typeof factModel
const PARTS = Object.keys(factModel) as Part[]
const wholePerson = fc.record(factModel) as unknown as fc.Arbitrary<Required<Facts>>

test('adding a fact only resolves what was unknown', SLOW, () => {
  fc.assert(
    fc.property(
      anyRule,
      wholePerson,
      fc.subarray(PARTS),
      fc.constantFrom(...PARTS),
      arbitraryDay,
      ([seen, params], whole, others, added, on) => {
        const ask = (parts: readonly Part[]) =>
          decide(policy, {
            rule: seen.rule.id,
            jurisdiction: seen.jurisdiction,
            params,
            facts: Object.fromEntries(parts.map((part) => [part, whole[part]])),
            on,
          })
        const known = others.filter((part) => part !== added)
        const less = ask(known)
        const more = ask([...known, added])
        for (const [i, path] of less.paths.entries()) {
          const after = more.paths[i]!.outcome
          if (path.outcome === '符合') expect(after).toBe('符合')
          if (path.outcome === '不符合' || path.outcome === '尚未到期')
            expect(['不符合', '尚未到期']).toContain(after)
        }
      },
    ),
    RUNS,
  )
})

/** Every rule that forbids something, with the parts of the facts that each of its prohibitions looks at. */
const forbidding = rulesSeen.filter(({ rule }) => prohibitionsOf(nodesOf(rule)).length > 0)

function prohibitionsOf(nodes: readonly RuleNode[]): RuleNode[] {
  return nodes.filter((node) => node.kind === '不得' && readsOf(node).length > 0)
}
function readsOf(node: RuleNode): (keyof Facts)[] {
  return nodesIn(node).flatMap((one) => (one.kind === '条件' ? one.condition.reads : []))
}
function allOf(trace: Trace): Trace[] {
  return [trace, ...trace.children.flatMap(allOf), ...(trace.exceptions ?? []).flatMap((e) => allOf(e.trace))]
}

test('an unknown never makes a prohibition pass, in any rule that forbids anything', SLOW, () => {
  expect(forbidding.length).toBeGreaterThan(5)
  let looked = 0
  fc.assert(
    fc.property(
      arbitraryQuestion(forbidding),
      arbitraryFacts,
      arbitraryDay,
      fc.nat(),
      ([seen, params], facts, on, pick) => {
        const prohibitions = prohibitionsOf(nodesOf(seen.rule))
        const hidden = readsOf(prohibitions[pick % prohibitions.length]!)
        const unknown = Object.fromEntries(
          Object.entries(facts).filter(([part]) => !hidden.includes(part as keyof Facts)),
        )
        const prepared = prepare(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params })
        for (const { trace } of tracesOf(verdictFor(prepared, unknown, on))) {
          for (const { node, state } of allOf(trace)) {
            if (node.kind !== '不得' || !readsOf(node).every((part) => hidden.includes(part))) continue
            if (readsOf(node).length === 0) continue
            looked++
            expect([node.label, state === YES]).toEqual([node.label, false])
          }
        }
      },
    ),
    RUNS,
  )
  expect(looked).toBeGreaterThan(RUNS.numRuns / 2)
})
