import * as plan from '../way/file-plan.ts'
import { A_PAPER } from '../way/train.ts'
import type { Parties, Subject } from '../way/way.ts'
import type { Town } from './stage.ts'

export interface Place {
  venue: string
  address: string
  examination: string
  teacher: string
}

export interface PlanStory {
  parties: Parties
  subject: Subject
  place: Place
  title: string
  /** Days from the day of drafting. */
  startsInDays?: number
  lastsDays?: number
  classes?: number
  plannedLearners?: number
}

/** The content of a plan of the town: as the way writes it, at the institution's own place. */
export function planOf(town: Town, story: PlanStory, feeId: string): Record<string, unknown> {
  const { parties, subject, place } = story
  const content = plan.planContent(town.way, town.cast, parties, subject, feeId, story)
  const written = content.plan as Record<string, unknown>
  return {
    ...content,
    plan: {
      ...written,
      venue: { ...(written.venue as object), name: place.venue, address: place.address },
      teachers: [{ name: place.teacher, qualification: '高级工程师', subject: '全部课程' }],
      content: '第一周理论面授和线上自学，第二周起分组实操，最后一次课为结业考核。',
    },
    assessmentPlan: { ...(content.assessmentPlan as object), place: place.examination },
  }
}

/** A plan drafted with everything filled in; returns its id. */
export async function draftPlan(town: Town, story: PlanStory, feeId: string): Promise<string> {
  const { id } = await plan.draftPlan(town.way, story.parties, planOf(town, story, feeId))
  return id
}

/** From draft to filed within a week and a half, as offices take it. */
export function filePlan(
  town: Town,
  drafted: number,
  story: PlanStory,
  feeOf: () => string,
): { filingId: string } {
  const { way } = town
  const { parties } = story
  const filed = { filingId: '' }
  const receive = (key: string) => async () => {
    const caller = way.staff(key)
    const { round } = await way.must(caller.read('institutions.read-filing', { id: filed.filingId }))
    await way.must(caller.act('institutions.receive-filing', { id: filed.filingId, round }))
  }
  town.on(drafted, '10:00', async () => {
    filed.filingId = await draftPlan(town, story, feeOf())
    await attach(town, parties.training, filed.filingId, '培训大纲')
  })
  town.on(drafted + 1, '09:20', () => plan.proposePlan(way, parties, filed.filingId))
  town.on(drafted + 3, '14:10', () => plan.agreePlan(way, parties, filed.filingId))
  town.on(drafted + 4, '09:05', () => plan.submitPlan(way, parties, filed.filingId))
  town.on(drafted + 6, '11:00', receive(parties.city))
  town.on(drafted + 8, '16:00', receive(parties.province))
  return filed
}

/** A paper of the draft: its outline, its teachers' papers. */
async function attach(town: Town, key: string, id: string, kind: string): Promise<void> {
  const file = { name: `${kind}.pdf`, type: 'application/pdf', bytes: A_PAPER }
  await town.way.must(town.way.staff(key).act('institutions.attach-filing-file', { id, kind }, { file }))
}
