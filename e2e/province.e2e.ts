import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import * as certify from '../db/seed/way/certify.ts'
import * as plan from '../db/seed/way/file-plan.ts'
import { AI_JUNIOR, WUHAN } from '../db/seed/way/way.ts'
import {
  choose,
  confirmAct,
  enterDay,
  expectAccessible,
  expectHeading,
  nextOn,
  openMenu,
  staffOf,
  startJourney,
} from './journey.ts'
import { assessed, declared, TITLES, trained } from './stages.ts'

const AUTUMN = '人工智能工程技术人员初级秋季培训计划'
const HOURS = '人工智能工程技术人员 中级'
const SOURCE = '演示文件第 3 条，非国家职业标准'

describe('the province receives, confirms, settles a figure with a second officer, and reads the numbers', () => {
  const journey = startJourney()
  let page: Page
  let second: Page

  beforeAll(async () => {
    const { way, cast } = journey
    const done = await trained(journey, [1, 3, 4])
    const reportId = await assessed(journey, await declared(journey, done))
    await certify.submitResultReport(way, WUHAN, reportId)
    const content = plan.planContent(way, cast, WUHAN, AI_JUNIOR, done.announced.feeId, { title: AUTUMN })
    const { id } = await plan.draftPlan(way, WUHAN, content)
    await plan.proposePlan(way, WUHAN, id)
    await plan.agreePlan(way, WUHAN, id)
    await plan.submitPlan(way, WUHAN, id)
    await way.settle()
    page = await journey.visitAs(WUHAN.province)
    second = await journey.visitAs(WUHAN.provinceSecond)
  })

  const fromDesk = async (title: string) => {
    const row = page.getByRole('region', { name: /等我办理/ }).getByRole('row', { name: new RegExp(title) })
    await row.getByRole('link', { name: '去办理' }).click()
  }

  it('receives a filing from its desk', async () => {
    await page.goto('/workbench')
    await expectHeading(page, '我的待办')
    await expectAccessible(page)
    await fromDesk(AUTUMN)
    await expectHeading(page, AUTUMN)
    await confirmAct(page, '受理')
    const answers = page.getByRole('region', { name: '商定与受理' })
    await answers.getByRole('cell', { name: /省级/ }).waitFor()
    expect(await answers.innerText()).toContain(staffOf(WUHAN.province).name)
    await page.getByRole('button', { name: '省级备案回执.pdf' }).waitFor()
  })

  it('confirms the results within its ten working days', async () => {
    await openMenu(page, '我的待办')
    const row = page.getByRole('region', { name: /等我办理/ }).getByRole('row', { name: /个工作日/ })
    expect(await row.innerText()).toMatch(/还剩 10 个工作日 · 2026-\d\d-\d\d/)
    await row.getByRole('link', { name: '去办理' }).click()
    await expectHeading(page, TITLES.sitting)
    await page
      .getByText(/还剩 10 个工作日/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await nextOn(page).getByRole('button', { name: '确认' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('3 人可报国家审核').waitFor()
    await dialog.getByRole('button', { name: '确认' }).click()
    await page.getByRole('button', { name: '报国家审核' }).waitFor()
    expect(await page.getByRole('region', { name: '办理意见' }).innerText()).toContain(
      staffOf(WUHAN.province).name,
    )
  })

  it('proposes a figure that no published source gives', async () => {
    await openMenu(page, '参数核实')
    await expectHeading(page, '参数核实')
    await expectAccessible(page)
    await page.getByLabel('搜索').fill('人工智能')
    await page.keyboard.press('Enter')
    const row = page.getByRole('row', { name: new RegExp(HOURS) })
    await row.getByRole('button', { name: '提出取值' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: '提出取值' }).click()
    await drawer.getByRole('alert').waitFor()
    await drawer.getByLabel(/^取值/).fill('12')
    await enterDay(page, /^执行日期/, journey.way.clock.today())
    await drawer.getByLabel(/^依据/).fill(SOURCE)
    await expectAccessible(page)
    await drawer.getByRole('button', { name: '提出取值' }).click()
    await drawer.waitFor({ state: 'hidden' })
    // Who proposed may not confirm: the button is there, withheld, with the reason beside it.
    const confirm = row.getByRole('button', { name: '确认', exact: true })
    await confirm.waitFor()
    expect(await confirm.isDisabled()).toBe(true)
    await expectAccessible(page)
  })

  it('has the second officer confirm it against its source', async () => {
    await second.goto('/workbench')
    await openMenu(second, '参数核实')
    await second.getByLabel('搜索').fill('人工智能')
    await second.keyboard.press('Enter')
    const row = second.getByRole('row', { name: new RegExp(HOURS) })
    await row.getByRole('button', { name: '确认', exact: true }).click()
    const dialog = second.getByRole('dialog')
    await dialog.getByText(SOURCE).waitFor()
    await dialog.getByRole('button', { name: '确认' }).click()
    await row.getByText(`${staffOf(WUHAN.provinceSecond).name}确认`).waitFor()
    expect(await row.innerText()).toContain('已确认')
  })

  it('opens a figure of the numbers to the people it counts', async () => {
    await openMenu(page, '目标与完成情况')
    await expectHeading(page, '目标与完成情况')
    await choose(page, '年度', '2026 年')
    await page.getByRole('link', { name: /2,000.*2026 年目标/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: /^3.*已培养/ }).click()
    await expectHeading(page, '2026 年取得培训合格证书人员')
    await page.getByText('共 3 条').waitFor()
    const words = await page.getByRole('table').first().innerText()
    expect(words).not.toMatch(/\d{17}[\dX]/)
    await expectAccessible(page)
  })

  it('sets the target of one city', async () => {
    await page.goBack()
    await page.getByRole('link', { name: '年度目标及沿革' }).click()
    await expectHeading(page, '2026 年目标及沿革')
    await choose(page, /^范围/, '武汉市')
    await page.getByLabel(/^人数/).fill('600')
    await page.getByLabel(/^依据/).fill('演示设定')
    await page.getByRole('button', { name: '设定目标' }).click()
    await page.getByRole('row', { name: /武汉市.*600/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '目标与完成情况' }).last().click()
    await choose(page, '年度', '2026 年')
    await page
      .getByRole('region', { name: '各市州' })
      .getByRole('row', { name: /武汉市 600 3/ })
      .waitFor()
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
