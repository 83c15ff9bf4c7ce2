import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOfficialData } from '../../../../db/seed/official.ts'
import { value } from '../../exams/fixtures.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCommitment, anArrangement, aPublicValue } from '../fixtures.ts'
import { closeRegistration } from '../seating/close-registration.ts'
import { commitDraw } from '../seating/commit-draw.ts'
import { drawSitting } from '../seating/draw-sitting.ts'
import { voidDraw } from '../seating/void-draw.ts'
import { printMyTicket } from './print-tickets.ts'
import { publishTickets } from './publish-tickets.ts'
import { tellCandidates } from './tell-candidates.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
  await loadOfficialData(app)
})
afterAll(() => app?.close())

describe('published tickets', () => {
  test('are told to every candidate once, until fetched or taken back; drawn anew they are told anew', async () => {
    const { sittingId, world, candidates } = await anArrangement(app, { stage: 'published', candidates: 2 })
    const manager = world.evaluation.actor
    const me = anActor('learner', {}, { personId: candidates[0]?.personId as string })
    const waiting = async () => {
      const { rows } = await sql<{ personId: string; link: string }>`
        select holder_person_id as person_id, link from duties.duties where kind = 'halls.fetch-ticket'
          and holder_person_id = any(${candidates.map((one) => one.personId)}::uuid[])
          and fulfilled_at is null and cancelled_at is null`.execute(app.db)
      return rows.map((row) => `${row.link} ${row.personId}`).sort()
    }
    const all = candidates.map((one) => `/mine/tickets ${one.personId}`).sort()
    const published = async () => {
      const { rows } = await sql<{ at: Date }>`select tickets_published_at as at from halls.arrangements
        where sitting_id = ${sittingId}`.execute(app.db)
      return { sittingId, publishedAt: rows[0]?.at.toISOString() as string }
    }
    expect(await waiting()).toEqual([])
    const job = await published()
    await tellCandidates(app, job)
    await tellCandidates(app, job)
    expect(await waiting()).toEqual(all)
    value(await printMyTicket(app, me, { sittingId }))
    expect(await waiting()).toEqual(all.filter((one) => !one.includes(me.personId as string)))

    value(await voidDraw(app, manager, { sittingId, reason: '考场停电，改用另一考场' }))
    expect(await waiting()).toEqual([])
    await tellCandidates(app, job)
    expect(await waiting()).toEqual([])
    value(await commitDraw(app, manager, { sittingId, ...aCommitment(app) }))
    value(await closeRegistration(app, manager, { sittingId }))
    app.clock.advance(3 * 86_400)
    value(await drawSitting(app, world.second, { sittingId, ...aPublicValue(app) }))
    value(await publishTickets(app, manager, { sittingId }))
    await tellCandidates(app, await published())
    expect(await waiting()).toEqual(all)
  })
})
