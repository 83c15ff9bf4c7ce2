import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { Revision } from '../revision.ts'
import { insertReckoning, reckoningOf } from './store.ts'

/** Orders a reckoning of the text as it stands, unless one of the same texts is there or under way. */
export async function beginReckoning(
  tx: Tx,
  asked: { revision: Revision; edition: number; by: string; at: Date },
): Promise<string> {
  const { revision, edition } = asked
  const known = await reckoningOf(tx, revision.id, revision.textSha)
  if (known && known.state !== 'failed' && known.edition === edition) return known.id
  const id = await insertReckoning(tx, {
    revisionId: revision.id,
    textSha: revision.textSha,
    edition,
    onDay: revision.fromOn ?? '',
    by: asked.by,
    at: asked.at,
  })
  await enqueue(tx, 'rules.reckon', { reckoningId: id })
  return id
}
