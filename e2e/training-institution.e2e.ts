import { default as jsQR } from 'jsqr'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../db/seed/cast.ts'
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
  openedBeside,
  openMenu,
  staffOf,
  startJourney,
} from './journey.ts'
import { aRealLearner, type SignedLearner } from './learners.ts'
import { TITLES } from './stages.ts'

const FROM = '2026-03-02'

describe('a training institution files a plan, holds a class and reports it', () => {
  const journey = startJourney(FROM)
  const startsOn = addDays(FROM, 10)
  const learners: SignedLearner[] = []
  let page: Page
  let filing: string
  let course: Awaited<ReturnType<typeof train.addLessons>>

  beforeAll(async () => {
    const { way } = journey
    await plan.listInstitutions(way, WUHAN, ['ai'])
    await plan.confirmHours(way, WUHAN, AI_JUNIOR)
    await plan.publishFee(way, WUHAN.training, AI_JUNIOR)
    page = await journey.visit('desk')
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const fill = (label: string, value: string) => page.getByLabel(new RegExp(`^${label}`)).fill(value)
  const part = async (name: string) => {
    await page.getByRole('navigation', { name: '班级内容' }).getByRole('link', { name }).click()
    await expectHeading(page, name)
  }
  const openClass = async () => {
    await openMenu(page, '培训班')
    await page.getByRole('link', { name: TITLES.class }).click()
    await expectHeading(page, TITLES.class)
  }

  it('signs in with password and second factor; a wrong password is said so', async () => {
    await page.goto('/workbench')
    await expectHeading(page, '登录工作台')
    await expectAccessible(page)
    await page.getByRole('textbox', { name: '账号' }).fill(WUHAN.training)
    await page.getByRole('textbox', { name: '密码' }).fill(`${DEMO_PASSWORD}?`)
    await press('下一步')
    await page.getByRole('alert').waitFor()
    await press(staffOf(WUHAN.training).name)
    await press('下一步')
    await expectHeading(page, '请输入动态口令')
    await page.getByText('演示：已填入此刻的动态口令。').waitFor()
    await expectAccessible(page)
    await press('登录')
    await expectHeading(page, '我的待办')
    await expectAccessible(page)
  })

  it('fills in a plan that is kept while it is typed', async () => {
    await openMenu(page, '备案')
    await press('新建备案')
    await page.getByRole('dialog').getByLabel('计划名称').fill(TITLES.plan)
    await page.getByRole('dialog').getByRole('button', { name: '开始填写' }).click()
    await expectHeading(page, '填写计划和方案')
    await choose(page, /^职业$/, '人工智能工程技术人员')
    await choose(page, /^等级$/, AI_JUNIOR.level)
    await choose(page, /^职业方向/, AI_JUNIOR.direction as string)
    await choose(page, /^评价机构$/, '华中数字技术评价中心（演示）')
    await fill('计划人数', '120')
    await fill('班数', '3')
    await page.getByText(/^已保存 \d\d:\d\d/).waitFor()
    await page.reload()
    await expectHeading(page, '填写计划和方案')
    expect(await page.getByLabel(/^计划名称/).inputValue()).toBe(TITLES.plan)
    expect(await page.getByLabel(/^计划人数/).inputValue()).toBe('120')
    await page.getByText('华中数字技术评价中心（演示）').first().waitFor()
    await expectAccessible(page)
  })

  it('is told what is still missing, supplies it and sends it to the evaluation institution', async () => {
    await press('检查是否填完')
    await page.getByText(/有 \d+ 处需要改正/).waitFor()
    await expectAccessible(page)
    await enterDay(page, /^开班日/, startsOn)
    await enterDay(page, /^结业日/, addDays(startsOn, 120))
    await fill('培训场地', '光谷实训中心')
    await choose(page, /^场地所在市州/, '武汉市')
    await fill('详细地址', '演示大道 1 号')
    await fill('座位数', '60')
    await fill('理论线上学时', '2')
    await fill('理论线下学时', '2')
    await fill('实操线上学时', '0')
    await fill('实操线下学时', '4')
    await page.getByText(/合计 8 学时；标准学时：8 学时/).waitFor()
    const teacher = page.getByRole('region', { name: '第 1 名教师' })
    await teacher.getByLabel('姓名').fill('周明')
    await teacher.getByLabel('职称或等级').fill('高级工程师')
    await teacher.getByLabel('承担内容').fill('全部课程')
    await fill('设备条件', '计算机 60 台，服务器 2 台。')
    await fill('培训内容与进度安排', '先理论后实操，线上线下结合。')
    await choose(page, /^收费标准/, `2,800 元，自 ${FROM}`)
    await enterDay(page, /^考核日期/, addDays(startsOn, 130))
    await fill('考核地点', '华中评价中心考场')
    await fill('理论知识考试方式', '闭卷机考')
    await fill('理论知识考试时长', '90')
    await fill('专业能力考核方式', '现场操作')
    await fill('专业能力考核时长', '120')
    await fill('考评员人数', '4')
    for (const promise of await page.getByRole('checkbox', { name: /^本机构承诺/ }).all())
      await promise.check()
    await press('检查是否填完')
    await page.getByText('内容已填完，没有发现问题').waitFor()
    await press('保存并返回备案')
    await expectHeading(page, TITLES.plan)
    await expectAccessible(page)
    await confirmAct(page, '送评价机构商定')
    await page.getByText('待商定').first().waitFor()
    filing = page.url()
  })

  it('files it with province and city once it is agreed', async () => {
    const id = filing.split('/').at(-1) as string
    await plan.agreePlan(journey.way, WUHAN, id)
    await page.reload()
    await confirmAct(page, '报省、市备案')
    await page.getByText('待受理').first().waitFor()
    await plan.receivePlan(journey.way, WUHAN, id)
    await page.reload()
    await page.getByRole('button', { name: '省级备案回执.pdf' }).waitFor()
    await page.getByText('已备案').first().waitFor()
  })

  it('plans a class on the filed plan and announces it', async () => {
    const { way } = journey
    await openMenu(page, '培训班')
    await page.getByRole('link', { name: '新建培训班' }).click()
    await expectHeading(page, '新建培训班')
    await page.getByText('光谷实训中心').waitFor()
    await fill('班级名称', TITLES.class)
    await fill('计划人数', '2')
    await enterDay(page, /^开班日期/, startsOn)
    await enterDay(page, /^结束日期/, addDays(startsOn, 30))
    await fill('结业考核合格分', '60')
    await expectAccessible(page)
    await press('建立培训班')
    await expectHeading(page, TITLES.class)
    await expectAccessible(page)
    const classId = page.url().split('/').at(-1) as string
    const teacherId = await train.registerTeacher(way, WUHAN)
    course = await train.addLessons(way, WUHAN, classId, teacherId, startsOn, true)
    await page.reload()
    await nextOn(page).getByRole('link', { name: '发布招生公告' }).click()
    await expectHeading(page, '发布招生公告')
    await fill('公告标题', '包过！人工智能初级班')
    await fill('联系方式', '027-00000000')
    await enterDay(page, /^报名开始/, FROM)
    await enterDay(page, /^报名截止/, addDays(FROM, 7))
    await press('发布公告')
    await page.getByRole('alert').getByText(/包过/).waitFor()
    await expectAccessible(page)
    await fill('公告标题', TITLES.announcement)
    await press('发布公告')
    await expectHeading(page, TITLES.class)
    await page.getByText('招生中').first().waitFor()
  })

  it('admits in batch, after a preview, and starts the class', async () => {
    const { way, world } = journey
    const classId = page.url().split('/').at(-1) as string
    const { announcement } = await way.must(
      way.staff(WUHAN.training).read('training.read-class', { classId }),
    )
    for (const n of [1, 3]) {
      const one = await aRealLearner(world, n)
      await train.stateEmployment(way, one.caller)
      await way.must(one.caller.act('training.enrol', { announcementId: announcement.id }))
      learners.push(one)
    }
    await part('报名与录取')
    await page.getByText('共 2 条').waitFor()
    await expectAccessible(page)
    await page.getByRole('checkbox', { name: '选择本页全部' }).check()
    await press('录取')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('将录取 2 人').waitFor()
    await dialog.getByRole('button', { name: '录取', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('已占名额 2 人').waitFor()
    way.clock.setDay(startsOn, '08:00')
    await openClass()
    await confirmAct(page, '开班')
    await page.getByText('培训中').first().waitFor()
  })

  it('shows a code at the door that a phone can read and that checks in', async () => {
    const { way, world } = journey
    way.clock.setDay(course.theoryOn, '08:50')
    await part('课程表与考勤')
    await expectAccessible(page)
    // The code turns over by the clock of the screen, which a journey need not wait for.
    await page.clock.install()
    await page
      .getByRole('row', { name: /人工智能概论/ })
      .getByRole('link', { name: '签到码' })
      .click()
    await page.getByText('已签到 0 / 2 人').waitFor()
    await expectAccessible(page)
    const url = new URL(await decoded(page.getByRole('img', { name: '签到二维码' })))
    expect(url.origin + url.pathname).toBe(`${world.address}/attend`)
    await way.must(
      (learners[0] as SignedLearner).caller.act('training.check-in', {
        lessonId: url.searchParams.get('lesson'),
        token: url.searchParams.get('token'),
      }),
    )
    await page.clock.runFor(16_000)
    await page.getByText('已签到 1 / 2 人').waitFor()
    await page.getByRole('link', { name: '返回考勤' }).click()
    await page.getByText('到课 1 / 2 人').waitFor()
    await expectAccessible(page)
  })

  it('enters the closing scores, completes the class and issues the certificates', async () => {
    const { way } = journey
    const { theoryOffline, practiceOffline, theoryOnline } = course.lessons
    const on = addDays(course.theoryOn, 9)
    way.clock.setDay(on, '10:00')
    await openClass()
    const classId = page.url().split('/').at(-1) as string
    const enrolments = await train.enrolmentsOf(way, WUHAN, classId)
    await train.markPresent(way, WUHAN, theoryOffline, enrolments, 90)
    await train.markPresent(way, WUHAN, practiceOffline, enrolments, 180)
    await train.markPresent(way, WUHAN, theoryOnline as string, enrolments, 90)
    await part('结业考核')
    await enterDay(page, '考核日期', on)
    for (const { cast } of learners)
      await page.getByRole('textbox', { name: `${cast.name}的成绩` }).fill('82')
    await expectAccessible(page)
    await press('保存 2 人的成绩')
    await page.getByRole('button', { name: '保存成绩' }).waitFor()
    await openClass()
    await confirmAct(page, '办理结业')
    await confirmAct(page, '颁发证书')
    const paper = page.getByRole('button', { name: '全班培训合格证书.pdf（2 份）' })
    await paper.waitFor()
    await journey.world.settle()
    expect(await openedBeside(page, () => paper.click())).toBe('%PDF-')
    await expectAccessible(page)
  })

  it('finds the report on its desk with its 30 days, and submits it', async () => {
    await openMenu(page, '我的待办')
    const duty = page.getByRole('row', { name: new RegExp(`报送学员名单和培训情况：${TITLES.class}`) })
    expect(await duty.innerText()).toContain('还剩 30 天')
    await duty.getByRole('link', { name: '去办理' }).click()
    await expectHeading(page, TITLES.class)
    await fill('组织实施', train.NARRATIVE)
    await expectAccessible(page)
    await confirmAct(page, '报送', page)
    await page.getByText('已报送').first().waitFor()
    await page.getByText('办理人：省人力资源和社会保障厅、市州人力资源和社会保障局').waitFor()
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})

/** What a phone reads in the code that is on the screen. */
async function decoded(code: Locator): Promise<string> {
  const picture = (await code.screenshot()).toString('base64')
  const { data, width, height } = (await code.page().evaluate(`(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${picture}'
    await image.decode()
    const { width, height } = image
    const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
    pen.drawImage(image, 0, 0)
    return { width, height, data: [...pen.getImageData(0, 0, width, height).data] }
  })()`)) as { data: number[]; width: number; height: number }
  const found = jsQR(Uint8ClampedArray.from(data), width, height)
  if (!found) throw new Error('the code on the screen cannot be read')
  return found.data
}
