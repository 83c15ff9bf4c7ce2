import type { Transaction } from 'kysely'
import type { Db } from './db.ts'
import type { DB } from './db-types.generated.ts'
import type { Refusal, Result } from './result.ts'

/** Carries a refusal out of Kysely's transaction so that it rolls back; never leaves this file. */
class RolledBack extends Error {
  readonly refused: { ok: false; refusal: Refusal }
  constructor(refused: { ok: false; refusal: Refusal }) {
    super('refused')
    this.refused = refused
  }
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'

/**
 * Runs a verb in one transaction that commits only when the verb's result is ok: a refusal leaves no trace.
 * State, audit, duty and follow-up job of a verb therefore commit together or not at all.
 * A deadlock is tried again twice, since the verb has then done nothing.
 */
export async function transact<T, R extends Refusal>(
  db: Db,
  work: (tx: Transaction<DB>) => Promise<Result<T, R>>,
): Promise<Result<T, R>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(async (tx) => {
        const result = await work(tx)
        if (!result.ok) throw new RolledBack(result)
        return result
      })
    } catch (error) {
      if (error instanceof RolledBack) return error.refused as { ok: false; refusal: R }
      const code = (error as { code?: string }).code
      if (attempt < 3 && (code === SERIALIZATION_FAILURE || code === DEADLOCK)) continue
      throw error
    }
  }
}
