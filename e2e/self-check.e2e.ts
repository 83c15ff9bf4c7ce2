import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { learner } from '../db/seed/cast.ts'
import { signInLearner } from './browser.ts'
import { expectAccessible, expectHeading, startJourney } from './journey.ts'

/** Looked at by people too: `SELF_CHECK_SHOTS=folder npm run e2e -- self-check` leaves pictures and the printed page there. */
const WAIT = { timeout: 15_000 }
const SHOTS = process.env.SELF_CHECK_SHOTS

describe('somebody asks on a phone whether he can declare', () => {
  const journey = startJourney()
  let page: Page
  const sent: string[] = []
  let shots = 0

  beforeAll(async () => {
    page = await journey.visit('phone')
    await page.setViewportSize({ width: 360, height: 780 })
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(new URL(request.url()).pathname)
    })
  })

  const main = () => page.getByRole('main').innerText()
  const shoot = async () => {
    shots += 1
    if (SHOTS)
      await page.screenshot({ path: `${SHOTS}/${String(shots).padStart(2, '0')}.png`, fullPage: true })
  }
  const pick = async (answer: string) => {
    await page.getByRole('radio', { name: answer, exact: true }).click()
    await press('下一步')
  }
  const asked = (question: string | RegExp) => page.getByText(question).first().waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  /** The next question, or the answer, stands where `now` stood. */
  const changed = (now: string) =>
    expect
      .poll(async () => {
        const words = await main()
        return words !== now && /最多还有 \d+ 问|各条途径/.test(words)
      }, WAIT)
      .toBe(true)
  const noSidewaysScroll = async () =>
    expect(
      await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
    ).toBeLessThanOrEqual(0)

  it('chooses the programme, the occupation among the engineers only, and the level', async () => {
    await page.goto('/')
    await page
      .getByRole('navigation', { name: '办事入口' })
      .getByRole('link', { name: /我能申报吗/ })
      .click()
    await expectHeading(page, '我能申报吗')
    await asked('您想问的是哪一项？')
    await shoot()
    await expectAccessible(page)
    await pick('湖北数字技术工程师')
    await asked('您想申报哪个职业？')
    expect(await page.getByRole('radio').count()).toBe(10)
    await noSidewaysScroll()
    await expectAccessible(page)
    await pick('智能制造工程技术人员')
    await pick('中级')
  })

  it('is asked one thing at a time, told why, and how many questions are left at most', async () => {
    await page.getByText(/最多还有 \d+ 问/).waitFor()
    expect(await page.getByRole('main').getByRole('group').count()).toBe(1)
    expect(await main()).toMatch(/为什么问：“.+”.*要看这一项/)
    await page
      .getByRole('radio', { name: '不清楚' })
      .or(page.getByRole('button', { name: '不清楚' }))
      .waitFor()
    await shoot()
    await noSidewaysScroll()
    await expectAccessible(page)
  })

  it('answers with the keyboard alone, goes back, and finds the answers after a reload', async () => {
    const left = async () => Number(/最多还有 (\d+) 问/.exec(await main())?.[1] ?? 0)
    const before = await left()
    await page.getByRole('radio').first().focus()
    // Arrow keys look through the choices and answer nothing.
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await left()).toBe(before)
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(async () => [0, before].includes(await left()), WAIT).toBe(false)
    const after = await left()
    expect(after).toBeLessThan(before)
    await page.reload()
    await page.getByText(`最多还有 ${after} 问`).waitFor()
    await press('上一步')
    await page.getByText(`最多还有 ${before} 问`).waitFor()
  })

  it('comes to a sentence, the paths, the papers and the clause, and nothing was sent to be stored', async () => {
    const answers: [question: RegExp, answer: () => Promise<void>][] = [
      [/培训合格证书了吗/, () => pick('有')],
      [/最高职称/, () => pick('助理级')],
      [/最早哪天取得助理级/, () => fillDay('2025-06-01')],
      [/从哪天到哪天/, () => fillSpan('2020-01-01')],
      [/初级的等级证书/, () => pick('没有')],
      [/最高学历/, () => pick('大学本科')],
      [/最高学位/, () => pick('学士学位')],
      [/技工院校读过书/, () => pick('不是')],
    ]
    const fillDay = async (day: string) => {
      await page.getByLabel(/最早哪天/).fill(day)
      await shoot()
      await press('下一步')
    }
    const fillSpan = async (from: string) => {
      await page.getByLabel(/开始日期/).fill(from)
      await shoot()
      await expectAccessible(page)
      await press('下一步')
    }
    let count = 0
    for (; count < 12; count += 1) {
      await page
        .getByText(/最多还有 \d+ 问/)
        .or(page.getByRole('heading', { name: '各条途径' }))
        .first()
        .waitFor()
      const now = await main()
      if (now.includes('各条途径')) break
      const known = answers.find(([question]) => question.test(now))
      if (!known) throw new Error(`not expected: ${now}`)
      await known[1]()
      await changed(now)
    }
    expect(count).toBeLessThanOrEqual(8)
    const answer = await main()
    expect(answer).toContain('您从 2027-06-01 起可以申报智能制造工程技术人员中级。')
    expect(answer).toContain('这是预审，不是决定')
    expect(answer).toContain('评价机构确认')
    expect(answer).toContain('最早日期')
    await shoot()
    if (SHOTS) await page.pdf({ path: `${SHOTS}/printed.pdf`, format: 'A4' })
    await noSidewaysScroll()
    await expectAccessible(page)
    expect(sent.filter((path) => !path.endsWith('check-eligibility'))).toEqual([])
    expect(await page.evaluate("sessionStorage.getItem('shujiang.eligibility')")).toBeNull()
  })

  it('opens a condition with its clause, and changes one answer', async () => {
    await page.getByRole('article').first().getByText('逐项条件与依据').click()
    await page.getByRole('article').first().getByRole('button', { name: '国标·1.9.1' }).first().click()
    await page
      .getByText(/以上为大意，以发文原文为准/)
      .first()
      .waitFor()
    await shoot()
    await page.getByRole('button', { name: /改答：.*最高职称/ }).click()
    await asked(/最高职称/)
  })

  it('finds the register of clauses from a clause, with the rule in words and where it is used', async () => {
    await page.goto('/clauses#HB-4.4')
    await expectHeading(page, '政策条款')
    const entry = page.getByRole('article').filter({ hasText: '鄂·四（四）' }).first()
    await entry.getByText(/规则：专业技术等级考核合格/).click()
    await entry
      .getByText('两科合格')
      .or(entry.getByText('理论知识考试与专业能力考核皆合格'))
      .first()
      .waitFor()
    expect(await entry.innerText()).toContain('办理事项')
    await page.getByLabel('查条款').fill('补贴')
    await page.getByLabel('落实方式').selectOption('由规则判定')
    await page.getByText(/^共 \d+ 条$/).waitFor()
    await shoot()
    await expectAccessible(page)
    await noSidewaysScroll()
  })

  it('keeps the answers only for who is signed in and agrees', async () => {
    const me = learner(2)
    await signInLearner(page.context(), journey.world, me.phone, () => journey.world.codes.get(me.phone))
    const registered = await page
      .context()
      .request.post(`${journey.world.address}/api/portal/people.register-real-name`, {
        data: {
          name: me.name,
          documentType: '居民身份证',
          idNumber: me.idNumber,
          cityCode: me.cityCode,
          consents: ['identity'],
        },
        headers: { origin: journey.world.address, 'x-acting-as': 'learner' },
      })
    expect(registered.ok()).toBe(true)
    await page.goto('/eligibility')
    await press('重新开始')
    await pick('湖北数字技术工程师')
    await pick('智能制造工程技术人员')
    await pick('初级')
    await page.getByRole('button', { name: /用“我的资料”/ }).waitFor()
    for (let i = 0; i < 10 && !(await main()).includes('各条途径'); i += 1) {
      const now = await main()
      if (/最高职称/.test(now)) await pick('员级')
      else if (/从哪天到哪天/.test(now)) {
        await page.getByLabel(/开始日期/).fill('2021-03-01')
        await press('下一步')
      } else if (/培训合格证书了吗/.test(now)) await pick('没有')
      else await pick('不清楚')
      await changed(now)
      await page
        .getByText(/最多还有 \d+ 问/)
        .or(page.getByRole('heading', { name: '各条途径' }))
        .first()
        .waitFor()
    }
    expect(await main()).toContain('您先参加培训，取得培训合格证书后即可申报')
    await shoot()
    await expectAccessible(page)
    const save = page.getByRole('button', { name: '保存到我的资料', exact: true })
    expect(await save.getAttribute('aria-disabled')).toBe('true')
    expect(sent.filter((path) => path.endsWith('save-eligibility-facts'))).toEqual([])
    await page.getByRole('checkbox', { name: /我同意把以上回答保存/ }).check()
    await press('保存到我的资料')
    await page.getByText('已保存到“我的资料”').waitFor()
    await shoot()
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
