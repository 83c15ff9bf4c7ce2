import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { instantAt } from '../../platform/clock.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import { decideKeyChange, proposeKeyChange } from './change-key.ts'
import type { NewKey } from './fitting-key.ts'
import { ALL_RIGHT, aSealedSitting, closeHall, type SealedFixture, sit } from './fixtures.ts'
import { scoreSitting } from './score-sitting.ts'

let app: TestApp
beforeEach(async () => {
  app = await aTestApp()
})
afterEach(async () => {
  await journalOf(app).close()
  await app.close()
})

/** Two candidates have sat the theory (100 and 75 points), nobody the ability; hall and sitting are over. */
async function aSatSitting(options: { essay?: boolean; over?: boolean; sitAbility?: boolean } = {}) {
  const sealed = await aSealedSitting(app, { essay: options.essay ?? true })
  await sql`update exams.sittings set state = 'open' where id = ${sealed.sittingId}`.execute(app.db)
  app.clock.set(instantAt('2026-03-12', '09:00'))
  const first = await sit(app, sealed, 0, 'theory', ALL_RIGHT)
  // One choice incomplete (half), one wrong, one item left out.
  const second = await sit(
    app,
    sealed,
    1,
    'theory',
    { ...ALL_RIGHT, 1: 'A', 5: ['A'], 10: undefined },
    { before: { 1: 'B' } },
  )
  if (options.sitAbility) {
    app.clock.set(instantAt('2026-03-12', '14:00'))
    for (const at of [0, 1]) await sit(app, sealed, at, 'ability', ALL_RIGHT)
  } else await sql`delete from halls.attempts where part = 'ability'`.execute(app.db)
  app.clock.set(instantAt('2026-03-12', '18:00'))
  if (options.over ?? true) {
    await closeHall(app, sealed)
    await setSitting(sealed, 'ended')
  }
  return { sealed, first, second }
}

async function setSitting(of: SealedFixture, state: string) {
  await sql`update exams.sittings set state = ${state}, ended_on = '2026-03-12' where id = ${of.sittingId}`.execute(
    app.db,
  )
}
const score = (of: SealedFixture, actor: Actor = of.manager) =>
  scoreSitting(app, actor, { sittingId: of.sittingId })
const codeOf = (result: Awaited<ReturnType<typeof score>>) => (result.ok ? 'ok' : result.refusal.code)
async function examScores(of: SealedFixture) {
  const { rows } = await sql<{ theory: number | null; ability: number | null }>`
    select theory_score_tenths as theory, ability_score_tenths as ability from exams.candidates
    where sitting_id = ${of.sittingId} order by ticket_number`.execute(app.db)
  return rows
}
async function attemptScores(of: SealedFixture) {
  const { rows } = await sql<{ part: string; objectiveTenths: number; scoreTenths: number | null }>`
    select t.part, t.objective_tenths, t.score_tenths from halls.attempts t join exams.candidates c on c.id = t.candidate_id
    where t.sitting_id = ${of.sittingId} order by t.part desc, c.ticket_number`.execute(app.db)
  return rows
}
/** What somebody with the database's own password could do. */
async function tamper(statement: string) {
  await app.db.transaction().execute(async (tx) => {
    await sql`alter table halls.journal disable trigger all`.execute(tx)
    await sql.raw(statement).execute(tx)
    await sql`alter table halls.journal enable trigger all`.execute(tx)
  })
}

describe('scoring', () => {
  it('is refused out of scope, before the close, and while the sitting has not ended', async () => {
    const { sealed } = await aSatSitting({ over: false })
    expect(codeOf(await score(sealed, anActor('evaluation_manager')))).toBe('PAPER_SITTING_NOT_FOUND')
    expect(codeOf(await score(sealed))).toBe('HALL_NOT_CLOSED')
    await closeHall(app, sealed)
    expect(codeOf(await score(sealed))).toBe('SITTING_NOT_ENDED')
    expect(await attemptScores(sealed)).toMatchObject([{ scoreTenths: null }, { scoreTenths: null }])
  })

  it('is refused while an attempt is open', async () => {
    const { sealed } = await aSatSitting()
    await sql`update halls.attempts set state = 'started' where form = 'A'`.execute(app.db)
    expect(codeOf(await score(sealed))).toBe('ATTEMPTS_STILL_OPEN')
  })

  it('waits until who never began is marked absent', async () => {
    const { sealed } = await aSatSitting()
    await sql`update halls.attempts set state = 'absent', closed_seq = null, closed_hash = null where form = 'A'`.execute(
      app.db,
    )
    expect(codeOf(await score(sealed))).toBe('ABSENCE_NOT_MARKED')
    await sql`update exams.candidates set theory_mark = 'absent' where id = ${sealed.candidates[0]?.id}`.execute(
      app.db,
    )
    value(await score(sealed))
    expect(await examScores(sealed)).toEqual([
      { theory: null, ability: null },
      { theory: 750, ability: null },
    ])
  })

  it.each([
    [
      'an answer was changed',
      `update halls.journal set body = replace(body, '"select"', '"insert"') where kind = 'answer'`,
    ],
    ['an answer was taken out', `delete from halls.journal where kind = 'answer' and seq = 5`],
    ['the end was moved', `update halls.attempts set closed_seq = closed_seq - 1`],
  ])('is refused altogether when %s in the database', async (_, statement) => {
    const { sealed } = await aSatSitting()
    await tamper(statement)
    const result = await score(sealed)
    expect(result).toMatchObject({ refusal: { code: 'JOURNAL_UNSOUND', facts: { count: 2 } } })
    expect(await examScores(sealed)).toMatchObject([{ theory: null }, { theory: null }])
  })

  it('is refused when an answer stands after its deadline, though the chain holds', async () => {
    const { sealed } = await aSatSitting()
    await sql`update halls.attempts set minutes = 0 + 1, closes_at = started_at - interval '10 minutes' where form = 'A'`.execute(
      app.db,
    )
    const result = await score(sealed)
    expect(result).toMatchObject({
      refusal: {
        code: 'JOURNAL_UNSOUND',
        facts: {
          attempts: [{ breaches: expect.arrayContaining([{ seq: expect.any(Number), law: 'late' }]) }],
        },
      },
    })
  })

  it('scores the last answers once, and passes a wholly objective part up by two equal entries', async () => {
    const { sealed } = await aSatSitting()
    const scored = value(await score(sealed))
    expect(scored.parts).toMatchObject([{ part: 'theory', scored: 2, waiting: 0, passedUp: 2 }])
    expect(await examScores(sealed)).toEqual([
      { theory: 1000, ability: null },
      { theory: 750, ability: null },
    ])
    const before = await sql`select * from exams.score_entries`.execute(app.db)
    expect(before.rows).toHaveLength(4)
    value(await score(sealed))
    expect((await sql`select * from exams.score_entries`.execute(app.db)).rows).toHaveLength(4)
  })

  it('refuses to pass up a score somebody wrote beside an attempt by hand', async () => {
    const { sealed } = await aSatSitting()
    await sql`update halls.attempts set score_tenths = 1000, objective_tenths = 1000, scored_at = now()`.execute(
      app.db,
    )
    expect(await score(sealed)).toMatchObject({
      refusal: { code: 'COMPUTER_SCORES_DISAGREE', facts: { rows: [{}] } },
    })
  })

  it('keeps what people must still mark here, and says so', async () => {
    const { sealed } = await aSatSitting({ sitAbility: true })
    const { parts } = value(await score(sealed))
    expect(parts[1]).toMatchObject({ part: 'ability', waiting: 1, passedUp: null })
    expect(parts[1]?.words).toContain('成绩未上报')
    expect(await attemptScores(sealed)).toMatchObject([
      {},
      {},
      { objectiveTenths: 900, scoreTenths: null },
      { objectiveTenths: 900, scoreTenths: null },
    ])
    expect(await examScores(sealed)).toMatchObject([{ ability: null }, { ability: null }])
  })

  it('passes nothing up for misconduct, nor for a part that still counts from before', async () => {
    const { sealed } = await aSatSitting()
    await sql`update exams.candidates set theory_mark = 'misconduct' where id = ${sealed.candidates[0]?.id}`.execute(
      app.db,
    )
    await sql`update exams.candidates set theory_retained_from = id where id = ${sealed.candidates[1]?.id}`.execute(
      app.db,
    )
    expect(value(await score(sealed)).parts).toMatchObject([{ passedUp: 0 }])
    expect(await examScores(sealed)).toMatchObject([{ theory: null }, { theory: null }])
  })
})

describe('a change of key', () => {
  const propose = async (of: SealedFixture, number: number, key: NewKey, actor = of.manager) =>
    proposeKeyChange(app, actor, { paperId: of.theoryPaperId, number, key, reason: '参考答案印错' })

  it('is refused before scoring, for what is no item or no key, without a change, and twice', async () => {
    const { sealed } = await aSatSitting()
    const code = async (number: number, key: NewKey, actor?: Actor) => {
      const result = await propose(sealed, number, key, actor)
      return result.ok ? 'ok' : result.refusal.code
    }
    expect(await code(1, { letters: ['A'] })).toBe('NOT_SCORED_YET')
    value(await score(sealed))
    expect(await code(1, { letters: ['A'] }, anActor('evaluation_manager'))).toBe('PAPER_NOT_FOUND')
    expect(await code(99, { letters: ['A'] })).toBe('ITEM_NOT_FOUND')
    expect(await code(1, { letters: ['E'] })).toBe('KEY_NOT_FITTING')
    expect(await code(7, { letters: ['A'] })).toBe('KEY_NOT_FITTING')
    expect(await code(9, { blanks: [['a'], ['b']] })).toBe('KEY_NOT_FITTING')
    expect(await code(1, { letters: ['B'] })).toBe('KEY_CHANGES_NOTHING')
    expect(await code(1, { letters: ['A'] })).toBe('ok')
    expect(await code(1, { letters: ['C'] })).toBe('KEY_CHANGE_OPEN')
    await setSitting(sealed, 'reported')
    expect(await code(2, { letters: ['A'] })).toBe('SCORES_REPORTED')
  })

  it('is decided by another person, and rejected changes nothing', async () => {
    const { sealed } = await aSatSitting()
    value(await score(sealed))
    const { id: keyChangeId } = value(await propose(sealed, 1, { letters: ['A'] }))
    const decide = (actor: Actor, decision: 'approved' | 'rejected') =>
      decideKeyChange(app, actor, { keyChangeId, decision })
    expect(await decide(sealed.manager, 'approved')).toMatchObject({
      refusal: { code: 'KEY_CHANGE_SAME_PERSON' },
    })
    expect(await decide(anActor('evaluation_manager'), 'approved')).toMatchObject({
      refusal: { code: 'KEY_CHANGE_NOT_FOUND' },
    })
    value(await decide(sealed.second, 'rejected'))
    expect(await decide(sealed.second, 'approved')).toMatchObject({ refusal: { code: 'KEY_CHANGE_DECIDED' } })
    expect(await examScores(sealed)).toMatchObject([{ theory: 1000 }, { theory: 750 }])
  })

  it('gives new scores before publication, the earlier entries stay', async () => {
    const { sealed } = await aSatSitting()
    value(await score(sealed))
    const { id: keyChangeId } = value(await propose(sealed, 1, { letters: ['A'] }))
    const decided = value(await decideKeyChange(app, sealed.second, { keyChangeId, decision: 'approved' }))
    expect(decided.corrections).toBeNull()
    expect(decided.changed.map((one) => [one.fromTenths, one.toTenths]).sort()).toEqual([
      [1000, 900],
      [750, 850],
    ])
    expect(await examScores(sealed)).toMatchObject([{ theory: 900 }, { theory: 850 }])
    expect((await sql`select 1 from exams.score_entries`.execute(app.db)).rows).toHaveLength(8)
    value(await score(sealed))
    expect(await examScores(sealed)).toMatchObject([{ theory: 900 }, { theory: 850 }])
  })

  it('takes several answers for right, or counts an item for everybody', async () => {
    const { sealed } = await aSatSitting()
    value(await score(sealed))
    const change = async (number: number, key: NewKey) => {
      const { id: keyChangeId } = value(await propose(sealed, number, key))
      value(await decideKeyChange(app, sealed.second, { keyChangeId, decision: 'approved' }))
    }
    await change(1, { letters: ['A', 'B'] })
    expect(await examScores(sealed)).toMatchObject([{ theory: 1000 }, { theory: 850 }])
    await change(10, { void: true })
    expect(await examScores(sealed)).toMatchObject([{ theory: 1000 }, { theory: 950 }])
  })

  it('becomes corrections for a second person after publication', async () => {
    const { sealed } = await aSatSitting()
    value(await score(sealed))
    await setSitting(sealed, 'scored')
    await sql`update exams.candidates set result = 'failed'`.execute(app.db)
    const { id: keyChangeId } = value(await propose(sealed, 1, { letters: ['A', 'B'] }))
    const decided = value(await decideKeyChange(app, sealed.second, { keyChangeId, decision: 'approved' }))
    expect(decided).toMatchObject({
      changed: [{ fromTenths: 750, toTenths: 850 }],
      corrections: { proposed: 1, open: [] },
    })
    expect(await examScores(sealed)).toMatchObject([{ theory: 1000 }, { theory: 750 }])
    const { rows } = await sql`select proposed_by, to_tenths, reason from exams.score_corrections`.execute(
      app.db,
    )
    expect(rows).toEqual([{ proposedBy: sealed.manager.accountId, toTenths: 850, reason: '参考答案印错' }])
  })
})
