import type { App } from '../platform/app.ts'
import type { Tx } from '../platform/db.ts'
import { insertDealings } from './store/persons.ts'

/**
 * Lets an institution see the cards and papers of persons it deals with: call it in the transaction of the
 * enrolment or the declaration. Without a dealing an institution finds nobody.
 */
export async function recordDealings(
  tx: Tx,
  app: App,
  input: { organisationId: string; personIds: string[]; basis: 'enrolment' | 'declaration' },
): Promise<void> {
  await insertDealings(tx, { ...input, at: app.clock.now() })
}
