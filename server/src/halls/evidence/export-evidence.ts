import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, type RefusalOf, type Result } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { PARTS } from '../gates/admission.ts'
import { events } from './audit-events.ts'
import { listEvidence } from './read-evidence.ts'
import type { no } from './refusals.ts'

const MOST = 100_000

/** What was seen of whom, as a sheet: numbers only, no picture leaves. */
export async function exportEvidence(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<Download, RefusalOf<typeof no, 'EVIDENCE_NOT_FOUND'>>> {
  const found = await listEvidence(app, actor, { ...input, page: 1, size: MOST })
  if (!found.ok) return found
  const { rows } = found.value
  await record(app.db, {
    name: events['evidence.exported'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${input.sittingId}`],
    data: { rows: rows.length },
  })
  const bytes = await writeSheet({
    title: '考试画面清单',
    note: `导出人 ${actor.name} ${app.clock.today()}`,
    columns: [
      { key: 'name', title: '姓名' },
      { key: 'ticketNumber', title: '准考证号', width: 20 },
      { key: 'part', title: '科目', width: 16 },
      { key: 'hall', title: '考场' },
      { key: 'seat', title: '考位' },
      { key: 'captures', title: '抓拍', kind: 'number' },
      { key: 'other', title: '疑似他人', kind: 'number' },
      { key: 'several', title: '多人', kind: 'number' },
      { key: 'none', title: '无人', kind: 'number' },
      { key: 'unsure', title: '不确定', kind: 'number' },
      { key: 'notCompared', title: '未比对', kind: 'number' },
      { key: 'segments', title: '录像段', kind: 'number' },
      { key: 'kept', title: '保全', width: 24 },
    ],
    rows: rows.map(({ keeping, ...row }) => ({
      ...row,
      kept: keeping.map((one) => one.words).join('、'),
      part: PARTS[row.part],
      hall: row.hall ?? '',
      seat: row.seat ?? '',
      lastAt: null,
    })),
  })
  return ok({ fileName: '考试画面清单.xlsx', mediaType: XLSX, bytes })
}
