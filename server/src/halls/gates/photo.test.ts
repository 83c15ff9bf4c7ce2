import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aSupervisedRegion } from '../../people/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { type Look, similarity } from '../faces/face.ts'
import { useFaces } from '../faces/face-pool.ts'
import { aFace, aLook, facesThatSee, shotOf } from '../faces/fixtures.ts'
import { hallsJobs } from '../jobs.ts'
import { warnOfFaceRegister } from './face-register.ts'
import { openTemplate } from './face-template.ts'
import { type AtDoor, aDoor } from './fixtures.ts'
import { forgetDueFaces } from './forget-due-faces.ts'
import { lookAtRegisteredPhoto } from './look-at-face.ts'
import { photoOf } from './open-photo.ts'
import { readMyPhoto } from './read-my-photo.ts'
import { registerCandidatePhoto } from './register-candidate-photo.ts'
import { registerPhoto } from './register-photo.ts'
import { findTemplate } from './store/photos.ts'
import { withdrawFaceConsent } from './withdraw-face-consent.ts'

let app: TestApp
let now: Look
const picture = shotOf(['man'], { width: 160, height: 120 })
beforeAll(async () => {
  app = await aTestApp()
  await aSupervisedRegion(app)
  useFaces(
    app,
    facesThatSee(() => now),
  )
})
afterAll(() => app?.close())
beforeEach(() => {
  now = aLook([aFace(3)])
})

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

async function somebody(): Promise<{
  actor: Actor
  personId: string
  door: Awaited<ReturnType<typeof aDoor>>
}> {
  const door = await aDoor(app, { candidates: 1 })
  const [one] = door.people as [AtDoor]
  return {
    door,
    personId: one.personId,
    actor: anActor('learner', {}, { personId: one.personId, name: one.name }),
  }
}

const register = (actor: Actor, rest: { consent?: boolean; picture?: Buffer } = {}) =>
  registerPhoto(app, actor, {
    personId: actor.personId as string,
    provinceCode: '420000',
    picture,
    consent: true,
    ...rest,
  })

async function stored(personId: string) {
  const { rows } = await sql<{ key: string; keySealed: Buffer | null; deletedReason: string | null }>`
    select key, key_sealed, deleted_reason from halls.photos where person_id = ${personId} order by registered_at`.execute(
    app.db,
  )
  return rows
}

async function deletions(personId: string) {
  const { rows } = await sql<{ data: Record<string, unknown> }>`
    select data from platform.audit_events where name = 'face.deleted' and subjects @> array[${`person:${personId}`}]`.execute(
    app.db,
  )
  return rows.map((row) => row.data)
}

describe('a registered photo', () => {
  test('is not taken without a separate consent, nor stored when it could not be compared', async () => {
    const { actor, personId } = await somebody()
    expect(code(await register(actor, { consent: false }))).toBe('PHOTO_CONSENT_MISSING')
    now = aLook([aFace(3), aFace(4)])
    const several = await register(actor)
    expect(several).toMatchObject({
      refusal: { code: 'PHOTO_NOT_FIT', message: expect.stringContaining('单独重新拍摄') },
    })
    now = { outcome: 'missing', why: 'absent' }
    expect(code(await register(actor))).toBe('PHOTO_NOT_LOOKED')
    now = { outcome: 'unreadable', why: 'torn' }
    expect(code(await register(actor))).toBe('PICTURE_UNREADABLE')
    expect(await stored(personId)).toEqual([])
    expect((await readMyPhoto(app, actor)).consent.givenAt).toBeNull()
  })

  test('is noise in the store and in the database, and comes back only with its own key', async () => {
    const { actor, personId } = await somebody()
    value(await register(actor))
    const [row] = await stored(personId)
    const object = Buffer.from((await app.storage.get(row?.key as string)) as Uint8Array)
    expect(object.includes(picture.subarray(0, 64))).toBe(false)
    expect((await photoOf(app, app.db, personId))?.bytes.equals(picture)).toBe(true)
    const template = await findTemplate(app.db, personId)
    const { embedding } = aFace(3)
    const plain = Buffer.from(embedding.buffer)
    expect(template?.templateSealed?.includes(plain.subarray(0, 64))).toBe(false)
    const opened = openTemplate(app.crypto, personId, template as NonNullable<typeof template>)
    expect(similarity(opened as Float32Array, embedding)).toBeCloseTo(1)
    expect(() =>
      openTemplate(app.crypto, 'somebody else', template as NonNullable<typeof template>),
    ).toThrow()
  })

  test('is kept the pack’s days after the sitting it is for, and says that no source stands behind them', async () => {
    const { actor } = await somebody()
    const { deleteAfter } = value(await register(actor))
    const mine = await readMyPhoto(app, actor)
    expect(deleteAfter).toBe('2026-04-01')
    expect(mine.kept).toEqual({ deleteAfter, days: 30, verified: false })
  })

  test('destroys the one before it', async () => {
    const { actor, personId } = await somebody()
    value(await register(actor))
    now = aLook([aFace(5)])
    value(await register(actor))
    const rows = await stored(personId)
    expect(rows.map((row) => [row.keySealed === null, row.deletedReason])).toEqual([
      [true, 'replaced'],
      [false, null],
    ])
    expect(await app.storage.get(rows[0]?.key as string)).toBeUndefined()
    const template = await findTemplate(app.db, personId)
    const opened = openTemplate(app.crypto, personId, template as NonNullable<typeof template>)
    expect(similarity(opened as Float32Array, aFace(5).embedding)).toBeCloseTo(1)
  })

  test('taken by staff belongs to a candidate of their own sittings, who agreed there', async () => {
    const { door, personId } = await somebody()
    const [one] = door.people as [AtDoor]
    const input = { sittingId: door.sittingId, ticketNumber: one.ticketNumber, consented: false, picture }
    expect(
      code(await registerCandidatePhoto(app, anActor('invigilator'), { ...input, consented: true })),
    ).toBe('CANDIDATE_TICKET_NOT_FOUND')
    expect(code(await registerCandidatePhoto(app, door.invigilator, input))).toBe('PHOTO_CONSENT_MISSING')
    value(await registerCandidatePhoto(app, door.invigilator, { ...input, consented: true }))
    expect(await stored(personId)).toHaveLength(1)
  })

  test('is shown to those who keep the door, with the purpose on record, and to no other institution', async () => {
    const { door, actor, personId } = await somebody()
    value(await register(actor))
    const [one] = door.people as [AtDoor]
    const input = { sittingId: door.sittingId, ticketNumber: one.ticketNumber, purpose: '入场身份核对' }
    expect(code(await lookAtRegisteredPhoto(app, anActor('invigilator'), input))).toBe('PICTURE_NOT_FOUND')
    value(await lookAtRegisteredPhoto(app, door.chief, input))
    const { rows } = await sql<{ data: { purpose: string } }>`
      select data from platform.audit_events where name = 'photo.seen' and subjects @> array[${`person:${personId}`}]`.execute(
      app.db,
    )
    expect(rows.map((row) => row.data.purpose)).toEqual(['入场身份核对'])
  })
})

describe('a face is forgotten', () => {
  test('at once when the consent is taken back, with a record of what was deleted', async () => {
    const { actor, personId } = await somebody()
    value(await register(actor))
    expect(value(await withdrawFaceConsent(app, actor))).toEqual({ deleted: true })
    expect(await findTemplate(app.db, personId)).toBeUndefined()
    const { rows } = await sql<{ templateSealed: Buffer | null; keySealed: Buffer | null }>`
      select template_sealed, key_sealed from halls.face_templates where person_id = ${personId}`.execute(
      app.db,
    )
    expect(rows).toEqual([{ templateSealed: null, keySealed: null }])
    expect((await stored(personId)).map((row) => [row.keySealed, row.deletedReason])).toEqual([
      [null, 'withdrawn'],
    ])
    expect(await deletions(personId)).toEqual([
      expect.objectContaining({
        reason: 'withdrawn',
        templates: 1,
        photos: 1,
        sha256: [app.crypto.sha256(picture)],
      }),
    ])
    expect(code(await withdrawFaceConsent(app, actor))).toBe('FACE_CONSENT_NOT_FOUND')
    expect((await readMyPhoto(app, actor)).photo).toBeNull()
  })

  test('also when it was taken back on the page of all consents, but not what was agreed to anew since', async () => {
    const { actor, personId } = await somebody()
    value(await register(actor))
    const handler = hallsJobs['people.consent-withdrawn']
    await handler?.(app, { personId, purpose: 'face' })
    expect(await findTemplate(app.db, personId)).toBeDefined()
    await sql`update people.consents set withdrawn_at = now() where person_id = ${personId}`.execute(app.db)
    await handler?.(app, { personId, purpose: 'notice' })
    expect(await findTemplate(app.db, personId)).toBeDefined()
    await handler?.(app, { personId, purpose: 'face' })
    expect(await findTemplate(app.db, personId)).toBeUndefined()
  })

  test('when its period is over, but not before the sitting it is kept for', async () => {
    const { actor, personId, door } = await somebody()
    value(await register(actor))
    app.clock.setDay('2026-04-02')
    await sql`
      update exams.sittings set starts_at = '2026-04-10T09:00:00+08:00', ends_at = '2026-04-10T11:00:00+08:00'
      where id = ${door.sittingId}`.execute(app.db)
    await forgetDueFaces(app)
    expect((await findTemplate(app.db, personId))?.deleteAfter).toBe('2026-05-10')
    await sql`update exams.sittings set state = 'ended' where id = ${door.sittingId}`.execute(app.db)
    app.clock.setDay('2026-05-10')
    await forgetDueFaces(app)
    expect(await findTemplate(app.db, personId)).toBeDefined()
    app.clock.setDay('2026-05-11')
    await forgetDueFaces(app)
    expect(await findTemplate(app.db, personId)).toBeUndefined()
    expect(await deletions(personId)).toEqual([
      expect.objectContaining({ reason: 'period_over', deleteAfter: '2026-05-10' }),
    ])
  })
})

test('a province with as many faces as the rules name owes the filing, with the days to do it', async () => {
  const { actor } = await somebody()
  value(await register(actor))
  await warnOfFaceRegister(app)
  const duties = () =>
    sql<{ kind: string; dueOn: string | null }>`
      select kind, due_on from duties.duties where kind like 'halls.%face-register' order by created_at`.execute(
      app.db,
    )
  expect((await duties()).rows).toEqual([])
  const set = (id: string, number: string) => sql`
    insert into platform.policy_settings (province_code, parameter, value, from_on, source, proposed_by, confirmed_by,
      confirmed_at, created_at)
    values ('420000', ${id}, ${number}, '2026-01-01', '试验', '甲', '乙', now(), now())`
  await set('face.register-warn-at', '1').execute(app.db)
  await warnOfFaceRegister(app)
  await warnOfFaceRegister(app)
  expect((await duties()).rows).toEqual([{ kind: 'halls.prepare-face-register', dueOn: null }])
  await set('face.register-file-at', '1').execute(app.db)
  await warnOfFaceRegister(app)
  const [, filing] = (await duties()).rows
  expect(filing?.kind).toBe('halls.file-face-register')
  expect(filing?.dueOn).toMatch(/^2026-06-/)
})
