import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { findClass } from '../classes/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no as noOfLearners } from '../refusals-of-learners.ts'
import { type EnterScoresRefusal, enterScores } from './enter-scores.ts'
import { readScores } from './score-sheet.ts'
import { assessmentsOfClass } from './store.ts'

export interface ScoreReport {
  rows: number
  good: number
  saved: number
  errors: { row: number; column: string | null; message: string }[]
}

export type ImportScoresRefusal = EnterScoresRefusal | RefusalOf<typeof noOfLearners, 'ROSTER_UNREADABLE'>

/** Results of the 结业考核 from Excel. A row counts only when number and name belong together; bad rows are told. */
export async function importScores(
  app: App,
  actor: Actor,
  input: { classId: string; assessedOn: string; keep: boolean; bytes: Uint8Array },
): Promise<Result<ScoreReport, ImportScoresRefusal>> {
  const one = await findClass(app.db, actor, input.classId)
  if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
  const sheet = await readScores(input.bytes)
  const whole = sheet.problems.find((problem) => problem.row === 0)
  if (whole) return refuse(noOfLearners.ROSTER_UNREADABLE({ problem: whole.message }))

  const learners = new Map((await assessmentsOfClass(app.db, one.id)).map((row) => [row.position, row]))
  const errors = [...sheet.problems]
  const seen = new Set<number>()
  const scores = sheet.rows.flatMap(({ row, value }) => {
    const learner = learners.get(value.position)
    const wrong =
      (learner === undefined ? '报名号不在本班在读名单中，请核对。' : undefined) ??
      (learner?.name === value.name
        ? undefined
        : `报名号 ${value.position} 的学员不是“${value.name}”，请核对。`) ??
      (seen.has(value.position) ? '与前面的行重复，请删去一行。' : undefined)
    if (wrong || !learner) {
      errors.push({ row, column: null, message: `第 ${row} 行：${wrong}` })
      return []
    }
    seen.add(value.position)
    const { enrolmentId } = learner
    return value.score.absent
      ? { enrolmentId, mark: 'absent' as const }
      : { enrolmentId, mark: 'present' as const, scoreTenths: value.score.tenths }
  })
  const report = {
    rows: sheet.rows.length + new Set(sheet.problems.map((problem) => problem.row)).size,
    good: scores.length,
    saved: 0,
    errors: errors.sort((a, b) => a.row - b.row),
  }
  if (!input.keep || scores.length === 0) return ok(report)
  const entered = await enterScores(app, actor, { classId: one.id, assessedOn: input.assessedOn, scores })
  return entered.ok ? ok({ ...report, saved: entered.value.entered }) : entered
}
