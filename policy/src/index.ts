// The door of the policy core. Pure: no clock, no disk, no network; the day is always an argument.
export { boundaryCases } from './boundary.ts'
export { type Clause, type ClauseStatus, clause, clauses, type Implementation } from './clauses/clause.ts'
export { clauseLabel } from './clauses/clause-label.ts'
export { type Coverage, coverage } from './clauses/coverage.ts'
export { type Deadline, deadline, type Reading, type Remaining, remaining } from './deadlines/deadline.ts'
export { type ChangedVerdict, diffPolicies, type PersonAsked, peopleSchema } from './diff.ts'
export { checkFacts, type Facts, factsSchema, type ProofState } from './facts.ts'
export { type Finding, lint } from './lint.ts'
export { amendPolicy } from './packs/amend-policy.ts'
export { packJsonSchema } from './packs/json-schema.ts'
export { ENGINE, loadPolicy, type PolicyFile } from './packs/load-policy.ts'
export type { LoadResult, Policy, Rule, RuleVersion } from './packs/policy.ts'
export {
  type ExampleEntry,
  JURISDICTIONS,
  type Jurisdiction,
  SOURCE_STATUSES,
  type SourceStatus,
} from './packs/schema.ts'
export {
  type ParameterQuery,
  type ParameterValue,
  parameter,
  type Setting,
  settingsSchema,
} from './parameters/parameter.ts'
export { type Need, type NeedKind, paramsSchema, type RuleParams } from './predicates/predicate.ts'
export { type Problem, problemsOf } from './problems.ts'
export { decide, decideFor, type Question } from './rules/decide.ts'
export type {
  ClauseRef,
  Conflict,
  Decision,
  DecisionNode,
  Effect,
  FactUsed,
  PathDecision,
  Receipt,
} from './rules/decision.ts'
export type { RuleNode } from './rules/node.ts'
export { type Ask, findRule, missingParams, type Prepared, prepare, rulesOf } from './rules/prepare.ts'
export { type Replay, replay } from './rules/replay.ts'
export { runExample } from './rules/run-example.ts'
export { earliest } from './rules/timeline.ts'
export { type PathTrace, type Trace, traces, tracesOf, type Verdict, verdictFor } from './rules/verdict.ts'
export { OUTCOMES, type Outcome, STATE_NAMES, type StateName } from './state.ts'
export { addDays, addMonths, type Day, daySchema, daysBetween, isDay } from './time/day.ts'
export { addWorkingDays, type CountedDay, calendarEnd, UNPUBLISHED, workingDay } from './time/working-day.ts'
