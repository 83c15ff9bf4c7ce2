import { cancelDuty, fulfilDuty, openDuty } from '../../duties/index.ts'
import { type Actor, SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import { findArrangement, lockArrangement } from './store/arrangements.ts'
import { type TicketHolder, ticketHolders } from './store/tickets.ts'

const KIND = 'halls.fetch-ticket'
const BATCH = 200

/**
 * The job after tickets are published: every candidate finds 下载准考证 among what waits for them. Told again it changes
 * nothing; tickets taken back meanwhile are not told. Drawn and published anew, everybody is told of the new seat.
 */
export async function tellCandidates(
  app: App,
  job: { sittingId: string; publishedAt: string },
): Promise<void> {
  let after: string | null = null
  do {
    const from: string | null = after
    after = await app.db.transaction().execute((tx) => tellSome(tx, app, job, from))
  } while (after !== null)
}

/** Returns the last one told, or null when nobody is left to tell. */
async function tellSome(
  tx: Tx,
  app: App,
  job: { sittingId: string; publishedAt: string },
  after: string | null,
): Promise<string | null> {
  const found = await findArrangement(tx, job.sittingId, { kind: 'nation' })
  const one = found && (await lockArrangement(tx, found.sittingId, found.organisationId))
  if (one?.ticketsPublishedAt?.toISOString() !== job.publishedAt) return null
  const holders = await ticketHolders(tx, one.sittingId, after, BATCH)
  for (const holder of holders)
    await openDuty(tx, app, {
      kind: KIND,
      subject: subjectOf(holder),
      title: `下载准考证，核对考点和考位：${holder.title}`,
      link: '/mine/tickets',
      holder: { personId: holder.personId },
      startedOn: app.clock.today(),
      clause: 'AH-11',
      // The candidate's own affair: it stands on no officer's desk.
      provinceCode: null,
      cityCode: null,
      actor: SYSTEM_ACTOR,
    })
  return holders.at(-1)?.candidateId ?? null
}

export async function ticketFetched(
  tx: Tx,
  app: App,
  actor: Actor,
  holder: { candidateId: string; personId: string },
): Promise<void> {
  const { personId } = holder
  await fulfilDuty(tx, app, { kind: KIND, subject: subjectOf(holder), holder: { personId }, actor })
}

/** The tickets were taken back, or the examination is over: nobody needs to fetch one any more. */
export async function untellCandidates(
  tx: Tx,
  app: App,
  actor: Actor,
  of: { sittingId: string; reason: string },
): Promise<void> {
  const holders = await ticketHolders(tx, of.sittingId, null, null)
  const subject = holders.map(subjectOf)
  if (subject.length > 0) await cancelDuty(tx, app, { kind: KIND, subject, reason: of.reason, actor })
}

const subjectOf = (holder: Pick<TicketHolder, 'candidateId'>) => `candidate:${holder.candidateId}` as const
