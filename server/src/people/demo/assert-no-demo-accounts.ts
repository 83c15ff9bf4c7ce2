import { verifyPassword } from 'better-auth/crypto'
import { DEMO_PASSWORD, STAFF } from '../../../../db/seed/cast.ts'
import type { Db } from '../../platform/db.ts'
import { passwordHashes } from '../store/staff.ts'

/**
 * A database that has once served the demo holds accounts whose password stands in the README. In production it is
 * not opened at all.
 */
export async function assertNoDemoAccounts(db: Db): Promise<void> {
  const found = await passwordHashes(
    db,
    STAFF.map((one) => one.key),
  )
  for (const { username, hash } of found) {
    if (!(await verifyPassword({ hash, password: DEMO_PASSWORD }))) continue
    throw new Error(
      `the database holds the demo town: ${username} signs in with the demo password. Production needs a database of its own`,
    )
  }
}
