import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aHallOf, type HallFixture } from './fixtures.ts'
import { holderOf } from './holder.ts'
import { type Journal, openJournal } from './journal.ts'
import { saveAnswers } from './save-answers.ts'

let app: TestApp
let journal: Journal
let hall: HallFixture
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
  hall = await aHallOf(app, { candidates: 3, stage: 'started' })
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})

it('saves', async () => {
  const [one] = hall.seated
  const save = {
    item: 'q01',
    clientSeq: 1,
    baseRevision: 0,
    value: 'a',
    clientAt: app.clock.now().toISOString(),
  }
  const holder = holderOf(one!.secrets)!
  console.log(
    JSON.stringify(
      await saveAnswers(app, journal, holder, [
        save,
        { ...save, item: 'q09', clientSeq: 2, value: '文字"\\\n,{}' },
      ]),
    ),
  )
  console.log(JSON.stringify(await saveAnswers(app, journal, holder, [save])))
  const { rows } =
    await sql`select * from halls.journal where attempt_id = ${one!.attemptId} order by seq`.execute(app.db)
  console.log(rows)
  expect(1).toBe(1)
})
