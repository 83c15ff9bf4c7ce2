import { z } from 'zod'
import { findOrganisations } from '../../people/index.ts'
import { type Api, download, id, level, listInput, listOf, nothing, query } from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { candidateCode } from '../seating/close-registration.ts'
import { downloadProof, listPublicDraws, readPublicDraw } from '../seating/public-draws.ts'
import { may } from './permissions.ts'
import { printMyTicket, ticketRules, unverifiedNote } from './print-tickets.ts'
import { drawShape, ID, instant, part, reportShape } from './shapes.ts'
import { ticketsOfPerson } from './store/tickets.ts'

const stage = z.enum(['voided', 'committed', 'closed', 'drawn'])
const sittingNumber = z.string().trim().min(4).max(40)

export const arrangementsPortalApi = {
  'halls.my-tickets': query({
    summary: '我的准考证',
    permission: may['tickets.own'],
    input: nothing,
    example: {},
    output: z.object({
      tickets: z.array(
        z.object({
          sittingId: z.string(),
          number: z.string(),
          title: z.string(),
          organisation: z.string(),
          occupationName: z.string(),
          level,
          ticketNumber: z.string(),
          personName: z.string(),
          maskedIdNumber: z.string(),
          site: z.string(),
          address: z.string(),
          contactPhone: z.string(),
          hall: z.string(),
          seat: z.string(),
          extraMinutes: z.number(),
          parts: z.array(z.object({ part, startsAt: z.string(), endsAt: z.string(), retained: z.boolean() })),
          rules: z.array(z.string()),
          note: z.string().nullable(),
          hasPhoto: z.boolean(),
          drawCode: z.string(),
          state: z.string(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const tickets = actor.personId ? await ticketsOfPerson(app.db, actor.personId) : []
      const found = await findOrganisations(app.db, { ids: tickets.map((one) => one.organisationId) })
      const names = new Map(found.map((one) => [one.id, one.name]))
      return ok({
        tickets: tickets.map((one) => ({
          ...one,
          organisation: names.get(one.organisationId) ?? '',
          rules: ticketRules(one.rules),
          note: unverifiedNote(one.rules) ?? null,
          drawCode: candidateCode(app, one.sittingId, one.candidateId),
        })),
      })
    },
  }),
  'halls.my-ticket-paper': download({
    summary: '下载我的准考证',
    permission: may['tickets.own'],
    record: { kind: 'arrangement', from: 'sittingId' },
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    handle: ({ app, actor }, input) => printMyTicket(app, actor, input),
  }),
  'halls.list-draws': query({
    summary: '抽签公示',
    clause: 'AH-11',
    permission: may['draws.public'],
    input: listInput,
    example: {},
    output: listOf(
      z.object({
        number: z.string(),
        title: z.string(),
        organisation: z.string(),
        startsAt: instant,
        stage,
        drawnAt: instant.nullable(),
      }),
    ),
    handle: async ({ app }, input) => ok(await listPublicDraws(app, input)),
  }),
  'halls.read-draw': query({
    summary: '查看抽签公示',
    clause: 'AH-11',
    permission: may['draws.public'],
    input: z.strictObject({ number: sittingNumber }),
    example: { number: 'KC4220260001' },
    limit: { max: 120, seconds: 60 },
    output: z.object({
      number: z.string(),
      title: z.string(),
      organisation: z.string(),
      startsAt: instant,
      family: z.object({ number: z.string(), title: z.string() }).nullable(),
      stage,
      registrationClosedAt: instant.nullable(),
      inputsSha256: z.string().nullable(),
      drawnAt: instant.nullable(),
      proofSha256: z.string().nullable(),
      algorithm: z.string().nullable(),
      report: reportShape.nullable(),
      draws: z.array(drawShape),
    }),
    handle: ({ app }, input) => readPublicDraw(app, input),
  }),
  'halls.draw-proof': download({
    summary: '下载抽签证明',
    clause: 'AH-11',
    permission: may['draws.public'],
    input: z.strictObject({ number: sittingNumber }),
    example: { number: 'KC4220260001' },
    limit: { max: 30, seconds: 60 },
    handle: ({ app }, input) => downloadProof(app, input),
  }),
} satisfies Api
