import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import * as train from '../db/seed/way/train.ts'
import { WUHAN } from '../db/seed/way/way.ts'
import {
  confirmAct,
  enterDay,
  expectAccessible,
  expectHeading,
  nextOn,
  openMenu,
  staffOf,
  startJourney,
} from './journey.ts'
import { trained } from './stages.ts'

const RULE = '数字技术工程师申报条件'
const TERM = '培训凭证'
const FROM = '2027-01-01'
const REASON = '演示修订：申报须凭当年取得的培训合格证书'

describe('an officer changes a rule, a second officer confirms it, and from its day verdicts go by it', () => {
  const journey = startJourney()
  let first: Page
  let second: Page
  let kept = ''

  /** Drafts a declaration of this one certificate and hands it in; the rule decides on both days. */
  const declare = async (certificateId: string) => {
    const manager = journey.way.staff(WUHAN.training)
    const { id } = await journey.way.must(
      manager.act('exams.draft-batch', {
        evaluationOrganisationId: journey.cast.organisations.get(WUHAN.evaluationOrganisation),
        certificateIds: [certificateId],
      }),
    )
    return manager.act('exams.submit-batch', { batchId: id })
  }

  beforeAll(async () => {
    const { way } = journey
    const { announced, learners } = await trained(journey, [1, 3, 4])
    const reportId = await train.submitTrainingReport(way, WUHAN, announced.classId)
    await train.receiveTrainingReport(way, WUHAN, reportId)
    for (const one of learners) await train.stateTitle(way, one.caller)
    const { rows } = await way.must(way.staff(WUHAN.training).read('exams.list-declarable', { size: 10 }))
    // Two declare this year; the third keeps the certificate for later.
    const [one, two, three] = rows.map((row: { id: string }) => row.id)
    expect((await declare(one)).status).toBe(200)
    expect((await declare(two)).status).toBe(200)
    kept = three
    await way.settle()
    first = await journey.visitAs(WUHAN.province)
    second = await journey.visitAs(WUHAN.provinceSecond)
  })

  it('shows the national rule and offers only what it leaves to the province', async () => {
    await first.goto('/workbench')
    await openMenu(first, '规则')
    await expectHeading(first, '规则')
    await expectAccessible(first)
    await first.getByLabel('搜索').fill('数字技术工程师申报')
    await first.keyboard.press('Enter')
    await first.getByRole('link', { name: RULE }).click()
    await expectHeading(first, RULE)
    expect(await first.getByRole('button', { name: '修订规则' }).count()).toBe(0)
    await first
      .getByRole('region', { name: '谁在用（近一年）' })
      .getByText(/等级申报和考核/)
      .waitFor()
    await expectAccessible(first)
    await first.getByRole('button', { name: '修订本省规定' }).click()
    await expectHeading(first, `修订：${RULE}：${TERM}`)
  })

  it('changes the condition with the form and sees an example flip', async () => {
    const trial = first.getByRole('complementary', { name: '试算' })
    await trial.getByText('请填写施行日期').waitFor()
    await enterDay(first, '施行日期', FROM)
    await first.getByLabel('修订理由').fill(REASON)
    await trial.getByText(/结论改变 0 个/).waitFor()
    await first.getByRole('checkbox', { name: '当年' }).check()
    await trial.getByText(/结论改变 [1-9]\d* 个/).waitFor()
    await trial.getByText('（改变）').first().waitFor()
    await expectAccessible(first)
  })

  it('keeps an example that must hold', async () => {
    const trial = first.getByRole('complementary', { name: '试算' })
    const changed = trial.getByRole('listitem').filter({ hasText: '（改变）' }).first()
    await changed.getByRole('button', { name: /^列为必须成立/ }).click()
    const own = first.getByRole('region', { name: '必须成立的例子' })
    await own.getByLabel('例子名称').fill('往年的证书不再算')
    await own.getByText('成立').first().waitFor()
    await first.getByRole('status').filter({ hasText: '已保存' }).waitFor()
    await first.getByRole('button', { name: '保存并返回' }).click()
    await expectHeading(first, `${RULE}：${TERM}`)
    await first.getByRole('region', { name: '新文字' }).getByText(/当年/).first().waitFor()
    await expectAccessible(first)
  })

  it('sees who is affected before anything is proposed', async () => {
    await nextOn(first).getByRole('button', { name: '测算受影响人员' }).click()
    await first.getByRole('region', { name: '受影响人员' }).getByText('正在测算').waitFor()
    await journey.way.settle()
    await first
      .getByText(/结论改变 2 人次/)
      .first()
      .waitFor()
    await first.getByRole('link', { name: '查看受影响人员' }).click()
    await expectHeading(first, `受影响人员：${RULE}：${TERM}`)
    const people = first.getByRole('region', { name: '结论或日期改变的人员' })
    await people.getByText('共 2 条').waitFor()
    expect(await people.innerText()).toMatch(/\*/)
    await expectAccessible(first)
    await first.goBack()
  })

  it('proposes, and may not confirm its own proposal', async () => {
    await expectHeading(first, `${RULE}：${TERM}`)
    await confirmAct(first, '提交确认')
    const confirm = nextOn(first).getByRole('button', { name: '确认', exact: true })
    await confirm.waitFor()
    expect(await confirm.isDisabled()).toBe(true)
    await nextOn(first).getByText('须由本厅另一位经办人核对').first().waitFor()
    await expectAccessible(first)
  })

  it('has the second officer confirm it from the desk', async () => {
    await second.goto('/workbench')
    const row = second
      .getByRole('region', { name: /等我办理/ })
      .getByRole('row', { name: new RegExp(`核对规则修订：${RULE}`) })
    await row.getByRole('link', { name: '去办理' }).click()
    await expectHeading(second, `${RULE}：${TERM}`)
    await second.getByText(REASON).first().waitFor()
    await second
      .getByText(/结论改变 2 人次/)
      .first()
      .waitFor()
    await expectAccessible(second)
    await confirmAct(second, '确认')
    await second.getByText('已确认待施行').first().waitFor()
    const story = second.getByRole('region', { name: '办理经过' })
    expect(await story.innerText()).toContain(staffOf(WUHAN.provinceSecond).name)
  })

  it('decides by the new words once their day has come, and cites them', async () => {
    journey.way.clock.setDay('2027-01-04')
    const refused = await declare(kept)
    expect(refused.body.refusal).toMatchObject({
      code: 'DECLARATIONS_NOT_READY',
      facts: { declarations: [{ outcome: '不符合' }] },
    })
    const page = await journey.visitAs(WUHAN.training)
    await page.goto(`/workbench/exams/declarations/${refused.body.refusal.facts.declarations[0].id}`)
    await page.getByText('逐项条件与依据').first().click()
    await page.getByText(`自 ${FROM} 起的规定`).first().waitFor()
    await expectAccessible(page)

    await second.reload()
    await second.getByText('已施行').first().waitFor()
    await second.goto('/workbench/rules/texts/national/engineer.declaration')
    const term = second.getByRole('region', { name: `本省对“${TERM}”的规定` })
    await term.getByText('现行').waitFor()
    await term.getByText('已被替代').waitFor()
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
