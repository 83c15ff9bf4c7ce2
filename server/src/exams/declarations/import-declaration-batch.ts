import { randomUUID } from 'node:crypto'
import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { readSheet, textCell } from '../../platform/sheets.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { openBatch } from './draft-declaration-batch.ts'
import { insertBatchRows, type NewBatchRow } from './store/batch-rows.ts'
import { certificatesByNumber } from './store/certificates.ts'

export const BATCH_SHEET = [
  { key: 'certificateNumber', title: '培训合格证书编号', required: true, parse: textCell(60) },
  { key: 'name', title: '姓名', required: true, parse: textCell(60) },
] as const

const MAX_ROWS = 2000

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Decides the waiting rows of an imported declaration batch, some at a time, so that its progress can be seen. */
    'exams.decide-batch': { batchId: string; actor: Actor }
  }
}

export interface BatchImport {
  rows: number
  good: number
  /** 0 while only checked; then the rows that are being decided. */
  saved: number
  errors: { row: number; column?: string; message: string }[]
  batch: { id: string; number: string } | null
}

export type ImportDeclarationBatchRefusal = RefusalOf<typeof no, 'DECLARATION_SHEET_UNREADABLE'>

/**
 * A batch from a list of certificate numbers. `keep: false` reads and checks the rows and saves nothing; `keep: true` opens the
 * batch with the good rows waiting and the bad ones with their reason, and leaves the deciding to a job.
 */
export async function importDeclarationBatch(
  app: App,
  actor: Actor,
  input: { evaluationOrganisationId: string; keep: boolean },
  sheet: Pick<UploadedFile, 'bytes'> | undefined,
): Promise<Result<BatchImport, ImportDeclarationBatchRefusal>> {
  if (!sheet) return refuse(no.DECLARATION_SHEET_UNREADABLE({ problem: '没有收到文件' }))
  const { rows, errors } = await checkedRows(app, actor, sheet.bytes)
  const good = rows.filter((one) => one.state === 'waiting').length
  const report = { rows: rows.length, good, saved: 0, errors, batch: null }
  if (!input.keep || good === 0) return ok(report)
  return transact<BatchImport, never>(app.db, async (tx) => {
    const batch = { id: randomUUID(), evaluationOrganisationId: input.evaluationOrganisationId }
    const number = await openBatch(tx, app, actor, batch)
    await insertBatchRows(tx, batch.id, rows)
    await enqueue(tx, 'exams.decide-batch', { batchId: batch.id, actor }, { key: `decide-batch:${batch.id}` })
    return ok({ ...report, saved: good, batch: { id: batch.id, number } })
  })
}

/** Every row of the sheet, waiting or with what is wrong with it; `errors` also tells what is wrong with the file. */
async function checkedRows(app: App, actor: Actor, bytes: Uint8Array) {
  const institution = defined(actor.organisation, 'a training institution')
  const reading = await readSheet(bytes, { columns: BATCH_SHEET, maxRows: MAX_ROWS })
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
  const rows = reading.rows.map(({ row, value }): NewBatchRow => {
    const certificate = found.get(value.certificateNumber)
    let refusal: Refusal | undefined = certificate ? undefined : no.TRAINING_CERTIFICATE_NOT_FOUND()
    if (certificate && certificate.holderName !== value.name) {
      refusal = no.DECLARATION_NAME_DIFFERS({ number: value.certificateNumber })
    }
    if (seen.has(value.certificateNumber)) refusal = no.DECLARATION_LISTED_TWICE()
    seen.add(value.certificateNumber)
    if (refusal) errors.push({ row, message: `第 ${row} 行：${refusal.message}` })
    return {
      row,
      ...value,
      certificateId: refusal ? null : (certificate?.id ?? null),
      state: refusal ? 'unread' : 'waiting',
      problem: refusal?.message ?? null,
    }
  })
  for (const [row, problems] of Map.groupBy(reading.problems, (one) => one.row)) {
    // Row 0 is the file itself.
    if (row === 0) continue
    const problem = problems.map((one) => one.message).join('；')
    rows.push({ row, certificateNumber: null, name: null, certificateId: null, state: 'unread', problem })
  }
  errors.sort((a, b) => a.row - b.row)
  return { rows: rows.sort((a, b) => a.row - b.row), errors }
}
