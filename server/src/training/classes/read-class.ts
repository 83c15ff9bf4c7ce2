import { standardHours } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { countAwaitingCertificate, countValidCertificates } from '../certificates/store.ts'
import { lessonsNotEnded } from '../completion/store.ts'
import { countEnrolments } from '../enrolments/store.ts'
import { hoursForPolicy, missingHours, sayMissing, totalOf } from '../hours/hours.ts'
import { timetableHours } from '../hours/store.ts'
import { namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { no as noOfPapers } from '../refusals-of-papers.ts'
import { daysLeft } from '../reports/report.ts'
import { findReportOfClass } from '../reports/store.ts'
import { announcementInForce } from './announcement-store.ts'
import type { ClassAct, TrainingClass } from './class.ts'
import { nameForbids, stateForbids } from './class-refusals.ts'
import { findClass } from './store.ts'

export type ReadClassRefusal = RefusalOf<typeof no, 'CLASS_NOT_FOUND'>

/** A class with what was filed, who is in it, what may be done now and why not, and what happened. */
export async function readClass(app: App, actor: Actor, input: { classId: string }) {
  const tx = app.db
  const one = await findClass(tx, actor, input.classId)
  if (!one) return refuse(no.CLASS_NOT_FOUND()) as Result<never, ReadClassRefusal>
  const counts = await countEnrolments(tx, one.id)
  const held = await timetableHours(tx, one)
  const names = await namesFor(tx, [one.organisationId])
  const announcement = await announcementInForce(tx, one.id)
  const report = await findReportOfClass(tx, one.id)
  const awaiting = await countAwaitingCertificate(tx, one.id)
  const certificates = await countValidCertificates(tx, one.id)
  const lessonsLeft = await lessonsNotEnded(tx, one.id, app.clock.now())
  const missing = missingHours(one.plannedHours, held)
  const standard = await standardHours(app, tx, { ...one, on: app.clock.today() })
  return ok({
    ...one,
    cancelledAt: one.cancelledAt?.toISOString() ?? null,
    organisation: names.organisation(one.organisationId),
    occupation: names.occupation(one.occupationId),
    city: names.region(one.cityCode),
    venueCity: names.region(one.venueCityCode),
    counts,
    hours: {
      planned: totalOf(one.plannedHours),
      held: totalOf(held),
      heldByKind: held,
      sums: hoursForPolicy(held),
    },
    standardHours: { value: standard.hours, verified: standard.verified, source: standard.source },
    announcement: announcement
      ? { ...announcement, publishedAt: announcement.publishedAt.toISOString() }
      : null,
    report: report && {
      id: report.id,
      number: report.number,
      state: report.state,
      dueOn: report.dueOn,
      daysLeft: daysLeft(report, app.clock.today()),
      late: report.late,
    },
    awaitingCertificates: awaiting,
    certificates,
    actions: actionsOf(actor, one, {
      start:
        (counts.registered > 0 ? no.ENROLMENTS_UNDECIDED({ count: counts.registered }) : undefined) ??
        (counts.admitted === 0 ? no.NOBODY_ADMITTED() : undefined) ??
        (missing.length > 0 ? no.TIMETABLE_SHORT({ missing: sayMissing(missing) }) : undefined),
      complete: lessonsLeft > 0 ? noOfPapers.LESSONS_OUTSTANDING({ count: lessonsLeft }) : undefined,
      withdrawAnnouncement:
        counts.seated + counts.waiting > 0
          ? no.ANNOUNCEMENT_HAS_ENROLMENTS({ count: counts.seated + counts.waiting })
          : undefined,
      reopen: certificates > 0 ? noOfPapers.CLASS_HAS_CERTIFICATES({ count: certificates }) : undefined,
      issueCertificates: awaiting === 0 ? noOfPapers.NOTHING_TO_ISSUE() : undefined,
    }),
    timeline: await timeline(tx, `class:${one.id}`),
  })
}

const ACTS_OF_MANAGER: ClassAct[] = [
  'announce',
  'withdrawAnnouncement',
  'importRoster',
  'decideEnrolments',
  'start',
  'arrangeLessons',
  'enterScores',
  'complete',
  'cancel',
  'reopen',
  'issueCertificates',
]

/** What the viewer may do now; acts of another role are left out instead of greyed. */
function actionsOf(actor: Actor, one: TrainingClass, facts: Partial<Record<ClassAct, Refusal | undefined>>) {
  const holds = (permission: keyof typeof may) => may[permission].roles.includes(actor.role)
  const acts = holds('training.manage-classes')
    ? ACTS_OF_MANAGER
    : holds('training.teach')
      ? (['enterScores'] as ClassAct[])
      : []
  const entries = acts.map((act): [string, ReturnType<typeof allowedIf>] => {
    const name = act === 'announce' ? nameForbids(one) : undefined
    return [act, allowedIf(stateForbids(one, act) ?? name ?? facts[act])]
  })
  if (holds('training.review-class-names') && one.nameReview !== 'none')
    entries.push(['reviewName', allowedIf(undefined)])
  return Object.fromEntries(entries)
}
