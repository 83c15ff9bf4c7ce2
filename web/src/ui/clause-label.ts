// A clause reads the same on a screen and in the policy core's own sentences.
export { clauseLabel } from '../../../policy/src/clauses/clause-label.ts'
