export { type Accounts, openAccounts } from './accounts/open-accounts.ts'
export { assertNoDemoAccounts } from './demo/assert-no-demo-accounts.ts'
export { definePersonData } from './export-my-data.ts'
export { type AddFactInput, addFact } from './facts/add-fact.ts'
export { attachPaper } from './facts/attach-paper.ts'
export { employersOf } from './facts/employers-of.ts'
export { factsOf, factsOfMany } from './facts/facts-of.ts'
export { recordKnownFacts, replaceKnownFact } from './facts/known-facts.ts'
export { FACT_KINDS, type FactKind } from './facts/person-fact.ts'
export { maskedName } from './masked-name.ts'
export {
  findOrganisations,
  organisation,
  type Supervisors,
  supervisorsOf,
} from './organisations/find-organisations.ts'
export type { Organisation } from './organisations/organisation.ts'
export { type DocumentType, documentType } from './person.ts'
export { readIdNumbers } from './read-id-number.ts'
export { recordDealings } from './record-dealings.ts'
export { type CheckedPerson, checkPerson, type PersonInput } from './register-person.ts'
export { registerPersons } from './register-persons.ts'
export { type Scope, scopeOf } from './scope.ts'
export { createDemoStaff, type DemoStaff } from './staff/create-demo-staff.ts'
export { staffInRoles } from './staff/staff-in-roles.ts'
export { peopleOfProvince, peopleWithFacts } from './store/regions.ts'
