import { sql } from 'kysely'
import { mustLoadPolicy } from '../../policy/cli/read-packs.ts'
import { verifyRegister } from './certificates/index.ts'
import { verifyAudit } from './platform/audit.ts'
import { readConfig } from './platform/config.ts'
import { localCrypto } from './platform/crypto.ts'
import { openDatabase } from './platform/db.ts'
import { pendingMigrations } from './platform/migrate.ts'
import { verifyPolicyTexts } from './platform/policy-book.ts'
import { storageOf } from './platform/storage-of.ts'

/**
 * `npm run -s verify`: recomputes what must still be true after a restore, an upgrade, or a visit nobody announced:
 * the audit chain and the register of certificates from their first entries, every file and confirmed rule text
 * against its hash, the migrations. JSON; exit code 1 if anything
 * is amiss. It reads only.
 */
const config = readConfig(process.env)
if (!config.databaseUrl) {
  console.error('verify works on DATABASE_URL (docs/operating.md)')
  process.exit(2)
}
const { db, close } = openDatabase(config.databaseUrl, { max: 2 })
const storage = storageOf(config)
const crypto = localCrypto(config.masterKey, config.formerPublicKeys)

const files = { checked: 0, missing: [] as string[], changed: [] as string[] }
for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
  const { rows } = await sql<{ id: string; key: string; sha256: string }>`
    select id, key, sha256 from platform.files where id > ${after} order by id limit 500`.execute(db)
  for (const file of rows) {
    const bytes = await storage.get(file.key)
    files.checked += 1
    if (!bytes) files.missing.push(file.id)
    else if (crypto.sha256(bytes) !== file.sha256) files.changed.push(file.id)
  }
  const last = rows.at(-1)
  if (!last) break
  after = last.id
}
const audit = await verifyAudit(db)
const register = await verifyRegister({ db, crypto })
const pending = await pendingMigrations(db)
// A dump of an older release has no such table yet; its migrations are told as pending.
const rules =
  pending.length > 0 ? { texts: 0, changed: [], misfit: null } : await verifyPolicyTexts(db, mustLoadPolicy())
await close()

const ok =
  audit.brokenAt === null &&
  register.brokenAt === null &&
  rules.misfit === null &&
  rules.changed.length === 0 &&
  files.missing.length + files.changed.length + pending.length === 0
console.log(JSON.stringify({ ok, audit, register, rules, files, migrations: { pending } }, null, 2))
process.exitCode = ok ? 0 : 1
