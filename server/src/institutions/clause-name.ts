import { clause, type Policy } from '../../../policy/src/index.ts'

/** A clause as papers cite it: 《document》（number）, title. */
export function clauseName(policy: Policy, id: string): string {
  const found = clause(policy, id)
  return found ? `《${found.document}》（${found.documentNumber}）${found.title}` : id
}
