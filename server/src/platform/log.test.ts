import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { aTestApp } from './testing/index.ts'

test('an error of the database is logged without the row that failed', async () => {
  const app = await aTestApp()
  const lines: string[] = []
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk))
        done()
      },
    }),
  )
  try {
    await sql`insert into people.persons (name, phone) values ('王小芳', '13800005678')`.execute(app.db)
    expect.unreachable('the row lacks what it must have')
  } catch (error) {
    log.error({ err: error, error }, 'request failed')
  } finally {
    await app.close()
  }
  const written = lines.join('')
  expect(written).toContain('request failed')
  expect(written).toContain('"table":"persons"')
  expect(written).not.toContain('王小芳')
  expect(written).not.toContain('13800005678')
})
