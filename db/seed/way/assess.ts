import { addDays, instantAt } from '../../../server/src/platform/clock.ts'
import type { Cast } from '../settle-cast.ts'
import type { Parties, Subject, Way } from './way.ts'

/** Every learner with a certificate that can be declared, as one batch; returns it. */
export async function draftBatch(way: Way, cast: Cast, parties: Parties): Promise<{ batchId: string }> {
  const manager = way.staff(parties.training)
  const certificateIds: string[] = []
  for (let page = 1; ; page += 1) {
    const { rows, total } = await way.must(manager.read('exams.list-declarable', { page, size: 200 }))
    certificateIds.push(...rows.map((row: { id: string }) => row.id))
    if (page * 200 >= total) break
  }
  const drafted = await way.must(
    manager.act('exams.draft-batch', {
      evaluationOrganisationId: cast.organisations.get(parties.evaluationOrganisation),
      certificateIds,
    }),
  )
  return { batchId: drafted.id }
}

export async function submitBatch(way: Way, parties: Parties, batchId: string): Promise<void> {
  await way.must(way.staff(parties.training).act('exams.submit-batch', { batchId }))
}

/** Declarations that wait at the evaluation institution's desk. */
export async function submittedDeclarations(
  way: Way,
  parties: Parties,
  state = 'submitted',
): Promise<string[]> {
  const found: string[] = []
  for (let page = 1; ; page += 1) {
    const { rows, total } = await way.must(
      way.staff(parties.evaluation).read('exams.list-declarations', { state, page, size: 200 }),
    )
    found.push(...rows.map((row: { id: string }) => row.id))
    if (page * 200 >= total) return found
  }
}

export async function confirmQualification(
  way: Way,
  parties: Parties,
  declarationIds: string[],
): Promise<number> {
  const { confirmed } = await way.must(
    way.staff(parties.evaluation).act('exams.confirm-declarations', { declarationIds }),
  )
  return confirmed
}

export type Windows = Record<'theory' | 'ability', { startsAt: string; endsAt: string }>

/** A sitting in `inDays`, theory in the morning, ability in the afternoon. */
export async function planSitting(
  way: Way,
  parties: Parties,
  subject: Subject,
  options: { inDays?: number; capacity?: number; title?: string; windows?: Windows } = {},
): Promise<{ sittingId: string; heldOn: string; title: string }> {
  const title = options.title ?? '人工智能工程技术人员初级考核'
  const heldOn = addDays(way.clock.today(), options.inDays ?? 5)
  const at = (time: string) => instantAt(heldOn, time).toISOString()
  const { id } = await way.must(
    way.staff(parties.evaluation).act('exams.plan-sitting', {
      title,
      ...subject,
      cityCode: parties.cityCode,
      venue: '华中评价中心考场',
      capacity: options.capacity ?? 200,
      theory: { startsAt: at('09:00'), endsAt: at('10:30') },
      ability: { startsAt: at('14:00'), endsAt: at('16:00') },
      ...options.windows,
    }),
  )
  return { sittingId: id, heldOn, title }
}

export async function assignCandidates(
  way: Way,
  parties: Parties,
  sittingId: string,
  declarationIds: string[],
) {
  await way.must(way.staff(parties.evaluation).act('exams.assign-candidates', { sittingId, declarationIds }))
}

export interface CandidateRow {
  candidateId: string
  ticketNumber: string
}

export async function candidatesOf(way: Way, parties: Parties, sittingId: string): Promise<CandidateRow[]> {
  const found: CandidateRow[] = []
  for (let page = 1; ; page += 1) {
    const { rows, total } = await way.must(
      way.staff(parties.evaluation).read('exams.list-candidates', { sittingId, page, size: 200 }),
    )
    found.push(
      ...rows.map((row: { id?: string; candidateId?: string; ticketNumber: string }) => ({
        candidateId: row.candidateId ?? row.id,
        ticketNumber: row.ticketNumber,
      })),
    )
    if (page * 200 >= total) return found
  }
}

/** Opens the sitting on its morning and ends it in the afternoon. */
export async function holdSitting(
  way: Way,
  parties: Parties,
  sittingId: string,
  heldOn: string,
): Promise<void> {
  way.clock.setDay(heldOn, '08:40')
  await way.must(way.staff(parties.evaluation).act('exams.open-sitting', { sittingId }))
  way.clock.setDay(heldOn, '16:30')
  await way.must(way.staff(parties.evaluation).act('exams.end-sitting', { sittingId }))
}

export interface PartScores {
  ticketNumber: string
  part: 'theory' | 'ability'
  scoreTenths: number
}

export function scoresFor(
  candidates: CandidateRow[],
  scoreOf: (index: number) => number = () => 780,
): PartScores[] {
  return candidates.flatMap(({ ticketNumber }, index) => [
    { ticketNumber, part: 'theory' as const, scoreTenths: scoreOf(index) },
    { ticketNumber, part: 'ability' as const, scoreTenths: Math.min(1000, scoreOf(index) + 20) },
  ])
}

/** Both examiners enter every score, each without seeing the other's. */
export async function recordTwice(
  way: Way,
  parties: Parties,
  sittingId: string,
  scores: PartScores[],
): Promise<void> {
  for (const key of parties.examiners) {
    await way.must(way.staff(key).act('exams.record-scores', { sittingId, scores }))
  }
}

export async function publishResults(way: Way, parties: Parties, sittingId: string): Promise<void> {
  await way.must(way.staff(parties.evaluation).act('exams.publish-results', { sittingId }))
  await way.settle()
}
