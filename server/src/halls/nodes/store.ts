import { sql } from 'kysely'
import type { Scope } from '../../people/index.ts'
import type { Tx } from '../../platform/db.ts'
import { inScope } from '../scope.ts'
import type { PackageState, Releases } from './node.ts'

export interface HallNode {
  id: string
  siteId: string
  name: string
  publicKey: string | null
  revokedAt: Date | null
  lastSeenAt: Date | null
  organisationId: string
  provinceCode: string
  cityCode: string
}

const node = sql`n.id, n.site_id, n.name, n.public_key, n.revoked_at, n.last_seen_at, s.organisation_id, s.province_code,
  s.city_code`
const nodes = sql`halls.nodes n join halls.sites s on s.id = n.site_id`

export async function insertNode(
  tx: Tx,
  one: { siteId: string; name: string; secretHash: string; by: string; byName: string; at: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.nodes (site_id, name, secret_hash, registered_by, registered_by_name, registered_at)
    values (${one.siteId}, ${one.name}, ${one.secretHash}, ${one.by}, ${one.byName}, ${one.at}) returning id`.execute(
    tx,
  )
  return (rows[0] as { id: string }).id
}

export async function lockNode(tx: Tx, id: string, scope: Scope): Promise<HallNode | undefined> {
  const { rows } = await sql<HallNode>`
    select ${node} from ${nodes} where n.id = ${id} and ${inScope(scope, 's')} for update of n`.execute(tx)
  return rows[0]
}

export async function findNodeBySecret(tx: Tx, secretHash: string): Promise<HallNode | undefined> {
  const { rows } = await sql<HallNode>`
    select ${node} from ${nodes} where n.secret_hash = ${secretHash}`.execute(tx)
  return rows[0]
}

export async function setNodeRevoked(
  tx: Tx,
  id: string,
  of: { by: string; byName: string; reason: string; at: Date },
): Promise<void> {
  await sql`
    update halls.nodes set revoked_at = ${of.at}, revoked_by = ${of.by}, revoked_by_name = ${of.byName},
      revoked_reason = ${of.reason} where id = ${id}`.execute(tx)
}

/** False when the node has shown another key before. */
export async function setNodeSeen(
  tx: Tx,
  id: string,
  of: { publicKey: string; clockAheadMs: number | null; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update halls.nodes set last_seen_at = ${of.at}, public_key = coalesce(public_key, ${of.publicKey}),
      clock_ahead_ms = coalesce(${of.clockAheadMs}::int, clock_ahead_ms)
    where id = ${id} and coalesce(public_key, ${of.publicKey}) = ${of.publicKey} returning id`.execute(tx)
  return rows.length > 0
}

export async function countHeldBy(tx: Tx, nodeId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from halls.node_packages where node_id = ${nodeId} and state in ('assigned', 'taken')`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

export interface NodePackage {
  id: string
  nodeId: string
  sittingId: string
  hallId: string
  state: PackageState
  assignedByName: string
  assignedAt: Date
  keysSealed: Buffer | null
  custody: Record<string, string> | null
  firstCodeSealed: Buffer | null
  firstCustodian: string | null
  firstCustodianName: string | null
  secondCustodian: string | null
  secondCustodianName: string | null
  custodyAt: Date | null
  sha256: string | null
  takenAt: Date | null
  releases: Releases
  proof: unknown
  returnedAt: Date | null
  backProposedBy: string | null
  backProposedByName: string | null
  backReason: string | null
  takenBackByName: string | null
  takenBackAt: Date | null
}

const pack = sql`k.id, k.node_id, k.sitting_id, k.hall_id, k.state, k.assigned_by_name, k.assigned_at, k.keys_sealed, k.custody,
  k.first_code_sealed, k.first_custodian, k.first_custodian_name, k.second_custodian, k.second_custodian_name, k.custody_at,
  k.sha256, k.taken_at, k.releases, k.proof, k.returned_at, k.back_proposed_by, k.back_proposed_by_name, k.back_reason,
  k.taken_back_by_name, k.taken_back_at`

export async function insertPackage(
  tx: Tx,
  one: {
    id: string
    nodeId: string
    sittingId: string
    hallId: string
    by: string
    byName: string
    at: Date
    keysSealed: Buffer
  },
): Promise<void> {
  await sql`
    insert into halls.node_packages (id, node_id, sitting_id, hall_id, state, assigned_by, assigned_by_name, assigned_at, keys_sealed)
    values (${one.id}, ${one.nodeId}, ${one.sittingId}, ${one.hallId}, 'assigned', ${one.by}, ${one.byName}, ${one.at},
      ${one.keysSealed})`.execute(tx)
}

export async function lockPackage(tx: Tx, id: string, scope: Scope): Promise<NodePackage | undefined> {
  const { rows } = await sql<NodePackage>`
    select ${pack} from halls.node_packages k join halls.arrangements a on a.sitting_id = k.sitting_id
    where k.id = ${id} and ${inScope(scope, 'a')} for update of k`.execute(tx)
  return rows[0]
}

export async function lockPackageOf(tx: Tx, id: string, nodeId: string): Promise<NodePackage | undefined> {
  const { rows } = await sql<NodePackage>`
    select ${pack} from halls.node_packages k where k.id = ${id} and k.node_id = ${nodeId} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function packagesOf(
  tx: Tx,
  nodeId: string,
  states: readonly PackageState[],
): Promise<NodePackage[]> {
  const { rows } = await sql<NodePackage>`
    select ${pack} from halls.node_packages k where k.node_id = ${nodeId} and k.state = any(${states}::text[])
    order by k.assigned_at, k.id`.execute(tx)
  return rows
}

/** At a node: everything it has. */
export async function packagesHere(tx: Tx): Promise<NodePackage[]> {
  const { rows } = await sql<NodePackage>`
    select ${pack} from halls.node_packages k order by k.assigned_at, k.id`.execute(tx)
  return rows
}

export async function changePackage(
  tx: Tx,
  id: string,
  to: Partial<{
    state: PackageState
    sha256: string
    takenAt: Date
    custody: Record<string, string>
    firstCodeSealed: Buffer | null
    firstCustodian: string
    firstCustodianName: string
    secondCustodian: string
    secondCustodianName: string
    custodyAt: Date
    releases: Releases
    proof: unknown
    returnedAt: Date
    backProposedBy: string
    backProposedByName: string
    backReason: string
    backProposedAt: Date
    takenBackBy: string
    takenBackByName: string
    takenBackAt: Date
  }>,
): Promise<void> {
  const json = new Set(['custody', 'releases', 'proof'])
  const sets = Object.entries(to).map(([name, value]) => {
    const column = sql.ref(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    return json.has(name) ? sql`${column} = ${JSON.stringify(value)}::jsonb` : sql`${column} = ${value}`
  })
  await sql`update halls.node_packages set ${sql.join(sets)} where id = ${id}`.execute(tx)
}

export interface HallOfSitting {
  sittingId: string
  hallId: string
  siteId: string
  nodeId: string | null
  arrangementState: string
  sitting: string
  hall: string
}

export async function lockHallOfSitting(
  tx: Tx,
  of: { sittingId: string; hallId: string },
  scope: Scope,
): Promise<HallOfSitting | undefined> {
  const { rows } = await sql<HallOfSitting>`
    select w.sitting_id, w.hall_id, h.site_id, w.node_id, a.state as arrangement_state, c.title as sitting, h.name as hall
    from halls.sitting_halls w
    join halls.arrangements a on a.sitting_id = w.sitting_id
    join halls.halls h on h.id = w.hall_id
    join exams.sitting_cards c on c.sitting_id = w.sitting_id
    where w.sitting_id = ${of.sittingId} and w.hall_id = ${of.hallId} and ${inScope(scope, 'a')} for update of w`.execute(
    tx,
  )
  return rows[0]
}

/** Who writes the journals of the hall from now on. */
export async function setHallNode(
  tx: Tx,
  of: { sittingId: string; hallId: string; nodeId: string | null },
): Promise<void> {
  await sql`
    update halls.sitting_halls set node_id = ${of.nodeId}
    where sitting_id = ${of.sittingId} and hall_id = ${of.hallId}`.execute(tx)
}

export interface PartOfHall {
  part: string
  attempts: number
  opensAt: Date
  /** With entries, and not closed. */
  inUse: number
  open: number
}

export async function partsOfHall(tx: Tx, of: { sittingId: string; hallId: string }): Promise<PartOfHall[]> {
  const { rows } = await sql<PartOfHall>`
    select a.part, count(*)::int as attempts, min(a.opens_at) as opens_at,
      count(*) filter (where a.closed_at is null and exists (select from halls.journal j
        where j.sitting_id = a.sitting_id and j.attempt_id = a.id and j.seq = 1))::int as in_use,
      count(*) filter (where a.closed_at is null)::int as open
    from halls.attempts a
    where a.sitting_id = ${of.sittingId} and a.candidate_id in (select s.candidate_id from halls.seat_assignments s
      where s.sitting_id = ${of.sittingId} and s.hall_id = ${of.hallId})
    group by a.part order by a.part`.execute(tx)
  return rows
}

export interface Transfer {
  direction: 'taken' | 'returned'
  sha256: string
  counts: unknown
  at: Date
}

export async function insertTransfer(
  tx: Tx,
  of: { nodeId: string; sittingId: string; hallId: string } & Transfer,
): Promise<void> {
  await sql`
    insert into halls.node_transfers (node_id, sitting_id, hall_id, direction, sha256, counts, at)
    select ${of.nodeId}, ${of.sittingId}, ${of.hallId}, ${of.direction}, ${of.sha256}, ${JSON.stringify(of.counts)}::jsonb, ${of.at}
    where not exists (select from halls.node_transfers where node_id = ${of.nodeId} and sitting_id = ${of.sittingId}
      and hall_id = ${of.hallId} and direction = ${of.direction} and sha256 = ${of.sha256})`.execute(tx)
}

export async function transfersOf(
  tx: Tx,
  of: { nodeId: string; sittingId: string; hallId: string },
): Promise<Transfer[]> {
  const { rows } = await sql<Transfer>`
    select direction, sha256, counts, at from halls.node_transfers
    where node_id = ${of.nodeId} and sitting_id = ${of.sittingId} and hall_id = ${of.hallId} order by at`.execute(
    tx,
  )
  return rows
}

/** One page of nodes with what they hold. */
export interface NodeRow {
  id: string
  name: string
  siteId: string
  site: string
  registeredByName: string
  registeredAt: Date
  revokedAt: Date | null
  lastSeenAt: Date | null
  clockAheadMs: number | null
  contacted: boolean
  held: number
  returned: number
}

export async function listNodes(
  tx: Tx,
  scope: Scope,
  filter: { q?: string | undefined; siteId?: string | undefined; page: number; size: number },
): Promise<{ rows: NodeRow[]; total: number }> {
  const like = `%${(filter.q ?? '').replace(/[%_\\]/g, '\\$&')}%`
  const { rows } = await sql<NodeRow & { total: number }>`
    select n.id, n.name, n.site_id, s.name as site, n.registered_by_name, n.registered_at, n.revoked_at, n.last_seen_at,
      n.clock_ahead_ms, n.public_key is not null as contacted,
      (select count(*)::int from halls.node_packages k where k.node_id = n.id and k.state in ('assigned', 'taken')) as held,
      (select count(*)::int from halls.node_packages k where k.node_id = n.id and k.state = 'returned') as returned,
      count(*) over ()::int as total
    from ${nodes}
    where ${inScope(scope, 's')} and (n.name like ${like} or s.name like ${like})
      and (${filter.siteId ?? null}::uuid is null or n.site_id = ${filter.siteId ?? null}::uuid)
    order by n.revoked_at is not null, n.registered_at desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export async function findNode(tx: Tx, id: string, scope: Scope): Promise<NodeRow | undefined> {
  const { rows } = await sql<NodeRow>`
    select n.id, n.name, n.site_id, s.name as site, n.registered_by_name, n.registered_at, n.revoked_at, n.last_seen_at,
      n.clock_ahead_ms, n.public_key is not null as contacted,
      (select count(*)::int from halls.node_packages k where k.node_id = n.id and k.state in ('assigned', 'taken')) as held,
      (select count(*)::int from halls.node_packages k where k.node_id = n.id and k.state = 'returned') as returned
    from ${nodes} where n.id = ${id} and ${inScope(scope, 's')}`.execute(tx)
  return rows[0]
}

export interface PackageRow extends NodePackage {
  sitting: string
  hall: string
  refused: number
}

export async function packageRowsOf(
  tx: Tx,
  of: { nodeId?: string; sittingId?: string; id?: string },
): Promise<PackageRow[]> {
  const { rows } = await sql<PackageRow>`
    select ${pack}, c.title as sitting, h.name as hall,
      (select count(*)::int from halls.node_refused_rows r where r.package_id = k.id) as refused
    from halls.node_packages k
    join halls.halls h on h.id = k.hall_id
    join exams.sitting_cards c on c.sitting_id = k.sitting_id
    where (${of.nodeId ?? null}::uuid is null or k.node_id = ${of.nodeId ?? null}::uuid)
      and (${of.sittingId ?? null}::uuid is null or k.sitting_id = ${of.sittingId ?? null}::uuid)
      and (${of.id ?? null}::uuid is null or k.id = ${of.id ?? null}::uuid)
    order by k.assigned_at desc limit 200`.execute(tx)
  return rows
}

/** Halls at the node's site whose sitting is sealed and that nobody has taken. */
export async function assignableHalls(
  tx: Tx,
  siteId: string,
): Promise<{ sittingId: string; sitting: string; hallId: string; hall: string; startsAt: Date }[]> {
  const { rows } = await sql<{
    sittingId: string
    sitting: string
    hallId: string
    hall: string
    startsAt: Date
  }>`
    select w.sitting_id, c.title as sitting, w.hall_id, h.name as hall,
      (select min(p.starts_at) from exams.sitting_windows p where p.sitting_id = w.sitting_id) as starts_at
    from halls.sitting_halls w
    join halls.halls h on h.id = w.hall_id and h.site_id = ${siteId}
    join halls.arrangements a on a.sitting_id = w.sitting_id and a.state in ('sealed', 'running')
    join exams.sitting_cards c on c.sitting_id = w.sitting_id
    where w.node_id is null and not exists (select from halls.node_packages k
      where k.sitting_id = w.sitting_id and k.hall_id = w.hall_id and k.state in ('assigned', 'taken', 'returned'))
    order by starts_at, h.name limit 100`.execute(tx)
  return rows
}
