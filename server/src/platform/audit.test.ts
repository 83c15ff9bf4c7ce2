import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineAuditEvents, record, sealAudit, timeline, verifyAudit } from './audit.ts'
import { refuse } from './result.ts'
import { anActor, aTestApp, type TestApp } from './testing/index.ts'
import { transact } from './transact.ts'

const events = defineAuditEvents({
  'test.happened': { title: '发生了', clause: 'HB-4.1', doc: 'Something happened' },
})

let app: TestApp
const officer = anActor('city_officer', { name: '武汉市人社局' })
beforeEach(async () => {
  app = await aTestApp()
})
afterEach(() => app.close())

async function happen(times: number) {
  for (let n = 1; n <= times; n += 1) {
    await record(app.db, {
      name: events['test.happened'],
      at: app.clock.now(),
      actor: officer,
      subjects: [`thing:${n}`],
      data: { n, 分数: 86.5, nested: { b: [1, null, 'x'], a: true } },
    })
  }
}

const seal = () => app.db.transaction().execute((tx) => sealAudit(tx))

/** What somebody with the database's own password could do. */
async function tamper(table: string, statement: string) {
  await app.db.transaction().execute(async (tx) => {
    await sql.raw(`alter table ${table} disable trigger all`).execute(tx)
    await sql.raw(statement).execute(tx)
    await sql.raw(`alter table ${table} enable trigger all`).execute(tx)
  })
}

describe('audit', () => {
  it.each([
    ['an update', sql`update platform.audit_events set actor_name = '别人'`],
    ['a deletion', sql`delete from platform.audit_events`],
    ['emptying', sql`truncate platform.audit_events cascade`],
    ['an update of the chain', sql`update platform.audit_seals set hash = ''`],
    ['a deletion from the chain', sql`delete from platform.audit_seals`],
  ])('refuses %s', async (_, statement) => {
    await happen(1)
    await seal()
    await expect(statement.execute(app.db)).rejects.toThrow('append-only')
  })

  it('does not write an event that nobody declared', async () => {
    const event = { name: 'test.unknown', at: app.clock.now(), actor: officer, subjects: [] }
    await expect(record(app.db, event)).rejects.toThrow('not declared')
  })

  it('leaves no event of an act that was refused', async () => {
    await transact(app.db, async (tx) => {
      await record(tx, { name: 'test.happened', at: app.clock.now(), actor: officer, subjects: ['thing:1'] })
      return refuse({ code: 'NO', clause: null, message: '不行', facts: {} })
    })
    expect(await timeline(app.db, 'thing:1')).toEqual([])
  })

  it.each([
    ['a changed name', "update platform.audit_events set actor_name = '别人' where seq = 2"],
    ['a changed fact', "update platform.audit_events set data = jsonb_set(data, '{n}', '9') where seq = 2"],
    ['a changed instant', "update platform.audit_events set at = at + interval '1 second' where seq = 2"],
    ['another clause', "update platform.audit_events set clause = 'HB-9.9' where seq = 2"],
  ])('finds %s behind the back of the trigger', async (_, statement) => {
    await happen(3)
    await seal()
    expect(await verifyAudit(app.db)).toMatchObject({ sealed: 3, unsealed: 0, brokenAt: null })
    await tamper('platform.audit_events', statement)
    expect((await verifyAudit(app.db)).brokenAt).toBe(2)
  })

  it('finds an event that was removed, with its seal or without', async () => {
    await happen(3)
    await seal()
    await sql`alter table platform.audit_seals drop constraint audit_seals_event_seq_fkey`.execute(app.db)
    await tamper('platform.audit_events', 'delete from platform.audit_events where seq = 2')
    expect((await verifyAudit(app.db)).brokenAt).toBe(2)
    await tamper('platform.audit_seals', 'delete from platform.audit_seals where event_seq = 2')
    expect((await verifyAudit(app.db)).brokenAt).toBe(3)
  })

  it('finds two seals that were exchanged', async () => {
    await happen(3)
    await seal()
    await tamper(
      'platform.audit_seals',
      'update platform.audit_seals set position = case position when 2 then 30 else position end;' +
        'update platform.audit_seals set position = 2 where position = 3;' +
        'update platform.audit_seals set position = 3 where position = 30',
    )
    expect((await verifyAudit(app.db)).brokenAt).toBe(2)
  })

  it('seals in order from where it stopped, and says what is not sealed yet', async () => {
    await happen(2)
    expect(await seal()).toBe(2)
    await happen(3)
    expect(await verifyAudit(app.db)).toMatchObject({ sealed: 2, unsealed: 3, brokenAt: null })
    expect(await Promise.all([seal(), seal()])).toEqual(expect.arrayContaining([3, 0]))
    expect(await verifyAudit(app.db)).toMatchObject({ sealed: 5, unsealed: 0, brokenAt: null })
  })

  it('holds whatever time zone the server is set to', async () => {
    await happen(2)
    await seal()
    await sql`do $$ begin execute format('alter database %I set timezone = ''America/New_York''', current_database()); end $$`.execute(
      app.db,
    )
    const { openDatabase } = await import('./db.ts')
    const other = openDatabase(app.databaseUrl)
    const verdict = await verifyAudit(other.db)
    await other.close()
    expect(verdict.brokenAt).toBeNull()
  })

  it('tells the timeline of a record, newest first', async () => {
    await happen(2)
    const [entry, ...rest] = await timeline(app.db, 'thing:2')
    expect(rest).toEqual([])
    expect(entry).toMatchObject({
      title: '发生了',
      clause: 'HB-4.1',
      who: officer.name,
      organisation: '武汉市人社局',
      data: { n: 2 },
    })
  })
})
