import { z } from 'zod'
import { daysBetween } from '../../../../policy/src/index.ts'
import { type Api, allowed, id, level, listInput, listOf, nothing, query } from '../../platform/api.ts'
import { allowedIf, ok, refuse } from '../../platform/result.ts'
import { ENROLMENT_STATES, enrolmentState } from '../enrolments/enrolment.ts'
import { standingEnrolment } from '../enrolments/store.ts'
import { totalOf } from '../hours/hours.ts'
import { type Names, namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals-of-learners.ts'
import { lessonsOfClass } from '../timetable/store.ts'
import {
  choicesOfAnnouncements,
  findPublicAnnouncement,
  listPublicAnnouncements,
  type PublicAnnouncement,
} from './announcement-store.ts'
import { classState, hoursByKind } from './class.ts'

const region = z.string().regex(/^\d{6}$/)
const someId = '00000000-0000-4000-8000-000000000000'

const announcementRow = z.object({
  id: z.string(),
  title: z.string(),
  className: z.string(),
  organisation: z.string(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  city: z.string().nullable(),
  venue: z.string(),
  feeCents: z.number(),
  capacity: z.number(),
  seatsLeft: z.number(),
  waiting: z.number(),
  enrolFromOn: z.string(),
  enrolToOn: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  classState,
  /** Today one can register. */
  open: z.boolean(),
  /** Days until registration closes: 0 on the last one, negative afterwards. */
  daysLeft: z.number(),
})

function rowOf(one: PublicAnnouncement, names: Names, today: string) {
  return {
    ...one,
    organisation: names.organisation(one.organisationId),
    occupation: names.occupation(one.occupationId),
    city: names.region(one.venueCityCode),
    seatsLeft: Math.max(0, one.capacity - one.seatsTaken),
    classState: one.state,
    open: one.state === 'announced' && one.enrolFromOn <= today && today <= one.enrolToOn,
    daysLeft: daysBetween(today, one.enrolToOn),
  }
}

export const announcementProcedures = {
  'training.list-announcements': query({
    summary: '招生公告',
    clause: 'HB-4.2',
    permission: may['training.read-announcements'],
    input: listInput.extend({
      cityCode: region.optional(),
      occupationId: z.string().max(40).optional(),
      level: level.optional(),
      open: z.stringbool().optional(),
    }),
    example: {},
    output: listOf(announcementRow),
    handle: async ({ app }, input) => {
      const today = app.clock.today()
      const { rows, total } = await listPublicAnnouncements(app.db, {
        ...input,
        openOn: input.open ? today : undefined,
      })
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      return ok({
        rows: rows.map((row) => rowOf(row, names, today)),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'training.announcement-choices': query({
    summary: '招生公告的筛选项',
    clause: 'HB-4.2',
    permission: may['training.read-announcements'],
    input: nothing,
    example: {},
    output: z.object({
      cities: z.array(z.object({ code: z.string(), name: z.string() })),
      occupations: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    handle: async ({ app }) => {
      const found = await choicesOfAnnouncements(app.db)
      const names = await namesFor(app.db, [])
      return ok({
        cities: found.cityCodes.map((code) => ({ code, name: names.region(code) ?? code })),
        occupations: found.occupationIds.map((one) => ({ id: one, name: names.occupation(one) })),
      })
    },
  }),
  'training.read-announcement': query({
    summary: '招生公告详情',
    clause: 'HB-4.2',
    permission: may['training.read-announcements'],
    input: z.strictObject({ announcementId: id }),
    example: { announcementId: someId },
    output: announcementRow.extend({
      body: z.string(),
      contact: z.string(),
      publishedAt: z.string(),
      classNumber: z.string(),
      plannedHours: hoursByKind,
      totalHours: z.number(),
      lessons: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          mode: z.enum(['online', 'offline']),
          content: z.enum(['theory', 'practice']),
          startsAt: z.string(),
          endsAt: z.string(),
          minutes: z.number(),
        }),
      ),
      /** The visitor's own enrolment, when there is one. */
      mine: z.object({ enrolmentId: z.string(), state: enrolmentState }).nullable(),
      actions: z.object({ enrol: allowed }),
    }),
    handle: async ({ app, actor }, input) => {
      const one = await findPublicAnnouncement(app.db, input.announcementId)
      if (!one) return refuse(no.ANNOUNCEMENT_NOT_FOUND())
      const names = await namesFor(app.db, [one.organisationId])
      const mine = actor.personId ? await standingEnrolment(app.db, one.classId, actor.personId) : undefined
      const lessons = await lessonsOfClass(app.db, one.classId)
      const row = rowOf(one, names, app.clock.today())
      const closed = row.open
        ? undefined
        : one.state === 'announced'
          ? no.ENROLMENT_NOT_OPEN({ from: one.enrolFromOn, to: one.enrolToOn })
          : no.ENROLMENT_CLOSED()
      const twice = mine && no.ENROLMENT_TWICE({ state: ENROLMENT_STATES[mine.state] })
      return ok({
        ...row,
        body: one.body,
        contact: one.contact,
        publishedAt: one.publishedAt.toISOString(),
        totalHours: totalOf(one.plannedHours),
        lessons: lessons
          .filter((lesson) => lesson.cancelledAt === null)
          .map(({ id, title, mode, content, minutes, ...lesson }) => ({
            id,
            title,
            mode,
            content,
            minutes,
            startsAt: lesson.startsAt.toISOString(),
            endsAt: lesson.endsAt.toISOString(),
          })),
        mine: mine ? { enrolmentId: mine.id, state: mine.state } : null,
        actions: { enrol: allowedIf(twice ?? closed) },
      })
    },
  }),
} satisfies Api
