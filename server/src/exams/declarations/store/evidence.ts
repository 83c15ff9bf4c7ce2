import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export async function insertEvidence(
  tx: Tx,
  evidence: {
    declarationId: string
    fileId: string
    personFactId: string | null
    kind: string
    by: string
    at: Date
  },
): Promise<void> {
  await sql`
    insert into exams.declaration_evidence (declaration_id, file_id, person_fact_id, kind, attached_by, attached_at)
    values (${evidence.declarationId}, ${evidence.fileId}, ${evidence.personFactId}, ${evidence.kind}, ${evidence.by},
      ${evidence.at})`.execute(tx)
}

export async function evidenceOf(tx: Tx, declarationId: string) {
  const { rows } = await sql<{
    fileId: string
    name: string
    mediaType: string
    kind: string
    attachedBy: string
    attachedAt: Date
  }>`
    select e.file_id, f.name, f.media_type, e.kind, e.attached_by, e.attached_at
    from exams.declaration_evidence e join platform.files f on f.id = e.file_id
    where e.declaration_id = ${declarationId} order by e.attached_at`.execute(tx)
  return rows
}
