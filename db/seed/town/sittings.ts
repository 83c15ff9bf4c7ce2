import * as assess from '../way/assess.ts'
import * as certify from '../way/certify.ts'
import { A_PAPER } from '../way/train.ts'
import type { Parties, Subject } from '../way/way.ts'
import { nameOf } from './classes.ts'
import { declarationsOf } from './declarations.ts'
import type { Town } from './stage.ts'

export interface TownSitting {
  sittingId: string
  reportId: string
}

export interface SittingStory {
  parties: Parties
  subject: Subject
  title: string
  /** Days from today on which it was held. */
  held: number
  learners: number[]
  failing?: number[]
  absent?: number[]
  misconduct?: number[]
  /** Theory is held and scored by computer (see computer-sitting.ts): it opens the sitting and marks who did not come to it. */
  theoryByComputer?: boolean
  /** When its parts are; absent: theory in the morning, ability in the afternoon. */
  windows?: assess.Windows
  /** How far it went; absent: to published results. */
  upTo?: 'open' | 'ended'
}

interface Candidate {
  id: string
  ticketNumber: string
  personName: string
}

/** A sitting from its plan to published results. */
export function holdSitting(town: Town, story: SittingStory): TownSitting {
  const { way } = town
  const { parties } = story
  const one: TownSitting = { sittingId: '', reportId: '' }
  const evaluation = () => way.staff(parties.evaluation)

  const mark = async (n: number, part: string, as: string, reason: string) => {
    const candidate = await candidateOf(town, parties, one.sittingId, n)
    const evidence = { evidence: { name: '现场记录.pdf', type: 'application/pdf', bytes: A_PAPER } }
    await way.must(
      way
        .staff('bai-ping', 1)
        .act(
          'exams.mark-candidate',
          { sittingId: one.sittingId, candidateId: candidate.id, part, mark: as, reason },
          as === 'misconduct' ? evidence : undefined,
        ),
    )
  }
  const scores = async (): Promise<assess.PartScores[]> => {
    const found: assess.PartScores[] = []
    for (const [index, n] of story.learners.entries()) {
      if (story.absent?.includes(n)) continue
      const { ticketNumber } = await candidateOf(town, parties, one.sittingId, n)
      const scoreTenths = story.failing?.includes(n) ? 540 : 660 + ((index * 53) % 270)
      if (!story.theoryByComputer) found.push({ ticketNumber, part: 'theory', scoreTenths })
      if (!story.misconduct?.includes(n))
        found.push({ ticketNumber, part: 'ability', scoreTenths: scoreTenths + 15 })
    }
    return found
  }

  planSitting(town, story, one, story.held - 6)
  if (!story.theoryByComputer)
    town.on(story.held, '08:40', () =>
      way.must(evaluation().act('exams.open-sitting', { sittingId: one.sittingId })),
    )
  if (story.upTo === 'open') return one
  town.on(story.held, '10:00', async () => {
    for (const n of story.absent ?? []) {
      for (const part of story.theoryByComputer ? ['ability'] : ['theory', 'ability'])
        await mark(n, part, 'absent', '未到场，开考三十分钟后登记')
    }
    for (const n of story.misconduct ?? []) await mark(n, 'ability', 'misconduct', '携带手机进入考场')
  })
  town.on(story.held, '17:10', () =>
    way.must(evaluation().act('exams.end-sitting', { sittingId: one.sittingId })),
  )
  if (story.upTo === 'ended') return one
  town.on(story.held + 1, '10:00', async () => {
    await assess.recordTwice(way, parties, one.sittingId, await scores())
  })
  town.on(story.held + 2, '09:30', async () => {
    await assess.publishResults(way, parties, one.sittingId)
    one.reportId = await certify.resultReportOf(way, parties.evaluation, story.title)
  })

  return one
}

/** Planned on a day with its candidates; whatever comes after is another scene. */
export function planSitting(town: Town, story: SittingStory, one: TownSitting, plannedOn: number): void {
  const { way } = town
  const { parties } = story
  town.on(plannedOn, '09:30', async () => {
    const { sittingId } = await assess.planSitting(way, parties, story.subject, {
      inDays: story.held - plannedOn,
      capacity: 30,
      title: story.title,
      ...(story.windows ? { windows: story.windows } : {}),
    })
    one.sittingId = sittingId
    if (story.learners.length > 0) {
      const declarations = await declarationsOf(town, parties, story.learners)
      await assess.assignCandidates(way, parties, sittingId, declarations)
    }
  })
}

export async function candidateOf(
  town: Town,
  parties: Parties,
  sittingId: string,
  n: number,
): Promise<Candidate> {
  const name = await nameOf(town, n)
  const { rows } = await town.way.must(
    town.way.staff(parties.evaluation).read('exams.list-candidates', { sittingId, size: 200 }),
  )
  const found = rows.find((row: Candidate) => row.personName === name)
  if (!found) throw new Error(`${name} is not a candidate`)
  return found
}

/** Days on which a result report took its steps; absent: not taken yet. */
export interface ReportDays {
  submitted?: number
  returned?: number
  resubmitted?: number
  confirmed?: number
  sent?: number
  nationalReturned?: number
  audited?: number
  issued?: number
}

/** Leads a result report as far as its days go (HB-4.4). */
export function leadReport(town: Town, parties: Parties, sitting: TownSitting, days: ReportDays): void {
  const { way } = town
  const at = (day: number | undefined, time: string, act: () => Promise<unknown>) => {
    if (day !== undefined) town.on(day, time, act)
  }
  at(days.submitted, '10:20', () => certify.submitResultReport(way, parties, sitting.reportId))
  at(days.returned, '15:10', () =>
    way.must(
      way.staff(parties.province).act('certificates.return-report', {
        reportId: sitting.reportId,
        reason: '请补充考场记录和考评员签名页',
      }),
    ),
  )
  at(days.resubmitted, '10:40', () => certify.submitResultReport(way, parties, sitting.reportId))
  at(days.confirmed, '11:30', () => certify.confirmResultReport(way, parties, sitting.reportId))
  at(days.sent, '14:00', () => certify.sendToNational(way, parties, [sitting.reportId]))
  at(days.nationalReturned, '16:00', async () => {
    const { people } = await way.must(
      way.staff(parties.national).read('certificates.read-report', { reportId: sitting.reportId }),
    )
    await way.must(
      way.staff(parties.national).act('certificates.audit-report', {
        reportId: sitting.reportId,
        returned: people.map((one: { id: string }) => ({
          itemId: one.id,
          reason: '照片与证件不清晰，请核对后重报',
        })),
      }),
    )
  })
  at(days.audited, '16:30', () => certify.auditReport(way, parties, sitting.reportId))
  at(days.issued, '09:50', () => certify.issueCertificates(way, parties, sitting.reportId))
}
