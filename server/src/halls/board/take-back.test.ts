import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { brokenAt, stateOf } from '../attempts/entry.ts'
import { handIn } from '../attempts/hand-in.ts'
import { holderOf } from '../attempts/holder.ts'
import { journalOf } from '../attempts/journal.ts'
import { journalRows } from '../attempts/store.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { decideAct } from './decide-act.ts'
import { boardJobs } from './jobs.ts'
import { type Proposed, proposeAct } from './propose-act.ts'
import { raiseAlert } from './raise-alert.ts'
import { readSeated } from './read-seated.ts'

let app: TestApp
let door: DoorFixture
let one: AtDoor
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(async () => {
  await journalOf(app).close()
  await app?.close()
})
beforeEach(async () => {
  door = await aDoor(app, { candidates: 2, stage: 'started', minutes: 60 })
  one = door.people[0] as AtDoor
})

const place = () => ({ sittingId: door.sittingId, hallId: door.hallId, part: 'theory' as const })
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => result.refusal?.code
const propose = (actor: Actor, act: Proposed) =>
  proposeAct(app, actor, { ...place(), act, reason: '现场核对后认定有误', clientAt: app.clock.now() })
const decide = (actor: Actor, proposalId: string, decision: 'agreed' | 'declined' = 'agreed') =>
  decideAct(app, actor, { proposalId, decision, reason: '情况不符', clientAt: app.clock.now() })
const both = async (act: Proposed) =>
  value(await decide(door.invigilator, value(await propose(door.chief, act)).id))
const seated = async () =>
  value(await readSeated(app, door.chief, { ...place(), candidateId: one.candidateId }))
const me = () => ({ candidateId: one.candidateId })

async function misconduct(ends: boolean): Promise<void> {
  const at = app.clock.now()
  await raiseAlert(app.db, {
    ...{ sittingId: door.sittingId, hallId: door.hallId, ...me(), attemptId: one.attemptId },
    ...{ kind: 'copy', severity: 'warning', data: {}, captureId: null, clientAt: at, at },
  })
  const { rows } = await sql<{ id: string }>`
    select id from halls.alerts where candidate_id = ${one.candidateId}`.execute(app.db)
  await both({ kind: 'misconduct', ...me(), alertIds: [rows[0]?.id as string], captureIds: [], ends })
}
const mark = async () => {
  const { rows } = await sql<{ mark: string }>`
    select theory_mark as mark from exams.candidates where id = ${one.candidateId}`.execute(app.db)
  return rows[0]?.mark
}
const duties = async () => {
  await runJobsNow(app, {
    ...boardJobs,
    'halls.compare-captures': async () => {},
    'halls.remove-objects': async () => {},
  })
  const { rows } = await sql<{ title: string; open: boolean }>`
    select title, fulfilled_at is null and cancelled_at is null as open from duties.duties
    where kind = 'halls.extra-sitting' and subject = ${`candidate:${one.candidateId}`}`.execute(app.db)
  return rows
}

describe('misconduct that was none', () => {
  it('is not withdrawn where there is none, nor once results are out', async () => {
    expect(codeOf(await propose(door.chief, { kind: 'withdraw', ...me() }))).toBe('MISCONDUCT_NOT_FOUND')
    await misconduct(false)
    await sql`update exams.sittings set state = 'scored' where id = ${door.sittingId}`.execute(app.db)
    expect(codeOf(await propose(door.chief, { kind: 'withdraw', ...me() }))).toBe('RESULTS_ARE_OUT')
    expect((await seated()).actions.withdraw).toMatchObject({ because: { code: 'RESULTS_ARE_OUT' } })
    expect(await mark()).toBe('misconduct')
  })

  it('is not withdrawn by one person, by patrol, or when the results came out between the two', async () => {
    await misconduct(false)
    expect(codeOf(await propose(door.patrol, { kind: 'withdraw', ...me() }))).toBe('BOARD_NOT_YOURS')
    const { id } = value(await propose(door.chief, { kind: 'withdraw', ...me() }))
    expect(codeOf(await decide(door.chief, id))).toBe('ACT_NEEDS_SECOND')
    await sql`update exams.sittings set state = 'scored' where id = ${door.sittingId}`.execute(app.db)
    expect(codeOf(await decide(door.invigilator, id))).toBe('SITTING_NOT_OPEN')
    expect(await mark()).toBe('misconduct')
  })

  it('is withdrawn by two with the reason; who goes on writing is owed nothing', async () => {
    await misconduct(false)
    const { tile, actions } = await seated()
    expect(tile.misconduct).toBe(true)
    expect(actions.withdraw.allowed).toBe(true)
    await both({ kind: 'withdraw', ...me() })
    expect(await mark()).toBe('present')
    const after = await seated()
    expect(after.tile).toMatchObject({ misconduct: false, open: true })
    expect(after.acts[0]).toMatchObject({ kind: 'withdraw', byName: '主考甲', secondName: '监考乙' })
    expect(after.owed).toBe(false)
    expect(await duties()).toEqual([])
    expect(codeOf(await propose(door.chief, { kind: 'withdraw', ...me() }))).toBe('MISCONDUCT_NOT_FOUND')
  })

  it('that ended the attempt leaves it ended and owes another sitting', async () => {
    await misconduct(true)
    await both({ kind: 'withdraw', ...me() })
    expect(await mark()).toBe('present')
    const after = await seated()
    expect(after.tile.standing).toBe('terminated')
    expect(after.owed).toBe(true)
    expect(await duties()).toEqual([{ title: `另行安排考试：${one.name} 理论知识考试被误终止`, open: true }])
    expect(codeOf(await propose(door.chief, { kind: 'annul', ...me() }))).toBe('TERMINATION_ANNULLED')
  })
})

describe('a termination that was a mistake', () => {
  it('is not found where nothing was ended, nor while misconduct stands', async () => {
    expect(codeOf(await propose(door.chief, { kind: 'annul', ...me() }))).toBe('ATTEMPT_NOT_TERMINATED')
    value(await handIn(journalOf(app), holderOf(one.secrets)!, { answers: {} }))
    expect(codeOf(await propose(door.chief, { kind: 'annul', ...me() }))).toBe('ATTEMPT_NOT_TERMINATED')
    one = door.people[1] as AtDoor
    await misconduct(true)
    expect(codeOf(await propose(door.chief, { kind: 'annul', ...me() }))).toBe('MISCONDUCT_STANDS')
    expect((await seated()).actions.annul).toMatchObject({ because: { code: 'MISCONDUCT_STANDS' } })
  })

  it('needs a second invigilator, who may decline', async () => {
    await both({ kind: 'terminate', ...me() })
    const { id } = value(await propose(door.invigilator, { kind: 'annul', ...me() }))
    expect(codeOf(await decide(door.invigilator, id))).toBe('ACT_NEEDS_SECOND')
    value(await decide(door.chief, id, 'declined'))
    expect((await seated()).owed).toBe(false)
    expect(await duties()).toEqual([])
  })

  it('stays closed with its chain whole; the other sitting is owed until there is one', async () => {
    await both({ kind: 'terminate', ...me() })
    await both({ kind: 'annul', ...me() })
    const rows = await journalRows(app.db, { sittingId: door.sittingId, attemptId: one.attemptId })
    expect(brokenAt(rows)).toBeUndefined()
    expect(stateOf(rows).closed?.why).toBe('terminated')
    expect((await duties()).map((duty) => duty.open)).toEqual([true])
    expect((await duties()).map((duty) => duty.open)).toEqual([true])
    // Assigned to a later sitting: what was owed is given.
    await sql`
      insert into exams.candidates (id, sitting_id, declaration_id, person_id, ticket_number, attempt, created_at)
      select gen_random_uuid(), s.id, c.declaration_id, c.person_id, c.ticket_number || '-2', c.attempt + 1, c.created_at
      from exams.candidates c, exams.sittings s
      where c.id = ${one.candidateId} and s.id <> c.sitting_id limit 1`.execute(app.db)
    app.clock.advance(86_400)
    await boardJobs['halls.settle-extra-sittings']?.(app, {} as never)
    expect((await duties()).map((duty) => duty.open)).toEqual([false])
  })
})
