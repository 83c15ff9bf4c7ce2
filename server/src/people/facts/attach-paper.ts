import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { findFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockFact, setFactPaper } from '../store/facts.ts'

export type AttachPaperRefusal = RefusalOf<
  typeof no,
  'FACT_NOT_FOUND' | 'FACT_FILE_NOT_FOUND' | 'FACT_ALREADY_VERIFIED'
>

/** Puts a paper to a fact that was stated without one, or replaces the paper: the fact is 已上传 until somebody verifies it. */
export async function attachPaper(
  tx: Tx,
  app: App,
  input: { actor: Actor; personId: string; factId: string; fileId: string },
): Promise<Result<{ id: string }, AttachPaperRefusal>> {
  const fact = await lockFact(tx, input.factId)
  if (!fact || fact.personId !== input.personId) return refuse(no.FACT_NOT_FOUND())
  const expired = fact.expiresOn !== null && fact.expiresOn < app.clock.today()
  if (fact.proof === '已核验' && !expired) return refuse(no.FACT_ALREADY_VERIFIED())
  const file = await findFile(tx, input.fileId)
  if (file?.ownerPersonId !== input.personId) return refuse(no.FACT_FILE_NOT_FOUND())
  await setFactPaper(tx, fact.id, file.id)
  await record(tx, {
    name: events['fact.paper-attached'],
    at: app.clock.now(),
    actor: input.actor,
    subjects: [`person:${input.personId}`],
    data: { kind: fact.kind },
  })
  return ok({ id: fact.id })
}
