import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  extendAttempts,
  pauseHall,
  releaseAttempt,
  resumeHall,
} from '../server/src/halls/attempts/act-on-attempts.ts'
import { brokenAt, entryOf, finalAnswers, type Row } from '../server/src/halls/attempts/entry.ts'
import type { HallFixture, Seated } from '../server/src/halls/attempts/fixtures.ts'
import { openBrowser, openContext, watchErrors } from './browser.ts'
import {
  aHallWithEveryKind,
  aRoomServer,
  enterAs,
  heldIn,
  leaveBehind,
  letTimeRun,
  type RoomServer,
  secretsIn,
  sitDown,
} from './exam-room.ts'
import { expectAccessible } from './journey.ts'
import { openWorld, type World } from './world.ts'

const SHOTS = join(import.meta.dirname, '../.tmp/exam-room')
const SLOW = 40_000

let world: World
let server: RoomServer
let hall: HallFixture
let browser: Browser
let stopClock: () => void
const contexts: BrowserContext[] = []

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  world = await openWorld({ startOn: '2026-03-02' })
  stopClock = letTimeRun(world)
  server = await aRoomServer(world)
  hall = await aHallWithEveryKind(world, { candidates: 4 })
  browser = await openBrowser()
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser?.close()
  stopClock?.()
  await server?.stop()
  await world?.close()
})

async function aContext(size: 'desk' | 'phone'): Promise<BrowserContext> {
  const context = await openContext(browser, server, size)
  context.setDefaultTimeout(SLOW)
  await context.grantPermissions(['camera'])
  contexts.push(context)
  return context
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const shot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS, `${name}.png`) })
const toQuestion = async (page: Page, number: number) => {
  await page
    .getByRole('navigation', { name: '题卡' })
    .getByRole('button', { name: new RegExp(`^第 ${number} 题`) })
    .click()
  await page.getByRole('heading', { name: new RegExp(`第 ${number} 题`) }).waitFor()
}
const saved = (page: Page) =>
  page
    .locator('.question-foot')
    .getByText(/^已保存 \d\d:\d\d:\d\d$/)
    .waitFor()
const top = (page: Page) => page.locator('header.top .save')

/** What the journal holds of a candidate, its chain checked. */
async function journalOf(candidate: Seated) {
  const entries = (await world.app.db
    .selectFrom('halls.journal')
    .selectAll()
    .where('attemptId', '=', candidate.attemptId)
    .orderBy('seq')
    .execute()) as Row[]
  expect(brokenAt(entries)).toBeUndefined()
  return entries.map(entryOf)
}
const answersOf = async (candidate: Seated) =>
  Object.fromEntries([...finalAnswers(await journalOf(candidate))].map(([item, one]) => [item, one.value]))

describe('a candidate in the room', () => {
  let context: BrowserContext
  let page: Page
  let errors: string[]
  const candidate = () => hall.seated[0] as Seated
  let broken = false
  // Each test goes on where the one before it stopped.
  beforeEach(({ skip }) => skip(broken, 'the journey broke off before'))
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    broken = true
    await page.screenshot({ path: join(SHOTS, 'failed.png'), fullPage: true }).catch(() => {})
  })

  it('starts from the sealed paper and sees every answer saved by the server', async () => {
    context = await aContext('desk')
    page = await sitDown(await context.newPage(), server.address, await enterAs(world, hall, candidate()))
    errors = watchErrors(page)
    await page.getByRole('heading', { level: 1, name: '试验机考' }).waitFor()
    await expectAccessible(page)
    await shot(page, '1280-sealed')
    await press(page, '开始答题')
    await page.getByRole('heading', { name: /第 1 题/ }).waitFor()
    await page.getByLabel('Modbus').check()
    await saved(page)
    expect(await answersOf(candidate())).toEqual({ q1: 'a' })
    await expectAccessible(page)
    await shot(page, '1280-single')
  })

  it('answers every kind of item', async () => {
    await press(page, '下一题')
    await page.getByLabel('核对固件版本').check()
    await page.getByLabel('修改默认口令').check()
    await saved(page)
    await toQuestion(page, 3)
    await page.getByLabel('错误').check()
    await press(page, '⚐ 标记，稍后再看')
    await toQuestion(page, 4)
    await page.getByRole('textbox', { name: '第 1 空', exact: true }).fill('七')
    await page.getByRole('textbox', { name: '第 2 空', exact: true }).fill('网络')
    await saved(page)
    await toQuestion(page, 5)
    await page.getByRole('textbox').fill('就近处理，响应更快。')
    await page.getByText('8 字').waitFor()
    await saved(page)
    await toQuestion(page, 6)
    await page.getByRole('textbox').fill('更换电机后负载上升。\n'.repeat(20))
    await saved(page)
    await expectAccessible(page)
    await shot(page, '1280-scenario')
    await press(page, '放大看图：图：一周能耗')
    await press(page, '放大')
    await page.getByText('150%').waitFor()
    await expectAccessible(page)
    await shot(page, '1280-picture')
    await page.keyboard.press('Escape')
    await toQuestion(page, 7)
    const chooser = page.waitForEvent('filechooser')
    await press(page, '选择文件')
    await (await chooser).setFiles({ name: '分析.pdf', mimeType: 'application/pdf', buffer: PDF })
    await page.getByText('服务器已收到').waitFor()
    await saved(page)
    await shot(page, '1280-file')
    const answers = await answersOf(candidate())
    expect(answers).toMatchObject({
      q2: ['a', 'd'],
      q3: 'false',
      q4: ['七', '网络'],
      q5: '就近处理，响应更快。',
    })
    expect(answers.q7).toMatchObject({ name: '分析.pdf' })
  })

  it('takes keys for everything and says the time on demand', async () => {
    await page.keyboard.press('Alt+P')
    await page.getByRole('heading', { name: /第 6 题/ }).waitFor()
    await page.keyboard.press('Alt+T')
    await page
      .getByRole('status')
      .filter({ hasText: /剩余 1 小时 5\d 分/ })
      .waitFor()
    await page.keyboard.press('Alt+H')
    await page.getByRole('dialog', { name: '帮助与快捷键' }).waitFor()
    await expectAccessible(page)
    await shot(page, '1280-help')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+S')
    await press(page, '特大字')
    await press(page, '深色')
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await shot(page, '1280-dark-larger')
    await page.keyboard.press('Alt+S')
    await press(page, '高对比度')
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await shot(page, '1280-contrast')
    await page.keyboard.press('Alt+S')
    await press(page, '标准字')
    await press(page, '浅色')
    await page.keyboard.press('Escape')
  })

  it('warns of copying and keeps pasting out, as the rules of the sitting say', async () => {
    await toQuestion(page, 5)
    const text = page.getByRole('textbox')
    await text.focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+C')
    await page.getByText('复制操作已记录。').first().waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Control+V')
    expect(await text.inputValue()).toBe('就近处理，响应更快。')
    await expect
      .poll(
        async () =>
          (await journalOf(candidate())).filter((one) => one.kind === 'event').map((one) => one.body.what),
        { timeout: SLOW },
      )
      .toEqual(expect.arrayContaining(['copy', 'paste']))
  })

  it('goes on without a line, through a reload, and brings everything when the line is back', async () => {
    await toQuestion(page, 1)
    await context.setOffline(true)
    await page.getByLabel('文件传输协议').check()
    await page.locator('.question-foot').getByText('网络中断，答案已存在本机').waitFor()
    await expect.poll(() => top(page).innerText()).toBe('网络中断，答案已存在本机')
    await expectAccessible(page)
    await shot(page, '1280-offline')
    await toQuestion(page, 5)
    await page.getByRole('textbox').fill('断网时写下的。')
    await page.waitForTimeout(300)
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByRole('heading', { name: /第 5 题/ }).waitFor()
    expect(await page.getByRole('textbox').inputValue()).toBe('断网时写下的。')
    // Nobody to ask for the time: the machine's own clock, months apart from the server's, does no harm.
    expect(await page.getByRole('timer').innerText()).toMatch(/^1:5\d:/)
    expect((await answersOf(candidate())).q1).toBe('a')
    await context.setOffline(false)
    await saved(page)
    await expect.poll(async () => (await answersOf(candidate())).q1, { timeout: SLOW }).toBe('d')
    expect((await answersOf(candidate())).q5).toBe('断网时写下的。')
  })

  it('says that the server is busy where it is heard and cannot answer', async () => {
    const busy = { status: 503, contentType: 'application/json', body: '{"message":"稍后再来"}' }
    await page.route('**/api/exam/save', (route) => route.fulfill(busy))
    await toQuestion(page, 3)
    await page.getByLabel('正确').check()
    await page.locator('.question-foot').getByText('服务器忙，正在重试，答案已存在本机').waitFor()
    await page.unroute('**/api/exam/save')
    await saved(page)
    await page.getByLabel('错误').check()
    await saved(page)
  })

  it('does not notice a restart of the server but by a word', async () => {
    await toQuestion(page, 3)
    await server.stop()
    await page.getByLabel('正确').check()
    await page.locator('.question-foot').getByText('网络中断，答案已存在本机').waitFor()
    await server.start()
    await saved(page)
    expect((await answersOf(candidate())).q3).toBe('true')
  })

  it('stands still while the hall is paused, and is told of more time', async () => {
    const to = { sittingId: hall.sittingId, hallId: candidate().hallId, actId: randomUUID() }
    await world.app.db.transaction().execute((tx) => pauseHall(tx as never, world.app, to))
    await page.getByRole('heading', { name: '考试暂停' }).waitFor()
    await expectAccessible(page)
    await shot(page, '1280-paused')
    await world.app.db.transaction().execute((tx) => resumeHall(tx as never, world.app, to))
    await page.getByRole('heading', { name: '考试暂停' }).waitFor({ state: 'hidden' })
    const attemptIds = [candidate().attemptId]
    await world.app.db
      .transaction()
      .execute((tx) =>
        extendAttempts(tx as never, world.app, { ...to, attemptIds, seconds: 600, reason: '机器故障' }),
      )
    await page.getByText('您的考试时间已延长 10 分钟（机器故障）').first().waitFor()
    await shot(page, '1280-extended')
    await page.getByLabel('错误').check()
    await saved(page)
  })

  it('shows both versions where the server has a newer answer, and the candidate chooses', async () => {
    await toQuestion(page, 3)
    await context.setOffline(true)
    await page.getByLabel('正确').check()
    await page.locator('.question-foot').getByText('网络中断，答案已存在本机').waitFor()
    const revision = (await journalOf(candidate())).filter(
      (one) => one.kind === 'answer' && one.body.item === 'q3',
    ).length
    // The unsent one was fixed over the same revision: whoever comes first wins, the other is asked.
    const answer = await fetch(`${server.address}/api/exam/save`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await secretsIn(page)) },
      body: JSON.stringify({
        saves: [
          {
            item: 'q3',
            clientSeq: 9_000,
            baseRevision: revision,
            value: null,
            clientAt: world.app.clock.now().toISOString(),
          },
        ],
      }),
    })
    expect(await answer.json()).toMatchObject({ results: [{ status: 'saved' }] })
    await context.setOffline(false)
    await page.getByRole('heading', { name: '这道题有两个版本' }).waitFor()
    await expectAccessible(page)
    await shot(page, '1280-conflict')
    await press(page, '保留这台机器上的')
    await saved(page)
    expect((await answersOf(candidate())).q3).toBe('true')
  })

  it('lets a second page of the same browser only look on', async () => {
    const second = await context.newPage()
    await second.goto('/exam')
    await second.getByRole('heading', { name: '考试已在另一个页面打开' }).waitFor()
    await expectAccessible(second)
    await second.close()
  })

  it('moves to another machine when the invigilator releases it, and the first one says so', async () => {
    const release = {
      sittingId: hall.sittingId,
      attemptId: candidate().attemptId,
      seatId: null,
      actId: randomUUID(),
    }
    await world.app.db.transaction().execute((tx) => releaseAttempt(tx as never, world.app, release))
    await page.getByRole('heading', { name: '本机不能继续作答' }).waitFor()
    await expectAccessible(page)
    await shot(page, '1280-lost')
    const other = await aContext('phone')
    const moved = await sitDown(
      await other.newPage(),
      server.address,
      await enterAs(world, hall, candidate()),
    )
    await moved.getByRole('heading', { name: /第 1 题/ }).waitFor()
    expect(await moved.getByLabel('文件传输协议').isChecked()).toBe(true)
    await shot(moved, '360-single')
    await expectAccessible(moved)
    await moved.close()
    page = await other.newPage()
    await page.goto(`${server.address}/exam`)
    await page.getByRole('heading', { name: /第 1 题/ }).waitFor()
  })

  it('works on a small screen', async () => {
    await press(page, '下一题')
    await page.getByRole('button', { name: /^题卡/ }).click()
    await page.getByRole('dialog', { name: '题卡' }).waitFor()
    await expectAccessible(page)
    await shot(page, '360-map')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^第 6 题/ })
      .click()
    await page.getByRole('heading', { name: /第 6 题/ }).waitFor()
    await shot(page, '360-scenario')
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow).toBeLessThanOrEqual(0)
  })

  it('clears one answer, is told what is unanswered, and hands in against a receipt', async () => {
    await page.getByRole('button', { name: /^题卡/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^第 3 题/ })
      .click()
    await press(page, '清除选择')
    await saved(page)
    await page.keyboard.press('Alt+O')
    const dialog = page.getByRole('dialog', { name: '检查与交卷' })
    await dialog.getByText('共 7 题，已答 6 题，未答 1 题。').waitFor()
    await expectAccessible(page)
    await shot(page, '360-overview')
    await dialog.getByRole('button', { name: '确认交卷' }).click()
    await page.getByRole('heading', { name: '已交卷' }).waitFor()
    await expectAccessible(page)
    await shot(page, '360-receipt')
    expect(await heldIn(page)).toEqual({ answers: 0, files: 0, key: false })
    const end = (await journalOf(candidate())).find((one) => one.kind === 'hand_in')
    expect(end?.body).toEqual({ answered: 6 })
    const attempt = await world.app.db
      .selectFrom('halls.attempts')
      .selectAll()
      .where('id', '=', candidate().attemptId)
      .executeTakeFirstOrThrow()
    expect(attempt).toMatchObject({ state: 'handed_in' })
    await page.getByText(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: '已交卷' }).waitFor()
    await press(page, '结束并离开')
    await page.getByRole('heading', { name: '绑定本机' }).waitFor()
    await expectAccessible(page)
    await shot(page, '360-bind')
    // The server's day is months before this machine's: only what is over by both goes.
    await leaveBehind(page, 'long-over', Date.parse('2020-01-01T00:00:00Z'))
    await leaveBehind(page, 'over-by-this-machine', Date.now() - 25 * 60 * 60_000)
    expect((await heldIn(page)).answers).toBe(2)
    await page.reload()
    await page.getByRole('heading', { name: '绑定本机' }).waitFor()
    expect((await heldIn(page)).answers).toBe(1)
    expect(
      errors.filter(
        (one) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to fetch|404|503/.test(one),
      ),
    ).toEqual([])
  })
})

describe('the end of the time', () => {
  it('takes what was typed before, closes, and shows what the server has', async () => {
    const late = await aHallWithEveryKind(world, {
      candidates: 1,
      minutes: 1,
      world: hall.world,
      rules: { graceSeconds: 10 },
    })
    const candidate = late.seated[0] as Seated
    const context = await aContext('desk')
    const page = await sitDown(await context.newPage(), server.address, await enterAs(world, late, candidate))
    await press(page, '开始答题')
    await page.getByLabel('Modbus').check()
    await saved(page)
    world.app.clock.advance(57)
    await page.getByText('即将结束，剩余').waitFor()
    await shot(page, '1280-last-minutes')
    await page.getByRole('heading', { name: '时间到', exact: true }).waitFor()
    await shot(page, '1280-ending')
    world.app.clock.advance(12)
    await page.getByRole('heading', { name: '时间到，已收卷' }).waitFor()
    await expectAccessible(page)
    await shot(page, '1280-timed-out')
    expect(await answersOf(candidate)).toEqual({ q1: 'a' })
  })
})

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
