import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { readSheet, textCell } from '../../platform/sheets.ts'
import { no } from '../refusals.ts'
import {
  type DraftDeclarationBatchRefusal,
  type DraftedBatch,
  draftDeclarationBatch,
} from './draft-declaration-batch.ts'
import { certificatesByNumber } from './store/certificates.ts'

export const BATCH_SHEET = [
  { key: 'certificateNumber', title: '培训合格证书编号', required: true, parse: textCell(60) },
  { key: 'name', title: '姓名', required: true, parse: textCell(60) },
] as const

const MAX_ROWS = 2000

export interface BatchImport {
  rows: number
  good: number
  /** 0 while only checked. */
  saved: number
  errors: { row: number; column?: string; message: string }[]
  batch: DraftedBatch | null
}

export type ImportDeclarationBatchRefusal =
  | RefusalOf<typeof no, 'DECLARATION_SHEET_UNREADABLE'>
  | DraftDeclarationBatchRefusal

/** A batch from a list of certificate numbers. `keep: false` reads and checks the rows and saves nothing. */
export async function importDeclarationBatch(
  app: App,
  actor: Actor,
  input: { evaluationOrganisationId: string; keep: boolean },
  sheet: Pick<UploadedFile, 'bytes'> | undefined,
): Promise<Result<BatchImport, ImportDeclarationBatchRefusal>> {
  const institution = defined(actor.organisation, 'a training institution')
  if (!sheet) return refuse(no.DECLARATION_SHEET_UNREADABLE({ problem: '没有收到文件' }))
  const reading = await readSheet(sheet.bytes, { columns: BATCH_SHEET, maxRows: MAX_ROWS })
  const errors: BatchImport['errors'] = reading.problems.map(({ row, column, message }) => ({
    row,
    message,
    ...(column ? { column } : {}),
  }))
  const numbers = reading.rows.map((row) => row.value.certificateNumber)
  const found = new Map(
    (await certificatesByNumber(app.db, institution.id, numbers)).map((one) => [one.number, one]),
  )
  const seen = new Set<string>()
  const certificateIds: string[] = []
  for (const { row, value } of reading.rows) {
    const certificate = found.get(value.certificateNumber)
    let refusal: Refusal | undefined = certificate ? undefined : no.TRAINING_CERTIFICATE_NOT_FOUND()
    if (certificate && certificate.holderName !== value.name) {
      refusal = no.DECLARATION_NAME_DIFFERS({ number: value.certificateNumber })
    }
    if (seen.has(value.certificateNumber)) refusal = no.DECLARATION_LISTED_TWICE()
    seen.add(value.certificateNumber)
    if (refusal) errors.push({ row, message: `第 ${row} 行：${refusal.message}` })
    else if (certificate) certificateIds.push(certificate.id)
  }
  errors.sort((a, b) => a.row - b.row)
  const rows = reading.rows.length + new Set(reading.problems.map((problem) => problem.row)).size
  const report = { rows, good: certificateIds.length, saved: 0, errors, batch: null }
  if (!input.keep || certificateIds.length === 0) return ok(report)
  const drafted = await draftDeclarationBatch(app, actor, {
    evaluationOrganisationId: input.evaluationOrganisationId,
    certificateIds,
  })
  return drafted.ok ? ok({ ...report, saved: drafted.value.drafted.length, batch: drafted.value }) : drafted
}
