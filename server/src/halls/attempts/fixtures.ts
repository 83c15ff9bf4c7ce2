// A sitting in its halls, with sealed papers and attempts, set-based: two thousand candidates take seconds. How
// sittings, draws and papers come about is the business of other rooms; here are only the rows the journal stands on.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { anExamsWorld, certifiedLearners, type ExamsWorld } from '../../exams/fixtures.ts'
import type { App } from '../../platform/app.ts'
import type { HallRules } from '../arrangements/hall-rules.ts'
import { keepPaperKey } from '../papers/paper-key.ts'
import { canonicalText, hashOf, ROOT, type Row } from './entry.ts'
import { leaseHashOf } from './journal.ts'
import type { Paper, PaperItem, Part } from './wire.ts'

export interface Seated {
  attemptId: string
  candidateId: string
  personId: string
  name: string
  ticketNumber: string
  hallId: string
  seatId: string
  form: string
  /** Secret of the lease; it holds once the fixture has entered the candidate. */
  lease: string
  /** What the room sends with every call. */
  secrets: { attempt: string; lease: string }
}

export interface HallFixture {
  world: ExamsWorld
  sittingId: string
  siteId: string
  halls: { id: string; seatIds: string[] }[]
  paperId: string
  part: Part
  items: PaperItem[]
  opensAt: Date
  closesAt: Date
  rules: HallRules
  seated: Seated[]
}

export interface HallOptions {
  candidates?: number
  world?: ExamsWorld
  part?: Part
  items?: PaperItem[]
  rules?: Partial<HallRules>
  /** The window: from five minutes ago for four hours, unless told. */
  opensAt?: Date
  closesAt?: Date
  minutes?: number
  extraMinutes?: number
  seatsPerHall?: number
  spareSeats?: number
  /** How far everybody has come. */
  stage?: 'ready' | 'entered' | 'started'
}

const MINUTE = 60_000
const FORMS = ['A', 'B']

export function hallRulesOf(rules: Partial<HallRules> = {}): HallRules {
  return {
    graceSeconds: 60,
    lateMinutes: 30,
    earliestHandInMinutes: 0,
    captureSeconds: { from: 60, to: 180 },
    captureRequired: false,
    videoRequired: false,
    faceThreshold: { same: 0.6, other: 0.4 },
    livenessRequired: false,
    fullScreenRequired: true,
    events: { blur: 'record', copy: 'block', paste: 'block', full_screen_left: 'warn' },
    invigilatorsPerHall: 2,
    candidatesPerInvigilator: 15,
    retention: { capturesDays: 180, videoDays: 180, templateDays: 180, archiveYears: 10 },
    unverified: [],
    ...rules,
  }
}

/** Fifty items as a theory paper has them: mostly choices, a few words to write. */
export function someItems(count = 50): PaperItem[] {
  const kinds = [
    'single',
    'single',
    'single',
    'single',
    'multiple',
    'multiple',
    'judgement',
    'fill',
    'short',
    'single',
  ] as const
  return Array.from({ length: count }, (_, n) => {
    const kind = kinds[n % kinds.length] as PaperItem['kind']
    const choice = kind === 'single' || kind === 'multiple' || kind === 'judgement'
    const texts = kind === 'judgement' ? ['正确', '错误'] : ['控制器', '传感器', '执行器', '通信模块']
    return {
      id: `q${String(n + 1).padStart(2, '0')}`,
      group: 'g1',
      kind,
      stem: `第 ${n + 1} 题：关于智能产线的数据采集，下列说法中正确的是哪些？请根据题意作答。`,
      scoreTenths: 20,
      ...(choice ? { options: texts.map((text, index) => ({ id: 'abcd'[index] as string, text })) } : {}),
      ...(kind === 'fill' ? { blanks: 2 } : {}),
      ...(kind === 'short' ? { maxChars: 500 } : {}),
    }
  })
}

export async function aHallOf(app: App, options: HallOptions = {}): Promise<HallFixture> {
  const count = options.candidates ?? 2
  const world = options.world ?? (await anExamsWorld(app))
  const now = app.clock.now()
  const part = options.part ?? 'theory'
  const opensAt = options.opensAt ?? new Date(now.getTime() - 5 * MINUTE)
  const closesAt = options.closesAt ?? new Date(opensAt.getTime() + 240 * MINUTE)
  const items = options.items ?? someItems()
  const rules = hallRulesOf(options.rules)
  const perHall = options.seatsPerHall ?? 60
  const site = await aSite(app, world, Math.ceil(count / perHall), perHall, options.spareSeats ?? 2)
  const { sittingId, people } = await aSittingOf(app, world, count, { opensAt, closesAt })
  const paperId = await anArrangement(app, world, {
    sittingId,
    part,
    items,
    rules,
    halls: site.halls.map((one) => one.id),
  })
  const seated = people.map((person, n): Seated => {
    const hall = site.halls[Math.floor(n / perHall)] as HallFixture['halls'][number]
    const attemptId = randomUUID()
    const lease = `lease-${attemptId}`
    return {
      ...person,
      attemptId,
      hallId: hall.id,
      seatId: hall.seatIds[n % perHall] as string,
      form: FORMS[n % 2] as string,
      lease,
      secrets: { attempt: attemptId, lease },
    }
  })
  const minutes = options.minutes ?? 120
  await seat(app, { sittingId, part, seated })
  await sealAttempts(app, {
    sittingId,
    part,
    paperId,
    items,
    opensAt,
    closesAt,
    minutes,
    extraMinutes: options.extraMinutes ?? 0,
    seated,
  })
  const stage = options.stage ?? 'ready'
  if (stage !== 'ready') await enterAll(app, { sittingId, seated, start: stage === 'started' })
  return { world, sittingId, ...site, paperId, part, items, opensAt, closesAt, rules, seated }
}

async function aSite(app: App, world: ExamsWorld, halls: number, seats: number, spare: number) {
  const siteId = randomUUID()
  const at = app.clock.now()
  await sql`
    insert into halls.sites (id, number, organisation_id, province_code, city_code, name, address, contact_name, contact_phone,
      state, created_at)
    values (${siteId}, ${`试-${siteId.slice(0, 8)}`}, ${world.evaluation.organisationId}, '420000', '420100', '试验考点',
      '光谷大道 1 号', '考点联系人', '13800000000', 'active', ${at})`.execute(app.db)
  const made = Array.from({ length: Math.max(halls, 1) }, () => ({
    id: randomUUID(),
    seatIds: Array.from({ length: seats }, () => randomUUID()),
  }))
  const all = seats + spare
  await sql`
    insert into halls.halls (id, site_id, name, rows, columns, state, created_at)
    select h.id, ${siteId}, '第' || h.n || '考场', ${Math.ceil(all / 10)}, 10, 'active', ${at}
    from unnest(${made.map((one) => one.id)}::uuid[]) with ordinality as h(id, n)`.execute(app.db)
  const rows = made.flatMap((hall) =>
    Array.from({ length: all }, (_, n) => ({
      id: hall.seatIds[n] ?? randomUUID(),
      hallId: hall.id,
      label: String(n + 1).padStart(2, '0'),
      row: Math.floor(n / 10) + 1,
      column: (n % 10) + 1,
      state: n < seats ? 'usable' : 'spare',
    })),
  )
  await sql`
    insert into halls.seats (id, hall_id, label, row_number, column_number, machine, state)
    select r.id, r."hallId", r.label, r.row, r.column, 'PC-' || r.label, r.state
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, "hallId" uuid, label text, "row" int, "column" int, state text)`.execute(app.db)
  return { siteId, halls: made }
}

async function aSittingOf(
  app: App,
  world: ExamsWorld,
  count: number,
  window: { opensAt: Date; closesAt: Date },
) {
  const at = app.clock.now()
  const today = app.clock.today()
  const sittingId = randomUUID()
  const learners = await certifiedLearners(app, world, count)
  const people = learners.map((one, n) => ({
    personId: one.personId,
    name: one.name,
    certificateId: one.certificateId,
    declarationId: randomUUID(),
    candidateId: randomUUID(),
    ticketNumber: `${sittingId.slice(0, 8)}${String(n + 1).padStart(5, '0')}`,
  }))
  await sql`
    insert into exams.sittings (id, number, organisation_id, province_code, city_code, title, occupation_id, level, venue,
      capacity, starts_at, ends_at, state, created_at, opened_at, candidates_fixed_at)
    values (${sittingId}, ${`试-${sittingId.slice(0, 13)}`}, ${world.evaluation.organisationId}, '420000', '420100', '试验机考',
      ${world.occupationId}, ${world.level}, '试验考点', ${Math.max(count, 1)}, ${window.opensAt}, ${window.closesAt}, 'open',
      ${at}, ${at}, ${at})`.execute(app.db)
  await sql`
    insert into exams.sitting_parts (sitting_id, part, starts_at, ends_at)
    select ${sittingId}, part, ${window.opensAt}, ${window.closesAt} from unnest(array['theory', 'ability']) as part`.execute(
    app.db,
  )
  const { rows: kept } = await sql<{ id: string }>`
    insert into platform.decisions (rule, outcome, decided_on, subject, facts, decision, created_at)
    values ('hubei.eligibility', '符合', ${today}, 'declaration:fixture', '{}', '{}', ${at}) returning id`.execute(
    app.db,
  )
  const from = sql`jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r("personId" uuid, "certificateId" uuid,
    "declarationId" uuid, "candidateId" uuid, "ticketNumber" text)`
  await sql`
    insert into exams.declarations (id, number, person_id, training_certificate_id, training_organisation_id,
      evaluation_organisation_id, filing_id, province_code, city_code, occupation_id, level, source, state, outcome,
      decision_id, decided_on, created_at, submitted_at, confirmed_at)
    select r."declarationId", 'SB-' || left(r."declarationId"::text, 13), r."personId", r."certificateId",
      ${world.training.organisationId}::uuid, ${world.evaluation.organisationId}::uuid, ${world.filingId}::uuid, '420000',
      '420100', ${world.occupationId}, ${world.level}, 'self', 'qualified', '符合', ${kept[0]?.id}::uuid, ${today}::date,
      ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz from ${from}`.execute(app.db)
  await sql`
    insert into exams.candidates (id, sitting_id, declaration_id, person_id, ticket_number, attempt, created_at)
    select r."candidateId", ${sittingId}::uuid, r."declarationId", r."personId", r."ticketNumber", 1, ${at}::timestamptz
    from ${from}`.execute(app.db)
  return { sittingId, people }
}

async function anArrangement(
  app: App,
  world: ExamsWorld,
  of: { sittingId: string; part: Part; items: PaperItem[]; rules: HallRules; halls: string[] },
): Promise<string> {
  const at = app.clock.now()
  const paperId = randomUUID()
  await sql`
    insert into halls.arrangements (sitting_id, organisation_id, province_code, city_code, state, rules, created_at, sealed_at)
    values (${of.sittingId}, ${world.evaluation.organisationId}, '420000', '420100', 'running',
      ${JSON.stringify(of.rules)}::jsonb, ${at}, ${at})`.execute(app.db)
  await sql`
    insert into halls.sitting_halls (sitting_id, hall_id, state, admitting_at)
    select ${of.sittingId}::uuid, id, 'running', ${at}::timestamptz from unnest(${of.halls}::uuid[]) as id`.execute(
    app.db,
  )
  const items = JSON.stringify(of.items)
  await sql`
    insert into halls.papers (id, sitting_id, part, title, minutes, total_tenths, forms, items_sealed, keys_sealed, items_sha256,
      items, scoring, source_file_name, imported_by, imported_by_name, imported_at)
    values (${paperId}, ${of.sittingId}, ${of.part}, '试验试卷', 120, ${of.items.length * 20}, 2,
      ${app.crypto.encryptField(items, 'halls.fixture')}, ${app.crypto.encryptField('{}', 'halls.fixture')},
      ${app.crypto.sha256(items)}, ${of.items.length}, '{"multiple": "none"}'::jsonb, '试验试卷.xlsx', 'fixture', '出题人',
      ${at})`.execute(app.db)
  return paperId
}

async function seat(app: App, of: { sittingId: string; part: Part; seated: Seated[] }): Promise<void> {
  const at = app.clock.now()
  const from = sql`jsonb_to_recordset(${JSON.stringify(of.seated)}::jsonb) as r("candidateId" uuid, "hallId" uuid,
    "seatId" uuid, form text, "ticketNumber" text)`
  await sql`
    insert into halls.seat_assignments (sitting_id, candidate_id, hall_id, seat_id, form, origin, assigned_at)
    select ${of.sittingId}::uuid, r."candidateId", r."hallId", r."seatId", r.form, 'drawn', ${at}::timestamptz from ${from}`.execute(
    app.db,
  )
}

async function sealAttempts(
  app: App,
  of: {
    sittingId: string
    part: Part
    paperId: string
    items: PaperItem[]
    opensAt: Date
    closesAt: Date
    minutes: number
    extraMinutes: number
    seated: Seated[]
  },
): Promise<void> {
  const at = app.clock.now()
  const answering = of.items.filter((one) => one.kind !== 'scenario')
  const outline = JSON.stringify(Object.fromEntries(answering.map((one) => [one.id, one.kind])))
  const rows = of.seated.map((one) => {
    const paper: Paper = {
      title: '试验试卷',
      part: of.part,
      form: one.form,
      minutes: of.minutes,
      totalTenths: of.items.length * 20,
      groups: [{ id: 'g1', title: '第一部分' }],
      items: of.items,
    }
    const plain = Buffer.from(JSON.stringify(paper))
    const { key, sealed } = app.crypto.sealApart(plain)
    return {
      id: one.attemptId,
      candidateId: one.candidateId,
      form: one.form,
      cipher: sealed.toString('base64'),
      sha256: app.crypto.sha256(plain),
      key: keepPaperKey(app.crypto, one.attemptId, key).toString('base64'),
    }
  })
  for (let from = 0; from < rows.length; from += 500) {
    await sql`
      insert into halls.attempts (sitting_id, id, candidate_id, part, paper_id, form, opens_at, closes_at, minutes, extra_minutes,
        extra_reason, items, outline, paper_cipher, paper_sha256, key_sealed, created_at)
      select ${of.sittingId}::uuid, r.id, r."candidateId", ${of.part}, ${of.paperId}::uuid, r.form, ${of.opensAt}::timestamptz,
        ${of.closesAt}::timestamptz, ${of.minutes}::int, ${of.extraMinutes}::int, ${of.extraMinutes > 0 ? '便利安排' : null}::text,
        ${answering.length}::int, ${outline}::jsonb, decode(r.cipher, 'base64'), r.sha256, decode(r.key, 'base64'),
        ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + 500))}::jsonb)
        as r(id uuid, "candidateId" uuid, form text, cipher text, sha256 text, "key" text)`.execute(app.db)
  }
}

async function enterAll(
  app: App,
  of: { sittingId: string; seated: Seated[]; start: boolean },
): Promise<void> {
  const at = new Date(app.clock.now())
  const rows = of.seated.flatMap((one) => {
    const entries: { kind: string; body: unknown }[] = [
      {
        kind: 'lease',
        body: {
          lease: leaseHashOf(one.lease),
          seatId: one.seatId,
          reason: 'entered',
          act: null,
          agent: 'fixture',
        },
      },
    ]
    if (of.start) entries.push({ kind: 'start', body: {} })
    let previous: Uint8Array = ROOT
    return entries.map(({ kind, body }, index) => {
      const unhashed = {
        sittingId: of.sittingId,
        attemptId: one.attemptId,
        seq: index + 1,
        kind,
        at,
        body: canonicalText(body),
      }
      const row: Row = { ...unhashed, hash: hashOf(previous, unhashed) }
      previous = row.hash
      return { ...unhashed, hash: row.hash.toString('hex') }
    })
  })
  await sql`
    insert into halls.journal (sitting_id, attempt_id, seq, kind, at, body, hash)
    select r."sittingId", r."attemptId", r.seq, r.kind, r.at, r.body, decode(r.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("sittingId" uuid, "attemptId" uuid, seq int, kind text,
      at timestamptz, body text, hash text)`.execute(app.db)
  if (of.start) {
    await sql`
      update halls.attempts set state = 'started', started_at = ${at} where sitting_id = ${of.sittingId}`.execute(
      app.db,
    )
  }
}
