import { sql } from 'kysely'
import { openSittingFromHall } from '../../exams/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { raiseAlert } from '../board/raise-alert.ts'
import { setRunning } from '../gates/store/door.ts'
import { events } from './audit-events.ts'
import type { Batch, BatchAnswer, Refused } from './batch.ts'
import { carryActsOn } from './carry-acts-on.ts'
import { differencesOf, sha256Of } from './node.ts'
import { receiveJournal } from './receive-journal.ts'
import { receiveRows } from './receive-rows.ts'
import { no } from './refusals.ts'
import { headsOfHall, stockOf } from './stock.ts'
import { changePackage, insertTransfer, lockPackageOf, type NodePackage, setHallNode } from './store.ts'
import { subjectsOf } from './take-back-hall.ts'

export type RefusedRow = Refused & { content: unknown; candidateId?: string | undefined }
export interface Received {
  accepted: number
  known: number
  waiting: number
  refused: RefusedRow[]
}

/**
 * At the province: takes what a node brings. Journals are checked link by link from the heads we have; everything else
 * must belong to the hall. What does not fit is kept apart and seen by the board. One batch of a package at a time.
 */
export async function receiveBatch(
  app: App,
  node: { id: string; name: string },
  batch: Batch,
): Promise<Result<BatchAnswer, RefusalOf<typeof no, 'NODE_PACKAGE_NOT_FOUND' | 'NODE_PACKAGE_STATE'>>> {
  return transact(app.db, async (tx) => {
    const pack = await lockPackageOf(tx, batch.packageId, node.id)
    if (!pack || pack.state === 'assigned') return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const counts = pack.state === 'taken'
    const journal = await receiveJournal(app, tx, pack, batch.entries, { counts })
    const rows = await receiveRows(app, tx, pack, batch.places, { counts })
    if (counts) await takeHallState(app, tx, pack, batch)
    const refused = [...journal.refused, ...rows.refused, ...(await carryActsOn(tx, app, pack, rows.acts))]
    const fresh = await keepRefused(app, tx, pack, refused)
    if (fresh.length > 0) await tellRefused(app, tx, pack, fresh, node.name)
    const differing = batch.stock && counts ? await settle(app, tx, pack, batch.stock, node.name) : null
    return ok({
      accepted: journal.accepted + rows.accepted,
      known: journal.known + rows.known,
      waiting: journal.waiting + rows.waiting,
      refused: refused.map(({ place, key, why }) => ({ place, key, why })),
      settled: rows.settled,
      heads: await headsOfHall(tx, pack),
      differing: pack.state === 'returned' ? [] : differing,
    })
  })
}

async function takeHallState(app: App, tx: Tx, pack: NodePackage, { hall, releases }: Batch): Promise<void> {
  if (hall.state !== 'waiting') {
    // The door was opened at the node: the sitting is on here as well. One that is over already stays as it is.
    await setRunning(tx, pack.sittingId)
    await openSittingFromHall(tx, app, SYSTEM_ACTOR, pack)
  }
  await sql`
    update halls.sitting_halls set state = ${hall.state}, admitting_at = ${hall.admittingAt}::timestamptz,
      ended_at = ${hall.endedAt}::timestamptz
    where sitting_id = ${pack.sittingId} and hall_id = ${pack.hallId}
      and (state, admitting_at, ended_at) is distinct from
        (${hall.state}, ${hall.admittingAt}::timestamptz, ${hall.endedAt}::timestamptz)`.execute(tx)
  const unknown = Object.entries(releases).filter(([part]) => !pack.releases[part])
  if (unknown.length > 0)
    await changePackage(tx, pack.id, { releases: { ...pack.releases, ...Object.fromEntries(unknown) } })
}

/** The last comparison: equal, and the hall is ours again; else what differs is named on both sides. */
async function settle(
  app: App,
  tx: Tx,
  pack: NodePackage,
  theirs: NonNullable<Batch['stock']>,
  nodeName: string,
): Promise<string[]> {
  const ours = await stockOf(tx, pack)
  const differing = differencesOf(theirs, ours)
  const at = app.clock.now()
  const proof = { node: theirs, province: ours, differing, at: at.toISOString() }
  if (differing.length > 0) {
    await changePackage(tx, pack.id, { proof })
    return differing
  }
  await changePackage(tx, pack.id, { proof, state: 'returned', returnedAt: at })
  await setHallNode(tx, { ...pack, nodeId: null })
  await insertTransfer(tx, {
    ...pack,
    direction: 'returned',
    sha256: ours.headsSha256,
    counts: { entries: ours.entries, attempts: ours.attempts, places: ours.places },
    at,
  })
  await record(tx, {
    name: events['hall-node.returned'],
    at,
    actor: { ...SYSTEM_ACTOR, name: nodeName },
    subjects: subjectsOf(pack),
    data: { attempts: ours.attempts, entries: ours.entries, headsSha256: ours.headsSha256 },
  })
  return []
}

/** Returns those that were not kept before. */
async function keepRefused(
  app: App,
  tx: Tx,
  pack: NodePackage,
  refused: readonly RefusedRow[],
): Promise<RefusedRow[]> {
  const fresh: RefusedRow[] = []
  for (const one of refused) {
    const content = JSON.stringify(one.content)
    const { rows } = await sql`
      insert into halls.node_refused_rows (package_id, place, row_key, sha256, why, content, received_at)
      values (${pack.id}, ${one.place}, ${one.key}, ${sha256Of(content)}, ${one.why}, ${content}::jsonb, ${app.clock.now()})
      on conflict do nothing returning id`.execute(tx)
    if (rows.length > 0) fresh.push(one)
  }
  return fresh
}

async function tellRefused(
  app: App,
  tx: Tx,
  pack: NodePackage,
  fresh: readonly RefusedRow[],
  nodeName: string,
): Promise<void> {
  const at = app.clock.now()
  await record(tx, {
    name: events['hall-node.rows-refused'],
    at,
    actor: { ...SYSTEM_ACTOR, name: nodeName },
    subjects: subjectsOf(pack),
    data: { count: fresh.length, why: [...new Set(fresh.map((one) => one.why))] },
  })
  const candidates = [...new Set(fresh.flatMap((one) => (one.candidateId ? [one.candidateId] : [])))]
  for (const candidateId of candidates) {
    const theirs = fresh.filter((one) => one.candidateId === candidateId)
    await raiseAlert(tx, {
      sittingId: pack.sittingId,
      hallId: pack.hallId,
      candidateId,
      attemptId: null,
      kind: 'node_refused',
      severity: 'urgent',
      data: { count: theirs.length, why: theirs[0]?.why },
      captureId: null,
      clientAt: null,
      at,
    })
  }
}
