import { randomUUID } from 'node:crypto'
import { findSittingForHall, type SittingInHall, scoreByComputer } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import { type Actor, SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { composePaper, formOf } from './compose-paper.ts'
import { isInUse } from './import-paper.ts'
import { currentJointPapers, holdFamilyOf } from './joint-store.ts'
import { PART_TITLES, type PaperContent, type Part, takesAnswer } from './paper.ts'
import { keepPaperKey } from './paper-key.ts'
import { no } from './refusals.ts'
import { openContent } from './sealed-content.ts'
import {
  type ArrangedSitting,
  countSitters,
  currentPapers,
  currentSealing,
  insertAttempts,
  insertSealing,
  isAnyAtNode,
  lockArranged,
  lockSealing,
  type NewAttempt,
  type SealedPaper,
  type Sitter,
  setArrangementState,
  setSealed,
  unsealedSitters,
} from './store.ts'
import { takeJointPapers } from './take-joint-papers.ts'

export type SealPapersRefusal = RefusalOf<
  typeof no,
  | 'PAPER_SITTING_NOT_FOUND'
  | 'PAPERS_IN_USE'
  | 'PAPERS_AT_NODE'
  | 'SEALING_BEFORE_DRAW'
  | 'PAPERS_INCOMPLETE'
  | 'CANDIDATES_WITHOUT_SEAT'
  | 'SEALING_RUNNING'
>

/** Candidates composed and encrypted in one transaction: progress is seen, and a restart loses little. */
const BATCH = 100

/**
 * Has a paper composed and encrypted for every candidate and part, by a job. Asked for again before the start it
 * begins anew and makes what was sealed before void; afterwards nothing is sealed again.
 */
export function sealPapers(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ sealingId: string; expected: number }, SealPapersRefusal | Refusal>> {
  return transact<{ sealingId: string; expected: number }, SealPapersRefusal | Refusal>(
    app.db,
    async (tx) => {
      await holdFamilyOf(tx, input.sittingId)
      const sitting = await lockArranged(tx, input.sittingId, scopeOf(actor))
      if (!sitting) return refuse(no.PAPER_SITTING_NOT_FOUND())
      const refusal = await whyNotSealable(tx, sitting)
      if (refusal) return refuse(refusal)
      if (sitting.familyId) await takeJointPapers(tx, app, actor, { ...sitting, familyId: sitting.familyId })
      const { papers: expected, seatless } = await countSitters(tx, sitting.sittingId)
      if (seatless > 0 || expected === 0) return refuse(no.CANDIDATES_WITHOUT_SEAT({ count: seatless }))
      const at = app.clock.now()
      const { id, replaced } = await insertSealing(tx, {
        sittingId: sitting.sittingId,
        expected,
        by: defined(actor.accountId, 'an account'),
        byName: actor.name,
        at,
      })
      await setArrangementState(tx, sitting.sittingId, 'drawn', null)
      await record(tx, {
        name: events['papers.sealing-requested'],
        at,
        actor,
        subjects: [`sitting:${sitting.sittingId}`],
        data: { expected, replaced },
      })
      await enqueue(tx, 'halls.seal-papers', { sealingId: id, sittingId: sitting.sittingId })
      return ok({ sealingId: id, expected })
    },
  )
}

export async function whyNotSealable(tx: Tx, sitting: ArrangedSitting): Promise<Refusal | undefined> {
  if (await isInUse(tx, sitting)) return no.PAPERS_IN_USE()
  if (await isAnyAtNode(tx, sitting.sittingId)) return no.PAPERS_AT_NODE()
  if (sitting.state === 'preparing') return no.SEALING_BEFORE_DRAW()
  const papers = sitting.familyId
    ? await currentJointPapers(tx, sitting.familyId)
    : await currentPapers(tx, sitting.sittingId)
  const missing = (Object.keys(PART_TITLES) as Part[]).flatMap((part) => {
    const paper = papers.find((one) => one.part === part)
    if (!paper) return [`「${PART_TITLES[part]}」还没有导入试卷`]
    return paper.approvedAt ? [] : [`「${PART_TITLES[part]}」的试卷还没有复核`]
  })
  // A sitting may hold one part by computer and the other by hand; what is imported must be complete.
  const needed = papers.length === 0 ? missing : missing.filter((one) => one.includes('复核'))
  if (needed.length > 0) return no.PAPERS_INCOMPLETE({ missing: needed.join('，') })
  const sealing = await currentSealing(tx, sitting.sittingId)
  if (sealing && !sealing.finishedAt)
    return no.SEALING_RUNNING({ sealed: sealing.sealed, expected: sealing.expected })
  // A joint examination's papers come in with the sealing; whoever sits them is counted then.
  if (sitting.familyId) return undefined
  const { papers: expected, seatless } = await countSitters(tx, sitting.sittingId)
  if (seatless > 0 || expected === 0) return no.CANDIDATES_WITHOUT_SEAT({ count: seatless })
  return undefined
}

/** The job: batch after batch until every candidate has a paper. Begun again, it goes on where it stopped. */
export async function sealAll(app: App, job: { sealingId: string; sittingId: string }): Promise<void> {
  const composed = new Map<string, Composed>()
  for (;;) {
    const left = await app.db.transaction().execute((tx) => sealBatch(tx, app, job, composed))
    if (!left) return
  }
}

/** Returns whether there may be more; nothing when another sealing has taken its place. */
async function sealBatch(
  tx: Tx,
  app: App,
  job: { sealingId: string; sittingId: string },
  composed: Map<string, Composed>,
): Promise<boolean> {
  const sitting = await lockArranged(tx, job.sittingId, { kind: 'nation' })
  const sealing = sitting && (await lockSealing(tx, job.sealingId))
  if (!sealing) return false
  const at = app.clock.now()
  const sitters = await unsealedSitters(tx, sitting.sittingId, BATCH)
  if (sitters.length === 0) {
    await setSealed(tx, sealing.id, 0, at)
    await setArrangementState(tx, sitting.sittingId, 'sealed', at)
    // A part with items for people is not passed up yet: its scores are entered as ever.
    const objective = (await currentPapers(tx, sitting.sittingId)).filter((one) => one.markedItems === 0)
    await scoreByComputer(tx, { sittingId: sitting.sittingId, parts: objective.map((one) => one.part) })
    await record(tx, {
      name: events['papers.sealed'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: [`sitting:${sitting.sittingId}`],
      data: {
        papers: sealing.sealed,
        forms: [...new Set([...composed.values()].map((one) => one.form))].sort(),
      },
    })
    return false
  }
  const papers = await currentPapers(tx, sitting.sittingId)
  const held = defined(await findSittingForHall(tx, sitting.sittingId, { kind: 'nation' }), 'its sitting')
  const attempts = sitters.map((sitter) => attemptOf(app, sitter, papers, held, composed))
  await insertAttempts(tx, sitting.sittingId, attempts, at)
  await setSealed(tx, sealing.id, attempts.length, null)
  return true
}

/** One form of one paper as bytes; many candidates have it, each under a key of their own. */
interface Composed {
  form: string
  bytes: Buffer
  sha256: string
  outline: NewAttempt['outline']
}

function attemptOf(
  app: App,
  sitter: Sitter,
  papers: SealedPaper[],
  held: SittingInHall,
  composed: Map<string, Composed>,
): NewAttempt {
  const paper = defined(
    papers.find((one) => one.part === sitter.part),
    'the paper of the part',
  )
  const window = defined(
    held.parts.find((one) => one.part === sitter.part),
    'the window of the part',
  )
  const form = formOf(paper, defined(sitter.form, 'a drawn seat'))
  const place = `${paper.id}/${form}`
  const one = composed.get(place) ?? compose(app, paper, openContent(app.crypto, paper), form)
  composed.set(place, one)
  const id = randomUUID()
  const { key, sealed } = app.crypto.sealApart(one.bytes)
  return {
    id,
    candidateId: sitter.candidateId,
    part: sitter.part,
    paperId: paper.id,
    form,
    opensAt: window.startsAt,
    closesAt: window.endsAt,
    minutes: paper.minutes,
    extraMinutes: sitter.extraMinutes,
    extraReason: sitter.extraReason,
    items: paper.items,
    outline: one.outline,
    paperCipher: sealed,
    paperSha256: one.sha256,
    keySealed: keepPaperKey(app.crypto, id, key),
  }
}

function compose(app: App, paper: SealedPaper, content: PaperContent, form: string): Composed {
  const composed = composePaper(paper, content, form)
  const bytes = Buffer.from(JSON.stringify(composed))
  const answerable = composed.items.filter((item) => takesAnswer(item.kind))
  return {
    form,
    bytes,
    sha256: app.crypto.sha256(bytes),
    outline: Object.fromEntries(answerable.map((item) => [item.id, item.kind])),
  }
}
