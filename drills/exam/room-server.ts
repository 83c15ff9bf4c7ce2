// The platform as the drill runs it: the real server on a given database and port, with a wall clock that the drill may
// set and hours that it may let pass. With `--defect` it acknowledges an answer before it commits it, with `--early-return`
// what a hall node returns: the drill must find that out.
import { parseArgs } from 'node:util'
import { mustLoadPolicy } from '../../policy/cli/read-packs.ts'
import { journalOf } from '../../server/src/halls/attempts/journal.ts'
import { appendGroup } from '../../server/src/halls/attempts/journal-store.ts'
import { startHallNode } from '../../server/src/halls/index.ts'
import { buildServer } from '../../server/src/http/server.ts'
import { openAccounts } from '../../server/src/people/index.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { localCrypto } from '../../server/src/platform/crypto.ts'
import { openDatabase } from '../../server/src/platform/db.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { openPolicyBook } from '../../server/src/platform/policy-book.ts'
import { steadyClock } from '../../server/src/platform/steady-clock.ts'
import { folderStorage } from '../../server/src/platform/storage-folder.ts'
import { answersEarly, rememberCalls } from './early-answers.ts'

/** From the drill: set the wall clock by so much, or let so much time pass for everybody. */
export interface ClockOrder {
  jumpMs?: number
  passMs?: number
}

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    folder: { type: 'string' },
    port: { type: 'string' },
    passed: { type: 'string', default: '0' },
    defect: { type: 'boolean', default: false },
    'early-return': { type: 'boolean', default: false },
    // a hall node: its province, its secret, its own master key
    province: { type: 'string' },
    secret: { type: 'string' },
    key: { type: 'string' },
  },
})
/** Ten seconds in a drill would be an age. */
const NODE_SYNC_MS = 250
let jumped = 0
let passed = Number(values.passed)
const startedAt = performance.now()
process.on('message', ({ jumpMs = 0, passMs = 0 }: ClockOrder) => {
  jumped += jumpMs
  passed += passMs
})
process.on('disconnect', () => process.exit(0))

const config = readConfig({
  NODE_ENV: 'test',
  DATABASE_URL: values.database,
  DATA_DIR: values.folder,
  DEMO: '1',
  LOG_LEVEL: 'fatal',
  ...(values.key ? { SHUJIANG_MASTER_KEY: values.key } : {}),
})
const opened = openDatabase(values.database as string, { max: 8 })
const db = values['early-return'] ? answersEarly(opened.db) : opened.db
const packs = mustLoadPolicy()
const policyBook = openPolicyBook(db, () => packs)
const app = {
  config,
  db,
  clock: steadyClock(() => {}, {
    wall: () => Date.now() + passed + jumped,
    ticks: () => performance.now() - startedAt + passed,
    awake: () => (performance.now() - startedAt + passed) / 1000,
  }),
  storage: folderStorage(`${values.folder}/objects`),
  crypto: localCrypto(config.masterKey),
  get policy() {
    return policyBook.current()
  },
  policyBook,
  log: createLog('fatal'),
}
process.on('unhandledRejection', () => {})

if (values.defect) {
  journalOf(app, (pool, group) => {
    setTimeout(() => void appendGroup(pool, group).catch(() => {}), 40)
    return Promise.resolve(new Set<string>())
  })
}
if (values.province && values.secret)
  startHallNode(app, { provinceUrl: values.province, secret: values.secret }, NODE_SYNC_MS)
const server = await buildServer(app, openAccounts(app), values['early-return'] ? rememberCalls : undefined)
await server.listen({ host: '127.0.0.1', port: Number(values.port) })
process.send?.('ready')
