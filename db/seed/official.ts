import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type OfficialData, officialData, recordOfficialData } from '../../server/src/institutions/index.ts'
import type { App } from '../../server/src/platform/app.ts'

const FOLDER = join(import.meta.dirname, 'official')

/** The official data as committed: regions, occupations, institutions, subsidy standards, and where each comes from. */
export async function readOfficialData(): Promise<OfficialData> {
  const file = async (name: string) => parse(await readFile(join(FOLDER, `${name}.yaml`), 'utf8'))
  const names = ['sources', 'regions', 'occupations', 'institutions', 'subsidies'] as const
  const contents = await Promise.all(names.map(file))
  return officialData.parse(Object.fromEntries(names.map((name, index) => [name, contents[index]])))
}

/** Loads the official data into a new or an existing deployment; running it again changes nothing. */
export async function loadOfficialData(app: App): Promise<{ added: number }> {
  return recordOfficialData(app, await readOfficialData())
}
