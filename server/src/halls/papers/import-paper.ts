import { randomUUID } from 'node:crypto'
import { findSittingForHall } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { sniffMediaType, XLSX } from '../../platform/media-type.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { type AuthoredPaper, checkPaper } from './author-paper.ts'
import { FULL_TENTHS, PART_TITLES, type Part, type PartialRule } from './paper.ts'
import { readJsonPaper } from './read-json-paper.ts'
import { readSheetPaper } from './read-sheet-paper.ts'
import { no } from './refusals.ts'
import { sealContent, sealKeys } from './sealed-content.ts'
import { type ArrangedSitting, hasBegun, insertPaper, lockArranged } from './store.ts'

export interface PaperInput {
  sittingId: string
  part: Part
  title: string
  minutes: number
  /** Neighbours get the items in different orders; without it everybody has the authors' order. */
  shuffled: boolean
  multiple: PartialRule
  shownToCandidates: boolean
  /** False only checks. */
  keep: boolean
}

export interface PaperImport {
  rows: number
  good: number
  saved: number
  errors: { row: number; column?: string; message: string }[]
  paperId: string | null
}

export type ImportPaperRefusal = RefusalOf<
  typeof no,
  | 'PAPER_SITTING_NOT_FOUND'
  | 'PAPERS_IN_USE'
  | 'PAPER_OF_FAMILY'
  | 'PAPER_FILE_MISSING'
  | 'PAPER_PART_NOT_HELD'
>

/**
 * Takes a paper from Excel or JSON, all of it or nothing. A paper imported before is kept as it was, and so is
 * everything sealed from it: the new one counts from the next sealing.
 */
export async function importPaper(
  app: App,
  actor: Actor,
  input: PaperInput,
  file: Pick<UploadedFile, 'bytes' | 'name'> | undefined,
): Promise<Result<PaperImport, ImportPaperRefusal>> {
  const authored = file && (await readPaper(file.bytes))
  const checked = authored && checkPaper(authored, app.crypto.randomCode(32))
  return transact<PaperImport, ImportPaperRefusal>(app.db, async (tx) => {
    const sitting = await lockArranged(tx, input.sittingId, scopeOf(actor))
    if (!sitting) return refuse(no.PAPER_SITTING_NOT_FOUND())
    if (sitting.familyId) return refuse(no.PAPER_OF_FAMILY())
    if (!file || !authored || !checked) return refuse(no.PAPER_FILE_MISSING())
    if (await isInUse(tx, sitting)) return refuse(no.PAPERS_IN_USE())
    const held = defined(await findSittingForHall(tx, sitting.sittingId, scopeOf(actor)), 'its sitting')
    const window = held.parts.find((one) => one.part === input.part)
    if (!window) return refuse(no.PAPER_PART_NOT_HELD({ part: PART_TITLES[input.part] }))

    const report = reportOf(authored, checked, input, window)
    if (report.errors.length > 0 || !input.keep) return ok(report)

    const id = randomUUID()
    const at = app.clock.now()
    const { content, keys, answerable, marked } = checked
    const itemsSha256 = app.crypto.sha256(JSON.stringify(content))
    const replaces = await insertPaper(tx, {
      id,
      sittingId: sitting.sittingId,
      familyPaperId: null,
      part: input.part,
      title: input.title,
      minutes: input.minutes,
      totalTenths: FULL_TENTHS,
      forms: input.shuffled ? Math.max(2, sitting.forms) : 1,
      items: answerable,
      markedItems: marked,
      scoring: { multiple: input.multiple },
      shownToCandidates: input.shownToCandidates,
      itemsSealed: sealContent(app.crypto, id, content),
      keysSealed: sealKeys(app.crypto, id, keys),
      itemsSha256,
      sourceFileName: file.name.slice(-150),
      importedBy: defined(actor.accountId, 'an account'),
      importedByName: actor.name,
      importedAt: at,
    })
    await record(tx, {
      name: events['paper.imported'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`],
      data: {
        part: input.part,
        title: input.title,
        items: answerable,
        forms: input.shuffled ? sitting.forms : 1,
        itemsSha256,
        replaces,
      },
    })
    return ok({ ...report, saved: report.good, paperId: id })
  })
}

/** What is wrong with it, row by row, and how much is right. */
export function reportOf(
  authored: AuthoredPaper,
  checked: ReturnType<typeof checkPaper>,
  input: Pick<PaperInput, 'part' | 'minutes'>,
  window: { startsAt: Date; endsAt: Date },
): PaperImport {
  const problems = [...checked.problems]
  const windowMinutes = Math.floor((window.endsAt.getTime() - window.startsAt.getTime()) / 60_000)
  if (input.minutes > windowMinutes)
    problems.push({
      row: 0,
      column: '作答时长',
      message: `作答时长 ${input.minutes} 分钟，超过本场次「${PART_TITLES[input.part]}」安排的 ${windowMinutes} 分钟。请缩短作答时长，或调整场次时间。`,
    })
  const faulty = new Set(problems.map((one) => one.row).filter((row) => row > 0))
  const readable = authored.items.filter((item) => !faulty.has(item.row)).length
  return {
    rows: readable + faulty.size,
    good: readable,
    saved: 0,
    errors: problems
      .sort((a, b) => a.row - b.row)
      .slice(0, 500)
      .map(({ row, column, message }) => ({ row, message, ...(column ? { column } : {}) })),
    paperId: null,
  }
}

export async function readPaper(bytes: Buffer): Promise<AuthoredPaper> {
  return sniffMediaType(bytes) === XLSX ? readSheetPaper(bytes) : readJsonPaper(bytes)
}

const STARTED: readonly string[] = ['running', 'closed', 'archived']

/** From the first entry of a journal on, papers stay as they are. */
export async function isInUse(
  tx: Parameters<typeof hasBegun>[0],
  sitting: ArrangedSitting,
): Promise<boolean> {
  return STARTED.includes(sitting.state) || (await hasBegun(tx, sitting.sittingId))
}
