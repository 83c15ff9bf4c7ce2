import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { learner } from '../db/seed/cast.ts'
import * as assess from '../db/seed/way/assess.ts'
import * as certify from '../db/seed/way/certify.ts'
import * as train from '../db/seed/way/train.ts'
import { WUHAN } from '../db/seed/way/way.ts'
import { expectAccessible, expectHeading, openedBeside, startJourney } from './journey.ts'
import {
  type AnnouncedClass,
  anAnnouncedClass,
  assessed,
  audited,
  completed,
  started,
  TITLES,
} from './stages.ts'

const BEAT_SECONDS = 15

describe('a learner on a phone goes from the announcement to the certificate', () => {
  const journey = startJourney()
  const me = learner(1)
  let announced: AnnouncedClass
  let page: Page
  let number: string

  beforeAll(async () => {
    announced = await anAnnouncedClass(journey)
    page = await journey.visit('phone')
  })

  const main = () => page.getByRole('main').innerText()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const follow = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name }).first().click()
  const openMine = async (name: string) => {
    await page.goto('/mine')
    await page.getByRole('navigation', { name: '我的业务' }).getByRole('link', { name }).click()
    await expectHeading(page, name)
  }
  /** Lets as much time go by, for the phone and for the server, as lies between two reports of an online lesson. */
  const learnOn = async () => {
    journey.way.clock.advance(BEAT_SECONDS + 1)
    const reported = page.waitForResponse((one) => one.url().includes('training.beat'))
    await page.clock.runFor(BEAT_SECONDS * 1000)
    await reported
  }

  it('finds the announcement from the front page', async () => {
    await page.goto('/')
    await expectAccessible(page)
    await page
      .getByRole('navigation', { name: '办事入口' })
      .getByRole('link', { name: /我要报名/ })
      .click()
    await expectHeading(page, '招生公告')
    await page.getByRole('link', { name: new RegExp(TITLES.announcement) }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: new RegExp(TITLES.announcement) }).click()
    await expectHeading(page, TITLES.announcement)
    expect(await main()).toContain('2,800 元')
    await expectAccessible(page)
  })

  it('signs in by phone code on the way to registering', async () => {
    await follow('我要报名')
    await expectHeading(page, '您的手机号是多少？')
    await expectAccessible(page)
    await page.getByLabel('手机号').fill(me.phone)
    await press('获取验证码')
    await expectHeading(page, '请输入短信验证码')
    await page.getByText(journey.world.codes.get(me.phone) as string).waitFor()
    await press('填入')
    expect(await page.getByLabel('6 位验证码').inputValue()).toBe(journey.world.codes.get(me.phone))
    await expectAccessible(page)
    await press('登录')
  })

  it('registers a real name, a wrong check digit named beside its field', async () => {
    await expectHeading(page, '实名登记')
    await page.getByLabel('姓名').fill(me.name)
    const id = page.getByLabel('证件号码')
    await id.fill(me.idNumber.slice(0, 17) + (me.idNumber.endsWith('1') ? '2' : '1'))
    await page.getByLabel('所在市州').selectOption(me.cityCode)
    await page.getByRole('checkbox', { name: /（必需）/ }).check()
    await expectAccessible(page)
    await press('提交登记')
    await page.getByText('有 1 处需要改正').waitFor()
    expect(await id.getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('alert').getByRole('link', { name: /校验/ }).click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(me.idNumber)
    await press('提交登记')
    await expectHeading(page, '报名')
  })

  it('answers what the audience rule asks and is registered', async () => {
    const answer = async (question: RegExp, choice: RegExp) => {
      await page.getByRole('group', { name: question }).getByRole('radio', { name: choice }).check()
      await press('下一步')
    }
    await page.getByRole('button', { name: '下一步' }).waitFor()
    await expectAccessible(page)
    await answer(/是否已办理退休/, /没有退休/)
    await answer(/现在的工作情况/, /^在岗/)
    await page.getByLabel('从哪天开始的？').fill('2022-03-01')
    await press('下一步')
    await page.getByText('您属于培育对象，可以报名。').waitFor()
    await expectAccessible(page)
    await press('提交报名')
    await page.getByText('报名成功，名额已为您保留。').waitFor()
    await expectAccessible(page)
    await follow('看我的报名')
    await expectHeading(page, TITLES.class)
    expect(await main()).toContain('等待录取')
  })

  it('checks in by the code at the door', async () => {
    const { way } = journey
    await train.admitEverybody(way, WUHAN, announced.classId)
    await started(journey, announced)
    way.clock.setDay(announced.course.theoryOn, '08:50')
    const { url } = await way.must(
      way
        .staff(WUHAN.teacher)
        .read('training.show-door-code', { lessonId: announced.course.lessons.theoryOffline }),
    )
    await page.goto(url)
    await page.getByText(/^已签到 08:50/).waitFor()
    await expectAccessible(page)
    await page.goto(`${url.slice(0, -3)}abc`)
    await page.getByText('还没有签到。').waitFor()
    expect(await main()).toContain('鄂·四（三）')
  })

  it('learns online in one place at a time, by the clock of the server', async () => {
    journey.way.clock.setDay(announced.course.theoryOn, '13:30')
    await openMine('我的课程')
    await follow(new RegExp(TITLES.class))
    await expectHeading(page, TITLES.class)
    await expectAccessible(page)
    // The phone's clock can be moved as the server's is: a minute of learning takes a moment here.
    await page.clock.install()
    await follow(/去学习/)
    await expectHeading(page, '机器学习基础')
    await press('开始学习')
    await page.getByText('正在计时').waitFor()
    const minute = page.getByText('1 / 90 分钟')
    for (let beats = 0; beats < 12 && !(await minute.isVisible()); beats += 1) await learnOn()
    await minute.waitFor()
    await expectAccessible(page)

    const second = await journey.another(page)
    await second.goto(page.url())
    await second.getByRole('button', { name: '继续学习' }).click()
    await second.getByText('正在计时').waitFor()
    await learnOn()
    await page.getByText('您在别处学习，这里已停止计时').waitFor()
    await expectAccessible(page)
    await second.close()
  })

  it('gets the training certificate as a PDF', async () => {
    await completed(journey, announced)
    await openMine('我的证书')
    await page.getByText('培训合格证书').first().waitFor()
    await expectAccessible(page)
    expect(await openedBeside(page, () => press('下载证书'))).toBe('%PDF-')
  })

  it('declares, told what is missing, and supplies it', async () => {
    const { way } = journey
    const reportId = await train.submitTrainingReport(way, WUHAN, announced.classId)
    await train.receiveTrainingReport(way, WUHAN, reportId)
    await openMine('我的申报')
    await follow('申报等级考核')
    await page.getByRole('radio', { name: /人工智能/ }).check()
    await expectAccessible(page)
    await press('核对申报条件')
    await expectHeading(page, '人工智能工程技术人员初级申报')
    await expectAccessible(page)
    const declaration = page.url()
    await follow('填写职称')
    await expectHeading(page, '填写职称')
    await page.getByLabel('职称等级').selectOption('员级')
    await page.getByLabel('取得日期').fill('2021-05-01')
    await page.getByLabel('选择文件').setInputFiles({
      name: '职称证书.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(train.A_PAPER),
    })
    await expectAccessible(page)
    await press('保存')
    await expectHeading(page, '我的资料')
    await page.goto(declaration)
    await press('提交申报')
    await page.getByText(/已提交，正等待.*确认考生资格/).waitFor()
    await expectAccessible(page)
  })

  it('holds the level certificate after the assessment', async () => {
    const { way } = journey
    const reportId = await assessed(journey, await assess.submittedDeclarations(way, WUHAN))
    await openMine('我的成绩')
    await page.getByText('合格', { exact: true }).first().waitFor()
    await expectAccessible(page)
    await certify.submitResultReport(way, WUHAN, reportId)
    await certify.confirmResultReport(way, WUHAN, reportId)
    await audited(journey, reportId)
    await certify.issueCertificates(way, WUHAN, reportId)
    await openMine('我的证书')
    await page.getByText('专业技术等级证书').first().waitFor()
    await expectAccessible(page)
    number = /专业技术等级证书[\s\S]*?证书编号\s*(\S+)/.exec(await main())?.[1] ?? ''
    const download = page.getByRole('button', { name: '下载证书' }).first()
    expect(await openedBeside(page, () => download.click())).toBe('%PDF-')
  })

  it('is confirmed to anybody who asks by number and name', async () => {
    const anybody = await journey.visit('phone')
    await anybody.goto('/verify')
    await anybody.getByLabel('证书编号').fill(number)
    await anybody.getByLabel('持证人姓名').fill(me.name)
    await anybody.getByRole('button', { name: '查验' }).click()
    await anybody.getByText('发证机构').waitFor()
    expect(await anybody.getByRole('main').innerText()).toContain('有效')
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
