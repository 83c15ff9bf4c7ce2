import { sql } from 'kysely'
import { type Actor, SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { timeOf } from '../attempts/start-attempt.ts'
import { tellOthers } from '../attempts/store.ts'
import { heldBackPart, isHeldBack, keepPaperKey } from '../papers/paper-key.ts'
import { events } from './audit-events.ts'
import type { ReleaseHow } from './node.ts'
import { openByCustody, openPartKeys, type PartKeys, unwrapPaperKey } from './part-keys.ts'
import { attemptsOf } from './places.ts'
import { no } from './refusals.ts'
import {
  changePackage,
  lockPackageOf,
  type NodePackage,
  type PartOfHall,
  packagesHere,
  partsOfHall,
} from './store.ts'
import { subjectsOf, whyNotHeld } from './take-back-hall.ts'

type ReleaseRefusal = RefusalOf<typeof no, 'NODE_PACKAGE_NOT_FOUND' | 'NODE_PACKAGE_STATE'>

/** At the province: the keys of those parts of a node's hall that have begun. */
export function releaseKeys(
  app: App,
  input: { packageId: string; nodeId: string; nodeName: string },
): Promise<Result<{ keys: PartKeys }, ReleaseRefusal>> {
  return transact<{ keys: PartKeys }, ReleaseRefusal>(app.db, async (tx) => {
    const pack = await lockPackageOf(tx, input.packageId, input.nodeId)
    if (!pack?.keysSealed) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const refusal = whyNotHeld(pack)
    if (refusal) return refuse(refusal)
    const now = app.clock.now()
    const begun = (await partsOfHall(tx, pack)).filter((part) => part.opensAt <= now).map((one) => one.part)
    const all = openPartKeys(app.crypto, pack.id, pack.keysSealed)
    const keys = Object.fromEntries(Object.entries(all).filter(([part]) => begun.includes(part)))
    const actor = { ...SYSTEM_ACTOR, name: input.nodeName }
    for (const part of Object.keys(keys)) await noteRelease(tx, app, pack, { part, how: 'province', actor })
    return ok({ keys })
  })
}

/** At the node: opens the papers of the parts whose keys came from the province. */
export function openWithProvinceKeys(
  app: App,
  packageId: string,
  keys: PartKeys,
): Promise<Result<undefined>> {
  return transact(app.db, async (tx) => {
    const pack = (await packagesHere(tx)).find((one) => one.id === packageId)
    if (!pack) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    for (const [part, key] of Object.entries(keys)) {
      await openPart(tx, app, pack, { part, key })
      await noteRelease(tx, app, pack, {
        part,
        how: 'province',
        actor: { ...SYSTEM_ACTOR, name: '省平台' },
      })
    }
    return ok()
  })
}

type OpenRefusal = RefusalOf<
  typeof no,
  'NODE_PACKAGE_NOT_FOUND' | 'CUSTODY_MISSING' | 'CUSTODY_CODES_INVALID' | 'PART_KEY_TOO_EARLY'
>

/** At the node, when the province cannot be reached: two custodians' codes together, and not before the part begins. */
export function openWithCustodyCodes(
  app: App,
  actor: Actor,
  input: { packageId: string; part: string; firstCode: string; secondCode: string },
): Promise<Result<{ opened: number }, OpenRefusal>> {
  return transact<{ opened: number }, OpenRefusal>(app.db, async (tx) => {
    const pack = (await packagesHere(tx)).find((one) => one.id === input.packageId)
    const part = pack && (await partsOfHall(tx, pack)).find((one) => one.part === input.part)
    if (!pack || !part) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const refusal = await whyNotOpenedByCodes(tx, app, actor, pack, part)
    if (refusal) return refuse(refusal)
    const wrapped = defined(pack.custody?.[input.part], 'a wrapped key')
    const key = openByCustody(pack.id, [input.firstCode, input.secondCode], wrapped, input.part)
    if (!key) return refuse(no.CUSTODY_CODES_INVALID())
    const opened = await openPart(tx, app, pack, { part: input.part, key })
    await noteRelease(tx, app, pack, { part: input.part, how: 'custodians', actor })
    return ok({ opened })
  })
}

export async function whyNotOpenedByCodes(
  tx: Tx,
  app: App,
  actor: Actor,
  pack: NodePackage,
  part: PartOfHall,
): Promise<OpenRefusal | undefined> {
  if (!(await invigilates(tx, pack, actor))) return no.NODE_PACKAGE_NOT_FOUND()
  if (app.clock.now() < part.opensAt) return no.PART_KEY_TOO_EARLY({ time: timeOf(part.opensAt) })
  return pack.custody?.[part.part] ? undefined : no.CUSTODY_MISSING()
}

async function invigilates(tx: Tx, pack: NodePackage, actor: Actor): Promise<boolean> {
  const { rows } = await sql`
    select from halls.invigilators where sitting_id = ${pack.sittingId} and hall_id = ${pack.hallId}
      and account_id = ${actor.accountId} and removed_at is null and role <> 'patrol'`.execute(tx)
  return rows.length > 0
}

async function openPart(
  tx: Tx,
  app: App,
  pack: NodePackage,
  of: { part: string; key: string },
): Promise<number> {
  const { rows } = await sql<{ id: string; keySealed: Buffer }>`
    select id, key_sealed from halls.attempts where sitting_id = ${pack.sittingId} and part = ${of.part}
      and id in (${attemptsOf(pack)}) for update`.execute(tx)
  const held = rows.filter((row) => isHeldBack(row.keySealed))
  const opened = held.map(({ id, keySealed }) => ({
    id,
    key: keepPaperKey(app.crypto, id, unwrapPaperKey(of.key, id, heldBackPart(keySealed))).toString('hex'),
  }))
  await sql`
    update halls.attempts a set key_sealed = decode(r."key", 'hex')
    from jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) as r(id uuid, "key" text)
    where a.sitting_id = ${pack.sittingId} and a.id = r.id`.execute(tx)
  await tellOthers(
    tx,
    opened.map((one) => one.id),
  )
  return opened.length
}

async function noteRelease(
  tx: Tx,
  app: App,
  pack: NodePackage,
  of: { part: string; how: ReleaseHow; actor: Actor },
): Promise<void> {
  if (pack.releases[of.part]) return
  const at = app.clock.now()
  pack.releases[of.part] = { at: at.toISOString(), how: of.how, by: of.actor.name }
  await changePackage(tx, pack.id, { releases: pack.releases })
  await record(tx, {
    name: events['hall-node.keys-released'],
    at,
    actor: of.actor,
    subjects: subjectsOf(pack),
    data: { part: of.part, how: of.how },
  })
}
