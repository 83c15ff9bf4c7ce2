import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enqueue, type JobHandlers } from './jobs.ts'
import { platformJobs, platformSchedules, runJobsNow, startJobs } from './jobs-runner.ts'
import { ok, refuse } from './result.ts'
import { aTestApp, type TestApp } from './testing/index.ts'
import { transact } from './transact.ts'

declare module './jobs.ts' {
  interface Jobs {
    'test.note': { word: string; again?: number }
  }
}

let app: TestApp
let words: string[]
const handlers: JobHandlers = {
  'test.note': async (it, { word, again = 0 }) => {
    if (word === 'bad') throw new Error('this word cannot be noted')
    words.push(word)
    if (again > 0) await enqueue(it.db, 'test.note', { word: `${word}+`, again: again - 1 })
  },
}
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  words = []
  await sql`delete from graphile_worker._private_jobs`.execute(app.db)
})

describe('enqueue', () => {
  it('leaves no job behind when the act is refused', async () => {
    const refusal = { code: 'NO', clause: null, message: '不行', facts: {} }
    await transact(app.db, async (tx) => {
      await enqueue(tx, 'test.note', { word: 'refused' })
      return refuse(refusal)
    })
    expect(await runJobsNow(app, handlers)).toBe(0)
    await transact(app.db, async (tx) => {
      await enqueue(tx, 'test.note', { word: 'done' })
      return ok()
    })
    expect(await runJobsNow(app, handlers)).toBe(1)
    expect(words).toEqual(['done'])
  })

  it('keeps one waiting job a key, the latest', async () => {
    await enqueue(app.db, 'test.note', { word: 'first' }, { key: 'one' })
    await enqueue(app.db, 'test.note', { word: 'second' }, { key: 'one' })
    await runJobsNow(app, handlers)
    expect(words).toEqual(['second'])
  })
})

describe('runJobsNow', () => {
  it('throws what a job throws, and keeps the job', async () => {
    await enqueue(app.db, 'test.note', { word: 'bad' })
    await expect(runJobsNow(app, handlers)).rejects.toThrow('cannot be noted')
    await expect(runJobsNow(app, handlers)).rejects.toThrow('cannot be noted')
  })

  it('refuses a job that nobody answers to', async () => {
    await enqueue(app.db, 'test.note', { word: 'lost' })
    await expect(runJobsNow(app, {})).rejects.toThrow('nobody answers to the job test.note')
  })

  it('waits for the day of a delayed job, by the clock of the app', async () => {
    const runAt = new Date(app.clock.now().getTime() + 3 * 86_400_000)
    await enqueue(app.db, 'test.note', { word: 'later' }, { runAt })
    expect(await runJobsNow(app, handlers)).toBe(0)
    app.clock.set(runAt)
    expect(await runJobsNow(app, handlers)).toBe(1)
  })

  it('runs the jobs that jobs enqueue', async () => {
    await enqueue(app.db, 'test.note', { word: 'a', again: 2 })
    expect(await runJobsNow(app, handlers)).toBe(3)
    expect(words).toEqual(['a', 'a+', 'a++'])
  })
})

describe('startJobs', () => {
  it('runs each job once between two runners, tries a failed one again later, and stops', async () => {
    const runners = await Promise.all(
      [0, 1].map(() => startJobs(app, { ...handlers, ...platformJobs }, platformSchedules)),
    )
    for (const word of ['a', 'b', 'c', 'bad']) await enqueue(app.db, 'test.note', { word })
    await expect.poll(() => words.toSorted(), { timeout: 10_000 }).toEqual(['a', 'b', 'c'])
    await expect
      .poll(async () => {
        const { rows } = await sql<{ lastError: string; waits: boolean }>`
          select last_error, run_at > now() as waits from graphile_worker.jobs`.execute(app.db)
        return rows
      })
      .toEqual([{ lastError: 'this word cannot be noted', waits: true }])
    await Promise.all(runners.map((one) => one.stop()))
    await enqueue(app.db, 'test.note', { word: 'after' })
    expect(words).not.toContain('after')
  })

  it('goes on after the database has cut its connections', async () => {
    const runner = await startJobs(app, handlers, [])
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'shujiang jobs'`.execute(app.db)
    await enqueue(app.db, 'test.note', { word: 'after the cut' })
    await expect.poll(() => words, { timeout: 20_000 }).toEqual(['after the cut'])
    await runner.stop()
  })

  it('takes up what a killed runner held, when it is alone on its database', async () => {
    await enqueue(app.db, 'test.note', { word: 'held' })
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'killed'`.execute(
      app.db,
    )
    const runner = await startJobs(app, handlers, [], { alone: true })
    await expect.poll(() => words, { timeout: 10_000 }).toEqual(['held'])
    await runner.stop()
  })
})
