import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import {
  integerCell,
  oneOfCell,
  readSheet,
  type SheetProblem,
  textCell,
  writeSheet,
} from '../../platform/sheets.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { layOut } from './keep-hall.ts'
import { no } from './refusals.ts'
import { layoutProblem, SEAT_STATES, type SeatPlan, whyNotOpenSite } from './site.ts'
import { hallsOf, insertHall, lockSite, updateHall } from './store/sites.ts'

const MOST_SIDE = 40
const columns = [
  { key: 'hall', title: '考场', required: true, parse: textCell(60) },
  { key: 'label', title: '考位号', required: true, parse: textCell(20) },
  { key: 'row', title: '行', required: true, parse: integerCell({ min: 1, max: MOST_SIDE }) },
  { key: 'column', title: '列', required: true, parse: integerCell({ min: 1, max: MOST_SIDE }) },
  { key: 'machine', title: '机器', required: true, parse: textCell(60) },
  { key: 'state', title: '状态', parse: oneOfCell({ 可用: 'usable', 备用: 'spare', 损坏: 'broken' }) },
  { key: 'brokenReason', title: '损坏原因', parse: textCell(200) },
  { key: 'accessible', title: '无障碍', parse: oneOfCell({ 是: 'yes', 否: 'no' }) },
] as const

export interface ImportedSeats {
  rows: number
  good: number
  saved: number
  errors: SheetProblem[]
}

type ImportRefusal = RefusalOf<
  typeof no,
  | 'SITE_NOT_FOUND'
  | 'SITE_CLOSED'
  | 'SEATS_SHEET_UNREADABLE'
  | 'SEAT_IN_USE'
  | 'SEAT_LAYOUT_FIXED'
  | 'HALL_NAME_TAKEN'
>

/**
 * Seats of a site from Excel, hall by hall: a hall named in the sheet gets exactly the sheet's seats, a new name a new
 * hall; halls that are not named stay as they are. With faults nothing is saved.
 */
export async function importSeats(
  app: App,
  actor: Actor,
  input: { siteId: string; keep: boolean },
  bytes: Uint8Array,
): Promise<Result<ImportedSeats, ImportRefusal>> {
  const reading = await readSheet(bytes, { columns, maxRows: 10_000 })
  const whole = reading.problems.find((one) => one.row === 0)
  if (whole) return refuse(no.SEATS_SHEET_UNREADABLE({ problem: whole.message }))
  const errors = [...reading.problems]
  const plans = new Map<string, SeatPlan[]>()
  for (const { row, value } of reading.rows) {
    const seat: SeatPlan = {
      label: value.label,
      row: value.row,
      column: value.column,
      machine: value.machine,
      state: value.state ?? 'usable',
      brokenReason: value.brokenReason,
      accessible: value.accessible === 'yes',
    }
    const seats = plans.get(value.hall) ?? []
    const problem = layoutProblem([...seats, seat], MOST_SIDE, MOST_SIDE)
    if (problem)
      errors.push({ row, column: null, message: `第 ${row} 行：${value.hall} ${problem}。请更正。` })
    else plans.set(value.hall, [...seats, seat])
  }
  errors.sort((a, b) => a.row - b.row)
  const good = [...plans.values()].reduce((sum, seats) => sum + seats.length, 0)
  const bad = new Set(errors.map((one) => one.row)).size
  const answer = { rows: good + bad, good, saved: 0, errors }
  return transact<ImportedSeats, ImportRefusal>(app.db, async (tx) => {
    const site = await lockSite(tx, input.siteId, defined(actor.organisation, 'an institution').id)
    if (!site) return refuse(no.SITE_NOT_FOUND())
    const refusal = whyNotOpenSite(site)
    if (refusal) return refuse(refusal)
    if (!input.keep || errors.length > 0) return ok(answer)
    const standing = new Map((await hallsOf(tx, [site.id])).map((hall) => [hall.name, hall]))
    const at = app.clock.now()
    for (const [name, seats] of plans) {
      const sides = {
        rows: Math.max(...seats.map((seat) => seat.row)),
        columns: Math.max(...seats.map((seat) => seat.column)),
      }
      const hall = standing.get(name)
      if (hall?.state === 'closed') return refuse(no.HALL_NAME_TAKEN({ name }))
      const id =
        hall?.id ?? (await insertHall(tx, { siteId: site.id, name, sebConfigKey: null, ...sides }, at))
      if (hall) await updateHall(tx, hall.id, { ...hall, ...sides })
      const laid = await layOut(tx, defined(id, 'the hall'), seats)
      if (!laid.ok) return laid
    }
    await record(tx, {
      name: events['seats.imported'],
      at,
      actor,
      subjects: [`site:${site.id}`],
      data: { halls: plans.size, seats: good },
    })
    return ok({ ...answer, saved: good })
  })
}

/** The sheet to fill in. */
export function seatsTemplate(): Promise<Buffer> {
  return writeSheet({
    title: '考位导入模板',
    note: `每个考位一行；状态填${Object.values(SEAT_STATES).join('、')}，不填为可用；损坏须写原因`,
    columns: columns.map(({ key, title }) => ({ key, title })),
    rows: [
      {
        hall: '第一考场',
        label: '01',
        row: '1',
        column: '1',
        machine: '机 01',
        state: '可用',
        brokenReason: '',
        accessible: '是',
      },
      {
        hall: '第一考场',
        label: '02',
        row: '1',
        column: '2',
        machine: '机 02',
        state: '损坏',
        brokenReason: '主机不能启动',
        accessible: '否',
      },
    ],
  })
}
