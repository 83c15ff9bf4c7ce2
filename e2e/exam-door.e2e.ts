import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../server/src/exams/fixtures.ts'
import { releaseAttempt } from '../server/src/halls/attempts/act-on-attempts.ts'
import { importSealedExport } from '../server/src/halls/attempts/import-sealed-export.ts'
import { confirmCandidate } from '../server/src/halls/gates/confirm-candidate.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../server/src/halls/gates/fixtures.ts'
import { secondVoucher } from '../server/src/halls/gates/second-voucher.ts'
import { vouchCandidate } from '../server/src/halls/gates/vouch-candidate.ts'
import { issueBindCodes } from '../server/src/halls/sites/bind-station.ts'
import { openBrowser, openContext, watchErrors } from './browser.ts'
import { aRoomServer, enterAs, ITEMS, letTimeRun, type RoomServer, sitDown } from './exam-room.ts'
import { expectAccessible, expectHeading } from './journey.ts'
import { openWorld, type World } from './world.ts'

const SHOTS = join(import.meta.dirname, '../.tmp/exam-room')
const SLOW = 40_000

let world: World
let server: RoomServer
let door: DoorFixture
let browser: Browser
let stopClock: () => void
const contexts: BrowserContext[] = []

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  world = await openWorld({ startOn: '2026-03-02' })
  stopClock = letTimeRun(world)
  server = await aRoomServer(world)
  const opensAt = new Date(world.app.clock.now().getTime() + 60_000)
  door = await aDoor(world.app, {
    candidates: 3,
    items: ITEMS,
    opensAt,
    rules: {
      fullScreenRequired: true,
      captureRequired: true,
      videoRequired: true,
      captureSeconds: { from: 2, to: 4 },
    },
  })
  browser = await openBrowser()
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser?.close()
  stopClock?.()
  await server?.stop()
  await world?.close()
})

const pages: Page[] = []
afterEach(async ({ task }) => {
  const page = pages.at(-1)
  if (task.result?.state === 'fail' && page) await shot(page, `failed-${task.name.slice(0, 20)}`)
})

async function aPage(size: 'desk' | 'phone', camera = true): Promise<Page> {
  const context = await openContext(browser, server, size)
  context.setDefaultTimeout(SLOW)
  if (camera) await context.grantPermissions(['camera'])
  contexts.push(context)
  const page = await context.newPage()
  pages.push(page)
  return page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
const fitsPhone = async (page: Page) => expect(await page.evaluate(TOO_WIDE)).toEqual([])
const TOO_WIDE = `[...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('.sr-only, .sr-focusable') && one.getBoundingClientRect().right > 360.5)
  .map((one) => one.outerHTML.slice(0, 120))`

/** Whom the door's list shows for a candidate. */
async function admissionOf(person: AtDoor): Promise<string> {
  const { id } = await world.app.db
    .selectFrom('halls.admissions')
    .select('id')
    .where('candidateId', '=', person.candidateId)
    .executeTakeFirstOrThrow()
  return id
}

/** Two people vouch for the candidate; that lets in. */
async function letIn(person: AtDoor, way: 'face' | 'document'): Promise<void> {
  const { app } = world
  const input = { admissionId: await admissionOf(person), clientAt: app.clock.now() }
  const { id: proposalId } = value(
    await vouchCandidate(app, door.chief, { ...input, way, reason: '本人与证件一致' }),
  )
  const { admitted } = value(
    await secondVoucher(app, door.invigilator, { ...input, proposalId, agreed: true, reason: null }),
  )
  if (!admitted) value(await confirmCandidate(app, door.invigilator, input))
}

async function bind(page: Page, person: AtDoor): Promise<void> {
  const manager = door.world.evaluation.actor
  const { codes } = value(
    await issueBindCodes(world.app, manager, { hallId: person.hallId, seatIds: [person.seatId] }),
  )
  await page.goto(`${server.address}/exam`)
  await expectHeading(page, '绑定本机')
  await page.getByLabel('绑定码').fill('AAAA-BBBB')
  await press(page, '绑定')
  await page
    .getByRole('alert')
    .filter({ hasText: /绑定码/ })
    .waitFor()
  await page.getByLabel('绑定码').fill(codes[0]!.code)
  await press(page, '绑定')
  await expectHeading(page, '身份核验')
}

async function identify(page: Page, person: AtDoor): Promise<void> {
  await page.getByLabel('准考证号').fill(person.ticketNumber)
  await page.getByLabel('身份证件号码后 6 位').fill(person.idTail.toLowerCase())
  await press(page, '下一步')
}

describe('through the door into the room', () => {
  it('lets in by face: what the camera saw is not enough, two people are', async () => {
    const page = await aPage('desk')
    const errors = watchErrors(page)
    const [person] = door.people as [AtDoor]
    await bind(page, person)
    await expectAccessible(page)
    await page.getByLabel('准考证号').fill(person.ticketNumber)
    await page.getByLabel('身份证件号码后 6 位').fill('999999')
    await press(page, '下一步')
    await page.getByText('准考证号与证件号码后六位不符').waitFor()
    await expectAccessible(page)
    await shot(page, 'door-identify')
    await identify(page, person)
    await expectHeading(page, '人脸信息使用确认')
    await expectAccessible(page)
    await shot(page, 'door-consent')
    await press(page, '同意，使用人脸核验')
    await expectHeading(page, '人脸核验')
    await press(page, '拍照核验')
    await expectHeading(page, '等待监考员确认')
    await expectAccessible(page)
    await shot(page, 'door-waiting')
    await letIn(person, 'face')
    await expectHeading(page, '试验机考')
    await page.getByText('距开考还有').waitFor()
    await expectAccessible(page)
    await shot(page, 'door-countdown')
    world.app.clock.advance(60)
    await press(page, '开始答题')
    await page.getByRole('heading', { name: /第 1 题/ }).waitFor()
    // The fake camera gives pictures and film; both arrive while answers are written.
    const kept = (table: 'halls.captures' | 'halls.videoSegments') =>
      world.app.db.selectFrom(table).selectAll().where('attemptId', '=', person.attemptId).execute()
    await expect.poll(async () => (await kept('halls.captures')).length, { timeout: SLOW }).toBeGreaterThan(1)
    await expect
      .poll(async () => (await kept('halls.videoSegments')).length, { timeout: SLOW })
      .toBeGreaterThan(0)
    for (const one of await kept('halls.captures')) expect(one.bytes).toBeLessThanOrEqual(60 * 1024)
    expect(errors).toEqual([])
  })

  it('lets in by documents on a small screen, at no cost', async () => {
    const page = await aPage('phone', false)
    const person = door.people[1] as AtDoor
    await bind(page, person)
    await fitsPhone(page)
    await identify(page, person)
    await expectHeading(page, '人脸信息使用确认')
    await fitsPhone(page)
    await shot(page, 'door-consent-360')
    await press(page, '不同意，改为核对证件')
    await expectHeading(page, '等待监考员确认')
    await page.reload()
    await expectHeading(page, '等待监考员确认')
    await fitsPhone(page)
    await shot(page, 'door-waiting-360')
    await letIn(person, 'document')
    await press(page, '开始答题')
    await page.getByRole('heading', { name: /第 1 题/ }).waitFor()
    await fitsPhone(page)
    await page.getByLabel('Modbus').check()
    await page
      .locator('.question-foot')
      .getByText(/^已保存/)
      .waitFor()
    await shot(page, 'room-360')
  })
})

describe('the last resort', () => {
  it('carries what a machine could not send in a sealed file, which only the server opens', async () => {
    const page = await aPage('desk')
    const person = door.people[2] as AtDoor
    await sitDown(page, server.address, await enterAs(world, door, person))
    await press(page, '开始答题')
    await page.getByLabel('Modbus').check()
    await page
      .locator('.question-foot')
      .getByText(/^已保存/)
      .waitFor()
    await page.context().setOffline(true)
    await page.getByLabel('文件传输协议').check()
    await page.locator('.question-foot').getByText('网络中断，答案已存在本机').waitFor()
    const { sittingId, hallId } = door
    const release = { sittingId, attemptId: person.attemptId, seatId: null, actId: randomUUID() }
    await world.app.db.transaction().execute((tx) => releaseAttempt(tx as never, world.app, release))
    await page.context().setOffline(false)
    await expectHeading(page, '本机不能继续作答')
    await page.getByText('这台机器上还有 1 题的修改没有送达服务器').waitFor()
    await expectAccessible(page)
    await shot(page, 'sealed-export')
    const download = page.waitForEvent('download')
    await press(page, '导出密封答案（由监考员操作）')
    const bytes = readFileSync(await (await download).path())
    expect(bytes.toString()).not.toContain(person.name)
    const at = { sittingId, hallId, reason: '机器断网', clientAt: world.app.clock.now() }
    const file = { field: 'file', name: '密封答案.json', mediaType: 'application/json', bytes }
    const imported = value(await importSealedExport(world.app, door.chief, at, file))
    expect(imported).toMatchObject({ candidate: { name: person.name }, counts: { saved: 1, late: 0 } })
  })
})

describe('the rehearsal', () => {
  it('checks this machine, lets one practise, and stores nothing', async () => {
    const page = await aPage('desk')
    const errors = watchErrors(page)
    const calls: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/')) calls.push(new URL(request.url()).pathname)
    })
    await page.goto(`${server.address}/exam/rehearsal`)
    await expectHeading(page, '考前自检与练习')
    await press(page, '开始自检')
    await page.getByRole('heading', { name: '您的画面' }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /可以考试|需要处理/ })
      .waitFor()
    expect(await page.locator('.checks > li').count()).toBe(6)
    // One sees oneself: the picture moves.
    expect(await page.evaluate(`document.querySelector('.mirror video').videoWidth`)).toBeGreaterThan(0)
    await expectAccessible(page)
    await shot(page, 'rehearsal')
    await press(page, '做练习卷')
    await page.getByLabel('服务器已经收到这道题的答案').check()
    await page
      .locator('.question-foot')
      .getByText(/^已保存/)
      .waitFor()
    await press(page, '模拟断网')
    await press(page, '下一题')
    await page.getByLabel('举手告知监考员').check()
    await page.locator('.question-foot').getByText('网络中断，答案已存在本机').waitFor()
    await press(page, '恢复网络')
    await page
      .locator('.question-foot')
      .getByText(/^已保存/)
      .waitFor()
    await expectAccessible(page)
    await shot(page, 'practice')
    await page.keyboard.press('Alt+O')
    await press(page, '确认交卷（练习）')
    await expectHeading(page, '练习已交卷')
    expect(new Set(calls)).toEqual(new Set(['/api/exam/rehearsal/ping', '/api/exam/rehearsal/picture']))
    expect(errors).toEqual([])
  })

  it('is one press from the front page, and fits a phone', async () => {
    const page = await aPage('phone')
    await page.goto(server.address)
    await page.getByRole('link', { name: '机考演练' }).click()
    await page.waitForURL(`${server.address}/exam/rehearsal`)
    await fitsPhone(page)
    await press(page, '做练习卷')
    await page.getByRole('heading', { name: /第 1 题/ }).waitFor()
    await fitsPhone(page)
    await shot(page, 'practice-360')
  })
})
