import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import type { SheetProblem } from '../../platform/sheets.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertImport } from '../store/imports.ts'
import { type Catalogue, suspiciousWords } from './catalogue.ts'
import { entryContext, maintainedProvince } from './entry-input.ts'
import { type ImportRow, readImport, resolveRows, sortRows } from './import-sheet.ts'

export interface ImportPreview {
  id: string
  sha256: string
  good: ImportRow[]
  problems: SheetProblem[]
  /** Rows whose names carry 合作, 联合 or 联盟 and will stand for review. */
  flagged: number
}
type PreviewRefusal = RefusalOf<typeof no, 'IMPORT_NOT_READABLE' | 'IMPORT_EMPTY'>

/** Reads and checks a workbook and changes no catalogue: every bad row is told, the good ones wait for a yes. */
export async function previewImport(
  app: App,
  actor: Actor,
  input: { catalogue: Catalogue; fileName: string; bytes: Uint8Array },
): Promise<Result<ImportPreview, PreviewRefusal>> {
  const reading = await readImport(input.bytes)
  const whole = reading.problems.find((one) => one.row === 0)
  if (whole) return refuse(no.IMPORT_NOT_READABLE({ problem: whole.message.replace(/。$/, '') }))

  return transact<ImportPreview, PreviewRefusal>(app.db, async (tx) => {
    const identities = reading.rows.map((one) => one.value)
    const context = await entryContext(tx, actor, input.catalogue, identities)
    const resolved = resolveRows(context, input.catalogue, reading)
    const sorted = sortRows(context, resolved.rows)
    const problems = [...reading.problems, ...resolved.problems, ...sorted.problems].sort(
      (a, b) => a.row - b.row,
    )
    if (sorted.good.length === 0 && problems.length === 0) return refuse(no.IMPORT_EMPTY())

    const sha256 = app.crypto.sha256(input.bytes)
    const at = app.clock.now()
    const id = await insertImport(tx, {
      catalogue: input.catalogue,
      fileName: input.fileName,
      sha256,
      provinceCode: maintainedProvince(actor),
      goodRows: sorted.good,
      badRows: problems,
      previewedBy: actor.name,
      previewedAt: at,
      accountId: actor.accountId,
    })
    await record(tx, {
      name: events['catalogue.import-previewed'],
      at,
      actor,
      subjects: [`catalogue-import:${id}`],
      data: { catalogue: input.catalogue, sha256, good: sorted.good.length, bad: badRowCount(problems) },
    })
    const flagged = sorted.good.filter((one) => suspiciousWords(one.value.organisationName).length > 0).length
    return ok({ id, sha256, good: sorted.good, problems, flagged })
  })
}

export function badRowCount(problems: SheetProblem[]): number {
  return new Set(problems.map((one) => one.row)).size
}
