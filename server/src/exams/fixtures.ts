import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { aListedInstitution, type ListedInstitution } from '../institutions/fixtures.ts'
import { aSupervisedRegion } from '../people/fixtures.ts'
import type { Actor, Level } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { addDays, instantAt, type SettableClock } from '../platform/clock.ts'
import type { Result } from '../platform/result.ts'
import { anActor } from '../platform/testing/index.ts'
import { confirmDeclarations } from './declarations/confirm-declarations.ts'
import type { DeclarationState } from './declarations/declaration.ts'
import { draftDeclarationBatch } from './declarations/draft-declaration-batch.ts'
import { proposeOverride } from './declarations/propose-override.ts'
import { refuseDeclarations, returnDeclarations } from './declarations/send-back-declarations.ts'
import { submitDeclarationBatch } from './declarations/submit-declarations.ts'
import { withdrawDeclarations } from './declarations/withdraw-declarations.ts'
import { assignCandidates } from './sittings/assign-candidates.ts'
import { proposeScoreCorrection } from './sittings/correct-score.ts'
import { endSitting } from './sittings/end-sitting.ts'
import { openSitting } from './sittings/open-sitting.ts'
import { planSitting } from './sittings/plan-sitting.ts'
import { publishResults } from './sittings/publish-results.ts'
import { recordScores } from './sittings/record-scores.ts'
import type { SittingState } from './sittings/sitting.ts'

type ClockedApp = App & { clock: SettableClock }

/** The value of a verb that the fixture expects to succeed. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`)
  return result.value
}

export interface ExamsWorld {
  training: ListedInstitution
  evaluation: ListedInstitution
  /** A colleague of the evaluation manager: the second person. */
  second: Actor
  examiners: [Actor, Actor]
  invigilator: Actor
  city: Actor
  province: Actor
  occupationId: string
  level: Level
  filingId: string
  classId: string
}

/** A training institution with a class on a filed plan that an evaluation institution of Wuhan has agreed. */
export async function anExamsWorld(
  app: App,
  options: { occupationId?: string; level?: Level } = {},
): Promise<ExamsWorld> {
  const occupationId = options.occupationId ?? 'smart_mfg'
  const level = options.level ?? '初级'
  const training = await aListedInstitution(app, { occupationIds: [occupationId] })
  const evaluation = await aListedInstitution(app, { catalogue: 'evaluation', occupationIds: [occupationId] })
  const region = await aSupervisedRegion(app)
  const { filingId, classId } = await aFiledClass(app, { training, evaluation, occupationId, level })
  const staff = (role: 'examiner' | 'evaluation_manager' | 'invigilator', name: string) =>
    anActor(role, evaluation.actor.organisation ?? {}, { name })
  return {
    training,
    evaluation,
    second: staff('evaluation_manager', '第二人'),
    examiners: [staff('examiner', '考评员甲'), staff('examiner', '考评员乙')],
    invigilator: staff('invigilator', '监考员'),
    city: anActor('city_officer', { id: region.city }),
    province: anActor('provincial_officer', { id: region.province }),
    occupationId,
    level,
    filingId,
    classId,
  }
}

/** Filing and class by SQL: how they come about is the upstream modules' business. */
export async function aFiledClass(
  app: App,
  of: { training: ListedInstitution; evaluation: ListedInstitution; occupationId: string; level: Level },
): Promise<{ filingId: string; classId: string }> {
  const today = app.clock.today()
  const at = app.clock.now()
  const filingId = randomUUID()
  const classId = randomUUID()
  const plan = { startsOn: addDays(today, -60), endsOn: addDays(today, 180) }
  await sql`
    insert into institutions.filings (id, number, organisation_id, evaluation_organisation_id, province_code, city_code, year,
      title, occupation_id, level, planned_learners, plan, assessment_plan, state, round, created_by, created_at, updated_at,
      submitted_at, filed_at, filed_on)
    values (${filingId}, ${`试-${filingId.slice(0, 8)}`}, ${of.training.organisationId}, ${of.evaluation.organisationId},
      '420000', '420100', 2026, '试验培训计划', ${of.occupationId}, ${of.level}, 5000, ${JSON.stringify(plan)}::jsonb,
      '{}'::jsonb, 'filed', 1, '试验', ${at}, ${at}, ${at}, ${at}, ${today})`.execute(app.db)
  await sql`
    insert into training.classes (id, number, name, filing_id, organisation_id, province_code, city_code, occupation_id,
      level, capacity, venue, venue_province_code, venue_city_code, planned_hours, standard_hour_minutes,
      pass_mark_tenths, starts_on, ends_on, state, completed_on, created_at)
    values (${classId}, ${`试-${classId.slice(0, 8)}`}, '试验班', ${filingId}, ${of.training.organisationId}, '420000', '420100',
      ${of.occupationId}, ${of.level}, 5000, '试验教室', '420000', '420100', '{}'::jsonb, 45, 600, ${addDays(today, -50)},
      ${addDays(today, -5)}, 'completed', ${addDays(today, -5)}, ${at})`.execute(app.db)
  return { filingId, classId }
}

export interface StatedFact {
  kind: 'titles' | 'education' | 'employment' | 'technicalSchool'
  value: Record<string, unknown>
  proof: '自述' | '已上传' | '已核验'
}

/** What makes the rule for 初级 say each outcome. */
export const FACTS: Record<'met' | 'paper' | 'judge' | 'unmet', StatedFact[]> = {
  met: [
    { kind: 'titles', value: { level: '员级', name: '技术员', obtainedOn: '2020-05-01' }, proof: '已上传' },
  ],
  paper: [
    { kind: 'titles', value: { level: '员级', name: '技术员', obtainedOn: '2020-05-01' }, proof: '自述' },
    { kind: 'education', value: { none: true }, proof: '自述' },
    { kind: 'technicalSchool', value: { none: true }, proof: '自述' },
  ],
  judge: [
    {
      kind: 'education',
      value: { degree: '大学本科', major: '机械工程', status: '毕业', graduatesOn: '2019-06-30' },
      proof: '已上传',
    },
    { kind: 'titles', value: { none: true }, proof: '自述' },
    { kind: 'technicalSchool', value: { none: true }, proof: '自述' },
  ],
  unmet: [
    { kind: 'education', value: { none: true }, proof: '自述' },
    { kind: 'titles', value: { none: true }, proof: '自述' },
    { kind: 'technicalSchool', value: { none: true }, proof: '自述' },
  ],
}

export interface CertifiedLearner {
  personId: string
  name: string
  certificateId: string
  certificateNumber: string
  actor: Actor
}

/** Learners with a valid training certificate of the world's class, set-based: a thousand take a moment. */
export async function certifiedLearners(
  app: App,
  world: Pick<ExamsWorld, 'training' | 'classId' | 'occupationId' | 'level'>,
  count: number,
  facts: StatedFact[] = FACTS.met,
): Promise<CertifiedLearner[]> {
  const at = app.clock.now()
  const today = app.clock.today()
  const rows = Array.from({ length: count }, (_, i) => {
    const personId = randomUUID()
    return {
      personId,
      name: `考生${personId.slice(0, 4)}${i}`,
      certificateId: randomUUID(),
      certificateNumber: `PX-${personId.slice(0, 13)}`,
      enrolmentId: randomUUID(),
    }
  })
  const people = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("personId" uuid, name text,
    "certificateId" uuid, "certificateNumber" text, "enrolmentId" uuid)`
  await sql`
    insert into people.persons (id, name, document_type, id_number_sealed, id_number_index, masked_id_number, birth_on,
      province_code, city_code, created_at)
    select r."personId", r.name, '居民身份证', '\\x00'::bytea, uuid_send(r."personId"), '420106********0000',
      '1995-06-15', '420000', '420100', ${at} from ${people}`.execute(app.db)
  if (facts.length > 0) {
    await sql`
      insert into people.person_facts (person_id, kind, value, proof, stated_by, verified_at, created_at)
      select r."personId", f.kind, f.value, f.proof, '本人', case when f.proof = '已核验' then ${at}::timestamptz end, ${at}
      from ${people} cross join jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f(kind text, value jsonb, proof text)`.execute(
      app.db,
    )
  }
  const { rows: kept } = await sql<{ id: string }>`
    insert into platform.decisions (rule, outcome, decided_on, subject, facts, decision, created_at)
    values ('hubei.audience', '符合', ${today}, 'class:fixture', '{}', '{}', ${at}) returning id`.execute(
    app.db,
  )
  await sql`
    insert into training.enrolments (id, class_id, person_id, source, state, decision_id, audience_outcome, registered_at)
    select r."enrolmentId", ${world.classId}::uuid, r."personId", 'roster', 'completed', ${kept[0]?.id}::uuid, '符合', ${at}
    from ${people}`.execute(app.db)
  await sql`
    insert into training.certificates (id, number, code, enrolment_id, class_id, person_id, holder_name, organisation_id,
      organisation_name, occupation_id, level, hours, starts_on, ends_on, issued_on, state)
    select r."certificateId", r."certificateNumber", r."certificateId"::text, r."enrolmentId", ${world.classId}::uuid,
      r."personId", r.name, ${world.training.organisationId}::uuid, ${world.training.name}, ${world.occupationId},
      ${world.level}, '{"total": 80}'::jsonb, ${addDays(today, -50)}::date, ${addDays(today, -5)}::date,
      ${addDays(today, -3)}::date, 'issued' from ${people}`.execute(app.db)
  return rows.map((row) => ({
    ...row,
    actor: anActor('learner', {}, { personId: row.personId, name: row.name }),
  }))
}

/** Withdraws a training certificate behind the back of a declaration. */
export async function endCertificate(app: App, certificateId: string): Promise<void> {
  await sql`
    update training.certificates set state = 'withdrawn', reason = '试验撤销', changed_on = ${app.clock.today()}
    where id = ${certificateId}`.execute(app.db)
}

export interface DeclarationFixture {
  world: ExamsWorld
  batchId: string
  declarations: (CertifiedLearner & { id: string; number: string })[]
}

const SAID = { reason: '材料与事实不符，请核对。', clause: 'HB-4.4' }

/** Declarations in a state, brought there by the verbs; `facts` decide the verdict. */
export async function aDeclarationBatch(
  app: App,
  options: { state?: DeclarationState; world?: ExamsWorld; count?: number; facts?: StatedFact[] } = {},
): Promise<DeclarationFixture> {
  const world = options.world ?? (await anExamsWorld(app))
  const state = options.state ?? 'drafted'
  const learners = await certifiedLearners(app, world, options.count ?? 1, options.facts)
  const manager = world.training.actor
  const batch = value(
    await draftDeclarationBatch(app, manager, {
      evaluationOrganisationId: world.evaluation.organisationId,
      certificateIds: learners.map((one) => one.certificateId),
    }),
  )
  const ofCertificate = new Map(learners.map((one) => [one.certificateId, one]))
  const declarations = batch.drafted.map((one) => {
    const learner = ofCertificate.get(one.certificateId) as CertifiedLearner
    return { ...learner, id: one.id, number: one.number }
  })
  const declarationIds = declarations.map((one) => one.id)
  const fixture = { world, batchId: batch.id, declarations }
  if (state === 'drafted') return fixture
  if (state === 'withdrawn') {
    value(await withdrawDeclarations(app, manager, { declarationIds, reason: '学员不再参加' }))
    return fixture
  }
  value(await submitDeclarationBatch(app, manager, { batchId: batch.id, despite: '材料随后补交' }))
  const evaluator = world.evaluation.actor
  if (state === 'qualified') value(await confirmDeclarations(app, evaluator, { declarationIds }))
  if (state === 'returned') value(await returnDeclarations(app, evaluator, { declarationIds, ...SAID }))
  if (state === 'refused') value(await refuseDeclarations(app, evaluator, { declarationIds, ...SAID }))
  return fixture
}

/** One declaration in a state. */
export async function aDeclaration(app: App, options: Parameters<typeof aDeclarationBatch>[1] = {}) {
  const { declarations, ...rest } = await aDeclarationBatch(app, { ...options, count: 1 })
  const [declaration] = declarations
  if (!declaration) throw new Error('the fixture made no declaration')
  return { ...rest, declaration }
}

export interface SittingFixture {
  world: ExamsWorld
  sittingId: string
  candidates: { id: string; ticketNumber: string; declarationId: string; personId: string }[]
}

export const scoresOf = (candidates: { ticketNumber: string }[], theory: number, ability: number) =>
  candidates.flatMap(({ ticketNumber }) => [
    { ticketNumber, part: 'theory' as const, scoreTenths: theory },
    { ticketNumber, part: 'ability' as const, scoreTenths: ability },
  ])

const STAGES: SittingState[] = ['planned', 'open', 'ended', 'scored']

/** A sitting in a state, brought there by the verbs; the clock moves to its day when it opens, past it when it ends. */
export async function aSitting(
  app: ClockedApp,
  options: {
    state?: SittingState
    world?: ExamsWorld
    candidates?: number
    inDays?: number
    /** Scores both examiners enter, in tenths. */
    scores?: { theory: number; ability: number }
  } = {},
): Promise<SittingFixture> {
  const state = options.state ?? 'planned'
  const reached = (stage: SittingState) => STAGES.indexOf(state) >= STAGES.indexOf(stage)
  const world = options.world ?? (await anExamsWorld(app))
  const count = options.candidates ?? 1
  const batch = count > 0 ? await aDeclarationBatch(app, { world, state: 'qualified', count }) : undefined
  const manager = world.evaluation.actor
  const on = addDays(app.clock.today(), options.inDays ?? 10)
  const { id: sittingId } = value(await planSitting(app, manager, aPlan(world, on, Math.max(count, 40))))
  if (batch) {
    const declarationIds = batch.declarations.map((one) => one.id)
    value(await assignCandidates(app, manager, { sittingId, declarationIds }))
  }
  const { rows: candidates } = await sql<SittingFixture['candidates'][number]>`
    select id, ticket_number, declaration_id, person_id from exams.candidates where sitting_id = ${sittingId}
    order by ticket_number`.execute(app.db)
  if (reached('open')) {
    app.clock.setDay(on, '08:30')
    value(await openSitting(app, world.invigilator, { sittingId }))
  }
  if (reached('ended')) {
    app.clock.setDay(on, '18:00')
    value(await endSitting(app, world.invigilator, { sittingId }))
  }
  if (reached('scored')) {
    const { theory, ability } = options.scores ?? { theory: 715, ability: 680 }
    for (const examiner of world.examiners) {
      value(await recordScores(app, examiner, { sittingId, scores: scoresOf(candidates, theory, ability) }))
    }
    value(await publishResults(app, manager, { sittingId }))
  }
  return { world, sittingId, candidates }
}

/** A sitting whose results are published: what certificates starts from. */
export function aScoredSitting(app: ClockedApp, options: Omit<Parameters<typeof aSitting>[1], 'state'> = {}) {
  return aSitting(app, { ...options, state: 'scored' })
}

export function aPlan(world: Pick<ExamsWorld, 'occupationId' | 'level'>, on: string, capacity = 40) {
  return {
    title: '智能制造工程技术人员（初级）考核',
    occupationId: world.occupationId,
    level: world.level,
    cityCode: '420100',
    venue: '光谷考评中心 201 室',
    capacity,
    theory: { startsAt: instantAt(on, '09:00'), endsAt: instantAt(on, '11:00') },
    ability: { startsAt: instantAt(on, '14:00'), endsAt: instantAt(on, '17:00') },
  }
}

/** Another tenant's records by kind, for the walk of every procedure over every role. */
export const foreignRecords = {
  declaration: async (app: ClockedApp) => (await aDeclaration(app, { state: 'submitted' })).declaration.id,
  'declaration-batch': async (app: ClockedApp) => (await aDeclaration(app)).batchId,
  sitting: async (app: ClockedApp) => (await aSitting(app)).sittingId,
  override: async (app: ClockedApp) => {
    const { declaration, world } = await aDeclaration(app, { state: 'submitted', facts: FACTS.unmet })
    const said = { reason: '现场核验原件，条件实际具备。', clause: 'HB-4.4' }
    return value(
      await proposeOverride(app, world.evaluation.actor, { declarationId: declaration.id, ...said }),
    ).id
  },
  'score-correction': async (app: ClockedApp) => {
    const { world, sittingId, candidates } = await aScoredSitting(app)
    const candidateId = candidates[0]?.id as string
    const said = { part: 'theory' as const, toTenths: 650, reason: '登分串行' }
    return value(
      await proposeScoreCorrection(app, world.evaluation.actor, { sittingId, candidateId, ...said }),
    ).id
  },
}
