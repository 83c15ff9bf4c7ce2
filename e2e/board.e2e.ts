import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../db/seed/cast.ts'
import { value } from '../server/src/exams/fixtures.ts'
import { holderOf } from '../server/src/halls/attempts/holder.ts'
import { type Journal, openJournal } from '../server/src/halls/attempts/journal.ts'
import { takePulse } from '../server/src/halls/attempts/pulse.ts'
import { raiseAlert } from '../server/src/halls/board/raise-alert.ts'
import { keepCapture, storePicture } from '../server/src/halls/evidence/keep-capture.ts'
import { sheetCell, shotOf } from '../server/src/halls/faces/fixtures.ts'
import { type AtDoor, aCall, aDoor, type DoorFixture } from '../server/src/halls/gates/fixtures.ts'
import { identify } from '../server/src/halls/gates/identify.ts'
import { createDemoStaff } from '../server/src/people/index.ts'
import { openBrowser, openContext, signInStaff, watchErrors } from './browser.ts'
import { letTimeRun } from './exam-room.ts'
import { choose, expectAccessible, expectHeading } from './journey.ts'
import { openWorld, type World } from './world.ts'

const SHOTS = join(import.meta.dirname, '../.tmp/board')
const SEATS = 60
const WIDE = { width: 1280, height: 720 }
const NARROW = { width: 768, height: 1024 }
const PHONE = { width: 360, height: 740 }

let world: World
let journal: Journal
let hall: DoorFixture
let door: DoorFixture
let browser: Browser
let stopClock: () => void
let stopPulses: () => void
const contexts: BrowserContext[] = []
const pages: Page[] = []
const errors: string[][] = []
/** Whose machine is silent. */
const silent = new Set<string>()

const staff = (key: string, name: string, role: 'invigilator' | 'city_officer' | 'evaluation_manager') => ({
  key,
  name,
  role,
  email: `${key}@staff.invalid`,
  totpSecret: 'BOARDJOURNEYBOARDJOURNEYBOARDJOU',
  roles: [],
})
const CHIEF = staff('board-chief', '主考甲', 'invigilator')
const SECOND = staff('board-second', '监考乙', 'invigilator')
const PATROL = staff('board-city', '巡考丙', 'city_officer')
const MANAGERS = ['管理丁', '管理戊'].map((name, at) =>
  staff(`board-manager-${at}`, name, 'evaluation_manager'),
)

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  world = await openWorld({ startOn: '2026-03-02' })
  stopClock = letTimeRun(world)
  journal = openJournal(world.app)
  hall = await aDoor(world.app, { candidates: SEATS, stage: 'started', minutes: 90 })
  door = await aDoor(world.app, { candidates: 2, world: hall.world, stage: 'ready', open: false })
  await sql`update halls.sitting_halls set state = 'running' where sitting_id = ${hall.sittingId}`.execute(
    world.app.db,
  )
  await staffTheHalls()
  await givePictures()
  stopPulses = beat()
  browser = await openBrowser()
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser?.close()
  stopPulses?.()
  await journal?.close()
  stopClock?.()
  await world?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const [at, page] of pages.entries())
    await page.screenshot({ path: join(SHOTS, `failed-${task.name.slice(0, 24)}-${at}.png`) }).catch(() => {})
})

/** The fixture's invigilators become people who can sign in. */
async function staffTheHalls(): Promise<void> {
  const institution = hall.world.evaluation.organisationId
  const city = hall.world.city.organisation?.id as string
  const ids = await createDemoStaff(
    world.app,
    DEMO_PASSWORD,
    [CHIEF, SECOND, PATROL, ...MANAGERS].map((one) => ({
      name: one.name,
      username: one.key,
      totpSecret: one.totpSecret,
      memberships: [
        { organisationId: one.role === 'city_officer' ? city : institution, role: one.role as never },
      ],
    })),
  )
  for (const { sittingId } of [hall, door]) {
    for (const [role, account] of [
      ['chief', ids[0]],
      ['invigilator', ids[1]],
    ]) {
      await sql`
        update halls.invigilators set account_id = ${account} where sitting_id = ${sittingId} and role = ${role}`.execute(
        world.app.db,
      )
    }
  }
}

async function givePictures(): Promise<void> {
  for (const [n, one] of hall.people.entries()) {
    if (n % 5 === 4) continue
    const picture = shotOf([sheetCell(n % 6, Math.floor(n / 6))])
    await keepCapture(world.app.db, await storePicture(world.app, picture), {
      sittingId: hall.sittingId,
      attemptId: one.attemptId,
      candidateId: one.candidateId,
      hallId: hall.hallId,
      reason: 'random',
      clientAt: world.app.clock.now(),
      at: world.app.clock.now(),
      compared: { outcome: 'same', score: 0.71 },
    })
  }
}

/** Every candidate's room says every two seconds that it is there. */
function beat(): () => void {
  const say = async () => {
    for (const [n, one] of hall.people.entries()) {
      if (silent.has(one.candidateId)) continue
      const held = holderOf(one.secrets)
      if (!held) continue
      await takePulse(world.app, journal, held, {
        clientAt: world.app.clock.now().toISOString(),
        unsaved: n === 30 ? 2 : 0,
        answered: (n * 7) % 12,
        position: 'q01',
        roundTripMs: 8 + n,
        signals: { visible: true, fullScreen: true, camera: 'on', secondScreen: false, battery: null },
        events: [],
      })
    }
  }
  let saying = false
  const timer = setInterval(async () => {
    if (saying) return
    saying = true
    await say().catch(() => {})
    saying = false
  }, 2_000)
  return () => clearInterval(timer)
}

async function alarm(one: AtDoor, kind: string, severity: 'notice' | 'warning' | 'urgent'): Promise<void> {
  const at = world.app.clock.now()
  await raiseAlert(world.app.db, {
    sittingId: hall.sittingId,
    hallId: hall.hallId,
    candidateId: one.candidateId,
    attemptId: one.attemptId,
    kind: kind as never,
    severity,
    data: {},
    captureId: null,
    clientAt: at,
    at,
  })
}

async function visitAs(who: typeof CHIEF, size = WIDE): Promise<Page> {
  const context = await openContext(browser, world, 'desk')
  context.setDefaultTimeout(30_000)
  contexts.push(context)
  await signInStaff(context, world, who as never)
  const page = await context.newPage()
  await page.setViewportSize(size)
  pages.push(page)
  errors.push(watchErrors(page))
  return page
}
const boardOf = (of: DoorFixture) => `/workbench/halls/boards/${of.sittingId}/${of.hallId}/theory`
const SOON = { timeout: 10_000 }
const shot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS, `${name}.png`) })
const tiles = (page: Page) => page.getByRole('group', { name: /^考位/ }).getByRole('button')
const first = (page: Page) => tiles(page).first().textContent()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const said = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()
const nameOf = (one: AtDoor) => new RegExp(one.name)
/** Seats below the window's edge; a page that scrolls counts as a thousand. */
const OUT_OF_SIGHT = `[...document.querySelectorAll('[data-candidate]')]
  .filter((one) => one.getBoundingClientRect().bottom > innerHeight).length
  + (document.scrollingElement.scrollHeight > innerHeight ? 1000 : 0)`
const SIDEWAYS = 'Math.max(0, document.scrollingElement.scrollWidth - innerWidth)'
/** The pointer and the focus leave the seats, so that they sort again. */
async function letGo(page: Page): Promise<void> {
  await page.mouse.move(5, 5)
  await page.evaluate('document.activeElement?.blur()')
}
async function open(page: Page, one: AtDoor) {
  await tiles(page).filter({ hasText: one.name }).click()
  return page.getByRole('dialog', { name: nameOf(one) })
}
async function giveReason(page: Page, title: string | RegExp, reason: string, verb: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByRole('textbox').last().fill(reason)
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

describe('an invigilator keeps a hall of sixty', () => {
  let page: Page
  let colleague: Page
  const at = (n: number) => hall.people[n] as AtDoor

  it('finds the own halls first and opens one: sixty seats on one screen', async () => {
    page = await visitAs(CHIEF)
    await page.goto('/workbench/halls/boards')
    await expectHeading(page, '监考')
    await page.getByRole('cell', { name: '主监考' }).first().waitFor()
    await expectAccessible(page)
    await shot(page, '1-list')
    await page.goto(boardOf(hall))
    await expectHeading(page, '第1考场')
    await expect.poll(() => tiles(page).count(), SOON).toBe(SEATS)
    await expect.poll(() => page.getByText(/^实时/).count(), SOON).toBe(1)
    expect(await page.evaluate(OUT_OF_SIGHT)).toBe(0)
    await expectAccessible(page)
    await page.waitForTimeout(2_500)
    await shot(page, '2-board-1280')
    await press(page, '门口')
    await page.getByRole('complementary', { name: '门口' }).getByText('现在没有人等待。').waitFor()
    expect(await page.evaluate(OUT_OF_SIGHT)).toBe(0)
    await shot(page, '3-board-with-door')
    await press(page, '门口')
    await page.setViewportSize(NARROW)
    await shot(page, '3-board-768')
    await page.setViewportSize(PHONE)
    await expect.poll(() => page.evaluate(SIDEWAYS), SOON).toBe(0)
    await shot(page, '3-board-360')
    await page.setViewportSize(WIDE)
  })

  it('sees a new alert first, within two seconds, and hears it called', async () => {
    await letGo(page)
    await page.waitForTimeout(3_200)
    const asked = Date.now()
    await alarm(at(41), 'several_faces', 'urgent')
    await page.getByRole('button', { name: new RegExp(`${at(41).name}，紧急，多张面孔`) }).waitFor()
    const shown = Date.now() - asked
    console.info(`a new alert stands on its tile after ${shown} ms`)
    expect(shown).toBeLessThan(2_000)
    await expect.poll(() => first(page), { timeout: 6_000 }).toContain(at(41).name)
    await expect
      .poll(() => page.getByRole('alert').allInnerTexts())
      .toContainEqual(expect.stringContaining('多张面孔'))
  })

  it('a machine that falls silent comes forward by itself', async () => {
    silent.add(at(17).candidateId)
    await page
      .getByRole('button', { name: new RegExp(`${at(17).name}，(留意|警示|紧急)，网络中断`) })
      .waitFor()
    await expect
      .poll(async () => [await first(page), await tiles(page).nth(1).textContent()].join(), {
        timeout: 20_000,
      })
      .toContain(at(17).name)
    await alarm(at(3), 'paste', 'warning')
    await alarm(at(8), 'blur', 'notice')
    await page.waitForTimeout(4_500)
    await shot(page, '4-board-alerts')
  })

  it('reads by itself while the line is down, says so, and is live again when it is back', async () => {
    const stream = /halls\.watch-board\?/
    await page.route(stream, (route) => route.abort())
    await page.reload()
    await page.getByText(/^连接中断，正在重连；以下为 09:/).waitFor()
    await expect.poll(() => tiles(page).count(), SOON).toBe(SEATS)
    await page.unroute(stream)
    await expect.poll(() => page.getByText(/^实时/).count(), { timeout: 25_000 }).toBe(1)
    // The refused connections themselves.
    errors[0]?.splice(0)
  })

  it('does not move the seats under the hand', async () => {
    await tiles(page).nth(5).focus()
    const before = await first(page)
    await alarm(at(55), 'impostor', 'urgent')
    await alarm(at(55), 'impostor', 'urgent')
    await page.getByRole('button', { name: new RegExp(`${at(55).name}，紧急`) }).waitFor()
    await page.waitForTimeout(3_500)
    expect(await first(page)).toBe(
      before?.replace(/\d+ 秒/, (await first(page))?.match(/\d+ 秒/)?.[0] ?? '$&'),
    )
    await page.keyboard.press('s')
    await expect.poll(() => first(page), SOON).toContain('紧急')
  })

  it('moves by arrow keys, opens by Enter, sends a message', async () => {
    await tiles(page).first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog').first()
    await drawer.getByText('应交卷时刻').waitFor()
    await drawer.getByText(/抓拍，与登记照片相符|最近画面/).waitFor()
    await page.waitForTimeout(800)
    await shot(page, '5-drawer')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: '监考台说明' }).waitFor()
    await page.keyboard.press('Escape')
    await tiles(page)
      .filter({ hasText: at(9).name })
      .focus()
    await page.keyboard.press('m')
    await giveReason(page, /^提示/, '请坐正，面向摄像头。', '发送')
    await said(page, '提示已发送')
  })

  it('gives more time only with a second invigilator', async () => {
    colleague = await visitAs(SECOND)
    await colleague.goto(boardOf(hall))
    await expect.poll(() => tiles(colleague).count(), SOON).toBe(SEATS)
    // The colleague's pointer is among the seats while it is proposed: what would move them waits until it is gone.
    const under = tiles(colleague).nth(30)
    await under.hover()
    const before = await under.boundingBox()
    const waits = colleague.getByRole('button', { name: '待第二人确认 1 项' })
    const moving = (async () => {
      for (let step = 0; step < 150 && (await waits.count()) === 0; step += 1) {
        await colleague.mouse.move((before?.x ?? 0) + 20 + (step % 9), (before?.y ?? 0) + 20)
        await colleague.waitForTimeout(200)
      }
    })()
    const drawer = await open(page, at(9))
    await drawer.getByRole('button', { name: '延长时间' }).click()
    await page
      .getByRole('dialog', { name: /延长时间/ })
      .getByLabel('延长分钟数')
      .fill('15')
    await giveReason(page, /延长时间/, '网络中断', '提出延长')
    await page.keyboard.press('Escape')
    await moving
    expect(await waits.count()).toBe(1)
    expect(await under.boundingBox()).toEqual(before)
    await letGo(colleague)
    await letGo(page)
    const own = page.getByRole('region', { name: '待第二人确认' })
    await own.getByRole('button', { name: '撤回' }).waitFor()
    expect(await own.getByRole('button', { name: '同意', exact: true }).count()).toBe(0)
    const waiting = colleague.getByRole('region', { name: '待第二人确认' })
    await waiting.getByText(`${at(9).name}：延长时间 15 分钟`, { exact: false }).waitFor()
    await shot(colleague, '6-proposal')
    await expectAccessible(colleague)
    await waiting.getByRole('button', { name: '同意', exact: true }).click()
    await waiting.waitFor({ state: 'hidden' })
    await own.waitFor({ state: 'hidden' })
  })

  it('pauses the hall and lets it go on', async () => {
    await press(page, '暂停考场')
    await giveReason(page, '暂停考场', '考场停电', '暂停考场')
    await page.getByText('已暂停', { exact: true }).first().waitFor()
    await shot(page, '7-paused')
    await press(page, '恢复考场')
    await giveReason(page, '恢复考场', '供电恢复', '恢复考场')
    await page.getByRole('button', { name: '暂停考场' }).waitFor()
  })

  it('moves a candidate to a spare seat', async () => {
    const drawer = await open(page, at(17))
    await drawer.getByRole('button', { name: '换机续考' }).click()
    await choose(page, '续考考位', '61 号（备用）')
    await giveReason(page, /换机续考/, '机器故障', '释放考位')
    await page.getByRole('dialog', { name: `61 号 ${at(17).name}` }).waitFor()
    await page.keyboard.press('Escape')
    await letGo(page)
  })

  it('settles an alert with what it was', async () => {
    const drawer = await open(page, at(41))
    await drawer.getByRole('button', { name: '处理', exact: true }).click()
    await giveReason(page, '处理提醒：多张面孔', '已到座位前核实，属误报', '处理')
    await drawer.getByText(/主考甲 已处理：已到座位前核实/).waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await expect
      .poll(
        () =>
          tiles(page)
            .filter({ hasText: at(41).name })
            .textContent(),
        SOON,
      )
      .not.toContain('紧急')
    await letGo(page)
  })

  it('finds misconduct with evidence, and ends the attempt when the colleague agrees', async () => {
    const drawer = await open(page, at(55))
    await drawer.getByRole('button', { name: '认定违纪' }).click()
    const dialog = page.getByRole('dialog', { name: /违纪$/ })
    expect(await dialog.getByRole('button', { name: '提出认定' }).isDisabled()).toBe(true)
    await dialog.getByRole('checkbox', { name: /疑似替考/ }).check()
    await page.waitForTimeout(600)
    await shot(page, '8-misconduct')
    await giveReason(page, /违纪$/, '由他人替考', '提出认定')
    await page.keyboard.press('Escape')
    const waiting = colleague.getByRole('region', { name: '待第二人确认' })
    await waiting.getByRole('button', { name: '同意', exact: true }).click()
    const sure = colleague.getByRole('dialog')
    await sure.getByRole('button', { name: '同意', exact: true }).click()
    await waiting.waitFor({ state: 'hidden' })
    await expect
      .poll(
        () =>
          tiles(page)
            .filter({ hasText: at(55).name })
            .textContent(),
        SOON,
      )
      .toContain('已终止')
    await letGo(page)
  })

  it('takes misconduct back with the colleague; the attempt stays ended and another sitting is owed', async () => {
    const drawer = await open(page, at(55))
    await drawer.getByText('本科目已认定违纪').waitFor()
    // Once for both, in words.
    await drawer.getByText(/^延长时间、换机续考、终止考试：该考生没有正在进行的答卷/).waitFor()
    await page.waitForTimeout(500)
    await shot(page, '8-misconduct-found')
    await drawer.getByRole('button', { name: '撤销违纪认定' }).click()
    const dialog = page.getByRole('dialog', { name: /^撤销/ })
    await dialog.getByText('还需要：写明理由（至少 2 个字）。').waitFor()
    await expectAccessible(page)
    await giveReason(page, /^撤销/, '复看画面，属误认', '提出撤销')
    await page.keyboard.press('Escape')
    const waiting = colleague.getByRole('region', { name: '待第二人确认' })
    await waiting.getByRole('button', { name: '同意', exact: true }).click()
    await colleague.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
    await waiting.waitFor({ state: 'hidden' })
    const after = await open(page, at(55))
    await after.getByText(/两名监考员已认定终止有误/).waitFor()
    expect(await after.getByRole('button', { name: '撤销违纪认定' }).count()).toBe(0)
    await shot(page, '8-taken-back')
    await page.keyboard.press('Escape')
    await letGo(page)
  })

  it('was shown sixty faces and left one look, not sixty events', async () => {
    const { rows } = await sql<{ name: string; n: number }>`
      select name, count(*)::int as n from platform.audit_events
      where name in ('evidence.picture-seen', 'board.faces-seen')
        and subjects @> array[${`sitting:${hall.sittingId}`}]::text[]
        and coalesce(data ->> 'purpose', '') not in ('监考核对考生', '认定违纪取证') group by name`.execute(
      world.app.db,
    )
    expect(rows).toEqual([])
    const seen = await sql<{ faces: number }>`
      select count(*)::int as faces from halls.board_visit_faces f join halls.board_visits v on v.id = f.visit_id
      where v.hall_id = ${hall.hallId} and v.actor_name = '主考甲'`.execute(world.app.db)
    expect(seen.rows).toEqual([{ faces: 48 }])
  })

  it('reads all of it in the log', async () => {
    await page.getByRole('link', { name: '记录', exact: true }).click()
    await expectHeading(page, '监考记录')
    for (const act of ['认定违纪', '处理提醒', '换机续考', '恢复考场', '暂停考场', '延长时间', '发送提示'])
      await page.getByRole('cell', { name: act, exact: true }).first().waitFor()
    await page.getByRole('cell', { name: '主考甲、监考乙（第二人）' }).first().waitFor()
    await expectAccessible(page)
    await shot(page, '9-log')
  })
})

describe('the door of a hall', () => {
  it('opens, and lets in who gives no face after two people looked at the document', async () => {
    const page = await visitAs(CHIEF)
    await page.goto(boardOf(door))
    const column = page.getByRole('complementary', { name: '门口' })
    // Why not, in words, without a pointer.
    await page.getByText('暂停考场：考场当前为「等待入场」，不能这样处置。').waitFor()
    await shot(page, '10-waiting')
    await expectAccessible(page)
    await column.getByRole('button', { name: '开始入场' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '开始入场' }).click()
    await column.getByText('现在没有人等待。').waitFor()
    const one = door.people[0] as AtDoor
    const call = aCall(world.app as never, { station: one.station })
    value(await identify(call, { ticketNumber: one.ticketNumber, idTail: one.idTail }))
    await column.getByRole('button', { name: nameOf(one) }).click()
    const drawer = page.getByRole('dialog', { name: `01 ${one.name}` })
    await drawer.getByRole('button', { name: '核对证件' }).click()
    await giveReason(page, '核对证件', '已核对本人与有效身份证件，一致', '提出')
    await drawer.getByText('等第二人确认').waitFor()
    await page.waitForTimeout(500)
    await shot(page, '10-door')
    await expectAccessible(page)
    const colleague = await visitAs(SECOND)
    await colleague.goto(boardOf(door))
    await colleague
      .getByRole('complementary', { name: '门口' })
      .getByRole('button', { name: nameOf(one) })
      .click()
    await colleague
      .getByRole('dialog', { name: `01 ${one.name}` })
      .getByRole('button', { name: '第二人同意' })
      .click()
    await colleague
      .getByRole('dialog', { name: /第二人同意/ })
      .getByRole('button', { name: '第二人同意' })
      .click()
    await expect
      .poll(() => tiles(colleague).filter({ hasText: one.name }).textContent(), SOON)
      .toMatch(/已入场/)
  })
})

describe('the pictures that are kept', () => {
  const evidence = () => `/workbench/halls/attempts/${hall.people[55]?.attemptId}/evidence`
  async function openFor(page: Page): Promise<void> {
    await page.goto(evidence())
    await page.getByLabel('查看用途（会留下记录）').fill('考生申诉核查')
    await press(page, '查看')
    await page.getByRole('heading', { name: '保全' }).waitFor()
  }

  it('say why they stay; a hold is put by one and confirmed by another', async () => {
    const page = await visitAs(MANAGERS[0] as typeof CHIEF)
    await page.goto(`/workbench/halls/evidence/${hall.sittingId}?kept=yes`)
    await page
      .getByText(/违纪案件/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await shot(page, '13-evidence-list')
    await page.goto(`/workbench/halls/doors/${hall.sittingId}/${hall.hallId}`)
    await page.getByText(`共 ${SEATS}`, { exact: false }).first().waitFor()
    await expectAccessible(page)
    await shot(page, '14-door-1280')
    await page.setViewportSize(PHONE)
    await expect.poll(() => page.evaluate(SIDEWAYS), SOON).toBe(0)
    await shot(page, '14-door-360')
    await page.setViewportSize(WIDE)
    await openFor(page)
    await page.getByText(/违纪案件：.*已了结，保存到|违纪案件：.*未了结/).waitFor()
    await press(page, '保全画面')
    await giveReason(page, '保全考试画面', '考生对终止考试提出申诉', '保全')
    await page.getByText(/等待第二人确认，确认之前已经生效/).waitFor()
    await page.getByText(/提出人不能自己确认/).waitFor()
    await expectAccessible(page)
    await shot(page, '13-evidence')
    await page.setViewportSize(PHONE)
    await expect.poll(() => page.evaluate(SIDEWAYS), SOON).toBe(0)
    await shot(page, '13-evidence-360')
    const second = await visitAs(MANAGERS[1] as typeof CHIEF)
    await second.goto('/workbench')
    await second
      .getByRole('link', { name: new RegExp(`确认保全考试画面：${hall.people[55]?.name}`) })
      .waitFor()
    await openFor(second)
    await press(second, '确认保全')
    await second.getByText('管理戊已确认', { exact: false }).waitFor()
    await press(second, '提出解除保全')
    await giveReason(second, '提出解除保全', '申诉已办结', '提出')
    await second.getByText(/提出解除保全：申诉已办结/).waitFor()
    await shot(second, '13-evidence-lift')
  })
})

describe('the city patrol looks on', () => {
  it('sees everything and has nothing to press; the look is on record once', async () => {
    const page = await visitAs(PATROL)
    await page.goto('/workbench/halls/boards')
    await page
      .getByRole('checkbox', { name: /^同时查看/ })
      .first()
      .waitFor()
    for (const box of await page.getByRole('checkbox', { name: /^同时查看/ }).all()) await box.check()
    await press(page, '同时查看（2）')
    await expectHeading(page, '同时查看')
    await page
      .getByRole('region', { name: /第1考场/ })
      .nth(1)
      .waitFor()
    await page
      .getByText(/门口 \d+ · 答题/)
      .nth(1)
      .waitFor()
    await expectAccessible(page)
    await shot(page, '11-several')
    await page.setViewportSize(PHONE)
    await expect.poll(() => page.evaluate(SIDEWAYS), SOON).toBe(0)
    await shot(page, '11-several-360')
    await page.setViewportSize(WIDE)
    await page.goto(boardOf(hall))
    await expect.poll(() => tiles(page).count(), SOON).toBe(SEATS)
    await page.getByText(/^只读查看/).waitFor()
    for (const name of ['全场提示', '暂停考场', '恢复考场']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    }
    await tiles(page).first().click()
    const drawer = page.getByRole('dialog').first()
    await drawer.getByText('准考证号').waitFor()
    for (const name of ['发送提示', '延长时间', '终止考试', '处理']) {
      expect(await drawer.getByRole('button', { name, exact: true }).count()).toBe(0)
    }
    await shot(page, '12-patrol')
    await page.reload()
    await expect.poll(() => tiles(page).count(), SOON).toBe(SEATS)
    const { rows } = await sql<{ looks: number }>`
      select count(*)::int as looks from platform.audit_events
      where name = 'board.looked-in' and subjects @> array[${`sitting:${hall.sittingId}`}]::text[]`.execute(
      world.app.db,
    )
    expect(rows).toEqual([{ looks: 1 }])
    expect(errors.flat()).toEqual([])
  })
})

describe('many who watch one hall', () => {
  it('cost about as much as one', async () => {
    const context = contexts[0] as BrowserContext
    const cookie = (await context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ')
    const url = `${world.address}/api/workbench/halls.watch-board?sittingId=${hall.sittingId}&hallId=${hall.hallId}&part=theory`
    const cost = async (watchers: number) => {
      const ending = new AbortController()
      for (let at = 0; at < watchers; at += 1) {
        const answer = await fetch(url, { headers: { cookie }, signal: ending.signal })
        expect(answer.status).toBe(200)
        void answer.body?.pipeTo(new WritableStream()).catch(() => {})
      }
      await new Promise((wake) => setTimeout(wake, 1_500))
      // The least of several stretches: the machine does other things too.
      const stretches: number[] = []
      for (let round = 0; round < 3; round += 1) {
        const before = process.cpuUsage()
        await new Promise((wake) => setTimeout(wake, 3_000))
        const { user, system } = process.cpuUsage(before)
        stretches.push((user + system) / 1_000 / 3)
      }
      ending.abort()
      return Math.min(...stretches)
    }
    for (const page of pages) await page.close()
    const [none, one, ten] = [await cost(0), await cost(1), await cost(10)]
    console.info(
      `processor ms a second: nobody ${none.toFixed(0)}, one watcher ${one.toFixed(0)}, ten ${ten.toFixed(0)}`,
    )
    expect(ten - none).toBeLessThan(150)
  })
})
