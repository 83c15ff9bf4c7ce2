import { findSittingForHall } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { allowedIf, ok, type Result, refuse } from '../../platform/result.ts'
import { whyNotApprovable } from './approve-paper.ts'
import { events } from './audit-events.ts'
import { isJointCopy, whyKeyStays } from './change-key.ts'
import { composePaper } from './compose-paper.ts'
import { isInUse } from './import-paper.ts'
import { isObjective, type Key, letterOf, type Paper, type StoredItem, takesAnswer } from './paper.ts'
import { no } from './refusals.ts'
import { whyNotScorable } from './score-sitting.ts'
import { whyNotSealable } from './seal-papers.ts'
import { openContent, openKeys } from './sealed-content.ts'
import {
  currentSealing,
  findArranged,
  findPaper,
  listKeyChanges,
  listPapers,
  papersById,
  type SealedPaper,
  scorableAttempts,
} from './store.ts'

/** Papers of a sitting with what may be done next; neither items nor keys. */
export async function readPapers(app: App, actor: Actor, input: { sittingId: string }) {
  const scope = scopeOf(actor)
  const sitting = await findArranged(app.db, input.sittingId, scope)
  if (!sitting) return refuse(no.PAPER_SITTING_NOT_FOUND())
  const held = defined(await findSittingForHall(app.db, sitting.sittingId, scope), 'its sitting')
  const papers = await listPapers(app.db, sitting.sittingId)
  const attempts = await scorableAttempts(app.db, sitting.sittingId)
  const changes = await listKeyChanges(app.db, sitting.sittingId)
  const contents = await papersById(app.db, [...new Set(changes.map((one) => one.paperId))])
  const inUse = await isInUse(app.db, sitting)
  return ok({
    sitting: { ...sitting, sittingState: held.state },
    parts: held.parts,
    papers: papers.map((paper) => ({
      ...paper,
      scored: attempts.filter((one) => one.paperId === paper.id && one.objectiveTenths !== null).length,
      ofFamily: isJointCopy(sitting, paper),
      actions: {
        approve: allowedIf(whyNotApprovable(paper, actor)),
        changeKey: allowedIf(whyKeyStays(sitting, paper, attempts, held)),
      },
    })),
    sealing: (await currentSealing(app.db, sitting.sittingId)) ?? null,
    keyChanges: changes.map(({ keySealed: _key, ...change }) => ({
      ...change,
      number: numberOf(app, contents, change),
      actions: {
        decide: allowedIf(change.proposedBy === actor.accountId ? no.KEY_CHANGE_SAME_PERSON() : undefined),
      },
    })),
    actions: {
      import: allowedIf(inUse ? no.PAPERS_IN_USE() : sitting.familyId ? no.PAPER_OF_FAMILY() : undefined),
      seal: allowedIf(await whyNotSealable(app.db, sitting)),
      score: allowedIf(whyNotScorable(sitting, attempts)),
    },
  })
}

function numberOf(app: App, papers: SealedPaper[], change: { paperId: string; item: string }): number | null {
  const paper = papers.find((one) => one.id === change.paperId)
  const items = paper ? openContent(app.crypto, paper).items : []
  return items.find((one) => one.id === change.item)?.number ?? null
}

export interface PaperPreview extends Paper {
  /** The forms there are, this one among them. */
  forms: string[]
}

/** A shuffled paper has a form for each letter the seats are drawn over. */
export function formsOf(paper: { forms: number }, drawn: number): string[] {
  return Array.from({ length: paper.forms === 1 ? 1 : drawn }, (_, at) => letterOf(at))
}

/** As a candidate would see it on one form. */
export async function previewPaper(
  app: App,
  actor: Actor,
  input: { paperId: string; form: string },
): Promise<Result<PaperPreview>> {
  const scope = scopeOf(actor)
  const paper = await findPaper(app.db, input.paperId, scope)
  const sitting = paper && (await findArranged(app.db, paper.sittingId, scope))
  if (!paper || !sitting) return refuse(no.PAPER_NOT_FOUND())
  const forms = formsOf(paper, sitting.forms)
  const { form } = input
  if (!forms.includes(form)) return refuse(no.PAPER_FORM_NOT_FOUND({ forms: forms.join('、') }))
  await record(app.db, {
    name: events['paper.previewed'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${paper.sittingId}`],
    data: { part: paper.part, form },
  })
  return ok({ ...composePaper(paper, openContent(app.crypto, paper), form), forms })
}

export interface KeyLine {
  number: number
  kind: StoredItem['kind']
  stem: string
  scoreTenths: number
  answer: string
}

/** Items beside their keys, in the authors' order, for who checks the paper or answers a complaint. */
export async function readPaperKeys(
  app: App,
  actor: Actor,
  input: { paperId: string; purpose: string },
): Promise<Result<{ items: KeyLine[] }>> {
  const paper = await findPaper(app.db, input.paperId, scopeOf(actor))
  if (!paper) return refuse(no.PAPER_NOT_FOUND())
  await record(app.db, {
    name: events['paper.keys-read'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${paper.sittingId}`],
    data: { part: paper.part, purpose: input.purpose },
  })
  return ok({ items: keyLines(app, paper) })
}

export function keyLines(
  app: App,
  paper: { id: string; itemsSealed: Buffer; keysSealed: Buffer },
): KeyLine[] {
  const keys = openKeys(app.crypto, paper)
  return openContent(app.crypto, paper)
    .items.filter((item) => takesAnswer(item.kind))
    .map((item): KeyLine => {
      const { number, kind, stem, scoreTenths } = item
      return { number, kind, stem, scoreTenths, answer: keyWords(item, keys[item.id]) }
    })
}

function keyWords(item: StoredItem, key: Key | undefined): string {
  const letters = (ids: string[]) =>
    (item.options ?? []).flatMap((option, at) => {
      if (!ids.includes(option.id)) return []
      return item.kind === 'judgement' ? option.text : letterOf(at)
    })
  switch (key?.kind) {
    case 'single':
    case 'judgement':
      return letters(key.accepted).join(' 或 ')
    case 'multiple':
      return letters(key.options).join('、')
    case 'fill':
      return key.blanks.map((accepted) => accepted.join(' 或 ')).join('；')
    case 'void':
      return '本题作废，全体给分'
    default:
      return isObjective(item.kind) ? '' : (key?.reference ?? '由评阅人员评分')
  }
}
