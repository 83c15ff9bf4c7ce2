import { randomUUID } from 'node:crypto'
import { handlers } from '../handlers.ts'
import { officialData } from '../institutions/fixtures.ts'
import { aSupervisedRegion } from '../people/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { runJobsNow } from '../platform/jobs-runner.ts'
import type { Result } from '../platform/result.ts'
import { anActor } from '../platform/testing/index.ts'
import { confirmRevision } from './editing/confirm-revision.ts'
import { draftRevision } from './editing/draft-revision.ts'
import { proposeRevision } from './editing/propose-revision.ts'
import { saveRevision } from './editing/save-revision.ts'
import type { Revision, RevisionContent } from './revision.ts'
import { findRevision } from './store.ts'

export interface Officers {
  first: Actor
  second: Actor
}

/** Two officers of one provincial department. */
export async function twoOfficers(app: App, provinceCode = '420000', cityCode = '420100'): Promise<Officers> {
  await officialData(app)
  const { province } = await aSupervisedRegion(app, provinceCode, cityCode)
  const officer = (name: string) =>
    anActor('provincial_officer', { id: province, provinceCode }, { accountId: randomUUID(), name })
  return { first: officer('方正'), second: officer('江舒') }
}

export async function revisionById(app: App, id: string): Promise<Revision> {
  return defined(await findRevision(app.db, { kind: 'nation' }, id), 'the revision')
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

/** Everybody of the audience but who only plans to work there: 拟从事 is no longer enough. */
export function withoutIntending(body: RevisionContent['body']): RevisionContent['body'] {
  const [only] = body.情形 as { 路径: { 路径: string }[] }[]
  if (!only) throw new Error('the audience has one case')
  return { ...body, 情形: [{ ...only, 路径: only.路径.filter((path) => path.路径 !== '拟从事') }] }
}

interface Wanted {
  state?: 'drafted' | 'written' | 'proposed' | 'confirmed'
  fromOn?: string
  rule?: string
  kind?: 'version' | 'filling' | 'parameter'
  part?: string
  change?: (body: RevisionContent['body']) => RevisionContent['body']
}

/** A revision of the audience rule of Hubei, as far as wanted. */
export async function aRevision(
  app: App,
  { first, second }: Officers,
  wanted: Wanted = {},
): Promise<Revision> {
  const {
    state = 'proposed',
    fromOn = '2026-09-01',
    rule = 'hubei.audience',
    kind = 'version',
    part = '',
  } = wanted
  const { id } = must(await draftRevision(app, first, { kind, rule, part }))
  if (state === 'drafted') return revisionById(app, id)
  const drafted = await revisionById(app, id)
  const change = wanted.change ?? withoutIntending
  const content = { ...drafted.content, fromOn, reason: '试验修订', body: change(drafted.content.body) }
  must(await saveRevision(app, first, { id, saves: drafted.saves, content }))
  if (state === 'written') return revisionById(app, id)
  must(await proposeRevision(app, first, { id }))
  await runJobsNow(app, handlers)
  if (state === 'confirmed') must(await confirmRevision(app, second, { id }))
  return revisionById(app, id)
}

/** Records of Hubei for the permission walk. */
export const foreignRecords: Record<string, (app: App) => Promise<string>> = {
  revision: async (app) => (await aRevision(app, await twoOfficers(app))).id,
}
