import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { WUHAN } from '../db/seed/way/way.ts'
import { expectAccessible, expectHeading, startJourney } from './journey.ts'
import { certified } from './stages.ts'

describe('the public verifies a certificate on a phone, without an account', () => {
  const journey = startJourney()
  const certificate = { number: '', code: '', name: '' }
  const unknown = { name: '', number: '' }
  let page: Page

  beforeAll(async () => {
    const { learners } = await certified(journey, [1])
    const [holder] = learners
    if (!holder) throw new Error('nobody was certified')
    const { certificates } = await journey.way.must(holder.caller.read('certificates.mine'))
    const level = certificates.find((one: { kind: string }) => one.kind === 'level')
    Object.assign(certificate, { number: level.number, code: level.code, name: holder.cast.name })
    page = await journey.visit('phone')
  })

  const ask = async (number: string, name: string) => {
    await page.getByLabel('证书编号').fill(number)
    await page.getByLabel('持证人姓名').fill(name)
    await page.getByRole('button', { name: '查验' }).click()
  }
  const said = () => page.getByRole('main').innerText()

  it('finds it by number and name, and says who answers for it', async () => {
    await page.goto('/')
    await page
      .getByRole('navigation', { name: '办事入口' })
      .getByRole('link', { name: /查证书/ })
      .click()
    await expectHeading(page, '查证书')
    await expectAccessible(page)
    await ask(certificate.number, certificate.name)
    await page.getByText('发证机构').waitFor()
    const answer = await said()
    expect(answer).toContain(certificate.number)
    expect(answer).toContain('华中数字技术评价中心')
    expect(answer).toContain('有效')
    expect(answer).not.toMatch(/\d{17}[\dX]/)
    await expectAccessible(page)
  })

  it('answers a wrong name and a wrong number with the same words', async () => {
    for (const [wrong, number, name] of [
      ['name', certificate.number, '无此人'],
      ['number', `${certificate.number}9`, certificate.name],
    ] as const) {
      await page.goto('/verify')
      await ask(number, name)
      await page.getByText('没有查到不等于是假证书').waitFor()
      unknown[wrong] = await said()
    }
    expect(unknown.name).toBe(unknown.number)
  })

  it('asks for what was left empty, beside the field', async () => {
    await page.goto('/verify')
    await ask('', '')
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('证书编号').getAttribute('aria-invalid')).toBe('true')
    await expectAccessible(page)
  })

  it('opens the answer from the code on the paper', async () => {
    await page.goto(`/v/${certificate.code}`)
    await expectHeading(page, '查验结果')
    await page.getByText(certificate.number).waitFor()
    expect(await said()).toContain('有效')
    await expectAccessible(page)
  })

  it('says 已撤销 once two people have withdrawn it', async () => {
    const { way } = journey
    const { rows } = await way.must(
      way.staff(WUHAN.evaluation).read('certificates.list', { q: certificate.number }),
    )
    await way.must(
      way.staff(WUHAN.evaluation).act('certificates.propose-change', {
        certificateId: rows[0].id,
        kind: 'withdrawal',
        reason: '查实申报时提供虚假材料',
      }),
    )
    const { rows: changes } = await way.must(way.staff(WUHAN.evaluation).read('certificates.list-changes'))
    await way.must(
      way.staff(WUHAN.evaluationSecond).act('certificates.decide-change', {
        changeId: changes[0].id,
        decision: 'approved',
      }),
    )
    await way.settle()
    await page.getByRole('link', { name: '用编号和姓名查' }).click()
    await ask(certificate.number, certificate.name)
    await page.getByText('已撤销').first().waitFor()
    await page.goto(`/v/${certificate.code}`)
    await page.getByText('已撤销').first().waitFor()
    expect(await said()).toContain('撤销日期')
    await expectAccessible(page)
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
