import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generatedDocuments, generatedFromDatabase, stale } from '../server/src/generate.ts'
import { aTestApp, type TestApp } from '../server/src/platform/testing/index.ts'

/** PostgreSQL writes definitions a little differently from version to version; the committed ones are the built-in's. */
const COMMITTED_BY = 18

let app: TestApp
let version: number
beforeAll(async () => {
  app = await aTestApp()
  const client = new pg.Client({ connectionString: app.databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ version: string }>(
    `select current_setting('server_version_num') as version`,
  )
  version = Math.floor(Number(rows[0]?.version) / 10_000)
  await client.end()
})
afterAll(() => app.close())

describe('generated files (write them anew with: npm run generate)', () => {
  it('has db/schema.sql and the row types as the migrations make them', async (context) => {
    context.skip(
      version !== COMMITTED_BY,
      `the committed files come from PostgreSQL ${COMMITTED_BY}, this is ${version}`,
    )
    expect(stale(await generatedFromDatabase(app.databaseUrl)), 'stale: run `npm run generate`').toEqual([])
  })

  it('has docs/generated as the code declares', async () => {
    expect(stale(await generatedDocuments(app.databaseUrl)), 'stale: run `npm run generate`').toEqual([])
  })
})
