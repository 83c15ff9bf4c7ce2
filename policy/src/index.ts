// The door of the policy core. Pure: no clock, no disk, no network; the day is always an argument.
export { type Clause, type ClauseStatus, clause, clauses, type Implementation } from './clauses/clause.ts'
export { type Deadline, deadline, type Reading, type Remaining, remaining } from './deadlines/deadline.ts'
export { checkFacts, type Facts, factsSchema, type Problem, type ProofState } from './facts.ts'
export { ENGINE, loadPolicy, type PolicyFile } from './packs/load-policy.ts'
export type { LoadResult, Policy } from './packs/policy.ts'
export { JURISDICTIONS, type Jurisdiction, SOURCE_STATUSES, type SourceStatus } from './packs/schema.ts'
export { type ParameterQuery, type ParameterValue, parameter, type Setting } from './parameters/parameter.ts'
export type { Need, NeedKind, RuleParams } from './predicates/predicate.ts'
export { decide, findRule, missingParams, type Question } from './rules/decide.ts'
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
export { OUTCOMES, type Outcome, STATE_NAMES, type StateName } from './state.ts'
export { addDays, addMonths, type Day, daySchema, daysBetween, isDay } from './time/day.ts'
export { addWorkingDays, type CountedDay, calendarEnd, UNPUBLISHED, workingDay } from './time/working-day.ts'
