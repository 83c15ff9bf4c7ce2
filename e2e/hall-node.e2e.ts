// A hall at its node: given away at the province, run at the site while the line is down, brought back and compared.
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../db/seed/cast.ts'
import { value } from '../server/src/exams/fixtures.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../server/src/halls/gates/fixtures.ts'
import { startHallNode } from '../server/src/halls/index.ts'
import { issueBindCodes } from '../server/src/halls/sites/bind-station.ts'
import { createDemoStaff } from '../server/src/people/index.ts'
import { openBrowser, openContext, signInStaff, watchErrors } from './browser.ts'
import { ITEMS, letTimeRun } from './exam-room.ts'
import { choose, confirmAct, expectAccessible, expectHeading, openMenu } from './journey.ts'
import { openWorld, type World } from './world.ts'

const SHOTS = join(import.meta.dirname, '../.tmp/hall-node')
const SLOW = 30_000
const SYNC_MS = 300
const MINUTE = 60
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

const person = (key: string, name: string, role: 'invigilator' | 'evaluation_manager') => ({
  key,
  name,
  role,
  totpSecret: 'HALLNODEJOURNEYHALLNODEJOURNEYHA',
})
const MANAGER = person('node-manager', '考务甲', 'evaluation_manager')
const COLLEAGUE = person('node-colleague', '考务乙', 'evaluation_manager')
const CHIEF = person('node-chief', '主考甲', 'invigilator')
const SECOND = person('node-second', '监考乙', 'invigilator')

let province: World
let node: World
let hall: DoorFixture
let wire: Wire
let browser: Browser
let sync: { stop(): Promise<void> }
const ends: (() => unknown)[] = []
const pages: Page[] = []
const errors: string[][] = []
const codes: string[] = []
let secret = ''

interface Wire {
  server: Server
  address: string
  cut: boolean
}

/** The line between the site and the province. */
async function aWire(to: World): Promise<Wire> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', async () => {
      if (made.cut) return request.socket.destroy()
      const answer = await fetch(`${to.address}${request.url}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'x-node': String(request.headers['x-node'] ?? ''),
        },
        body: Buffer.concat(pieces),
      })
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      response.end(Buffer.from(await answer.arrayBuffer()))
    })
  })
  const made: Wire = { server, address: '', cut: false }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  made.address = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  return made
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  province = await openWorld({ startOn: '2026-03-02' })
  ends.push(() => province.close(), letTimeRun(province))
  const opensAt = new Date(province.app.clock.now().getTime() + 20 * MINUTE * 1000)
  hall = await aDoor(province.app, {
    candidates: 1,
    items: ITEMS,
    opensAt,
    closesAt: new Date(opensAt.getTime() + 3 * 3600_000),
    seatsPerHall: 1,
    spareSeats: 1,
    open: false,
    rules: { fullScreenRequired: false, captureRequired: true, captureSeconds: { from: 2, to: 4 } },
  })
  // The other part is tomorrow's.
  await sql`
    update exams.sitting_parts set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'
    where sitting_id = ${hall.sittingId} and part = 'ability'`.execute(province.app.db)
  await staffTheHall()
  wire = await aWire(province)
  ends.push(() => {
    wire.server.closeAllConnections()
    wire.server.close()
  })
  browser = await openBrowser()
  ends.push(() => browser.close())
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})
let broken = false
// Each test goes on where the one before it stopped.
beforeEach(({ skip }) => skip(broken, 'the journey broke off before'))
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  broken = true
  for (const [at, page] of pages.entries())
    await page.screenshot({ path: join(SHOTS, `failed-${at}.png`), fullPage: true }).catch(() => {})
})

/** The fixture's invigilators become people who can sign in; two managers of the institution beside them. */
async function staffTheHall(): Promise<void> {
  const { organisationId } = hall.world.evaluation
  const all = [MANAGER, COLLEAGUE, CHIEF, SECOND]
  const ids = await createDemoStaff(
    province.app,
    DEMO_PASSWORD,
    all.map(({ key, name, role, totpSecret }) => ({
      name,
      username: key,
      totpSecret,
      memberships: [{ organisationId, role }],
    })),
  )
  for (const [at, role] of [
    [2, 'chief'],
    [3, 'invigilator'],
  ] as const)
    await sql`
      update halls.invigilators set account_id = ${ids[at]} where sitting_id = ${hall.sittingId} and role = ${role}`.execute(
      province.app.db,
    )
}

async function aPage(at: World): Promise<Page> {
  const context: BrowserContext = await openContext(browser, at, 'desk')
  context.setDefaultTimeout(SLOW)
  await context.grantPermissions(['camera'])
  ends.push(() => context.close())
  const page = await context.newPage()
  pages.push(page)
  errors.push(watchErrors(page))
  return page
}

async function visitAs(at: World, who: typeof CHIEF): Promise<Page> {
  const page = await aPage(at)
  await signInStaff(page.context(), at, who as never)
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const shot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS, `${name}.png`) })
const menuOf = (page: Page) =>
  page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts()
const saved = (page: Page) =>
  page
    .locator('.question-foot')
    .getByText(/^已保存 \d\d:\d\d:\d\d$/)
    .waitFor()
function pass(seconds: number): void {
  for (const world of [province, node]) world.app.clock.advance(seconds)
}
/** A page that keeps no watch itself, read anew until it says so. */
async function untilSaid(page: Page, words: string, before = async () => {}): Promise<void> {
  const there = page.getByText(words).first()
  await expect
    .poll(
      async () => {
        await before()
        await page.reload()
        return there.waitFor({ timeout: 1_500 }).then(
          () => true,
          () => false,
        )
      },
      { timeout: SLOW },
    )
    .toBe(true)
}
async function giveReason(page: Page, title: string | RegExp, reason: string, verb: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByRole('textbox').last().fill(reason)
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}
async function takeCode(page: Page): Promise<string> {
  await press(page, '领取保管码')
  const dialog = page.getByRole('dialog', { name: '保管码' })
  const code = await dialog.getByText(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/).innerText()
  await dialog.getByRole('button', { name: '已抄录封存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  return code
}
async function identifies(page: Page, who: AtDoor): Promise<void> {
  await page.getByLabel('准考证号').fill(who.ticketNumber)
  await page.getByLabel('身份证件号码后 6 位').fill(who.idTail)
  await press(page, '下一步')
}
const candidate = () => hall.people[0] as AtDoor
const doorOf = () => `/workbench/halls/doors/${hall.sittingId}/${hall.hallId}`

describe('the province gives a hall away', () => {
  let manager: Page

  it('registers a node, whose secret is shown once, and gives it the hall', async () => {
    manager = await visitAs(province, MANAGER)
    await manager.goto('/workbench/halls/nodes')
    await expectHeading(manager, '考点节点')
    expect(await menuOf(manager)).not.toContain('本节点考场')
    await press(manager, '登记节点')
    await choose(manager, '考点', '试验考点')
    await manager.getByLabel('节点名称').fill('光谷一号节点')
    await expectAccessible(manager)
    await press(manager, '登记')
    secret = await manager.getByRole('textbox', { name: '节点密钥' }).inputValue()
    await shot(manager, '1-secret')
    await press(manager, '已保存密钥')
    await manager.getByRole('link', { name: '光谷一号节点' }).click()
    await expectHeading(manager, '光谷一号节点')
    await press(manager, '交给节点')
    await manager.getByText('待领取').first().waitFor()
  })

  it('two managers take a code each, the same one cannot take both', async () => {
    codes.push(await takeCode(manager))
    await manager.getByText('一个人只能领一个保管码').waitFor()
    const colleague = await visitAs(province, COLLEAGUE)
    await colleague.goto(new URL(manager.url()).pathname)
    codes.push(await takeCode(colleague))
    await colleague.getByText('考务甲、考务乙').waitFor()
    await expectAccessible(colleague)
    await shot(colleague, '2-given')
  })

  it('and the node takes it', async () => {
    const at = { provinceUrl: wire.address, secret }
    node = await openWorld({ startOn: '2026-03-02', node: at })
    ends.push(() => node.close(), letTimeRun(node))
    node.app.clock.advance((province.app.clock.now().getTime() - node.app.clock.now().getTime()) / 1000)
    pass(15)
    sync = startHallNode(node.app, at, SYNC_MS)
    ends.push(() => sync.stop())
    await untilSaid(manager, '节点承办中')
  })
})

describe('the hall is run at its node', () => {
  let chief: Page
  let second: Page
  let machine: Page
  let spare: Page

  it('an invigilator signs in there with password and second factor, and finds the rooms a node has', async () => {
    chief = await aPage(node)
    await chief.goto('/workbench')
    await expectHeading(chief, '登录考点节点')
    await expectAccessible(chief)
    await chief.getByLabel('账号').fill(CHIEF.key)
    await chief.getByLabel('密码').fill(DEMO_PASSWORD)
    await press(chief, '下一步')
    await chief
      .getByLabel('动态口令')
      .fill(new TOTP({ secret: Secret.fromUTF8(CHIEF.totpSecret) }).generate())
    expect(await chief.getByText('备用口令').count()).toBe(0)
    await press(chief, '登录')
    await expectHeading(chief, '本节点考场')
    await chief.getByText('省平台已连上').waitFor()
    expect(await menuOf(chief)).toEqual(['本节点考场', '入场核验', '监考'])
    await chief.getByText(/还没有到开考时间/).waitFor()
    await expectAccessible(chief)
    await shot(chief, '3-held')
    await chief.goto('/workbench/exams/sittings')
    await expectHeading(chief, '考点节点没有这个页面')
    await chief.getByRole('link', { name: '回首页' }).click()
    await expectHeading(chief, '本节点考场')
  })

  it('binds the machines at the node’s address and opens the door', async () => {
    await press(chief, '绑定考位机器')
    await press(chief, '发放绑定码')
    const dialog = chief.getByRole('dialog', { name: '机器绑定码' })
    await dialog.getByRole('listitem').first().waitFor()
    const bindCodes = await dialog.getByRole('listitem').getByRole('strong').allInnerTexts()
    expect(bindCodes).toHaveLength(2)
    await dialog.getByRole('button', { name: '已抄送完毕' }).click()
    machine = await aPage(node)
    spare = await aPage(node)
    for (const [at, page] of [machine, spare].entries()) {
      await page.goto('/')
      await page.getByLabel('绑定码').fill(bindCodes[at] as string)
      await press(page, '绑定')
      await expectHeading(page, '身份核验')
    }
    await openMenu(chief, '入场核验')
    await chief.getByRole('link', { name: /第1考场/ }).click()
    await confirmAct(chief, '开始入场', chief)
    await chief.getByText('入场中').first().waitFor()
    await expectAccessible(chief)
  })

  it('the province tells a candidate who comes to it where to go', async () => {
    const seatIds = [candidate().seatId]
    const at = { hallId: hall.hallId, seatIds }
    const given = value(await issueBindCodes(province.app, hall.world.evaluation.actor, at))
    const page = await aPage(province)
    await page.goto('/exam')
    await page.getByLabel('绑定码').fill(given.codes[0]?.code as string)
    await press(page, '绑定')
    await identifies(page, candidate())
    await page.getByText('这个考场正由考点节点承办').waitFor()
    await expectAccessible(page)
    await shot(page, '4-at-province')
  })

  it('with the line cut, lets a candidate in whom two people looked at', async () => {
    wire.cut = true
    await identifies(machine, candidate())
    await press(machine, '不同意，改为核对证件')
    await expectHeading(machine, '等待监考员确认')
    await chief.goto(doorOf())
    await press(chief, candidate().name)
    await press(chief, '核对证件')
    await giveReason(chief, '核对证件', '已核对本人与有效身份证件，一致', '提出')
    second = await visitAs(node, SECOND)
    await second.goto(doorOf())
    await press(second, candidate().name)
    await press(second, '第二人同意')
    await second
      .getByRole('dialog', { name: /第二人同意/ })
      .getByRole('button', { name: '第二人同意' })
      .click()
    await expectHeading(machine, '试验机考')
    await machine.getByText('距开考还有').waitFor()
  })

  it('two codes open the papers at the instant, and the candidate starts', async () => {
    pass(20 * MINUTE)
    await chief.goto('/workbench/halls/held-here')
    await chief.getByText('连不上省平台').waitFor()
    await press(chief, '用保管码解封')
    const dialog = chief.getByRole('dialog', { name: '解封理论知识考试试卷' })
    await dialog.getByLabel('第一个保管码').fill(codes[0] as string)
    await dialog.getByLabel('第二个保管码').fill(codes[0] as string)
    await dialog.getByRole('button', { name: '解封试卷' }).click()
    await dialog.getByText('两个保管码不正确').waitFor()
    await expectAccessible(chief)
    await dialog.getByLabel('第二个保管码').fill((codes[1] as string).toLowerCase())
    await dialog.getByRole('button', { name: '解封试卷' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await chief.getByText(/已解封，两个保管码，经办 主考甲/).waitFor()
    await expectAccessible(chief)
    await shot(chief, '5-opened-by-codes')
    await press(machine, '开始答题')
    await machine.getByRole('heading', { name: /第 1 题/ }).waitFor()
    await machine.getByLabel('Modbus').check()
    await saved(machine)
  })

  it('ten minutes without the province change nothing: a file, a picture, another machine, a hand-in', async () => {
    pass(10 * MINUTE)
    await machine
      .getByRole('navigation', { name: '题卡' })
      .getByRole('button', { name: /^第 7 题/ })
      .click()
    const chooser = machine.waitForEvent('filechooser')
    await press(machine, '选择文件')
    await (await chooser).setFiles({ name: '分析.pdf', mimeType: 'application/pdf', buffer: PDF })
    await machine.getByText('服务器已收到').waitFor()
    await saved(machine)
    await expect
      .poll(
        async () =>
          (await sql`select from halls.captures where reason = 'random'`.execute(node.app.db)).rows.length,
        { timeout: SLOW },
      )
      .toBeGreaterThan(0)
    await openMenu(chief, '监考')
    await chief.getByRole('link', { name: /第1考场/ }).click()
    await chief.getByRole('button', { name: new RegExp(candidate().name) }).click()
    const drawer = chief.getByRole('dialog', { name: new RegExp(candidate().name) })
    await drawer.getByText('应交卷时刻').waitFor()
    expect(await drawer.getByText('查看答题过程回放').count()).toBe(0)
    await drawer.getByRole('button', { name: '换机续考' }).click()
    await choose(chief, '续考考位', '02 号（备用）')
    await giveReason(chief, /换机续考/, '机器故障', '释放考位')
    await machine.getByRole('heading', { name: '本机不能继续作答' }).waitFor()
    await identifies(spare, candidate())
    await spare.getByRole('heading', { name: /第 1 题/ }).waitFor()
    expect(await spare.getByLabel('Modbus').isChecked()).toBe(true)
    await spare.getByLabel('文件传输协议').check()
    await saved(spare)
    await spare.keyboard.press('Alt+O')
    await spare.getByRole('button', { name: '确认交卷' }).click()
    await spare.getByRole('heading', { name: '已交卷' }).waitFor()
    await shot(spare, '6-handed-in')
  })
})

describe('the line is back', () => {
  let manager: Page

  it('the hall is returned, and both sides say the same', async () => {
    wire.cut = false
    manager = pages[0] as Page
    // Nothing is said to be whole while machines may still send pictures.
    pass(MINUTE)
    await untilSaid(manager, '已归还', node.settle)
    await manager.getByText('一致', { exact: true }).waitFor()
    const sides = await manager.getByText(/^节点 \S+，省平台 \S+$/).allInnerTexts()
    expect(sides).toHaveLength(3)
    for (const [, here, there] of sides.map((text) => /^节点 (\S+)，省平台 (\S+)$/.exec(text) ?? []))
      expect(here).toBe(there)
    await expectAccessible(manager)
    await shot(manager, '7-returned')
    const chief = pages.find((page) => page.url().startsWith(node.address)) as Page
    await chief.goto('/workbench/halls/held-here')
    await chief.getByText('已归还').first().waitFor()
    await chief.getByText('一致', { exact: true }).waitFor()
    await expectAccessible(chief)
    await shot(chief, '8-returned-at-the-node')
  })

  it('the province replays the attempt and has the file', async () => {
    await manager.goto(`/workbench/halls/attempts/${candidate().attemptId}/replay`)
    await manager.getByLabel('用途').fill('核对考点节点归还的作答')
    await press(manager, '开始回放')
    await expectHeading(manager, `${candidate().name} 的作答轨迹`)
    await manager.getByText('分析.pdf').first().waitFor()
    await expectAccessible(manager)
    await shot(manager, '9-replay')
    await manager
      .getByRole('list', { name: '记录' })
      .getByRole('button', { name: /收到文件「分析.pdf」/ })
      .click()
    const coming = manager.waitForEvent('download')
    await press(manager, '下载「分析.pdf」')
    expect(readFileSync(await (await coming).path()).equals(PDF)).toBe(true)
    const { rows: pictures } = await sql`select from halls.captures`.execute(province.app.db)
    expect(pictures.length).toBeGreaterThan(0)
    expect(errors.flat()).toEqual([])
  })
})
