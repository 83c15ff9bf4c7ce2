import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../db/seed/cast.ts'
import { aSitting, type SittingFixture } from '../server/src/exams/fixtures.ts'
import { arrangeSitting } from '../server/src/halls/arrangements/arrange-sitting.ts'
import { createDemoStaff } from '../server/src/people/index.ts'
import { instantAt } from '../server/src/platform/clock.ts'
import { writeSheet } from '../server/src/platform/sheets.ts'
import { signInLearner, signInStaff } from './browser.ts'
import {
  choose,
  confirmAct,
  enterDay,
  expectAccessible,
  expectHeading,
  openMenu,
  staffOf,
  startJourney,
} from './journey.ts'

/**
 * A hall from the bare site to the ticket in the candidate's hand: two managers of an evaluation institution, the
 * candidate, anybody who checks the draw; and two officers of the province with a joint examination.
 */
const journey = startJourney()
const CANDIDATES = 18
const PHONE_NUMBER = '13900008888'
let sitting: SittingFixture
let joint: SittingFixture
let first: Page
let second: Page
let province: Page
const SHOTS = join(import.meta.dirname, '../.tmp/e2e/arrangement')
const SIZES = [
  [1280, 800],
  [768, 1024],
  [360, 740],
] as const

/** The page as it is looked at; none of it may be wider than its window. */
async function shoot(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  const wide: string[] = []
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true })
    const over = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'))
    if (over > 0) wide.push(`${name} at ${width}: ${over}`)
  }
  if (before) await page.setViewportSize(before)
  faults.push(...wide)
}

/** Collected over the whole way, so that one page does not hide the next; the last test expects none. */
const faults: string[] = []
async function accessible(page: Page): Promise<void> {
  await expectAccessible(page).catch((error) =>
    faults.push(...((error as { actual?: string[] }).actual ?? [String(error)])),
  )
}

const at = (path: string) => `${journey.world.address}${path}`

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  const { app } = journey.world
  sitting = await aSitting(app, { candidates: CANDIDATES })
  joint = await aSitting(app, { candidates: 6, inDays: 20, world: sitting.world })
  const { organisationId } = sitting.world.evaluation
  const like = staffOf('xu-heng')
  const people = [
    ['hall-first', '许安', 'evaluation_manager'],
    ['hall-second', '宋宁', 'evaluation_manager'],
    ['hall-watch-1', '钟甲', 'invigilator'],
    ['hall-watch-2', '丁乙', 'invigilator'],
    ['hall-watch-3', '葛丙', 'invigilator'],
    ['hall-watch-4', '白丁', 'invigilator'],
  ] as const
  await createDemoStaff(
    app,
    DEMO_PASSWORD,
    people.map(([username, name, role]) => ({
      username,
      name,
      totpSecret: like.totpSecret,
      memberships: [{ role, organisationId }],
    })),
  )
  const enter = async (key: string) => {
    const page = await journey.visit('desk')
    await signInStaff(page.context(), journey.world, { ...like, key })
    return page
  }
  first = await enter('hall-first')
  second = await enter('hall-second')
})

/** A paper opens in a tab of its own; its bytes are looked at on their way. */
async function opensPdf(page: Page, name: string, press: () => Promise<void>): Promise<void> {
  let start = ''
  await page.route(`**/${name}*`, async (route) => {
    const answer = await route.fetch()
    start = (await answer.body()).subarray(0, 5).toString()
    await route.fulfill({ response: answer })
  })
  const beside = page.waitForEvent('popup')
  await press()
  const tab = await beside
  await tab.waitForURL(/^blob:/)
  await tab.close()
  await page.unrouteAll()
  expect(start).toBe('%PDF-')
}

const dialogOf = (page: Page, name?: string) => page.getByRole('dialog', name ? { name } : {})

/** Chooses several of a list that stays open. */
async function pickAll(page: Page, label: string, choices: string[]): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.click()
  for (const choice of choices) {
    await page.locator('.ant-select-dropdown:visible').getByText(choice).click()
  }
  await page.keyboard.press('Escape')
}

/** Enters an instant into a calendar field. */
const enterAt = (page: Page, label: string, text: string) => enterDay(page, label, text)

test('登记考点，新增考场，在布局上去掉过道、标出备用、损坏和无障碍考位', async () => {
  await first.goto(at('/workbench'))
  await openMenu(first, '考点考场')
  await expectHeading(first, '考点考场')
  await first.getByText('还没有考点').waitFor()
  await shoot(first, '01-no-sites')
  await first.getByRole('link', { name: '登记考点' }).click()
  await expectHeading(first, '登记考点')
  await first.getByRole('button', { name: '登记考点' }).click()
  await first.getByText('处需要改正').waitFor()
  await shoot(first, '02-new-site-faults')
  await first.getByLabel('考点名称').fill('光谷机考中心')
  await choose(first, '所在市州', '武汉市')
  await first.getByLabel('详细地址').fill('武汉市洪山区珞喻路 1 号')
  await first.getByLabel('联系人').fill('许安')
  await first.getByLabel('联系电话').fill('027-87654321')
  await accessible(first)
  await first.getByRole('button', { name: '登记考点' }).click()
  await expectHeading(first, '光谷机考中心')
  await shoot(first, '03-site')

  await first.getByRole('button', { name: '修改信息' }).click()
  await dialogOf(first).getByLabel('联系电话').fill('027-87654322')
  await shoot(first, '04-change-site')
  await dialogOf(first)
    .getByRole('button', { name: '保 存' })
    .or(dialogOf(first).getByRole('button', { name: '保存' }))
    .click()
  await first.getByText('027-87654322').waitFor()

  await first.getByRole('button', { name: '新增考场' }).click()
  const adding = dialogOf(first, '新增考场')
  await adding.getByLabel('考场名称').fill('第一考场')
  await adding.getByLabel('行数').fill('3')
  await adding.getByLabel('列数').fill('4')
  await shoot(first, '05-add-hall')
  await adding.getByRole('button', { name: /新\s?增/ }).click()
  await expectHeading(first, '第一考场')

  const seat = (row: number, column: number) =>
    first.getByRole('button', { name: new RegExp(`^第 ${row} 行第 ${column} 列`) })
  const set = (state: string) => first.getByRole('radiogroup', { name: '设为' }).getByText(state).click()
  await seat(1, 2).click()
  await seat(2, 2).click()
  await set('无座')
  await first.getByRole('button', { name: '取消选择' }).click()
  await seat(3, 4).click()
  await set('备用')
  await first.getByRole('button', { name: '取消选择' }).click()
  await seat(3, 3).click()
  await set('损坏')
  await dialogOf(first, '标为损坏').getByLabel('损坏原因').fill('主机不能启动')
  await dialogOf(first, '标为损坏').getByRole('button', { name: '标为损坏' }).click()
  await first.getByRole('button', { name: '取消选择' }).click()
  await seat(1, 1).click()
  await first.getByRole('button', { name: '标记或取消无障碍' }).click()
  await first.getByLabel('机器').fill('前排一号机')
  await shoot(first, '06-seat-editor')
  await accessible(first)
  await first.getByRole('button', { name: '保存布局' }).click()
  await first.getByText('可用 8，备用 1，损坏 1').waitFor()
  await first.getByRole('button', { name: /^第 3 行第 3 列，考位 11 损坏（主机不能启动）/ }).waitFor()
  await shoot(first, '07-hall')
})

test('修改考场名称，发放绑定码并抄送', async () => {
  await first.getByRole('button', { name: '修改考场' }).click()
  const changing = dialogOf(first, '修改考场')
  await changing.getByLabel('考场名称').fill('一号考场')
  await changing.getByLabel('安全考试浏览器配置密钥').fill('abc')
  await changing.getByRole('button', { name: /保\s?存/ }).click()
  await changing.getByText('配置密钥为 64 位').waitFor()
  await shoot(first, '08-change-hall')
  await changing.getByLabel('安全考试浏览器配置密钥').fill('')
  await changing.getByRole('button', { name: /保\s?存/ }).click()
  await expectHeading(first, '一号考场')
  await first.getByRole('button', { name: '发放绑定码' }).click()
  await dialogOf(first).getByRole('button', { name: '发放绑定码' }).click()
  const codes = dialogOf(first, '机器绑定码')
  await codes.getByText('前排一号机').waitFor()
  expect(await codes.getByRole('listitem').count()).toBe(9)
  await accessible(first)
  await shoot(first, '09-bind-codes')
  await codes.getByRole('button', { name: '已抄送完毕' }).click()
})

test('从 Excel 导入考位：先逐行指出错误，整份改好后才保存', async () => {
  await first.getByRole('link', { name: '光谷机考中心' }).click()
  await expectHeading(first, '光谷机考中心')
  await first.getByRole('button', { name: '导入考位' }).click()
  const dialog = dialogOf(first, '导入考位')
  const titles = {
    hall: '考场',
    label: '考位号',
    row: '行',
    column: '列',
    machine: '机器',
    state: '状态',
    brokenReason: '损坏原因',
    accessible: '无障碍',
  }
  const rows = Array.from({ length: 12 }, (_, n) => ({
    hall: '二号考场',
    label: String(n + 1).padStart(2, '0'),
    row: String(Math.floor(n / 4) + 1),
    column: String((n % 4) + 1),
    machine: `机 ${n + 1}`,
    state: '可用',
    brokenReason: '',
    accessible: n === 0 ? '是' : '否',
  }))
  const send = async (content: typeof rows) => {
    const buffer = await writeSheet({
      title: '考位',
      columns: Object.entries(titles).map(([key, title]) => ({ key: key as 'hall', title })),
      rows: content,
    })
    await dialog.locator('input[type=file]').setInputFiles({
      name: '考位.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer,
    })
  }
  const wrong = rows.map((row) => ({ ...row }))
  Object.assign(wrong[2] as object, { state: '坏了' })
  Object.assign(wrong[5] as object, { row: '1', column: '1' })
  Object.assign(wrong[7] as object, { state: '损坏' })
  await send(wrong)
  await dialog.getByText('有错误 3 行，没有保存').waitFor()
  await dialog.getByText('标为损坏，但没有写原因').waitFor()
  expect(await dialog.getByRole('button', { name: /^导入/ }).isDisabled()).toBe(true)
  await shoot(first, '10-import-faults')
  await accessible(first)
  await send(rows)
  await dialog.getByRole('button', { name: '导入 12 行' }).click()
  await first.getByRole('link', { name: '二号考场' }).waitFor()
  await first.getByText('可用 20，备用 1，损坏 1').waitFor()
  await shoot(first, '11-site-two-halls')
})

test('开始编排，选定考场，监考人数不足时说明差几人', async () => {
  await openMenu(first, '考场编排')
  await expectHeading(first, '考场编排')
  await shoot(first, '12-arrangements')
  await first.goto(at(`/workbench/halls/arrangements/${sitting.sittingId}/begin`))
  await expectHeading(first, '开始编排考场')
  await shoot(first, '13-begin')
  await accessible(first)
  await first.getByRole('button', { name: '开始编排' }).click()
  await first.getByText('还没有选定考场').first().waitFor()
  await shoot(first, '14-arrangement-new')
  await first.getByRole('link', { name: '选定考场' }).click()
  await expectHeading(first, '选定考场')
  await first.getByRole('checkbox', { name: /一号考场/ }).check()
  await first.getByText('还差 10 个').waitFor()
  await shoot(first, '15-choose-halls-short')
  await first.getByRole('button', { name: /保\s?存/ }).click()
  await first.getByText('少于考生 18 人').waitFor()
  await first.getByRole('checkbox', { name: /二号考场/ }).check()
  await first.getByText('够用').waitFor()
  await accessible(first)
  await first.getByRole('button', { name: /保\s?存/ }).click()

  const staff = async (hall: string, chief: string, others: string[]) => {
    await first
      .getByRole('row', { name: new RegExp(hall) })
      .getByRole('button', { name: '安排监考' })
      .click()
    const dialog = dialogOf(first, `安排监考：${hall}`)
    await pickAll(first, '主监考', [chief])
    if (others.length > 0) await pickAll(first, '监考员', others)
    return dialog
  }
  const few = await staff('一号考场', '钟甲', [])
  await few.getByRole('button', { name: /保\s?存/ }).click()
  await few.getByText('应有监考员至少 2 人，只安排了 1 人').waitFor()
  await shoot(first, '16-invigilators-few')
  await pickAll(first, '监考员', ['丁乙'])
  await accessible(first)
  await few.getByRole('button', { name: /保\s?存/ }).click()
  await few.waitFor({ state: 'hidden' })
  const other = await staff('二号考场', '葛丙', ['白丁'])
  await shoot(first, '17-invigilators')
  await other.getByRole('button', { name: /保\s?存/ }).click()
  await other.waitFor({ state: 'hidden' })
  await first.getByText('人数、主监考和回避均符合').waitFor()
  await shoot(first, '18-arrangement-staffed')
})

test('便利安排由提出人以外的第二人批准', async () => {
  await first.getByRole('button', { name: '提出便利安排' }).click()
  const dialog = dialogOf(first, '提出便利安排')
  await dialog.getByLabel('考生').click()
  await first.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await dialog.getByLabel('延长分钟数').fill('30')
  await dialog.getByRole('checkbox', { name: /需要无障碍考位/ }).check()
  await dialog.getByLabel('理由和凭证').fill('持残疾人证，已核对原件')
  await shoot(first, '19-propose')
  await accessible(first)
  await dialog.getByRole('button', { name: /提\s?出/ }).click()
  await first.getByText('待决定', { exact: true }).waitFor()
  await first.getByText('须由提出人以外的另一人决定').waitFor()
  await shoot(first, '20-proposed')
  await second.goto(at('/workbench'))
  await shoot(second, '21-desk-second')
  await second.goto(at(`/workbench/halls/arrangements/${sitting.sittingId}`))
  await second
    .getByRole('button', { name: '批准', exact: true })
    .or(second.getByRole('button', { name: '批 准', exact: true }))
    .click()
  const deciding = dialogOf(second, '批准便利安排')
  await deciding.getByLabel('理由').fill('已核对证件原件')
  await shoot(second, '22-approve')
  await deciding.getByRole('button', { name: /批\s?准/ }).click()
  await second.getByText('已批准').waitFor()
})

test('公布抽签承诺，锁定名单；公布人自己不能填写公开值', async () => {
  const { app } = journey.world
  await first.getByRole('link', { name: '抽签排座' }).click()
  await expectHeading(first, '抽签排座')
  await shoot(first, '23-draw-start')
  await first.getByText('请先写明公开值来源、期号和取法').waitFor()
  await first.getByLabel('公开值来源、期号和取法').fill('试验彩种第 2026061 期，三位数字依次')
  await enterAt(first, '预计公布时间', '2026-03-04 21:30')
  await accessible(first)
  await confirmAct(first, '公布承诺', first.getByRole('main'))
  await first.getByText('公布人').waitFor()
  await shoot(first, '24-committed')
  await confirmAct(first, '锁定名单', first.getByRole('main'))
  await first.getByText('名单摘要').waitFor()
  await first.getByText('须由公布承诺以外的另一人填写').waitFor()
  await shoot(first, '25-closed')
  await first.goto(at(`/workbench/halls/arrangements/${sitting.sittingId}`))
  await first.getByRole('link', { name: '一号考场' }).or(first.getByText('一号考场')).first().waitFor()
  app.clock.set(instantAt('2026-03-04', '22:00'))
})

test('第二人填写公开值，座位当即抽出，证明公开', async () => {
  await second.goto(at(`/workbench/halls/arrangements/${sitting.sittingId}/draw`))
  await second.getByLabel('公开值', { exact: true }).fill('3 8 1')
  await second.getByLabel('再填一遍').fill('3 8 2')
  await second.getByText('两次填写不一致').waitFor()
  await shoot(second, '26-value-differs')
  await second.getByLabel('再填一遍').fill('3 8 1')
  await enterAt(second, '公布时间', '2026-03-04 21:30')
  await accessible(second)
  await confirmAct(second, '抽签', second.getByRole('main'))
  await second.getByText('证明摘要').waitFor()
  await shoot(second, '27-drawn')
  await second.getByRole('link', { name: /智能制造工程技术人员/ }).click()
  await second.getByText(`已排座 ${CANDIDATES} 人`).waitFor()
})

test('发布准考证，打开整场准考证、门贴和座次图', async () => {
  await confirmAct(second, '发布准考证')
  const tickets = second.getByRole('listitem').filter({ hasText: '准考证' }).filter({ hasText: '已发布' })
  await tickets.first().waitFor()
  const row = second.getByRole('row', { name: /一号考场/ }).first()
  await opensPdf(second, 'halls.print-tickets', () => row.getByRole('button', { name: '准考证' }).click())
  await opensPdf(second, 'halls.print-door-sheet', () => row.getByRole('button', { name: '门贴' }).click())
  await opensPdf(second, 'halls.print-seat-map', () => row.getByRole('button', { name: '座次图' }).click())
  await accessible(second)
  await shoot(second, '28-published')
  await openMenu(second, '考场编排')
  await second.getByText('已抽签').first().waitFor()
  await shoot(second, '29-arrangements')
})

test('考生在手机上看到准考证，并从那里核验抽签', async () => {
  const { app, codes } = journey.world
  const phone = await journey.visit('phone')
  await signInLearner(phone.context(), journey.world, PHONE_NUMBER, () => codes.get(PHONE_NUMBER))
  // Whose account it is: real-name registration is another journey's subject.
  await sql`
    insert into people.account_holders (account_id, person_id, kind)
    select id, ${sitting.candidates[0]?.personId}::uuid, 'learner' from accounts."user"
    where phone_number like ${`%${PHONE_NUMBER}`}`.execute(app.db)
  await phone.goto(at('/mine'))
  await phone.getByRole('link', { name: /我的准考证/ }).click()
  await expectHeading(phone, '我的准考证')
  await phone.getByText('武汉市洪山区珞喻路 1 号').waitFor()
  await accessible(phone)
  await shoot(phone, '30-my-ticket')
  await opensPdf(phone, 'halls.my-ticket-paper', () =>
    phone.getByRole('button', { name: '下载准考证' }).click(),
  )
  await phone.getByRole('link', { name: '抽签公示' }).click()
  await phone.getByText('名考生全部排座').waitFor()
})

test('公众从首页找到抽签公示，看到先后顺序，下载证明', async () => {
  const phone = await journey.visit('phone')
  await phone.goto(at('/'))
  await shoot(phone, '31-home')
  await phone.getByRole('link', { name: /考位抽签公示/ }).click()
  await expectHeading(phone, '考位抽签公示')
  await shoot(phone, '32-draws')
  await phone.getByRole('link', { name: /智能制造工程技术人员/ }).click()
  await phone.getByText(`${CANDIDATES} 名考生全部排座`).waitFor()
  await phone.getByText('二　锁定名单').waitFor()
  await accessible(phone)
  await shoot(phone, '33-draw')
  const download = phone.waitForEvent('download')
  await phone.getByRole('button', { name: '下载抽签证明' }).click()
  expect((await download).suggestedFilename()).toContain('抽签证明')
  expect(await phone.content()).not.toContain(sitting.candidates[0]?.ticketNumber)
})

test('省级起草统考、定好五统一并公布，机构接受邀请、加入场次', async () => {
  const { app } = journey.world
  province = await journey.visitAs('fang-zheng')
  await province.goto(at('/workbench'))
  await openMenu(province, '统考联考')
  await shoot(province, '34-families-empty')
  await province.getByRole('link', { name: '起草统考' }).click()
  await province.getByLabel('名称').fill('智能制造初级全省统考')
  await province.getByRole('combobox', { name: '职业' }).fill('智能制造')
  await province.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await choose(province, '等级', '初级')
  const day = '2026-03-22'
  await enterAt(province, '理论开始', `${day} 09:00`)
  await enterAt(province, '理论结束', `${day} 11:00`)
  await enterAt(province, '能力开始', `${day} 14:00`)
  await enterAt(province, '能力结束', `${day} 17:00`)
  await shoot(province, '35-family-new')
  await accessible(province)
  await province.getByRole('button', { name: '起草统考' }).click()
  await expectHeading(province, '智能制造初级全省统考')
  await shoot(province, '36-family-drafted')
  for (const name of ['统一标准', '统一命题', '统一阅卷', '统一考务', '统一证书标识']) {
    const item: Locator = province.getByRole('listitem').filter({ hasText: name })
    await item.getByRole('button', { name: /填\s?写/ }).click()
    const dialog = dialogOf(province, name)
    await dialog.getByLabel('统一的内容').fill('全省统一执行')
    await dialog.getByLabel('依据').fill('试验文件一号')
    await dialog.getByRole('checkbox', { name: '已确定' }).check()
    if (name === '统一标准') await shoot(province, '37-unification')
    await dialog.getByRole('button', { name: /保\s?存/ }).click()
    await item.getByText('已确定').waitFor()
  }
  await province.getByRole('button', { name: '公布并邀请机构' }).click()
  await pickAll(province, '评价机构', [sitting.world.evaluation.name])
  await shoot(province, '38-invite')
  await dialogOf(province, '公布统考并邀请机构').getByRole('button', { name: '公布并邀请' }).click()
  await province.getByText('待答复').waitFor()

  const arranged = await arrangeSitting(app, sitting.world.evaluation.actor, { sittingId: joint.sittingId })
  expect(arranged.ok).toBe(true)
  await openMenu(first, '统考联考')
  await first.getByRole('link', { name: '智能制造初级全省统考' }).click()
  await confirmAct(first, '接受邀请')
  await first.getByRole('button', { name: '加入场次' }).click()
  const joining = dialogOf(first, '加入场次')
  await joining.getByLabel('场次').click()
  await first.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await shoot(first, '39-join')
  await accessible(first)
  await joining.getByRole('button', { name: /加\s?入/ }).click()
  await joining.waitFor({ state: 'hidden' })
  await shoot(first, '40-family-of-institution')
})

test('省级一次抽签，看各考点进度', async () => {
  const { app } = journey.world
  await province.reload()
  await province.getByLabel('公开值来源、期号和取法').fill('试验彩种第 2026063 期，三位数字依次')
  await enterAt(province, '预计公布时间', '2026-03-06 21:30')
  await confirmAct(province, '公布承诺', province.getByRole('main'))
  await first.goto(at(`/workbench/halls/arrangements/${joint.sittingId}/halls`))
  await first.getByRole('checkbox', { name: /二号考场/ }).check()
  await first.getByRole('button', { name: /保\s?存/ }).click()
  await first.getByRole('link', { name: '抽签排座' }).click()
  await first.getByText('由省级统一办理').first().waitFor()
  await confirmAct(first, '锁定名单', first.getByRole('main'))
  await first.getByText('名单摘要').waitFor()
  await shoot(first, '41-member-closed')
  app.clock.set(instantAt('2026-03-06', '22:00'))
  const colleague = await journey.visitAs('jiang-shu')
  await colleague.goto(at('/workbench'))
  await openMenu(colleague, '统考联考')
  await colleague.getByRole('link', { name: '智能制造初级全省统考' }).click()
  await colleague.getByLabel('公开值', { exact: true }).fill('9 0 4')
  await colleague.getByLabel('再填一遍').fill('9 0 4')
  await enterAt(colleague, '公布时间', '2026-03-06 21:30')
  await shoot(colleague, '42-family-value')
  await confirmAct(colleague, '抽签', colleague.getByRole('main'))
  await province.reload()
  await province.getByText('各考点进度（1 个）').waitFor()
  await province
    .getByRole('row', { name: /光谷机考中心/ })
    .getByText('正常')
    .waitFor()
  await accessible(province)
  await shoot(province, '43-family-running')
  await province.goto(at(`/workbench/halls/arrangements/${joint.sittingId}`))
  await expectHeading(province, /智能制造/)
  await shoot(province, '44-province-arrangement')
  await province.goto(at(`/workbench/halls/arrangements/${joint.sittingId}/draw`))
  await shoot(province, '45-province-draw')
  expect(journey.errors().join('\n')).toBe('')
  expect(faults).toEqual([])
})
