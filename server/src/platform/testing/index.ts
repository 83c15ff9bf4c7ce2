import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mustLoadPolicy } from '../../../../policy/cli/read-packs.ts'
import type { Policy } from '../../../../policy/src/index.ts'
import { type Actor, type OrganisationKind, PUBLIC_ACTOR, type Role, SYSTEM_ACTOR } from '../api.ts'
import type { App } from '../app.ts'
import { instantAt, type SettableClock, settableClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { localCrypto } from '../crypto.ts'
import { openDatabase } from '../db.ts'
import { createLog } from '../log.ts'
import { openPolicyBook } from '../policy-book.ts'
import { folderStorage } from '../storage-folder.ts'
import { cloneDatabase } from './server.ts'

let packs: Policy | undefined

/** The world of one test file: its own database, a clock it moves, everything else real. */
export interface TestApp extends App {
  clock: SettableClock
  /** For a second connection, or a second process, on the same database. */
  databaseUrl: string
  close(): Promise<void>
}

interface TestAppOptions {
  /** The civil day it is, 09:00 in China. */
  clockAt?: string
  demo?: boolean
}

export async function aTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const url = process.env.SHUJIANG_TEST_SERVER
  const template = process.env.SHUJIANG_TEST_TEMPLATE
  if (!url || !template)
    throw new Error('aTestApp works under vitest only: its global setup starts the database')
  const database = await cloneDatabase({ url, template })
  const folder = mkdtempSync(join(tmpdir(), 'shujiang-objects-'))
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    DEMO: options.demo ? '1' : '0',
    LOG_LEVEL: 'silent',
  })
  const { db, close } = openDatabase(database.url, { max: 5 })
  // Most tests never ask it: the packs are read when the first one does.
  const policyBook = openPolicyBook(db, () => {
    packs ??= mustLoadPolicy()
    return packs
  })
  return {
    config,
    db,
    databaseUrl: database.url,
    clock: settableClock(instantAt(options.clockAt ?? '2026-03-02', '09:00')),
    storage: folderStorage(folder),
    crypto: localCrypto(config.masterKey),
    get policy() {
      return policyBook.current()
    },
    policyBook,
    log: createLog('silent'),
    close: async () => {
      await close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Organisation = NonNullable<Actor['organisation']>

const KIND_OF: Partial<Record<Role, OrganisationKind>> = {
  training_manager: 'training_institution',
  teacher: 'training_institution',
  evaluation_manager: 'evaluation_institution',
  examiner: 'evaluation_institution',
  invigilator: 'evaluation_institution',
  city_officer: 'city_bureau',
  provincial_officer: 'provincial_department',
  national_officer: 'national_office',
  auditor: 'provincial_department',
  administrator: 'operator',
}

/**
 * Somebody who acts in a role; staff of an organisation of the fitting kind in Wuhan, Hubei, unless told.
 * The organisation is not in the database: the fixtures of people put one there.
 */
export function anActor(
  role: Role,
  organisation: Partial<Organisation> = {},
  rest: Partial<Actor> = {},
): Actor {
  if (role === 'public') return { ...PUBLIC_ACTOR, ...rest }
  if (role === 'system') return { ...SYSTEM_ACTOR, ...rest }
  const kind = KIND_OF[role]
  const provincial = kind === 'provincial_department' || kind === 'national_office' || kind === 'operator'
  return {
    accountId: randomUUID(),
    personId: role === 'learner' ? randomUUID() : null,
    name: '测试人员',
    role,
    organisation: kind
      ? {
          id: randomUUID(),
          name: '测试机构',
          kind,
          provinceCode: '420000',
          cityCode: provincial ? null : '420100',
          ...organisation,
        }
      : null,
    ...rest,
  }
}
