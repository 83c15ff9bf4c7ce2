import { minuteOf } from '../../exams/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import {
  type AdmissionTicketPaper,
  printedBy,
  render,
  type SeatMapPaper,
} from '../../platform/documents/index.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { photoOf } from '../gates/open-photo.ts'
import { candidateCode } from '../seating/close-registration.ts'
import { seatsOf } from '../sites/store/seats.ts'
import { findHall } from '../sites/store/sites.ts'
import { events } from './audit-events.ts'
import type { HallRules } from './hall-rules.ts'
import { no } from './refusals.ts'
import { findArrangement } from './store/arrangements.ts'
import { type Ticket, ticketsOfHall, ticketsOfPerson } from './store/tickets.ts'
import { ticketFetched } from './tell-candidates.ts'

const PARTS = { theory: '理论知识考试', ability: '专业能力考核' } as const
const PDF = 'application/pdf'

/** What a candidate must know, from the figures that bind this sitting. */
export function ticketRules(rules: HallRules): string[] {
  return [
    '凭本准考证和有效身份证件原件入场，按考位号就座；请提前到达，预留核验时间。',
    `开考 ${rules.lateMinutes} 分钟后不得入场，开考 ${rules.earliestHandInMinutes} 分钟后方可交卷。`,
    '入场核验人脸须经本人单独同意；不同意的，由两名监考员核验证件，不影响考试。',
    '手机、智能手表等通讯和存储设备不得带入考位；离开考试窗口、复制粘贴等会被记录。',
    '作答随时保存；断网、断电或换机后从最后一次已保存处继续，因设备故障耽误的时间由监考员补时。',
    '到时系统自动收卷，以截止前最后一次已保存的作答为准。',
  ]
}

export function unverifiedNote(rules: HallRules): string | undefined {
  const shown = ['lateMinutes', 'earliestHandInMinutes'].some((key) => rules.unverified.includes(key))
  return shown ? '迟到和交卷时间未找到统一规定，暂按平台配置执行（待核实）。' : undefined
}

async function paperOf(app: App, ticket: Ticket, institution: string): Promise<AdmissionTicketPaper> {
  const photo = ticket.hasPhoto ? await photoOf(app, app.db, ticket.personId) : undefined
  const note = unverifiedNote(ticket.rules)
  return {
    ticketNumber: ticket.ticketNumber,
    holderName: ticket.personName,
    maskedIdNumber: ticket.maskedIdNumber,
    examination: ticket.title,
    occupation: ticket.occupationName,
    level: ticket.level,
    institution,
    site: ticket.site,
    hall: ticket.hall,
    address: ticket.address,
    seat: ticket.seat,
    times: ticket.parts.map((part) => ({
      part: PARTS[part.part],
      span: spanOf(part),
      ...(part.retained
        ? { note: '成绩沿用，不必参加' }
        : ticket.extraMinutes > 0
          ? { note: `已批准延长 ${ticket.extraMinutes} 分钟` }
          : {}),
    })),
    rules: ticketRules(ticket.rules),
    ...(note ? { note } : {}),
    drawCode: candidateCode(app, ticket.sittingId, ticket.candidateId),
    drawAt: `${app.config.publicUrl}/draws/${ticket.number}`,
    rehearsalAt: `${app.config.publicUrl}/exam/rehearsal`,
    // The door reads it: the number alone, which opens nothing without the document.
    qrText: ticket.ticketNumber,
    ...(photo ? { photo: photo.bytes } : {}),
  }
}

export function spanOf(part: { startsAt: string; endsAt: string }): string {
  return `${minuteOf(new Date(part.startsAt))} — ${minuteOf(new Date(part.endsAt)).slice(11)}`
}

type PrintRefusal = RefusalOf<
  typeof no,
  'ARRANGEMENT_NOT_FOUND' | 'HALL_NOT_OWN_NOT_FOUND' | 'SEATS_NOT_DRAWN'
>

async function drawnHall(app: App, actor: Actor, input: { sittingId: string; hallId: string }) {
  const one = await findArrangement(app.db, input.sittingId, scopeOf(actor))
  if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
  if (!one.drawnAt) return refuse(no.SEATS_NOT_DRAWN())
  const hall = await findHall(app.db, input.hallId, {
    kind: 'organisation',
    organisationId: one.organisationId,
  })
  const tickets = await ticketsOfHall(app.db, one.sittingId, input.hallId)
  if (!hall || tickets.length === 0) return refuse(no.HALL_NOT_OWN_NOT_FOUND())
  return ok({ one, hall, tickets, first: tickets[0] as Ticket })
}

async function traced(
  app: App,
  actor: Actor,
  sittingId: string,
  what: string,
  candidates: number,
): Promise<void> {
  await record(app.db, {
    name: events['tickets.printed'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${sittingId}`],
    data: { what, candidates },
  })
}

/** All tickets of a hall in one file, a page each, in the order of the seats. */
export async function printTickets(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string },
): Promise<Result<Download, PrintRefusal>> {
  const found = await drawnHall(app, actor, input)
  if (!found.ok) return found
  const { one, hall, tickets } = found.value
  const [organisation] = await findOrganisations(app.db, { ids: [one.organisationId] })
  const papers: AdmissionTicketPaper[] = []
  for (const ticket of tickets) papers.push(await paperOf(app, ticket, organisation?.name ?? ''))
  await traced(app, actor, one.sittingId, '准考证', papers.length)
  const bytes = await render('admission-ticket', {
    papers,
    demo: app.config.demo,
    printed: printedBy(app, actor),
  })
  return ok({ fileName: `准考证-${hall.name}.pdf`, mediaType: PDF, bytes, inline: true })
}

/** To hang at the door: who sits where; signed when handed in. */
export async function printDoorSheet(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string },
): Promise<Result<Download, PrintRefusal>> {
  const found = await drawnHall(app, actor, input)
  if (!found.ok) return found
  const { one, hall, tickets, first } = found.value
  await traced(app, actor, one.sittingId, '门贴', tickets.length)
  const bytes = await render('roster', {
    papers: [
      {
        title: `${first.title}　考场座次表`,
        number: first.number,
        facts: [
          ['考点', first.site],
          ['考场', hall.name],
          ...first.parts.map((part): [string, string] => [PARTS[part.part], spanOf(part)]),
          ['人数', `${tickets.length} 人`],
        ],
        columns: [
          { title: '考位', width: 0.6, align: 'center' },
          { title: '准考证号', width: 1.7, align: 'center' },
          { title: '姓名', width: 1, align: 'center' },
          { title: '证件号码', width: 1.6, align: 'center' },
          { title: '签到', width: 1, align: 'center' },
        ],
        rows: tickets.map((ticket) => [
          ticket.seat,
          ticket.ticketNumber,
          ticket.personName,
          ticket.maskedIdNumber,
          '',
        ]),
        note: `考位由公开抽签排定，可在 ${app.config.publicUrl}/draws/${first.number} 核验。`,
        signatures: ['主监考', '监考员'],
      },
    ],
    demo: app.config.demo,
    printed: printedBy(app, actor),
  })
  return ok({ fileName: `门贴-${hall.name}.pdf`, mediaType: PDF, bytes, inline: true })
}

/** The hall as it stands, for the invigilators: seats in their rows with names; spare and broken ones marked. */
export async function printSeatMap(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string },
): Promise<Result<Download, PrintRefusal>> {
  const found = await drawnHall(app, actor, input)
  if (!found.ok) return found
  const { one, hall, tickets, first } = found.value
  const bySeat = new Map(tickets.map((ticket) => [ticket.seat, ticket]))
  const seats = (await seatsOf(app.db, [hall.id])).map((seat): SeatMapPaper['seats'][number] => {
    const ticket = bySeat.get(seat.label)
    const kind = ticket ? 'taken' : seat.state === 'usable' ? 'free' : seat.state
    return {
      row: seat.row,
      column: seat.column,
      label: seat.label,
      name: ticket?.personName ?? (kind === 'spare' ? '备用' : kind === 'broken' ? '损坏' : ''),
      under: ticket ? ticket.ticketNumber.slice(-8) : '',
      kind,
    }
  })
  await traced(app, actor, one.sittingId, '座次图', tickets.length)
  const paper: SeatMapPaper = {
    title: `${first.title}　座次图`,
    facts: [
      ['考点', first.site],
      ['考场', hall.name],
      ['人数', `${tickets.length} 人`],
      ['时间', spanOf(first.parts[0] ?? { startsAt: '', endsAt: '' })],
    ],
    rows: hall.rows,
    columns: hall.columns,
    seats,
    note: '姓名下为准考证号后八位。灰框为空位，备用考位供换机使用。',
  }
  const bytes = await render('seat-map', {
    papers: [paper],
    demo: app.config.demo,
    printed: printedBy(app, actor),
  })
  return ok({ fileName: `座次图-${hall.name}.pdf`, mediaType: PDF, bytes, inline: true })
}

/** The candidate's own ticket, once published. */
export async function printMyTicket(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<Download, RefusalOf<typeof no, 'TICKET_NOT_FOUND'>>> {
  const tickets = actor.personId ? await ticketsOfPerson(app.db, actor.personId) : []
  const ticket = tickets.find((one) => one.sittingId === input.sittingId)
  if (!ticket) return refuse(no.TICKET_NOT_FOUND())
  const [organisation] = await findOrganisations(app.db, { ids: [ticket.organisationId] })
  await app.db.transaction().execute(async (tx) => {
    await record(tx, {
      name: events['ticket.read'],
      at: app.clock.now(),
      actor,
      subjects: [`person:${ticket.personId}`, `sitting:${ticket.sittingId}`],
      data: { ticketNumber: ticket.ticketNumber },
    })
    await ticketFetched(tx, app, actor, ticket)
  })
  const papers = [await paperOf(app, ticket, organisation?.name ?? '')]
  const bytes = await render('admission-ticket', {
    papers,
    demo: app.config.demo,
    printed: printedBy(app, actor),
  })
  return ok({ fileName: `准考证-${ticket.ticketNumber}.pdf`, mediaType: PDF, bytes, inline: true })
}
