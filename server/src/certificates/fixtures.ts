import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { aListedInstitution, officialData } from '../institutions/fixtures.ts'
import { anIdNumber, aSupervisedRegion } from '../people/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { addDays, instantAt, type SettableClock } from '../platform/clock.ts'
import { recordDecisions } from '../platform/decisions.ts'
import type { Result } from '../platform/result.ts'
import { anActor } from '../platform/testing/index.ts'
import { sendToNational } from './exchange/send-to-national.ts'
import { issueReport } from './issuing/issue-report.ts'
import { auditReport } from './reports/audit-report.ts'
import { confirmReport } from './reports/confirm-report.ts'
import { draftReport } from './reports/draft-report.ts'
import { submitReport } from './reports/submit-report.ts'
import type { ReportState } from './result-report.ts'

type ClockedApp = App & { clock: SettableClock }

/** The value of a verb that the fixture expects to succeed. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`)
  return result.value
}

/** Everybody a result report passes through, in Hubei, and two who have nothing to do with it. */
export interface CertificateWorld {
  evaluator: Actor
  /** Another manager of the same institution. */
  colleague: Actor
  otherEvaluator: Actor
  trainingOrganisationId: string
  city: Actor
  province: Actor
  national: Actor
  otherProvince: Actor
  organisationId: string
  organisationName: string
}

export async function aCertificateWorld(app: App): Promise<CertificateWorld> {
  const evaluation = await aListedInstitution(app, { catalogue: 'evaluation' })
  const other = await aListedInstitution(app, { catalogue: 'evaluation' })
  const training = await aListedInstitution(app)
  const region = await aSupervisedRegion(app)
  const elsewhere = await aSupervisedRegion(app, '340000', '340100')
  return {
    evaluator: evaluation.actor,
    colleague: { ...evaluation.actor, accountId: randomUUID(), name: '同事' },
    otherEvaluator: other.actor,
    trainingOrganisationId: training.organisationId,
    city: anActor('city_officer', { id: region.city }),
    province: anActor('provincial_officer', { id: region.province, name: '省厅420000' }),
    national: anActor('national_officer', {
      id: region.national,
      name: '国家办公室',
      provinceCode: '110000',
    }),
    otherProvince: anActor('provincial_officer', { id: elsewhere.province, provinceCode: '340000' }),
    organisationId: evaluation.organisationId,
    organisationName: evaluation.name,
  }
}

export interface SittingFixture {
  sittingId: string
  endedOn: string
  persons: {
    personId: string
    name: string
    trainingCertificateId: string
    enrolmentId: string
    candidateId: string
  }[]
}

const SURNAMES = '赵钱孙李周吴郑王冯陈'
const GIVEN = '一二三四五六七八九十百千万'

/**
 * A sitting whose results are out, with any number of candidates, written set by set: what came before it is the
 * other modules' business and has its own tests. It ended today by the app's clock.
 */
export async function aScoredSitting(
  app: App,
  world: CertificateWorld,
  options: {
    passed?: number
    failed?: number
    absent?: number
    misconduct?: number
    occupationId?: string
    level?: string
  } = {},
): Promise<SittingFixture> {
  await officialData(app)
  const { passed = 2, failed = 0, absent = 0, misconduct = 0, occupationId = 'ai', level = '中级' } = options
  const at = app.clock.now()
  const today = app.clock.today()
  const results = [
    ...Array.from({ length: passed }, () => 'passed'),
    ...Array.from({ length: failed }, () => 'failed'),
    ...Array.from({ length: absent }, () => 'absent'),
    ...Array.from({ length: misconduct }, () => 'misconduct'),
  ]
  const tag = randomUUID().slice(0, 8)
  const people = results.map((result, index) => {
    const idNumber = anIdNumber()
    return {
      index,
      result,
      personId: randomUUID(),
      enrolmentId: randomUUID(),
      certificateId: randomUUID(),
      declarationId: randomUUID(),
      candidateId: randomUUID(),
      name: `${SURNAMES[index % 10]}${GIVEN[Math.floor(index / 10) % 13]}${GIVEN[index % 13]}`,
      sealed: app.crypto.encryptField(idNumber, 'id-number').toString('hex'),
      blind: app.crypto.blindIndex(`居民身份证:${idNumber}`, 'id-number').toString('hex'),
      masked: `${idNumber.slice(0, 6)}********${idNumber.slice(14)}`,
      ticket: `T${tag}${String(index).padStart(5, '0')}`,
      number: `PX${tag}${String(index).padStart(5, '0')}`,
      code: randomUUID(),
      theory: result === 'passed' ? 825 : result === 'failed' ? 550 : null,
      ability: result === 'passed' ? 760 : result === 'failed' ? 610 : null,
      mark: result === 'absent' ? 'absent' : result === 'misconduct' ? 'misconduct' : 'present',
    }
  })
  const json = JSON.stringify(people)
  const sittingId = randomUUID()
  const classId = randomUUID()
  const filingId = randomUUID()
  const hours = JSON.stringify({ total: 80, theory: 40, practice: 40, online: 40, offline: 40 })
  await app.db.transaction().execute(async (tx) => {
    const [decisionId] = await recordDecisions(tx, app, [
      {
        decision: { rule: 'national.engineer-pass', outcome: '符合', on: today },
        facts: {},
        subject: `sitting:${sittingId}`,
      },
    ])
    await sql`
      insert into institutions.filings (id, number, organisation_id, evaluation_organisation_id, province_code, city_code, year, title,
        occupation_id, level, planned_learners, state, round, created_by, created_at, updated_at, submitted_at, filed_at, filed_on)
      values (${filingId}, ${`BA-${tag}`}, ${world.trainingOrganisationId}, ${world.organisationId}, '420000', '420100',
        ${Number(today.slice(0, 4))}, '试验计划', ${occupationId}, ${level}, 5000, 'filed', 1, '试验', ${at}, ${at}, ${at}, ${at}, ${today})`.execute(
      tx,
    )
    await sql`
      insert into training.classes (id, number, name, filing_id, organisation_id, province_code, city_code, occupation_id, level, capacity,
        venue, venue_province_code, planned_hours, standard_hour_minutes, pass_mark_tenths, starts_on, ends_on, state, created_at)
      values (${classId}, ${`BJ-${tag}`}, '试验班', ${filingId}, ${world.trainingOrganisationId}, '420000', '420100', ${occupationId},
        ${level}, 5000, '光谷', '420000', ${hours}::jsonb, 45, 600, ${addDays(today, -40)}, ${addDays(today, -10)}, 'reported', ${at})`.execute(
      tx,
    )
    await sql`
      insert into people.persons (id, name, document_type, id_number_sealed, id_number_index, masked_id_number, birth_on, province_code,
        city_code, created_at)
      select n."personId", n.name, '居民身份证', decode(n.sealed, 'hex'), decode(n.blind, 'hex'), n.masked, '1995-06-15', '420000', '420100', ${at}
      from jsonb_to_recordset(${json}::jsonb) as n("personId" uuid, name text, sealed text, blind text, masked text)`.execute(
      tx,
    )
    await sql`
      insert into training.enrolments (id, class_id, person_id, source, state, decision_id, audience_outcome, registered_at, completed_on)
      select n."enrolmentId", ${classId}, n."personId", 'self', 'completed', ${decisionId}, '符合', ${at}, ${addDays(today, -10)}
      from jsonb_to_recordset(${json}::jsonb) as n("personId" uuid, "enrolmentId" uuid)`.execute(tx)
    await sql`
      insert into training.certificates (id, number, code, enrolment_id, class_id, person_id, holder_name, organisation_id, organisation_name,
        occupation_id, level, hours, starts_on, ends_on, issued_on, state)
      select n."certificateId", n.number, n.code, n."enrolmentId", ${classId}, n."personId", n.name, ${world.trainingOrganisationId},
        '试验学院', ${occupationId}, ${level}, ${hours}::jsonb, ${addDays(today, -40)}, ${addDays(today, -10)}, ${addDays(today, -9)}, 'issued'
      from jsonb_to_recordset(${json}::jsonb) as n("certificateId" uuid, number text, code text, "enrolmentId" uuid, "personId" uuid, name text)`.execute(
      tx,
    )
    await sql`
      insert into exams.declarations (id, number, person_id, training_certificate_id, training_organisation_id, evaluation_organisation_id,
        filing_id, province_code, city_code, occupation_id, level, source, state, outcome, decision_id, decided_on, created_at)
      select n."declarationId", 'SB' || n.number, n."personId", n."certificateId", ${world.trainingOrganisationId}, ${world.organisationId},
        ${filingId}, '420000', '420100', ${occupationId}, ${level}, 'batch', 'qualified', '符合', ${decisionId}, ${today}, ${at}
      from jsonb_to_recordset(${json}::jsonb) as n("declarationId" uuid, "certificateId" uuid, number text, "personId" uuid)`.execute(
      tx,
    )
    await sql`
      insert into exams.sittings (id, number, organisation_id, province_code, city_code, title, occupation_id, level, venue, capacity,
        starts_at, ends_at, state, created_at, opened_at, ended_on, ended_at, published_at)
      values (${sittingId}, ${`KC-${tag}`}, ${world.organisationId}, '420000', '420100', ${`试验考核${tag}`}, ${occupationId}, ${level},
        '光谷考点', 5000, ${instantAt(today, '09:00')}, ${instantAt(today, '11:00')}, 'scored', ${at}, ${at}, ${today}, ${at}, ${at})`.execute(
      tx,
    )
    await sql`
      insert into exams.candidates (id, sitting_id, declaration_id, person_id, ticket_number, attempt, theory_score_tenths,
        ability_score_tenths, theory_mark, ability_mark, result, decision_id, decided_at, created_at)
      select n."candidateId", ${sittingId}, n."declarationId", n."personId", n.ticket, 1, n.theory, n.ability, n.mark, n.mark, n.result,
        ${decisionId}, ${at}, ${at}
      from jsonb_to_recordset(${json}::jsonb) as n("candidateId" uuid, "declarationId" uuid, "personId" uuid, ticket text, theory int,
        ability int, mark text, result text)`.execute(tx)
  })
  return {
    sittingId,
    endedOn: today,
    persons: people.map((one) => ({
      personId: one.personId,
      name: one.name,
      trainingCertificateId: one.certificateId,
      enrolmentId: one.enrolmentId,
      candidateId: one.candidateId,
    })),
  }
}

export interface ReportFixture extends SittingFixture {
  world: CertificateWorld
  reportId: string
  number: string
}

const STATES: ReportState[] = ['drafted', 'submitted', 'confirmed', 'exported', 'audited', 'issued']

/** A result report at a stage, brought there by the verbs. */
export async function aReport(
  app: ClockedApp,
  options: Parameters<typeof aScoredSitting>[2] & { state?: ReportState; world?: CertificateWorld } = {},
): Promise<ReportFixture> {
  const { state = 'drafted', world = await aCertificateWorld(app), ...rest } = options
  const sitting = await aScoredSitting(app, world, rest)
  const { id } = value(await draftReport(app, { sittingId: sitting.sittingId }))
  const reportId = defined(id, 'a report of a scored sitting')
  const reached = (stage: ReportState) => STATES.indexOf(state) >= STATES.indexOf(stage)
  if (reached('submitted')) {
    value(
      await submitReport(app, world.evaluator, {
        reportId,
        narrative: '考核组织规范，无异常情况。',
        withheld: [],
      }),
    )
  }
  if (reached('confirmed')) value(await confirmReport(app, world.province, { reportId }))
  if (reached('exported')) value(await sendToNational(app, world.province, { reportIds: [reportId] }))
  if (reached('audited')) value(await auditReport(app, world.national, { reportId, returned: [] }))
  if (reached('issued')) value(await issueReport(app, world.evaluator, { reportId }))
  const { rows } = await sql<{ number: string }>`
    select number from certificates.result_reports where id = ${reportId}`.execute(app.db)
  return { ...sitting, world, reportId, number: defined(rows[0], 'the report').number }
}

/** An issued certificate and everybody around it. */
export async function aLevelCertificate(
  app: ClockedApp,
  options: Parameters<typeof aReport>[1] = {},
): Promise<
  ReportFixture & {
    certificateId: string
    certificateNumber: string
    code: string
    holderName: string
    personId: string
  }
> {
  const report = await aReport(app, { passed: 1, ...options, state: 'issued' })
  const { rows } = await sql<{
    id: string
    number: string
    code: string
    holderName: string
    personId: string
  }>`
    select c.id, c.number, c.code, c.holder_name, c.person_id from certificates.level_certificates c
    join certificates.report_items i on i.id = c.report_item_id
    where i.report_id = ${report.reportId} and c.state = 'issued' order by c.number limit 1`.execute(app.db)
  const one = defined(rows[0], 'an issued certificate')
  return {
    ...report,
    certificateId: one.id,
    certificateNumber: one.number,
    code: one.code,
    holderName: one.holderName,
    personId: one.personId,
  }
}

/** Records of another tenant, by the kinds the procedures name: asked for by anybody else they are not found. */
export const foreignRecords: Record<string, (app: ClockedApp) => Promise<string>> = {
  'result-report': async (app) => (await aReport(app, { state: 'submitted' })).reportId,
  'national-exchange': async (app) => {
    const { world, reportId } = await aReport(app, { state: 'confirmed' })
    return value(await sendToNational(app, world.province, { reportIds: [reportId] })).id
  },
  'level-certificate': async (app) => (await aLevelCertificate(app)).certificateId,
  'certificate-change': async (app) => {
    const { proposeChange } = await import('./changes/propose-change.ts')
    const { world, certificateId } = await aLevelCertificate(app)
    const input = { certificateId, kind: 'withdrawal' as const, reason: '试验', clause: 'HB-6.3' }
    return value(await proposeChange(app, world.evaluator, input)).id
  },
}
