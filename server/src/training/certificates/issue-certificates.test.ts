import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countQueries } from '../../platform/db.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aClass, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { issueCertificates } from './issue-certificates.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
beforeEach(() => app.clock.setDay('2026-03-02'))
afterAll(() => app.close())

describe('issuing training certificates', () => {
  it('is refused to others, before completion, and when there is nothing to issue', async () => {
    const running = await aClass(app, { world, state: 'running' })
    expect(await issueCertificates(app, world.manager, { classId: running.classId })).toMatchObject({
      refusal: { code: 'CLASS_STATE', clause: 'HB-4.3' },
    })
    const done = await aClass(app, { world, state: 'certified' })
    expect(await issueCertificates(app, world.otherManager, { classId: done.classId })).toMatchObject({
      refusal: { code: 'CLASS_NOT_FOUND' },
    })
    expect(await issueCertificates(app, world.manager, { classId: done.classId })).toMatchObject({
      refusal: { code: 'NOTHING_TO_ISSUE' },
    })
  })

  it('is refused once the institution is out of the catalogue', async () => {
    const other = await aTrainingWorld(app)
    const one = await aClass(app, { world: other, state: 'completed' })
    await sql`update institutions.catalogue_entries set to_on = '2026-03-03', ended_reason = '移出'
      where organisation_id = ${other.institution.organisationId}`.execute(app.db)
    expect(await issueCertificates(app, other.manager, { classId: one.classId })).toMatchObject({
      refusal: { clause: 'HB-6.2' },
    })
  })

  it('issues to one of two browsers only', async () => {
    const one = await aClass(app, { world, state: 'completed', learners: 2 })
    const results = await Promise.all(
      [1, 2].map(() => issueCertificates(app, world.manager, { classId: one.classId })),
    )
    expect(
      results
        .map((result) => (result.ok ? result.value.issued : result.refusal.code))
        .map(String)
        .sort(),
    ).toEqual(['2', 'NOTHING_TO_ISSUE'])
  })

  it('carries hours by kind, a number, an unguessable code, and tells benefits', async () => {
    const one = await aClass(app, { world, state: 'certified' })
    const { rows } = await sql<{ id: string; code: string }>`
      select id, number, code, total_hours, hours, holder_name, class_number is not null as with_class
      from training.issued_certificates where class_id = ${one.classId}`.execute(app.db)
    expect(rows).toEqual([
      {
        id: expect.any(String),
        number: expect.stringMatching(/^PX422026\d{6}$/),
        code: expect.stringMatching(/^[\w-]{22}$/),
        totalHours: 8,
        hours: { total: 8, theory: 4, practice: 4, online: 2, offline: 6 },
        holderName: '学员甲',
        withClass: true,
      },
    ])
    const jobs = await sql`select from graphile_worker.jobs j
      join graphile_worker._private_jobs p on p.id = j.id
      where j.task_identifier = 'training.certificate-issued' and p.payload ->> 'certificateId' = ${rows[0]!.id}`.execute(
      app.db,
    )
    expect(jobs.rows).toHaveLength(1)
  })

  it('issues many with as many queries as few', async () => {
    const queries = async (learners: number) => {
      app.clock.setDay('2026-03-02')
      const one = await aClass(app, { world, state: 'completed', learners })
      return countQueries(async (count) => {
        value(await issueCertificates(app, world.manager, { classId: one.classId }))
        return count.queries
      })
    }
    expect(await queries(12)).toBe(await queries(1))
  })
})
