import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, type RefusalOf, type Result } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { events } from './audit-events.ts'
import { type BoardOf, findBoard, subjectsOf } from './board.ts'
import type { no } from './refusals.ts'
import { ACTS, type ActKind, actsOf } from './store/acts.ts'

const MOST = 20_000
const minute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** Everything invigilators did in a hall, with both clocks. */
export async function exportActs(
  app: App,
  actor: Actor,
  input: BoardOf & { kind?: ActKind | undefined; q?: string | undefined },
): Promise<Result<Download, RefusalOf<typeof no, 'BOARD_NOT_FOUND'>>> {
  const board = await findBoard(app.db, actor, input)
  if (!board.ok) return board
  const { rows } = await actsOf(app.db, { ...input, limit: MOST, offset: 0 })
  await record(app.db, {
    name: events['board.log-exported'],
    at: app.clock.now(),
    actor,
    subjects: subjectsOf(input),
    data: { rows: rows.length },
  })
  const bytes = await writeSheet({
    title: `${board.value.hall}监考记录`,
    note: `导出人 ${actor.name} ${app.clock.today()}`,
    columns: [
      { key: 'at', title: '服务器时间', width: 20 },
      { key: 'clientAt', title: '监考机时间', width: 20 },
      { key: 'kind', title: '处置' },
      { key: 'seat', title: '考位' },
      { key: 'candidate', title: '考生' },
      { key: 'reason', title: '理由或内容', width: 40 },
      { key: 'by', title: '监考员' },
      { key: 'second', title: '第二人' },
    ],
    rows: rows.map((one) => ({
      at: minute.format(one.at),
      clientAt: one.clientAt ? minute.format(one.clientAt) : '',
      kind: ACTS[one.kind],
      seat: one.seat ?? '全考场',
      candidate: one.candidate ?? '',
      reason: one.reason ?? String(one.data.text ?? ''),
      by: one.byName,
      second: one.secondName ?? '',
    })),
  })
  return ok({ fileName: `${board.value.hall}监考记录.xlsx`, mediaType: XLSX, bytes })
}
