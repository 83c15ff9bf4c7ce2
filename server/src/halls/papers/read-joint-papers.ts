import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { allowedIf, ok, type Result, refuse } from '../../platform/result.ts'
import { findFamilyInScope } from '../arrangements/store/families.ts'
import type { Paper } from '../attempts/wire.ts'
import { whyNotApprovable } from './approve-paper.ts'
import { events } from './audit-events.ts'
import { composePaper, formOf } from './compose-paper.ts'
import { whyNotImportable, whyNotOpenFamily } from './import-joint-paper.ts'
import { currentJointPapers, findJointPaper, memberSealings } from './joint-store.ts'
import { type KeyLine, keyLines } from './read-papers.ts'
import { no } from './refusals.ts'
import { openContent } from './sealed-content.ts'

/** The papers of a joint examination, without items or keys, and which sittings have sealed them. */
export async function readJointPapers(app: App, actor: Actor, input: { familyId: string }) {
  const scope = scopeOf(actor)
  const family = await findFamilyInScope(app.db, input.familyId, scope)
  if (!family) return refuse(no.JOINT_FAMILY_NOT_FOUND())
  const papers = await currentJointPapers(app.db, family.id)
  const sittings = await memberSealings(app.db, family.id)
  const province = actor.role === 'provincial_officer'
  return ok({
    family: { id: family.id, number: family.number, title: family.title, state: family.state },
    papers: papers.map(({ itemsSealed: _items, keysSealed: _keys, ...paper }) => ({
      ...paper,
      actions: {
        approve: province ? allowedIf(whyNotOpenFamily(family) ?? whyNotApprovable(paper, actor)) : null,
      },
    })),
    sittings: sittings.filter(
      (one) => scope.kind !== 'organisation' || one.organisationId === scope.organisationId,
    ),
    actions: { import: province ? allowedIf(await whyNotImportable(app.db, family)) : null },
  })
}

/** As a candidate of any sitting would see it on one form. */
export async function previewJointPaper(
  app: App,
  actor: Actor,
  input: { paperId: string; form: string },
): Promise<Result<Paper>> {
  const paper = await findJointPaper(app.db, input.paperId, provinceOf(actor))
  if (!paper) return refuse(no.PAPER_NOT_FOUND())
  const form = formOf(paper, input.form)
  await record(app.db, {
    name: events['paper.previewed'],
    at: app.clock.now(),
    actor,
    subjects: [`exam-family:${paper.familyId}`],
    data: { part: paper.part, form },
  })
  return ok(composePaper(paper, openContent(app.crypto, paper), form))
}

export async function readJointPaperKeys(
  app: App,
  actor: Actor,
  input: { paperId: string; purpose: string },
): Promise<Result<{ items: KeyLine[] }>> {
  const paper = await findJointPaper(app.db, input.paperId, provinceOf(actor))
  if (!paper) return refuse(no.PAPER_NOT_FOUND())
  await record(app.db, {
    name: events['paper.keys-read'],
    at: app.clock.now(),
    actor,
    subjects: [`exam-family:${paper.familyId}`],
    data: { part: paper.part, purpose: input.purpose },
  })
  return ok({ items: keyLines(app, paper) })
}

const provinceOf = (actor: Actor) => defined(actor.organisation, 'a department').provinceCode
