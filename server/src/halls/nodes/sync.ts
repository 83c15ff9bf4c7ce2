// The node's side: as long as the province answers, whatever is new is brought to it, at least once.

import { withdrawConsentIn } from '../../people/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Refusal, Result } from '../../platform/result.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { forgetFace } from '../gates/forget-face.ts'
import { events } from './audit-events.ts'
import type { Batch, BatchAnswer } from './batch.ts'
import { importPackage } from './import-package.ts'
import { sha256Of } from './node.ts'
import { openWithProvinceKeys } from './open-keys.ts'
import type { HallPackage } from './package.ts'
import type { PartKeys } from './part-keys.ts'
import { personsStillAgreed } from './persons-store.ts'
import type { HeadAnswer } from './province-door.ts'
import { ProvinceAway, type ProvinceLink } from './province-link.ts'
import { changePackage, insertTransfer, type NodePackage, packagesHere, partsOfHall } from './store.ts'
import { subjectsOf } from './take-back-hall.ts'
import { lastBatch, nextBatch, noteSettled } from './write-batch.ts'

export interface SyncReport {
  reached: boolean
  taken: string[]
  sent: number
  known: number
  refused: number
  returned: string[]
  differing: Record<string, string[]>
  refusals: Refusal[]
}

/** A round that still has something to send after so many batches goes on in the next one. */
const MOST_BATCHES = 200

export async function syncOnce(app: App, link: ProvinceLink): Promise<SyncReport> {
  const report: SyncReport = {
    reached: false,
    taken: [],
    sent: 0,
    known: 0,
    refused: 0,
    returned: [],
    differing: {},
    refusals: [],
  }
  try {
    await sync(app, link, report)
  } catch (error) {
    if (!(error instanceof ProvinceAway)) throw error
    report.reached = false
  }
  return report
}

async function sync(app: App, link: ProvinceLink, report: SyncReport): Promise<void> {
  let told = await askHeads(app, link, report)
  report.reached = told !== undefined
  if (!told) return
  const here = new Set((await packagesHere(app.db)).map((pack) => pack.id))
  for (const offered of told.packages) {
    if (here.has(offered.id) || (offered.state !== 'assigned' && offered.state !== 'taken')) continue
    if (await take(app, link, offered.id, report)) report.taken.push(offered.id)
  }
  // Says that we hold it, and hears the heads from which to go on.
  if (report.taken.length > 0) told = (await askHeads(app, link, report)) ?? told
  for (const pack of await packagesHere(app.db)) {
    const offered = told.packages.find((one) => one.id === pack.id)
    if (offered?.custody && !pack.custody) await changePackage(app.db, pack.id, { custody: offered.custody })
    if (offered && offered.withdrawn.length > 0) await forgetWithdrawn(app, offered.withdrawn)
    if (pack.state !== 'taken' || !offered) continue
    if (offered.state === 'returned') {
      await close(app, pack, offered.proof)
      continue
    }
    await askKeys(app, link, pack, report)
    await send(app, link, pack, offered.heads, report)
  }
}

async function askHeads(app: App, link: ProvinceLink, report: SyncReport): Promise<HeadAnswer | undefined> {
  const held = (await packagesHere(app.db)).map((pack) => ({ id: pack.id, sha256: pack.sha256 }))
  return told<HeadAnswer>(await link.call('head', { now: app.clock.now().toISOString(), held }), report)
}

function told<T>(result: Result<unknown>, report: SyncReport): T | undefined {
  if (result.ok) return result.value as T
  report.refusals.push(result.refusal)
  return undefined
}

async function take(app: App, link: ProvinceLink, packageId: string, report: SyncReport): Promise<boolean> {
  const given = told<{ content: string; sha256: string }>(await link.call('take', { packageId }), report)
  if (!given) return false
  if (sha256Of(given.content) !== given.sha256) throw new ProvinceAway('the package is not whole')
  const imported = await importPackage(app, JSON.parse(given.content) as HallPackage, given.sha256)
  return told<{ imported: boolean }>(imported, report)?.imported ?? false
}

/** Taken back at the province: the face goes here too, at the latest with the next word from there. */
async function forgetWithdrawn(app: App, consentIds: readonly string[]): Promise<void> {
  const actor = { ...SYSTEM_ACTOR, name: '省平台' }
  await transact(app.db, async (tx) => {
    for (const personId of await personsStillAgreed(tx, consentIds)) {
      await withdrawConsentIn(tx, app, { personId, purpose: 'face', actor, where: '省平台' })
      await forgetFace(tx, app, { personId, reason: 'withdrawn', actor })
    }
    return ok()
  })
}

async function askKeys(app: App, link: ProvinceLink, pack: NodePackage, report: SyncReport): Promise<void> {
  const now = app.clock.now()
  const parts = await partsOfHall(app.db, pack)
  const due = parts.filter((one) => one.open > 0 && one.opensAt <= now && !pack.releases[one.part])
  if (due.length === 0) return
  const given = told<{ keys: PartKeys }>(await link.call('release-keys', { packageId: pack.id }), report)
  if (given) await openWithProvinceKeys(app, pack.id, given.keys)
}

async function send(
  app: App,
  link: ProvinceLink,
  pack: NodePackage,
  from: HeadAnswer['packages'][number]['heads'],
  report: SyncReport,
): Promise<void> {
  let heads = from
  for (let count = 0; count < MOST_BATCHES; count += 1) {
    const batch = await nextBatch(app, pack, heads)
    if (!batch) break
    const answer = await bring(app, link, pack, batch, report)
    if (!answer) return
    const moved =
      answer.accepted > 0 || Object.values(answer.settled).some((keys) => Object.keys(keys).length > 0)
    heads = answer.heads
    // Only what is refused or waits is left: another round will not change that.
    if (!moved) break
  }
  const last = await lastBatch(app, pack)
  if (!last) return
  const answer = await bring(app, link, pack, last, report)
  if (!answer?.differing) return
  if (answer.differing.length > 0) {
    report.differing[pack.id] = answer.differing
    await changePackage(app.db, pack.id, { proof: { node: last.stock, differing: answer.differing } })
    return
  }
  await close(app, pack, { node: last.stock, province: last.stock, differing: [] })
  report.returned.push(pack.id)
}

async function bring(
  app: App,
  link: ProvinceLink,
  pack: NodePackage,
  batch: Batch,
  report: SyncReport,
): Promise<BatchAnswer | undefined> {
  const answer = told<BatchAnswer>(await link.call('return', batch), report)
  if (!answer) return undefined
  report.sent += answer.accepted
  report.known += answer.known
  report.refused += answer.refused.length
  await noteSettled(app, pack, answer)
  return answer
}

/** The province has said that both sides are equal. */
async function close(app: App, pack: NodePackage, proof: unknown): Promise<void> {
  await transact(app.db, async (tx) => {
    const at = app.clock.now()
    const stock = (proof as { node?: { headsSha256: string; entries: number; attempts: number } } | null)
      ?.node
    await changePackage(tx, pack.id, { state: 'returned', returnedAt: at, proof })
    await insertTransfer(tx, {
      ...pack,
      direction: 'returned',
      sha256: stock?.headsSha256 ?? '',
      counts: { entries: stock?.entries, attempts: stock?.attempts },
      at,
    })
    await record(tx, {
      name: events['hall-node.returned'],
      at,
      actor: { ...SYSTEM_ACTOR, name: '考点节点' },
      subjects: subjectsOf(pack),
      data: { attempts: stock?.attempts, entries: stock?.entries, headsSha256: stock?.headsSha256 },
    })
    return ok()
  })
}
