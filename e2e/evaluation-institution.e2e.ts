import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import * as assess from '../db/seed/way/assess.ts'
import * as certify from '../db/seed/way/certify.ts'
import * as plan from '../db/seed/way/file-plan.ts'
import * as train from '../db/seed/way/train.ts'
import { AI_JUNIOR, WUHAN } from '../db/seed/way/way.ts'
import { addDays } from '../server/src/platform/clock.ts'
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
import type { SignedLearner } from './learners.ts'
import { audited, TITLES, trained } from './stages.ts'

const AUTUMN = '人工智能工程技术人员初级秋季培训计划'

describe('an evaluation institution agrees, confirms, assesses, reports and issues', () => {
  const journey = startJourney()
  const examiners: Page[] = []
  let page: Page
  let ready: SignedLearner
  let exception: SignedLearner
  let heldOn: string

  beforeAll(async () => {
    const { way, cast } = journey
    const done = await trained(journey, [1, 3])
    ;[ready, exception] = done.learners as [SignedLearner, SignedLearner]
    await train.stateTitle(way, ready.caller)
    const { batchId } = await assess.draftBatch(way, cast, WUHAN)
    await way.must(
      way.staff(WUHAN.training).act('exams.submit-batch', { batchId, despite: '职称证书原件待现场核验' }),
    )
    const content = plan.planContent(way, cast, WUHAN, AI_JUNIOR, done.announced.feeId, { title: AUTUMN })
    const { id } = await plan.draftPlan(way, WUHAN, content)
    await plan.proposePlan(way, WUHAN, id)
    await way.settle()
    heldOn = addDays(way.clock.today(), 5)
    page = await journey.visitAs(WUHAN.evaluation)
    for (const key of WUHAN.examiners) examiners.push(await journey.visitAs(key))
  })

  it('agrees to the assessment plan of a filing', async () => {
    await page.goto('/workbench')
    await expectHeading(page, '我的待办')
    await page.getByRole('link', { name: new RegExp(AUTUMN) }).click()
    await expectHeading(page, AUTUMN)
    await expectAccessible(page)
    await confirmAct(page, '同意')
    const answers = page.getByRole('region', { name: '商定与受理' })
    await answers.getByText('同意').waitFor()
    expect(await answers.innerText()).toContain(staffOf(WUHAN.evaluation).name)
  })

  it('confirms qualifications in bulk, the exception shown first and left on the desk', async () => {
    await openMenu(page, '资格确认')
    await expectHeading(page, '资格确认')
    await page.getByText('共 2 条').waitFor()
    const first = page.getByRole('checkbox', { name: /^选择 / }).first()
    expect(await first.getAttribute('aria-label')).toBe(`选择 ${exception.cast.name}`)
    await expectAccessible(page)
    for (const one of [exception, ready]) await page.getByLabel(`选择 ${one.cast.name}`).check()
    await page.getByRole('button', { name: '确认资格' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('以下 1 人结论不是“符合”').waitFor()
    await dialog.getByText(exception.cast.name).waitFor()
    await dialog.getByText('将确认 1 人的考生资格').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '确认资格' }).click()
    const outcome = page.getByRole('dialog', { name: '部分申报未能确认' })
    await outcome.getByText('已确认 1 人').waitFor()
    await outcome.getByRole('button', { name: '知道了' }).click()
    await page.getByText('共 1 条').waitFor()
  })

  it('has one person propose the exception and another approve it', async () => {
    await page.getByRole('link', { name: exception.cast.name }).click()
    await expectHeading(page, new RegExp(exception.cast.name))
    await expectAccessible(page)
    await nextOn(page).getByRole('button', { name: '提出例外认定' }).click()
    const dialog = page.getByRole('dialog')
    await choose(page, '提出理由', '现场核验原件，条件实际具备')
    await dialog.getByLabel('具体情况').fill('核验了技术员职称证书原件，取得日期 2021-05-01。')
    await dialog.getByRole('region', { name: '对方将看到' }).getByText('须由本机构另一人复核').waitFor()
    await dialog.getByRole('button', { name: '提出', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('下一步：第二人复核例外认定').waitFor()
    const own = nextOn(page).getByRole('button', { name: '复核例外认定' })
    expect(await own.isDisabled()).toBe(true)

    const second = await journey.visitAs(WUHAN.evaluationSecond)
    await second.goto(page.url())
    await nextOn(second).getByRole('button', { name: '复核例外认定' }).click()
    const review = second.getByRole('dialog', { name: '复核例外认定' })
    await review.getByRole('radio', { name: '同意，确认资格并报省厅' }).check()
    await review.getByLabel('复核意见的理由').fill('原件属实，同意。')
    await expectAccessible(second)
    await review.getByRole('button', { name: '同意', exact: true }).click()
    await second.getByText('资格已确认').first().waitFor()
  })

  it('plans a sitting and assigns the candidates', async () => {
    await openMenu(page, '考核场次')
    await page.getByRole('link', { name: '安排考核' }).click()
    await expectHeading(page, '安排考核')
    await page.getByRole('button', { name: '安排考核' }).click()
    await page.getByText(/有 \d+ 处需要改正/).waitFor()
    await expectAccessible(page)
    await page.getByLabel(/^名称/).fill(TITLES.sitting)
    await choose(page, /^职业与等级/, '人工智能工程技术人员 初级')
    await choose(page, /^方向/, AI_JUNIOR.direction as string)
    await choose(page, /^市州/, '武汉市')
    await page.getByLabel(/^考核地点/).fill('华中评价中心考场')
    for (const [label, time] of [
      ['理论开始', '09:00'],
      ['理论结束', '10:30'],
      ['能力开始', '14:00'],
      ['能力结束', '16:00'],
    ]) {
      await enterDay(page, new RegExp(`^${label}`), `${heldOn} ${time}`)
    }
    await page.getByRole('button', { name: '安排考核' }).click()
    await expectHeading(page, TITLES.sitting)

    await nextOn(page).getByRole('link', { name: '编排考生' }).click()
    await expectHeading(page, '编排考生')
    await page.getByText('共 2 条').waitFor()
    await page.getByRole('checkbox', { name: '选择本页全部' }).check()
    await page.getByRole('button', { name: '编入本场' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('将编入 2 人并生成准考证号。').waitFor()
    await dialog.getByRole('button', { name: '编入本场' }).click()
    await expectHeading(page, TITLES.sitting)
    await page.getByRole('region', { name: '考生', exact: true }).getByText('共 2 条').waitFor()
    await expectAccessible(page)
  })

  it('opens and ends it on its day', async () => {
    journey.way.clock.setDay(heldOn, '08:40')
    await page.reload()
    await confirmAct(page, '开考')
    const end = nextOn(page).getByRole('button', { name: '结束考核' })
    await end.waitFor()
    expect(await end.isDisabled()).toBe(true)
    journey.way.clock.setDay(heldOn, '16:30')
    await page.reload()
    await confirmAct(page, '结束考核')
    await page.getByText('下一步：两位考评员分别录入成绩').waitFor()
  })

  it('takes every score from two examiners who do not see each other', async () => {
    const sitting = page.url()
    for (const [index, examiner] of examiners.entries()) {
      await examiner.goto(sitting)
      await nextOn(examiner).getByRole('link', { name: '录入成绩' }).click()
      await expectHeading(examiner, '录入成绩')
      await examiner.getByRole('textbox').first().waitFor()
      expect(await examiner.getByRole('main').innerText()).not.toContain('81.5')
      for (const { cast } of [ready, exception]) {
        const field = (part: string) => examiner.getByRole('textbox', { name: `${cast.name} ${part}` })
        await field('理论知识考试').fill(index === 0 || cast !== exception.cast ? '78' : '76')
        await field('专业能力考核').fill('81.5')
      }
      if (index === 0) await expectAccessible(examiner)
      await examiner.getByRole('button', { name: '提交 4 个成绩' }).click()
      await examiner.getByRole('button', { name: '提交 0 个成绩' }).waitFor()
    }
  })

  it('settles the difference by a third person, with a reason', async () => {
    await page.reload()
    const differing = page.getByRole('region', { name: '录入不一致，待重录或裁定' })
    await differing.getByText(exception.cast.name).waitFor()
    expect(await nextOn(page).getByRole('button', { name: '公布成绩' }).isDisabled()).toBe(true)
    await differing.getByRole('button', { name: '裁定' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('裁定成绩').fill('78')
    await dialog.getByLabel('裁定理由').fill('核对原始答卷，应为 78 分。')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '裁定', exact: true }).click()
    await differing.waitFor({ state: 'hidden' })
  })

  it('publishes the results', async () => {
    await confirmAct(page, '公布成绩')
    await page.getByText('已公布成绩').first().waitFor()
    await journey.world.settle()
    await expectAccessible(page)
  })

  it('reports them to the province', async () => {
    await openMenu(page, '成绩报送与颁证')
    await page
      .getByRole('row', { name: new RegExp(TITLES.sitting) })
      .getByRole('link')
      .click()
    await expectHeading(page, TITLES.sitting)
    await page
      .getByText(/还剩 \d+ 天/)
      .first()
      .waitFor()
    await nextOn(page).getByRole('button', { name: '报送', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '报送考核结果' })
    const submit = dialog.getByRole('button', { name: '报送 2 人' })
    expect(await submit.isDisabled()).toBe(true)
    await dialog.getByLabel('考核有关情况').fill('考核组织规范，一处录入不一致已裁定，无违纪。')
    await expectAccessible(page)
    await submit.click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('办理人：省人力资源和社会保障厅').waitFor()
  })

  it('issues the certificates once province and national office have agreed', async () => {
    const reportId = page.url().split('/').at(-1) as string
    await certify.confirmResultReport(journey.way, WUHAN, reportId)
    await audited(journey, reportId)
    await page.reload()
    await confirmAct(page, '颁发证书')
    await page.getByRole('button', { name: '本批证书.pdf' }).waitFor()
    await journey.world.settle()
    await openMenu(page, '证书管理')
    await page.getByText('共 2 条').waitFor()
    await page
      .getByRole('row', { name: new RegExp(ready.cast.name) })
      .getByRole('link')
      .click()
    await expectHeading(page, ready.cast.name)
    await page.getByText('电子签名').waitFor()
    await expectAccessible(page)
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
