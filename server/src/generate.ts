import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { ModuleFacts } from './generating/catalogues.ts'
import { rowTypes } from './generating/row-types.ts'
import { dumpSchema } from './generating/schema-dump.ts'
import { cloneDatabase, openTestServer } from './platform/testing/server.ts'

/**
 * `npm run generate`: everything that is written from the code and the migrations, committed, and held fresh by
 * `db/generated.test.ts`.
 */
const ROOT = join(import.meta.dirname, '..', '..')

/** The generated files that come from the migrations alone, by path. */
export async function generatedFromDatabase(url: string): Promise<Map<string, string>> {
  return withClient(url, async (client) => {
    const schema = await dumpSchema(client)
    return new Map([
      ['db/schema.sql', schema],
      ['server/src/platform/db-types.generated.ts', await rowTypes(url)],
    ])
  })
}

/** The generated documents, by path. */
export async function generatedDocuments(url: string): Promise<Map<string, string>> {
  // Late, because code that does not load yet may be waiting for the row types that were written before.
  const pages = await import('./generating/catalogues.ts')
  await pages.importDeclarations()
  const modules = await withClient(url, readModules)
  return new Map([
    ['docs/generated/audit-events.md', pages.auditEventsPage()],
    ['docs/generated/modules.md', pages.modulesPage(modules)],
    ['docs/generated/permissions.md', pages.permissionsPage()],
    ['docs/generated/procedures.md', pages.proceduresPage()],
    ['docs/generated/refusals.md', pages.refusalsPage()],
  ])
}

/** Which of these files are not what is on disk. */
export function stale(files: Map<string, string>): string[] {
  return [...files].filter(([path, text]) => readText(path) !== text).map(([path]) => path)
}

async function readModules(client: pg.Client): Promise<ModuleFacts[]> {
  const { rows } = await client.query<{ schema: string; name: string; kind: string }>(
    'select table_schema as schema, table_name as name, table_type as kind from information_schema.tables order by 1, 2',
  )
  const owned = (module: string, kind: string) =>
    rows.filter((row) => row.schema === module && row.kind === kind).map((row) => row.name)
  return readMap().map(({ name, mayUse }) => {
    const [, purpose = ''] = (readText(`server/src/${name}/README.md`) ?? '').split(/\n\s*\n/)
    return { name, mayUse, purpose, tables: owned(name, 'BASE TABLE'), views: owned(name, 'VIEW') }
  })
}

/** Who may use whom, from the rules that are executed: `name-uses-only-what-it-declares`. */
function readMap(): { name: string; mayUse: string[] }[] {
  const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string; to: { pathNot?: string | string[] } }[]
  }
  return forbidden.flatMap((rule) => {
    const name = /^(\w+)-uses-only-what-it-declares$/.exec(rule.name)?.[1]
    const uses = /\(([\w|]+)\)/.exec(String(rule.to.pathNot))?.[1]?.split('|') ?? []
    return name ? [{ name, mayUse: uses.filter((one) => one !== name) }] : []
  })
}

function readText(path: string): string | undefined {
  const full = join(ROOT, path)
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function write(files: Map<string, string>) {
  for (const path of stale(files)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true })
    writeFileSync(join(ROOT, path), files.get(path) ?? '')
    console.log(`wrote ${path}`)
  }
}

if (import.meta.main) {
  const server = await openTestServer()
  try {
    const { url } = await cloneDatabase(server)
    write(await generatedFromDatabase(url))
    write(await generatedDocuments(url))
    console.log('all generated files are fresh')
  } finally {
    await server.close()
  }
}
