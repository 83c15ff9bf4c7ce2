import { sql } from 'kysely'
import { carrySitting } from '../../exams/index.ts'
import { carryPeople } from '../../people/index.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { bytesOf, type CarriedRow, rowsToCarry } from '../../platform/carry-rows.ts'
import type { Tx } from '../../platform/db.ts'
import { openPaperKey } from '../papers/paper-key.ts'
import { type HallPackage, packageVersion } from './package.ts'
import { openPartKeys, wrapPaperKey } from './part-keys.ts'
import { attemptsOf, candidatesOf } from './places.ts'
import type { NodePackage } from './store.ts'

/** Everything a hall needs to be run elsewhere, as it stands now: rows, sealed papers, photos of those who consented. */
export async function writePackage(app: App, tx: Tx, pack: NodePackage): Promise<HallPackage> {
  const { sittingId, hallId } = pack
  const hall = { sittingId, hallId }
  const own = (table: string) =>
    rowsToCarry(tx, table, sql`t.sitting_id = ${sittingId} and t.hall_id = ${hallId}`)
  const candidates = await rowsToCarry(tx, 'exams.candidates', sql`t.id in (${candidatesOf(hall)})`)
  const personIds = candidates.map((row) => String(row.person_id))
  const invigilators = (await own('halls.invigilators')).filter((row) => row.removed_at === null)
  const arrangements = await rowsToCarry(tx, 'halls.arrangements', sql`t.sitting_id = ${sittingId}`)
  const halls = await rowsToCarry(tx, 'halls.halls', sql`t.id = ${hallId}`)
  const sites = await rowsToCarry(tx, 'halls.sites', sql`t.id = ${halls[0]?.site_id}::uuid`)
  const attempts = await rowsToCarry(tx, 'halls.attempts', sql`t.id in (${attemptsOf(hall)})`)
  const exams = await carrySitting(tx, {
    sittingId,
    candidateIds: candidates.map((row) => String(row.id)),
  })
  const organisationIds = [
    ...sites,
    ...arrangements,
    ...exams.declarations.map((row) => ({ organisation_id: row.training_organisation_id })),
  ].map((row) => String(row.organisation_id))
  const keys = openPartKeys(app.crypto, pack.id, defined(pack.keysSealed, 'the keys of the parts'))
  return {
    format: 'shujiang-hall/1',
    version: packageVersion(),
    id: pack.id,
    nodeId: pack.nodeId,
    sittingId,
    hallId,
    regions: await rowsToCarry(
      tx,
      'platform.regions',
      sql`t.code in (select city_code from halls.sites where id = ${sites[0]?.id}::uuid
        union select province_code from halls.sites where id = ${sites[0]?.id}::uuid)`,
    ),
    occupations: await rowsToCarry(
      tx,
      'institutions.occupations',
      sql`t.id = ${exams.sitting[0]?.occupation_id}`,
    ),
    people: await carryPeople(tx, app, {
      personIds,
      accountIds: invigilators.map((row) => String(row.account_id)),
      organisationIds: [...new Set(organisationIds)],
    }),
    exams,
    tables: [
      { table: 'halls.sites', rows: sites },
      { table: 'halls.halls', rows: halls },
      { table: 'halls.seats', rows: await rowsToCarry(tx, 'halls.seats', sql`t.hall_id = ${hallId}`) },
      {
        table: 'halls.arrangements',
        // The draw's files and the joint family stay here.
        rows: arrangements.map((row) => ({
          ...row,
          family_id: null,
          draw_inputs_file_id: null,
          draw_proof_file_id: null,
        })),
      },
      // At the node it is the node itself that runs the hall.
      {
        table: 'halls.sitting_halls',
        rows: (await own('halls.sitting_halls')).map((row) => ({ ...row, node_id: null })),
      },
      { table: 'halls.invigilators', rows: invigilators },
      { table: 'halls.seat_assignments', rows: await own('halls.seat_assignments') },
      {
        table: 'halls.accommodations',
        rows: await rowsToCarry(
          tx,
          'halls.accommodations',
          sql`t.sitting_id = ${sittingId} and t.person_id = any(${personIds}::uuid[]) and t.decision = 'approved'`,
        ),
      },
      {
        table: 'halls.papers',
        // Neither items nor keys: a candidate's own paper lies with the attempt, and nobody scores at a node.
        rows: (
          await rowsToCarry(tx, 'halls.papers', sql`t.sitting_id = ${sittingId} and t.replaced_at is null`)
        ).map((row) => ({ ...row, items_sealed: '\\x', keys_sealed: '\\x' })),
      },
      {
        table: 'halls.attempts',
        rows: attempts.map((row) => ({
          ...row,
          key_sealed: '\\x',
          objective_tenths: null,
          score_tenths: null,
          scored_at: null,
        })),
      },
      {
        table: 'halls.journal',
        rows: await rowsToCarry(
          tx,
          'halls.journal',
          sql`t.sitting_id = ${sittingId} and t.attempt_id in (${attemptsOf(hall)})`,
        ),
      },
      { table: 'halls.admissions', rows: await own('halls.admissions') },
      {
        table: 'halls.gate_checks',
        rows: await rowsToCarry(
          tx,
          'halls.gate_checks',
          sql`t.sitting_id = ${sittingId} and t.candidate_id in (${candidatesOf(hall)})`,
        ),
      },
      {
        table: 'halls.nodes',
        rows: (await rowsToCarry(tx, 'halls.nodes', sql`t.id = ${pack.nodeId}`)).map(asKnown),
      },
    ],
    paperKeys: Object.fromEntries(
      attempts.map((row) => {
        const id = String(row.id)
        const key = openPaperKey(app.crypto, id, bytesOf(row.key_sealed))
        const partKey = defined(keys[String(row.part)], 'a key for each part')
        return [id, wrapPaperKey(partKey, id, key).toString('base64')]
      }),
    ),
    faces: await facesOf(app, tx, personIds),
  }
}

/** The node needs no hash of its own secret. */
function asKnown(row: CarriedRow): CarriedRow {
  return { ...row, secret_hash: `carried:${row.id}`, last_seen_at: null }
}

/** Only of those whose separate consent stands. */
async function facesOf(app: App, tx: Tx, personIds: string[]): Promise<HallPackage['faces']> {
  const photos = await rowsToCarry(
    tx,
    'halls.photos',
    sql`t.person_id = any(${personIds}::uuid[]) and t.replaced_at is null and t.key_sealed is not null
      and exists (select from people.consents c where c.person_id = t.person_id and c.purpose = 'face' and c.withdrawn_at is null)`,
  )
  const templates = await rowsToCarry(
    tx,
    'halls.face_templates',
    sql`t.person_id = any(${photos.map((row) => String(row.person_id))}::uuid[]) and t.key_sealed is not null`,
  )
  const byPerson = new Map(templates.map((row) => [row.person_id, row]))
  const faces: HallPackage['faces'] = []
  for (const photo of photos) {
    const object = await app.storage.get(String(photo.key))
    if (!object) continue
    const template = byPerson.get(photo.person_id) ?? null
    faces.push({
      photo: { ...photo, key_sealed: null },
      photoKey: app.crypto.decryptField(bytesOf(photo.key_sealed), `face-photo:${photo.id}`),
      object: Buffer.from(object).toString('base64'),
      template: template && { ...template, key_sealed: null },
      templateKey:
        template && app.crypto.decryptField(bytesOf(template.key_sealed), `face-template:${photo.person_id}`),
    })
  }
  return faces
}
