import { policySettings } from '../../institutions/index.ts'
import {
  type CheckedPerson,
  checkPerson,
  factsOfMany,
  recordDealings,
  registerPersons,
} from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import type { TrainingClass } from '../classes/class.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { findClass, lockClass } from '../classes/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-learners.ts'
import { decideAudience, unsaid } from '../verdict.ts'
import { type RosterPerson, readRoster, withStatements } from './roster-sheet.ts'
import { countEnrolments, insertEnrolments, personsStanding } from './store.ts'

export interface RosterReport {
  /** Rows read. */
  rows: number
  good: number
  saved: number
  waiting: number
  errors: { row: number; column: string | null; message: string }[]
}

export type ImportRosterRefusal =
  | RefusalOf<typeof noOfClasses, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>
  | RefusalOf<typeof no, 'ROSTER_UNREADABLE'>

/** Carries a preview out of the transaction that must leave no trace. */
const PREVIEW = 'ROSTER_PREVIEW'

/**
 * Registers the people of an Excel roster: the institution answers for having seen their documents (HB-5.4). Each row
 * is checked like a registration by phone; bad rows are told one by one and do not hold up the others. `keep: false`
 * does all of it and takes it back, so that the preview is the truth.
 */
export async function importRoster(
  app: App,
  actor: Actor,
  input: { classId: string; keep: boolean; bytes: Uint8Array },
): Promise<Result<RosterReport, ImportRosterRefusal>> {
  const seen = await findClass(app.db, actor, input.classId)
  if (!seen) return refuse(noOfClasses.CLASS_NOT_FOUND())
  const sheet = await readRoster(input.bytes)
  const whole = sheet.problems.find((one) => one.row === 0)
  if (whole) return refuse(no.ROSTER_UNREADABLE({ problem: whole.message }))
  const result = await transact<RosterReport, ImportRosterRefusal | Refusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'importRoster')
    if (forbidden) return refuse(forbidden)
    const report = await enrolRows(tx, app, actor, one, sheet)
    if (input.keep) return ok(report)
    return refuse({ code: PREVIEW, clause: null, message: '', facts: { report: { ...report, saved: 0 } } })
  })
  if (!result.ok && result.refusal.code === PREVIEW) return ok(result.refusal.facts.report as RosterReport)
  return result as Result<RosterReport, ImportRosterRefusal>
}

interface Row {
  row: number
  person: RosterPerson
  checked: CheckedPerson
}

async function enrolRows(
  tx: Tx,
  app: App,
  actor: Actor,
  one: TrainingClass,
  sheet: Awaited<ReturnType<typeof readRoster>>,
): Promise<RosterReport> {
  const errors = [...sheet.problems]
  const refuseRow = (row: number, message: string) =>
    errors.push({ row, column: null, message: `第 ${row} 行：${message}` })
  const rows = checkForms(app, one, sheet.rows, refuseRow)
  const { organisation } = actor
  assert(organisation, 'a training manager acts for an institution')

  const registered = await registerPersons(tx, app, {
    persons: rows.map((row) => row.checked),
    verifiedBy: `${organisation.name}现场核验`,
    actor,
  })
  const known = rows.flatMap((row, place) => {
    const result = defined(registered[place], 'an answer for each row')
    if (result.ok) return { ...row, personId: result.value.id }
    refuseRow(row.row, result.refusal.message)
    return []
  })
  const ids = known.map((row) => row.personId)
  const standing = await personsStanding(tx, one.id, ids)
  const facts = await factsOfMany(tx, ids)
  const settings = await policySettings(tx, one.provinceCode)
  const today = app.clock.today()
  const good = known.flatMap((row) => {
    if (standing.has(row.personId)) {
      refuseRow(row.row, `${row.person.name}已在本班报名，不重复登记。`)
      return []
    }
    const stated = withStatements(facts.get(row.personId) ?? {}, row.person, today)
    const decision = decideAudience(app, { ...one, facts: stated, on: today, settings })
    const missing = unsaid(decision)
    if (missing.length > 0) {
      refuseRow(
        row.row,
        `还不能判断是否属于培训对象，请补充：${missing.map((need) => need.what).join('、')}（鄂·二）。`,
      )
      return []
    }
    if (decision.outcome === '不符合' || decision.outcome === '尚未到期') {
      refuseRow(row.row, `${decision.sentence.replace(/。$/, '')}（鄂·二）。`)
      return []
    }
    return { ...row, stated, decision }
  })
  const waiting = await enrolGood(tx, app, actor, one, good, errors.length)
  return {
    rows: sheet.rows.length + new Set(sheet.problems.map((problem) => problem.row)).size,
    good: good.length,
    saved: good.length,
    waiting,
    errors: errors.sort((a, b) => a.row - b.row),
  }
}

/** What the form alone tells, and documents that stand in the sheet twice. */
function checkForms(
  app: App,
  one: TrainingClass,
  rows: { row: number; person: RosterPerson }[],
  refuseRow: (row: number, message: string) => void,
): Row[] {
  const seen = new Map<string, number>()
  return rows.flatMap(({ row, person }) => {
    const result = checkPerson(
      {
        name: person.name,
        documentType: person.documentType,
        idNumber: person.idNumber,
        birthOn: person.birthOn ?? undefined,
        phone: person.phone,
        provinceCode: one.provinceCode,
        cityCode: one.cityCode ?? undefined,
      },
      app.clock.today(),
    )
    if (!result.ok) {
      refuseRow(row, result.refusal.message)
      return []
    }
    const key = `${result.value.documentType} ${result.value.idNumber}`
    const before = seen.get(key)
    if (before) {
      refuseRow(row, `与第 ${before} 行证件号码相同，请删去一行。`)
      return []
    }
    seen.set(key, row)
    return { row, person, checked: result.value }
  })
}

type GoodRow = Row & {
  personId: string
  stated: ReturnType<typeof withStatements>
  decision: ReturnType<typeof decideAudience>
}

async function enrolGood(
  tx: Tx,
  app: App,
  actor: Actor,
  one: TrainingClass,
  good: GoodRow[],
  bad: number,
): Promise<number> {
  const counts = await countEnrolments(tx, one.id)
  const seats = counts.waiting > 0 ? 0 : Math.max(0, one.capacity - counts.seated)
  const decisionIds = await recordDecisions(
    tx,
    app,
    good.map((row) => ({
      decision: row.decision,
      facts: row.stated,
      subject: `person:${row.personId}` as const,
    })),
  )
  const at = app.clock.now()
  const state = (place: number) => (place < seats ? ('registered' as const) : ('waiting' as const))
  const ids = await insertEnrolments(tx, {
    classId: one.id,
    source: 'roster',
    at,
    enrolments: good.map((row, place) => ({
      personId: row.personId,
      state: state(place),
      decisionId: defined(decisionIds[place], 'a decision'),
      audienceOutcome: row.decision.outcome,
    })),
  })
  await recordDealings(tx, app, {
    organisationId: one.organisationId,
    personIds: good.map((row) => row.personId),
    basis: 'enrolment',
  })
  const waiting = Math.max(0, good.length - seats)
  await record(
    tx,
    {
      name: events['roster.imported'],
      at,
      actor,
      subjects: [`class:${one.id}`],
      data: { registered: good.length - waiting, waiting, bad },
    },
    ...good.map((row, place) => ({
      name: events['enrolment.registered'],
      at,
      actor,
      subjects: [`enrolment:${ids[place]}` as const, `person:${row.personId}` as const],
      data: { state: state(place), source: 'roster', outcome: row.decision.outcome },
    })),
  )
  return waiting
}
