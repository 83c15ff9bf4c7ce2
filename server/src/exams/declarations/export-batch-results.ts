import type { Decision } from '../../../../policy/src/index.ts'
import { clauseLabel } from '../../../../policy/src/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { recordExport } from '../record-export.ts'
import { no } from '../refusals.ts'
import { XLSX } from './declaration-inputs.ts'
import { type BatchResultRow, batchResults } from './store/batch-rows.ts'
import { findBatchRow } from './store/reading.ts'

const BEST_FIRST = ['符合', '需人工认定', '材料不足', '尚未到期', '不符合']

/** The result sheet of a batch: every row with its verdict, the nearest path, clause, missing papers and earliest day. */
export async function exportBatchResults(
  app: App,
  actor: Actor,
  input: { batchId: string },
): Promise<Result<Download, RefusalOf<typeof no, 'DECLARATION_BATCH_NOT_FOUND'>>> {
  const batch = await findBatchRow(app.db, input.batchId, scopeOf(actor))
  if (!batch) return refuse(no.DECLARATION_BATCH_NOT_FOUND())
  const rows = (await batchResults(app.db, input.batchId)).map(resultRow)
  await recordExport(app, actor, '申报批次结果', rows.length)
  return ok({
    fileName: `申报结果-${batch.number}.xlsx`,
    mediaType: XLSX,
    bytes: await writeSheet({
      title: '等级申报核对结果',
      note: `批次 ${batch.number}，导出人 ${actor.name} ${app.clock.today()}。结论为申报资格预审，由评价机构确认资格。`,
      columns: [
        { key: 'row', title: '原表行号', kind: 'number' },
        { key: 'certificateNumber', title: '培训合格证书编号', width: 22 },
        { key: 'name', title: '姓名' },
        { key: 'outcome', title: '结论' },
        { key: 'path', title: '申报途径', width: 24 },
        { key: 'clause', title: '依据条款' },
        { key: 'papers', title: '还缺材料', width: 28 },
        { key: 'opensOn', title: '最早日期' },
        { key: 'said', title: '说明', width: 40 },
        { key: 'number', title: '申报编号', width: 18 },
      ],
      rows,
    }),
  })
}

export function resultRow(row: BatchResultRow) {
  const decision = row.decision as Decision | null
  const nearest =
    decision &&
    [...decision.paths].sort((a, b) => BEST_FIRST.indexOf(a.outcome) - BEST_FIRST.indexOf(b.outcome))[0]
  const needs = nearest && nearest.outcome !== '符合' ? nearest.needs : []
  return {
    row: row.row,
    certificateNumber: row.certificateNumber ?? '',
    name: row.name ?? '',
    number: row.number ?? '',
    outcome: row.outcome ?? (row.problem ? '未申报' : '核对中'),
    path: nearest?.name ?? '',
    clause: nearest ? clauseLabel(nearest.clause.id) : '',
    papers: needs
      .filter((need) => need.kind !== '待发生事件')
      .map((need) => need.what)
      .join('、'),
    opensOn:
      nearest?.outcome === '符合' ? (decision?.on ?? '') : (decision?.opensOn ?? decision?.possibleOn ?? ''),
    said: row.problem ?? decision?.sentence ?? '',
  }
}
