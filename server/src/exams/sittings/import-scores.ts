import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { readSheet, scoreCell, textCell } from '../../platform/sheets.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { enterScores, type Recorded, readScores, type ScoreInput } from './record-scores.ts'
import { PARTS, whyNotScorable } from './sitting.ts'
import { candidatesOf } from './store/candidates.ts'
import { lockSitting } from './store/sittings.ts'

export const SCORE_SHEET = [
  { key: 'ticketNumber', title: '准考证号', required: true, parse: textCell(40) },
  { key: 'name', title: '姓名', required: true, parse: textCell(60) },
  { key: 'theory', title: PARTS.theory, parse: scoreCell },
  { key: 'ability', title: PARTS.ability, parse: scoreCell },
] as const

export interface ScoreImport {
  rows: number
  good: number
  saved: number
  errors: { row: number; column?: string; message: string }[]
  recorded: Recorded | null
}

export type ImportScoresRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_ENDED' | 'SCORE_SHEET_UNREADABLE'
>

/** One examiner's scores from Excel; `keep: false` only checks, `keep: true` enters the rows without a fault. */
export async function importScores(
  app: App,
  actor: Actor,
  input: { sittingId: string; keep: boolean },
  sheet: Pick<UploadedFile, 'bytes'> | undefined,
): Promise<Result<ScoreImport, ImportScoresRefusal>> {
  return transact<ScoreImport, ImportScoresRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotScorable(sitting)
    if (refusal) return refuse(refusal)
    if (!sheet) return refuse(no.SCORE_SHEET_UNREADABLE({ problem: '没有收到文件' }))

    const reading = await readSheet(sheet.bytes, { columns: SCORE_SHEET })
    const errors: ScoreImport['errors'] = reading.problems.map(({ row, column, message }) => ({
      row,
      message,
      ...(column ? { column } : {}),
    }))
    const names = new Map(
      (await candidatesOf(tx, sitting.id)).map((one) => [one.ticketNumber, one.personName]),
    )
    const scores: (ScoreInput & { row: number })[] = []
    for (const { row, value } of reading.rows) {
      const { ticketNumber } = value
      const name = names.get(ticketNumber)
      if (name !== undefined && name !== value.name) {
        errors.push({
          row,
          column: '姓名',
          message: `第 ${row} 行姓名与准考证号 ${ticketNumber} 的考生不一致，请核对。`,
        })
        continue
      }
      // An empty cell is a part not entered now; a row without any is a fault of its own.
      if (value.theory === null && value.ability === null) {
        errors.push({ row, message: `第 ${row} 行没有填写成绩。缺考、违纪的考生请删去该行，在场次中登记。` })
      }
      if (value.theory !== null) scores.push({ row, ticketNumber, part: 'theory', scoreTenths: value.theory })
      if (value.ability !== null)
        scores.push({ row, ticketNumber, part: 'ability', scoreTenths: value.ability })
    }
    const { entries, problems, rounds } = await readScores(
      tx,
      sitting.id,
      scores,
      defined(actor.accountId, 'an account'),
    )
    for (const problem of problems) {
      const row = scores[problem.row]?.row ?? 0
      errors.push({
        row,
        column: PARTS[problem.part],
        message: `第 ${row} 行「${PARTS[problem.part]}」：${problem.refusal.message}`,
      })
    }
    errors.sort((a, b) => a.row - b.row)
    const all = reading.rows.length + new Set(reading.problems.map((problem) => problem.row)).size
    const good = all - new Set(errors.map((error) => error.row)).size
    const report = { rows: all, good, saved: 0, errors, recorded: null }
    if (!input.keep || entries.length === 0) return ok(report)
    const recorded = await enterScores(tx, app, actor, sitting, entries, rounds)
    return ok({ ...report, saved: good, recorded })
  })
}
