import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, type RefusalOf, type Result } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import type { Part } from '../attempts/wire.ts'
import { PARTS } from './admission.ts'
import { events } from './audit-events.ts'
import { listDoor } from './list-door.ts'
import type { no } from './refusals.ts'

const STATES = { expected: '未到', waiting: '核对中', admitted: '已入场', turned_away: '未准入场' } as const
const CONSENTS = { unasked: '未答复', given: '同意', declined: '不同意' } as const
const SEATS_OF_A_HALL = 1600

function minuteOf(at: Date): string {
  const time = at.toLocaleTimeString('sv-SE', { timeZone: 'Asia/Shanghai' })
  return `${dayOf(at)} ${time.slice(0, 5)}`
}

/** The door sheet of a hall: who came when, how the identity was checked, by whose word. */
export async function exportDoor(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string; part: Part },
): Promise<Result<Download, RefusalOf<typeof no, 'DOOR_NOT_FOUND'>>> {
  const found = await listDoor(app, actor, { ...input, page: 1, size: SEATS_OF_A_HALL })
  if (!found.ok) return found
  const { rows, hall } = found.value
  await record(app.db, {
    name: events['door.exported'],
    at: app.clock.now(),
    actor,
    subjects: [`sitting:${input.sittingId}`, `hall:${input.hallId}`],
    data: { part: input.part, rows: rows.length },
  })
  const minute = (at: string | null) => (at ? minuteOf(new Date(at)) : '')
  const bytes = await writeSheet({
    title: `${hall}${PARTS[input.part]}入场记录`,
    note: `导出人 ${actor.name} ${app.clock.today()}`,
    columns: [
      { key: 'seat', title: '考位' },
      { key: 'name', title: '姓名' },
      { key: 'ticketNumber', title: '准考证号', width: 20 },
      { key: 'state', title: '状态' },
      { key: 'consent', title: '人脸信息' },
      { key: 'score', title: '比对分', kind: 'number' },
      { key: 'identified', title: '到场时间', width: 18 },
      { key: 'admitted', title: '入场时间', width: 18 },
      { key: 'lateMinutes', title: '迟到分钟', kind: 'number' },
      { key: 'reason', title: '未准入场原因', width: 30 },
    ],
    rows: rows.map((row) => ({
      ...row,
      state: STATES[row.state],
      consent: row.consent ? CONSENTS[row.consent] : '',
      score: row.look?.score ?? null,
      identified: minute(row.identifiedAt),
      admitted: minute(row.admittedAt),
      reason: row.turnedAwayReason ?? '',
    })),
  })
  return ok({ fileName: `${hall}入场记录.xlsx`, mediaType: XLSX, bytes })
}
