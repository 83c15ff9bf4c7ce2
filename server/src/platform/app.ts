import type { Policy } from '../../../policy/src/index.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { CryptoProvider } from './crypto.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import type { PolicyBook } from './policy-book.ts'
import type { Storage } from './storage.ts'

/** What every verb needs of the world; wired by hand in `main.ts`, and by `aTestApp` in tests. */
export interface App {
  config: Config
  db: Db
  clock: Clock
  storage: Storage
  crypto: CryptoProvider
  /** What `policyBook` last saw: the packs with every confirmed revision. */
  policy: Policy
  policyBook: PolicyBook
  log: Log
}
