import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { findFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertFact, withdrawContradicted } from '../store/facts.ts'
import { daysOf, type FactKind, isNone, readFactValue } from './person-fact.ts'

export interface AddFactInput {
  actor: Actor
  personId: string
  kind: FactKind
  value: Record<string, unknown>
  /** The paper; with it the fact is 已上传. */
  fileId?: string | undefined
  /** For facts the platform itself knows, or an official has judged. */
  verified?: { by: string; expiresOn?: Day }
}

export type AddFactRefusal = RefusalOf<typeof no, 'FACT_INVALID' | 'FACT_FILE_NOT_FOUND'>

/** Adds a dated fact about a person, in its proof state. */
export async function addFact(
  tx: Tx,
  app: App,
  input: AddFactInput,
): Promise<Result<{ id: string }, AddFactRefusal>> {
  const read = readFactValue(input.kind, input.value)
  if (!read.ok) return refuse(no.FACT_INVALID({ problem: read.problem }))
  if (input.fileId) {
    const file = await findFile(tx, input.fileId)
    if (file?.ownerPersonId !== input.personId) return refuse(no.FACT_FILE_NOT_FOUND())
  }
  const at = app.clock.now()
  await withdrawContradicted(tx, input.personId, input.kind, at)
  const proof = input.verified ? '已核验' : input.fileId ? '已上传' : '自述'
  const id = await insertFact(tx, {
    personId: input.personId,
    kind: input.kind,
    value: read.value,
    ...daysOf(read.value),
    proof,
    fileId: input.fileId ?? null,
    statedBy: input.actor.name,
    verifiedBy: input.verified?.by ?? null,
    verifiedAt: input.verified ? at : null,
    expiresOn: input.verified?.expiresOn ?? null,
    createdAt: at,
  })
  await record(tx, {
    name: events['fact.stated'],
    at,
    actor: input.actor,
    subjects: [`person:${input.personId}`],
    data: { kind: input.kind, proof, none: isNone(read.value) },
  })
  return ok({ id })
}
