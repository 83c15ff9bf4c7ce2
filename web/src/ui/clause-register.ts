import type { OutputOf, PortalApi } from './api.ts'
import { portalClient } from './clients.ts'

/** A clause in our own words, with its document and what carries it out. */
export type Clause = OutputOf<PortalApi, 'policy.clause'>

export const readClause = (id: string): Promise<Clause> => portalClient.read('policy.clause', { id })
export const readClauses = (): Promise<{ clauses: Clause[] }> => portalClient.read('policy.clauses')
