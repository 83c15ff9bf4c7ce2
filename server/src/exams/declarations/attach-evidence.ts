import { addFact, attachPaper, type FactKind } from '../../people/index.ts'
import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { EVIDENCE_LIMITS, refuseFile, saveFile } from '../../platform/files.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { askedPapers } from '../verdict.ts'
import { decideDeclarations } from './decide-declarations.ts'
import { type Outcome, whyNotSupplemented } from './declaration.ts'
import { lockDeclarations, setVerdicts } from './store/declarations.ts'
import { insertEvidence } from './store/evidence.ts'

export type AttachEvidenceRefusal =
  | RefusalOf<
      typeof no,
      | 'DECLARATION_NOT_FOUND'
      | 'DECLARATION_EVIDENCE_CLOSED'
      | 'EVIDENCE_FILE_NOT_FOUND'
      | 'EVIDENCE_NEED_UNKNOWN'
    >
  | Refusal

export interface AttachEvidence {
  declarationId: string
  /** The missing paper it answers, in the verdict's words; `其他` for a paper the confirmer asked for. */
  need: string
  /** What the paper shows, when nobody has stated it yet: an entry of the fact schema. */
  fact?: { kind: FactKind; value: Record<string, unknown> } | undefined
}

export const OTHER_NEED = '其他'

/**
 * Attaches a paper to one missing need of the verdict: the fact it proves becomes 已上传 and the verdict is made again.
 * By the learner for one's own, by the training institution for those of its batch.
 */
export function attachEvidence(
  app: App,
  actor: Actor,
  input: AttachEvidence,
  file: Pick<UploadedFile, 'name' | 'bytes'> | undefined,
): Promise<Result<{ outcome: Outcome; sentence: string }, AttachEvidenceRefusal>> {
  return transact<{ outcome: Outcome; sentence: string }, AttachEvidenceRefusal>(app.db, async (tx) => {
    const mine = actor.organisation ? { training: actor.organisation.id } : { person: actor.personId }
    const [declaration] = await lockDeclarations(tx, [input.declarationId], mine)
    if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
    const refusal = whyNotSupplemented(declaration)
    if (refusal) return refuse(refusal)
    if (!file) return refuse(no.EVIDENCE_FILE_NOT_FOUND())
    const unfit = refuseFile(file, EVIDENCE_LIMITS)
    if (unfit) return refuse(unfit)
    const before = defined(
      (await decideDeclarations(tx, app, [declaration])).get(declaration.id),
      'a decision',
    )
    const need = askedPapers(before.decision, before.facts).find((one) => one.what === input.need)
    if (!need && input.need !== OTHER_NEED) return refuse(no.EVIDENCE_NEED_UNKNOWN({ need: input.need }))

    const { personId } = declaration
    const fileId = await saveFile(app, tx, { ...file, purpose: 'evidence', ownerPersonId: personId })
    let personFactId = need?.personFactId ?? null
    if (personFactId) {
      const attached = await attachPaper(tx, app, { actor, personId, factId: personFactId, fileId })
      if (!attached.ok) return attached
    } else if (input.fact) {
      const added = await addFact(tx, app, { actor, personId, ...input.fact, fileId })
      if (!added.ok) return added
      personFactId = added.value.id
    }
    const at = app.clock.now()
    const by = actor.name
    await insertEvidence(tx, {
      declarationId: declaration.id,
      fileId,
      personFactId,
      kind: input.need,
      by,
      at,
    })
    const after = defined(
      (await decideDeclarations(tx, app, [declaration])).get(declaration.id),
      'a decision',
    )
    const { outcome, sentence } = after.decision
    await setVerdicts(tx, [{ id: declaration.id, outcome, decisionId: after.decisionId }], app.clock.today())
    await record(tx, {
      name: events['declaration.evidence-attached'],
      at,
      actor,
      subjects: [`declaration:${declaration.id}`, `person:${personId}`],
      data: { need: input.need, outcome },
    })
    return ok({ outcome, sentence })
  })
}
