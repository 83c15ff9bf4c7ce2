import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { EVIDENCE_LIMITS, refuseFile, saveFile } from '../../platform/files.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { addFact } from './add-fact.ts'
import type { STATED_KINDS } from './person-fact.ts'

export interface StateFactInput {
  kind: (typeof STATED_KINDS)[number]
  value: Record<string, unknown>
  paper?: Pick<UploadedFile, 'name' | 'bytes'> | undefined
}

/** The person states a fact, with or without a paper. Refusals: not registered, not a fact of the kind, not a paper. */
export function stateFact(app: App, actor: Actor, input: StateFactInput): Promise<Result<{ id: string }>> {
  return transact<{ id: string }, Refusal>(app.db, async (tx) => {
    const { personId } = actor
    if (!personId) return refuse(no.PERSON_NOT_REGISTERED())
    const badPaper = input.paper && refuseFile(input.paper, EVIDENCE_LIMITS)
    if (badPaper) return refuse(badPaper)
    const fileId = input.paper
      ? await saveFile(app, tx, { ...input.paper, purpose: 'evidence', ownerPersonId: personId })
      : undefined
    const added = await addFact(tx, app, { actor, personId, kind: input.kind, value: input.value, fileId })
    return added.ok ? ok({ id: added.value.id }) : added
  })
}
