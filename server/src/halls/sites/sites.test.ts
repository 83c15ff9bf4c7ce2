import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOfficialData } from '../../../../db/seed/official.ts'
import { anExamsWorld, type ExamsWorld, value } from '../../exams/fixtures.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aSite } from '../fixtures.ts'
import { bindStation, issueBindCodes, releaseStations, viewStation } from './bind-station.ts'
import { changeSite, closeSite } from './change-site.ts'
import { importSeats, seatsTemplate } from './import-seats.ts'
import { addHall, saveSeats } from './keep-hall.ts'
import { readHall, readSite } from './read-site.ts'
import { registerSite } from './register-site.ts'
import { fullGrid } from './site.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  await loadOfficialData(app)
  world = await anExamsWorld(app)
})
afterAll(() => app?.close())

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

describe('a site', () => {
  test('is not registered in a city that does not exist', async () => {
    const input = {
      name: '考点',
      cityCode: '990000',
      address: '某处',
      contactName: '某人',
      contactPhone: '027-1234567',
    }
    expect(code(await registerSite(app, world.evaluation.actor, input))).toBe('SITE_CITY_UNKNOWN')
  })
  test('is not found by another institution, neither to read nor to change nor to close', async () => {
    const { siteId } = await aSite(app, world.evaluation.actor)
    const other = anActor('evaluation_manager')
    const to = { siteId, name: '别家', address: '别处', contactName: '别人', contactPhone: '027-1234567' }
    expect(code(await readSite(app, other, { siteId }))).toBe('SITE_NOT_FOUND')
    expect(code(await changeSite(app, other, to))).toBe('SITE_NOT_FOUND')
    expect(code(await closeSite(app, other, { siteId, reason: '误操作' }))).toBe('SITE_NOT_FOUND')
  })
  test('refuses a second hall of the same name', async () => {
    const { siteId } = await aSite(app, world.evaluation.actor)
    const again = await addHall(app, world.evaluation.actor, {
      siteId,
      name: '第 1 考场',
      rows: 2,
      columns: 2,
    })
    expect(code(again)).toBe('HALL_NAME_TAKEN')
  })
  test('once closed refuses every change, and says so beside its acts', async () => {
    const { siteId, hallIds } = await aSite(app, world.evaluation.actor)
    value(await closeSite(app, world.evaluation.actor, { siteId, reason: '租约到期' }))
    const read = value(await readSite(app, world.evaluation.actor, { siteId }))
    expect(read.actions.change).toMatchObject({ allowed: false, because: { code: 'SITE_CLOSED' } })
    expect(code(await closeSite(app, world.evaluation.actor, { siteId, reason: '再停' }))).toBe('SITE_CLOSED')
    const codes = await issueBindCodes(app, world.evaluation.actor, { hallId: hallIds[0] as string })
    expect(code(codes)).toBe('SITE_CLOSED')
  })
})

describe('the seats of a hall', () => {
  test('are refused with two of one label, outside the grid, or broken without a reason', async () => {
    const { hallIds } = await aSite(app, world.evaluation.actor)
    const hallId = hallIds[0] as string
    const [one, two] = fullGrid(1, 2) as [
      ReturnType<typeof fullGrid>[number],
      ReturnType<typeof fullGrid>[number],
    ]
    const tried = [
      [one, { ...two, label: one.label }],
      [one, { ...two, row: 9 }],
      [one, { ...two, state: 'broken' as const }],
    ]
    for (const seats of tried) {
      const saved = await saveSeats(app, world.evaluation.actor, { hallId, rows: 4, columns: 5, seats })
      expect(code(saved)).toBe('SEAT_LAYOUT_WRONG')
    }
  })
  test('may change places, go and come; the hall keeps the labels of those that stay', async () => {
    const { hallIds } = await aSite(app, world.evaluation.actor, { rows: 2, columns: 2 })
    const hallId = hallIds[0] as string
    const [a, b, c] = fullGrid(2, 2)
    if (!a || !b || !c) throw new Error('a grid of four')
    const seats = [
      { ...a, label: b.label },
      { ...b, label: a.label, state: 'spare' as const, accessible: true },
      { ...c, state: 'broken' as const, brokenReason: '主机不能启动' },
    ]
    value(await saveSeats(app, world.evaluation.actor, { hallId, rows: 2, columns: 2, seats }))
    const read = value(await readHall(app, world.evaluation.actor, { hallId }))
    expect(
      read.seats.map((seat) => [seat.row, seat.column, seat.label, seat.state, seat.accessible]),
    ).toEqual([
      [1, 1, '02', 'usable', false],
      [1, 2, '01', 'spare', true],
      [2, 1, '03', 'broken', false],
    ])
  })
  test('come from Excel: faults are told by row and nothing is kept, then all of it', async () => {
    const { siteId } = await aSite(app, world.evaluation.actor)
    const sheet = (rows: Record<string, string>[]) =>
      writeSheet({
        title: '考位',
        columns: ['考场', '考位号', '行', '列', '机器', '状态', '损坏原因', '无障碍'].map((title) => ({
          key: title,
          title,
        })),
        rows,
      })
    const row = (label: string, column: string, rest = {}) => ({
      考场: '新考场',
      考位号: label,
      行: '1',
      列: column,
      机器: `机 ${label}`,
      状态: '可用',
      损坏原因: '',
      无障碍: '',
      ...rest,
    })
    const wrong = await sheet([
      row('01', '1'),
      row('01', '2'),
      row('03', '99'),
      row('04', '3', { 状态: '损坏' }),
    ])
    const told = value(await importSeats(app, world.evaluation.actor, { siteId, keep: true }, wrong))
    expect(told).toMatchObject({ good: 1, saved: 0 })
    expect(told.errors.map((one) => one.row)).toEqual([4, 5, 6])
    const right = await sheet([row('01', '1'), row('02', '2', { 状态: '备用', 无障碍: '是' })])
    expect(
      value(await importSeats(app, world.evaluation.actor, { siteId, keep: false }, right)),
    ).toMatchObject({ saved: 0 })
    expect(
      value(await importSeats(app, world.evaluation.actor, { siteId, keep: true }, right)),
    ).toMatchObject({ saved: 2 })
    const read = value(await readSite(app, world.evaluation.actor, { siteId }))
    expect(read.rooms.find((hall) => hall.name === '新考场')).toMatchObject({ usable: 1, spare: 1 })
  })
  test('can be imported from the template as it is handed out', async () => {
    const { siteId } = await aSite(app, world.evaluation.actor, { halls: 0 })
    const read = await importSeats(app, world.evaluation.actor, { siteId, keep: true }, await seatsTemplate())
    expect(value(read)).toMatchObject({ rows: 2, saved: 2, errors: [] })
  })
})

describe('a machine', () => {
  const hallOf = async () =>
    (await aSite(app, world.evaluation.actor, { rows: 1, columns: 2 })).hallIds[0] as string

  test('is refused with a made-up code, a used one, and one that has run out', async () => {
    expect(code(await bindStation(app, { code: 'ABCD2345' }))).toBe('BIND_CODE_INVALID')
    const hallId = await hallOf()
    const { codes } = value(await issueBindCodes(app, world.invigilator, { hallId }))
    const [first = { code: '' }, second = { code: '' }] = codes
    value(await bindStation(app, first))
    expect(code(await bindStation(app, first))).toBe('BIND_CODE_INVALID')
    app.clock.advance(12 * 3600 + 60)
    expect(code(await bindStation(app, second))).toBe('BIND_CODE_INVALID')
  })
  test('knows its seat by the secret it got, until it is released', async () => {
    const hallId = await hallOf()
    const { codes } = value(await issueBindCodes(app, world.invigilator, { hallId }))
    const spoken = (codes[1]?.code ?? '').toLowerCase().replace(/(.{4})/, '$1 ')
    const { station } = value(await bindStation(app, { code: spoken }))
    expect(value(await viewStation(app, station))).toMatchObject({
      hall: '第 1 考场',
      seat: '02',
      sitting: null,
    })
    expect(code(await viewStation(app, `${station}x`))).toBe('STATION_SECRET_INVALID')
    expect(code(await viewStation(app, undefined))).toBe('STATION_SECRET_INVALID')
    const read = value(await readHall(app, world.invigilator, { hallId }))
    const seatIds = read.seats.filter((seat) => seat.bound).map((seat) => seat.id)
    expect(seatIds).toHaveLength(1)
    value(await releaseStations(app, world.invigilator, { hallId, seatIds, reason: '更换主机' }))
    expect(code(await viewStation(app, station))).toBe('STATION_SECRET_INVALID')
  })
  test('keeps no secret or code readable in the database', async () => {
    const hallId = await hallOf()
    const { codes } = value(await issueBindCodes(app, world.invigilator, { hallId }))
    const { station } = value(await bindStation(app, codes[0] as { code: string }))
    const rows = JSON.stringify(
      await app.db.selectFrom('halls.seats').selectAll().where('hallId', '=', hallId).execute(),
    )
    expect(rows).not.toContain(station)
    expect(rows).not.toContain(codes[1]?.code)
  })
})
