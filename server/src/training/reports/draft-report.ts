import { openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { events } from '../audit-events.ts'
import type { TrainingClass } from '../classes/class.ts'
import { totalOf } from '../hours/hours.ts'
import type { ReportSummary } from './report.ts'
import { reportDuty, reportLink } from './report-duties.ts'
import { insertReport, summarise } from './store.ts'

export async function summaryOf(tx: Tx, one: TrainingClass): Promise<ReportSummary> {
  const figures = await summarise(tx, one.id)
  const number = (name: string) => figures[name] ?? 0
  const hours = (minutes: number) => Math.floor((minutes * 10) / one.standardHourMinutes) / 10
  const possible = number('admitted') * number('minutes') * 60
  return {
    admitted: number('admitted'),
    completed: number('completed'),
    failed: number('failed'),
    lessons: number('lessons'),
    teachers: number('teachers'),
    plannedHours: totalOf(one.plannedHours),
    heldHours: hours(number('minutes')),
    onlineHours: hours(number('onlineMinutes')),
    offlineHours: hours(number('minutes') - number('onlineMinutes')),
    attendancePermille: possible > 0 ? Math.round((number('attendedSeconds') * 1000) / possible) : null,
    assessmentPassed: number('assessmentPassed'),
    assessmentAverageTenths: figures.assessmentAverageTenths ?? null,
  }
}

/** Drafts the report in the transaction that completes the class, and starts its clock (HB-4.3: 30 日). */
export async function draftReportIn(
  tx: Tx,
  app: App,
  actor: Actor,
  one: TrainingClass,
  days: { completedOn: string; dueOn: string },
): Promise<string> {
  const year = days.completedOn.slice(0, 4)
  const serial = await takeNumbers(tx, `training.report:${one.provinceCode}:${year}`)
  const number = `BG${one.provinceCode.slice(0, 2)}${year}${String(serial).padStart(5, '0')}`
  const at = app.clock.now()
  const id = await insertReport(tx, {
    number,
    classId: one.id,
    organisationId: one.organisationId,
    provinceCode: one.provinceCode,
    cityCode: one.cityCode,
    ...days,
    summary: await summaryOf(tx, one),
    at,
  })
  await record(tx, {
    name: events['training-report.drafted'],
    at,
    actor,
    subjects: [`training-report:${id}`, `class:${one.id}`],
    data: { number, dueOn: days.dueOn },
  })
  await openDuty(tx, app, {
    kind: reportDuty.submit,
    subject: `training-report:${id}`,
    title: `报送学员名单和培训情况：${one.name}`,
    link: reportLink(id),
    holder: { organisationId: one.organisationId, role: 'training_manager' },
    startedOn: days.completedOn,
    deadline: 'hubei.training-report',
    provinceCode: one.provinceCode,
    cityCode: one.cityCode,
    actor,
  })
  return id
}
