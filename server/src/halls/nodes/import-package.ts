import { sql } from 'kysely'
import { bringSitting } from '../../exams/index.ts'
import { bringPeople } from '../../people/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { bytesText, insertCarried, withoutForeignKeys } from '../../platform/carry-rows.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { holdBack } from '../papers/paper-key.ts'
import { events } from './audit-events.ts'
import { type HallPackage, packageVersion } from './package.ts'
import { no } from './refusals.ts'
import { insertTransfer, packagesHere } from './store.ts'
import { subjectsOf } from './take-back-hall.ts'

type ImportRefusal = RefusalOf<typeof no, 'NODE_VERSION_DIFFERS'>

/** At the node: everything of the package goes in, or nothing. A package that is here already stays as it is. */
export function importPackage(
  app: App,
  pack: HallPackage,
  sha256: string,
): Promise<Result<{ imported: boolean }, ImportRefusal>> {
  return transact<{ imported: boolean }, ImportRefusal>(app.db, async (tx) => {
    if (pack.format !== 'shujiang-hall/1' || pack.version !== packageVersion())
      return refuse(no.NODE_VERSION_DIFFERS())
    if ((await packagesHere(tx)).some((one) => one.id === pack.id)) return ok({ imported: false })
    await withoutForeignKeys(tx)
    await insertCarried(tx, 'platform.regions', pack.regions)
    await insertCarried(tx, 'institutions.occupations', pack.occupations)
    await bringPeople(tx, app, pack.people)
    await bringSitting(tx, pack.exams)
    const counts: Record<string, number> = {}
    for (const { table, rows } of pack.tables) {
      const ready =
        table === 'halls.attempts'
          ? rows.map((row) => ({ ...row, key_sealed: keyOf(pack, String(row.id)) }))
          : rows
      counts[table] = await insertCarried(tx, table, ready)
    }
    for (const face of pack.faces) {
      const { photo, template } = face
      await app.storage.put(String(photo.key), Buffer.from(face.object, 'base64'), 'application/octet-stream')
      const sealed = (text: string, context: string) => bytesText(app.crypto.encryptField(text, context))
      await insertCarried(tx, 'halls.photos', [
        { ...photo, key_sealed: sealed(face.photoKey, `face-photo:${photo.id}`) },
      ])
      if (template && face.templateKey) {
        await insertCarried(tx, 'halls.face_templates', [
          { ...template, key_sealed: sealed(face.templateKey, `face-template:${photo.person_id}`) },
        ])
      }
    }
    const at = app.clock.now()
    await sql`
      insert into halls.node_packages (id, node_id, sitting_id, hall_id, state, assigned_by, assigned_by_name, assigned_at,
        sha256, taken_at)
      values (${pack.id}, ${pack.nodeId}, ${pack.sittingId}, ${pack.hallId}, 'taken', 'province', '省平台', ${at}, ${sha256}, ${at})`.execute(
      tx,
    )
    await insertTransfer(tx, { ...pack, direction: 'taken', sha256, counts, at })
    await record(tx, {
      name: events['hall-node.taken'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: subjectsOf(pack),
      data: { sha256, counts, faces: pack.faces.length },
    })
    return ok({ imported: true })
  })
}

function keyOf(pack: HallPackage, attemptId: string): string {
  const wrapped = pack.paperKeys[attemptId]
  if (!wrapped) throw new Error(`the package has no key for attempt ${attemptId}`)
  return bytesText(holdBack(Buffer.from(wrapped, 'base64')))
}
