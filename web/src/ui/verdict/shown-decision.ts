export interface ShownNeed {
  kind: string
  what: string
  at: string
  on: string | null
}
interface ShownClause {
  id: string
  document: string
  documentNumber: string
  version: string
}
export interface ShownStep {
  depth: number
  label: string | null
  state: string
  sentence: string
  clause: ShownClause
  note: string | null
  unverified: boolean
  facts: { path: string; proof: string }[]
}
export interface ShownPath {
  id: string
  name: string
  outcome: string
  sentence: string
  clause: ShownClause
  opensOn: string | null
  possibleOn: string | null
  window: { from: string; to: string | null } | null
  next: { on: string; state: string } | null
  needs: ShownNeed[]
  alternatives: ShownNeed[][]
  steps: ShownStep[]
}
export interface ShownReceipt {
  id: string | null
  engine: string
  packs: { path: string; sha256: string | null }[]
  settings: number
}
/** An explained decision as both surfaces get it from the server. */
export interface ShownDecision {
  rule: string
  ruleName: string
  on: string
  outcome: string
  confirms: string
  clause: ShownClause
  opensOn: string | null
  unverified: boolean
  conflicts: string[]
  paths: ShownPath[]
  receipt: ShownReceipt | null
}
