import { type Scope, scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { allowedIf, ok, type Result, refuse } from '../../platform/result.ts'
import { findFamilyInScope } from '../arrangements/store/families.ts'
import { whyNotApprovable } from './approve-paper.ts'
import { events } from './audit-events.ts'
import { itemNumber, whyNotDecidable, whyNotResumable } from './change-joint-key.ts'
import { composePaper } from './compose-paper.ts'
import { whyNotImportable, whyNotOpenFamily } from './import-joint-paper.ts'
import { jointKeyChangesOf, outcomesOfFamily, scoredJointPapers } from './joint-key-store.ts'
import {
  currentJointPapers,
  findJointPaper,
  type JointPaper,
  memberForms,
  memberSealings,
} from './joint-store.ts'
import { formsOf, type KeyLine, keyLines, type PaperPreview } from './read-papers.ts'
import { no } from './refusals.ts'
import { openContent } from './sealed-content.ts'

/** The papers of a joint examination, without items or keys, and which sittings have sealed them. */
export async function readJointPapers(app: App, actor: Actor, input: { familyId: string }) {
  const scope = scopeOf(actor)
  const family = await findFamilyInScope(app.db, input.familyId, scope)
  if (!family) return refuse(no.JOINT_FAMILY_NOT_FOUND())
  const papers = await currentJointPapers(app.db, family.id)
  const sittings = await memberSealings(app.db, family.id)
  const scored = await scoredJointPapers(app.db, family.id)
  const province = actor.role === 'provincial_officer'
  return ok({
    family: { id: family.id, number: family.number, title: family.title, state: family.state },
    papers: papers.map(({ itemsSealed: _items, keysSealed: _keys, ...paper }) => ({
      ...paper,
      actions: {
        approve: province ? allowedIf(whyNotOpenFamily(family) ?? whyNotApprovable(paper, actor)) : null,
        changeKey: province ? allowedIf(scored.has(paper.id) ? undefined : no.NOT_SCORED_YET()) : null,
      },
    })),
    sittings: sittings.filter((one) => isOwn(scope, one)),
    keyChanges: await readKeyChanges(app, actor, family.id, papers),
    actions: { import: province ? allowedIf(await whyNotImportable(app.db, family)) : null },
  })
}

/** Changes of key with what they did in each sitting the viewer may know of. */
async function readKeyChanges(app: App, actor: Actor, familyId: string, papers: JointPaper[]) {
  const scope = scopeOf(actor)
  const changes = await jointKeyChangesOf(app.db, familyId)
  if (changes.length === 0) return []
  const outcomes = await outcomesOfFamily(app.db, familyId)
  const province = actor.role === 'provincial_officer'
  return changes.map(({ keySealed: _key, ...change }) => {
    const paper = papers.find((one) => one.id === change.paperId)
    const sittings = outcomes.filter((one) => one.keyChangeId === change.id)
    const refused = sittings.filter((one) => one.state === 'refused').length
    return {
      ...change,
      number: paper ? itemNumber(app, paper, change.item) : null,
      sittings: sittings.filter((one) => isOwn(scope, one)),
      actions: {
        decide: province && !change.decision ? allowedIf(whyNotDecidable(change, actor)) : null,
        resume: province && refused > 0 ? allowedIf(whyNotResumable(change, refused)) : null,
      },
    }
  })
}

function isOwn(scope: Scope, one: { organisationId: string }): boolean {
  return scope.kind !== 'organisation' || one.organisationId === scope.organisationId
}

/** As a candidate of any sitting would see it on one form. */
export async function previewJointPaper(
  app: App,
  actor: Actor,
  input: { paperId: string; form: string },
): Promise<Result<PaperPreview>> {
  const paper = await findJointPaper(app.db, input.paperId, provinceOf(actor))
  if (!paper) return refuse(no.PAPER_NOT_FOUND())
  const forms = formsOf(paper, (await memberForms(app.db, paper.familyId)) ?? paper.forms)
  const { form } = input
  if (!forms.includes(form)) return refuse(no.PAPER_FORM_NOT_FOUND({ forms: forms.join('、') }))
  await record(app.db, {
    name: events['paper.previewed'],
    at: app.clock.now(),
    actor,
    subjects: [`exam-family:${paper.familyId}`],
    data: { part: paper.part, form },
  })
  return ok({ ...composePaper(paper, openContent(app.crypto, paper), form), forms })
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
