import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import * as plan from '../db/seed/way/file-plan.ts'
import { AI_JUNIOR, WUHAN } from '../db/seed/way/way.ts'
import { addDays } from '../server/src/platform/clock.ts'
import { choose, confirmAct, expectAccessible, expectHeading, nextOn, startJourney } from './journey.ts'
import { TITLES, trained } from './stages.ts'

const AUTUMN = '人工智能工程技术人员初级秋季培训计划'
const WINTER = '人工智能工程技术人员初级冬季培训计划'

describe('a city bureau finds what is overdue and answers what was filed', () => {
  const journey = startJourney()
  let page: Page

  beforeAll(async () => {
    const { way, cast } = journey
    const { announced } = await trained(journey, [1, 3])
    way.clock.setDay(addDays(way.clock.today(), 31), '09:00')
    for (const title of [AUTUMN, WINTER]) {
      const content = plan.planContent(way, cast, WUHAN, AI_JUNIOR, announced.feeId, { title })
      const { id } = await plan.draftPlan(way, WUHAN, content)
      await plan.proposePlan(way, WUHAN, id)
      await plan.agreePlan(way, WUHAN, id)
      await plan.submitPlan(way, WUHAN, id)
    }
    await way.settle()
    page = await journey.visitAs(WUHAN.city)
  })

  const fromDesk = async (title: string) => {
    await page.getByRole('link', { name: '我的待办' }).click()
    const row = page.getByRole('region', { name: /等我办理/ }).getByRole('row', { name: new RegExp(title) })
    await row.getByRole('link', { name: '去办理' }).click()
    await expectHeading(page, title)
  }

  it('opens on the desk, with the late training report of an institution on top', async () => {
    await page.goto('/workbench')
    await expectHeading(page, '我的待办')
    const overdue = page.getByRole('region', { name: /辖区内逾期/ })
    const first = overdue.getByRole('row').nth(1)
    await first.waitFor()
    const words = await first.innerText()
    expect(words).toContain(`报送学员名单和培训情况：${TITLES.class}`)
    expect(words).toContain('江城数字学院')
    expect(words).toContain('已超期 1 天')
    expect(words).toContain('鄂·四（三）')
    await expectAccessible(page)
  })

  it('opens the clause beside the work', async () => {
    const overdue = page.getByRole('region', { name: /辖区内逾期/ })
    await overdue.getByRole('button', { name: '条款 鄂·四（三）' }).click()
    const drawer = page.getByRole('dialog', { name: '条款 鄂·四（三）' })
    await drawer.getByText(/30/).first().waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  })

  it('returns a plan only with a reason, its clause and words the other side reads first', async () => {
    await fromDesk(AUTUMN)
    await expectAccessible(page)
    await nextOn(page).getByRole('button', { name: '退回补正' }).click()
    const dialog = page.getByRole('dialog', { name: '退回补正' })
    await dialog.getByRole('button', { name: '退回', exact: true }).click()
    await dialog.getByRole('alert').getByText('请选择理由。').waitFor()
    await choose(page, '退回理由', '培训计划和方案不完整')
    await dialog.getByLabel('具体情况').fill('缺少实训设备清单，请补充。')
    const letter = dialog.getByRole('region', { name: '对方将看到' })
    await letter.getByText('缺少实训设备清单，请补充。').waitFor()
    expect(await letter.innerText()).toContain('鄂·四（一）')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '退回', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('市级退回：').waitFor()
    expect(await page.getByRole('main').innerText()).toContain('缺少实训设备清单，请补充。')
  })

  it('receives the other plan and gives it a receipt number', async () => {
    await fromDesk(WINTER)
    await confirmAct(page, '受理')
    const answers = page.getByRole('region', { name: '商定与受理' })
    await answers.getByRole('cell', { name: /市级/ }).waitFor()
    expect(await answers.innerText()).toContain('已受理')
    await page.getByRole('button', { name: '市级备案回执.pdf' }).waitFor()
    await expectAccessible(page)
  })

  it('has neither on its desk any more', async () => {
    await page.getByRole('link', { name: '我的待办' }).click()
    await expectHeading(page, '我的待办')
    await page.getByRole('region', { name: '等我办理（0）' }).waitFor()
  })

  it('shows the institution the same words', async () => {
    const institution = await journey.visitAs(WUHAN.training)
    await institution.goto('/workbench')
    await institution
      .getByRole('link', { name: new RegExp(AUTUMN) })
      .first()
      .click()
    await institution.getByText('市级退回：').waitFor()
    expect(await institution.getByRole('main').innerText()).toContain('缺少实训设备清单，请补充。')
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
