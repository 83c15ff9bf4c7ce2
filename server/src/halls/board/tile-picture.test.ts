import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { keepCapture, storePicture } from '../evidence/keep-capture.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { openTilePicture } from './open-tile-picture.ts'
import { recordVisits } from './record-visits.ts'

let app: TestApp
let door: DoorFixture
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(async () => {
  await app?.close()
})
beforeEach(async () => {
  door = await aDoor(app, { candidates: 3, stage: 'started' })
})

const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => result.refusal?.code
let shade = 0
async function aFaceOf(one: AtDoor, attemptId: string | null = one.attemptId): Promise<string> {
  shade += 1
  const stored = await storePicture(app, Buffer.from(`\xff\xd8\xff picture ${shade}`, 'latin1'))
  const at = app.clock.now()
  await keepCapture(app.db, stored, {
    ...{ sittingId: door.sittingId, hallId: door.hallId, candidateId: one.candidateId },
    ...{ attemptId, reason: 'random', clientAt: at, at },
  })
  return stored.id
}
const people = () => door.people as [AtDoor, AtDoor, AtDoor]
const show = (actor: Actor, captureId: string) => openTilePicture(app, actor, { captureId })

interface Seen {
  actorName: string
  actorRole: string
  subjects: string[]
  data: {
    purpose: string
    pictures: number
    candidates: number
    from: string
    until: string
    seen: Record<string, [number, string, string]>
  }
}
async function events(): Promise<Seen[]> {
  const { rows } = await sql<Seen>`
    select actor_name, actor_role, subjects, data from platform.audit_events
    where name = 'board.faces-seen' and subjects @> array[${`sitting:${door.sittingId}`}]::text[] order by seq`.execute(
    app.db,
  )
  return rows
}

describe('a face on a tile', () => {
  it('is not shown to strangers, not when it is of the door, and not once a newer one is there', async () => {
    const [one] = people()
    const first = await aFaceOf(one)
    expect(codeOf(await show(anActor('invigilator'), first))).toBe('EVIDENCE_NOT_FOUND')
    expect(codeOf(await show(door.chief, await aFaceOf(one, null)))).toBe('EVIDENCE_NOT_FOUND')
    app.clock.advance(120)
    await aFaceOf(one)
    // A board a moment behind.
    expect(codeOf(await show(door.chief, first))).toBeUndefined()
    app.clock.advance(120)
    await aFaceOf(one)
    expect(codeOf(await show(door.chief, first))).toBe('TILE_PICTURE_OLD')
    expect(await events()).toEqual([])
  })

  it('is on record before it leaves: the visit is there though nobody has ended it', async () => {
    const [one] = people()
    value(await show(door.chief, await aFaceOf(one)))
    const { rows } = await sql<{ actorName: string; candidateId: string; pictures: number }>`
      select v.actor_name, f.candidate_id, f.pictures from halls.board_visits v
      join halls.board_visit_faces f on f.visit_id = v.id where v.hall_id = ${door.hallId}`.execute(app.db)
    expect(rows).toEqual([{ actorName: '主考甲', candidateId: one.candidateId, pictures: 1 }])
  })
})

describe('a visit', () => {
  it('is one event a watcher, with whose faces and when, once it is over', async () => {
    const [one, two] = people()
    const began = app.clock.now()
    for (let minute = 0; minute < 4; minute += 1) {
      value(await show(door.chief, await aFaceOf(one)))
      if (minute === 2) value(await show(door.chief, await aFaceOf(two)))
      app.clock.advance(60)
      await recordVisits(app)
    }
    value(await show(door.patrol, await aFaceOf(two)))
    expect(await events()).toEqual([])
    app.clock.advance(6 * 60)
    await recordVisits(app)
    await recordVisits(app)
    const [chief, patrol, ...more] = (await events()).sort((a, b) => b.data.pictures - a.data.pictures)
    expect(more).toEqual([])
    expect(chief).toMatchObject({
      ...{ actorName: '主考甲', actorRole: 'invigilator' },
      data: { purpose: '实时监考', pictures: 5, candidates: 2 },
    })
    expect(chief?.subjects).toContain(`candidate:${two.candidateId}`)
    const [count, from, until] = (chief as Seen).data.seen[one.candidateId] as [number, string, string]
    expect(count).toBe(4)
    expect(new Date(from).getTime() - began.getTime()).toBeLessThan(2_000)
    expect(new Date(until).getTime() - new Date(from).getTime()).toBeGreaterThanOrEqual(180_000)
    expect(patrol).toMatchObject({ actorName: '流动丙', data: { pictures: 1 } })
  })

  it('that goes on is told at least once an hour, and goes on as another', async () => {
    const [one] = people()
    for (let minute = 0; minute < 66; minute += 3) {
      value(await show(door.chief, await aFaceOf(one)))
      app.clock.advance(180)
      await recordVisits(app)
    }
    expect((await events()).map((event) => event.data.pictures)).toEqual([20])
    app.clock.advance(6 * 60)
    await recordVisits(app)
    expect((await events()).map((event) => event.data.pictures)).toEqual([20, 2])
  })
})
