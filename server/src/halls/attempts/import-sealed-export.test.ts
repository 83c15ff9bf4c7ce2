import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sealAnswers } from '../../../../web/src/exam/answers/sealed-export.ts'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { findBoard, whyNotAct } from '../board/board.ts'
import { actsOf } from '../board/store/acts.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { entryOf, finalAnswers } from './entry.ts'
import { exportKeyOf } from './export-key.ts'
import { holderOf } from './holder.ts'
import { importSealedExport } from './import-sealed-export.ts'
import { type Journal, leaseHashOf, openJournal } from './journal.ts'
import { saveAnswers } from './save-answers.ts'
import { journalRows } from './store.ts'
import type { Save, SealedExport } from './wire.ts'

let app: TestApp
let journal: Journal
let door: DoorFixture
let next = 0
let one: AtDoor
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
  door = await aDoor(app, { candidates: 8, stage: 'started', minutes: 60 })
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(() => {
  one = door.people[next++] as AtDoor
})

const save = (item: string, clientSeq: number, value: string, baseRevision = 0): Save => ({
  item,
  clientSeq,
  baseRevision,
  value,
  clientAt: app.clock.now().toISOString(),
})

/** The file as the candidate's room makes it, with its own code. */
function fileOf(saves: Save[], change: Partial<SealedExport> = {}, lease = one.lease) {
  const exportKey = exportKeyOf(app.crypto, one.attemptId, leaseHashOf(lease))
  const madeAt = app.clock.now().toISOString()
  return sealAnswers(
    { attempt: one.attemptId, lease, exportKey, madeAt },
    { candidate: { name: one.name, ticketNumber: one.ticketNumber }, seat: '01', saves, answers: [] },
  ).then((sealed) => ({
    field: 'file',
    name: '密封答案.json',
    mediaType: 'application/json',
    bytes: Buffer.from(JSON.stringify({ ...sealed, ...change })),
  }))
}

const at = () => ({
  sittingId: door.sittingId,
  hallId: door.hallId,
  reason: '机器断网',
  clientAt: new Date('2026-03-02T01:30:00Z'),
})
const answers = async () => {
  const rows = await journalRows(app.db, { sittingId: door.sittingId, attemptId: one.attemptId })
  return Object.fromEntries([...finalAnswers(rows.map(entryOf))].map(([item, { value }]) => [item, value]))
}
const refusalOf = async (...args: Parameters<typeof importSealedExport>) => {
  const result = await importSealedExport(...args)
  return result.ok ? undefined : result.refusal.code
}

describe('importing a sealed export', () => {
  it('refuses whoever does not invigilate this hall, a missing file and what is no such file', async () => {
    const file = await fileOf([save('q01', 1, 'a')])
    expect(await refusalOf(app, door.patrol, at(), file, journal)).toBe('BOARD_NOT_YOURS')
    expect(await refusalOf(app, door.chief, at(), undefined, journal)).toBe('SEALED_EXPORT_MISSING')
    const junk = { ...file, bytes: Buffer.from('{}') }
    expect(await refusalOf(app, door.chief, at(), junk, journal)).toBe('SEALED_EXPORT_UNREADABLE')
    expect(await answers()).toEqual({})
  })

  it('is offered only to whoever may do it', async () => {
    const onlooker = value(await findBoard(app.db, door.patrol, at()))
    expect(whyNotAct(door.patrol, onlooker)).toMatchObject({ code: 'BOARD_NOT_YOURS' })
    expect(whyNotAct(door.chief, value(await findBoard(app.db, door.chief, at())))).toBeUndefined()
  })

  it('refuses a changed file, and one under a lease this attempt never had', async () => {
    const later = await fileOf([save('q01', 1, 'a')], { madeAt: '2026-03-02T00:00:00.000Z' })
    expect(await refusalOf(app, door.chief, at(), later, journal)).toBe('SEALED_EXPORT_UNREADABLE')
    const foreign = await fileOf([save('q01', 1, 'a')], {}, 'lease-of-nobody')
    expect(await refusalOf(app, door.chief, at(), foreign, journal)).toBe('SEALED_EXPORT_UNREADABLE')
    expect(await answers()).toEqual({})
  })

  it('takes what was never sent, once, in its order', async () => {
    value(await saveAnswers(app, journal, holderOf(one.secrets)!, [save('q01', 1, 'a')]))
    const file = await fileOf([save('q01', 1, 'a'), save('q02', 2, 'b'), save('q02', 10_003, 'c', 1)])
    const first = value(await importSealedExport(app, door.chief, at(), file, journal))
    expect(first.counts).toEqual({ saved: 2, same: 1, conflict: 0, late: 0, refused: 0 })
    expect(await answers()).toEqual({ q01: 'a', q02: 'c' })
    const { rows: acts } = await actsOf(app.db, { ...at(), kind: 'import', limit: 9, offset: 0 })
    expect(acts).toMatchObject([
      {
        candidateId: one.candidateId,
        reason: '机器断网',
        clientAt: at().clientAt,
        data: { saved: 2, same: 1, sha256: app.crypto.sha256(file.bytes) },
      },
    ])
    const again = value(await importSealedExport(app, door.invigilator, at(), file, journal))
    expect(again.counts).toEqual({ saved: 0, same: 3, conflict: 0, late: 0, refused: 0 })
    expect(await answers()).toEqual({ q01: 'a', q02: 'c' })
  })

  it('lets what the server has newer stand', async () => {
    const file = await fileOf([save('q01', 5, 'old')])
    value(await saveAnswers(app, journal, holderOf(one.secrets)!, [save('q01', 7, 'new')]))
    const done = value(await importSealedExport(app, door.chief, at(), file, journal))
    expect(done.conflicts).toEqual(['q01'])
    expect(await answers()).toEqual({ q01: 'new' })
  })

  it('keeps what comes after the deadline as evidence and counts nothing of it', async () => {
    const file = await fileOf([save('q01', 1, 'a')])
    app.clock.advance(62 * 60)
    const done = value(await importSealedExport(app, door.chief, at(), file, journal))
    expect(done.counts).toMatchObject({ saved: 0, late: 1 })
    expect(await answers()).toEqual({})
    const late = await app.db
      .selectFrom('halls.lateAnswers')
      .select('saves')
      .where('attemptId', '=', one.attemptId)
      .execute()
    expect(late).toHaveLength(1)
  })
})
