import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import {
  ALL_RIGHT,
  type ArrangedFixture,
  anApprovedPaper,
  anArrangedSitting,
  fileOf,
  paperJson,
  sit,
} from '../server/src/halls/papers/fixtures.ts'
import { createDemoStaff } from '../server/src/people/index.ts'
import { instantAt } from '../server/src/platform/clock.ts'
import { signInLearner, signInStaff } from './browser.ts'
import { confirmAct, expectAccessible, expectHeading, staffOf, startJourney } from './journey.ts'

/** Papers before the examination, and archive and replay after it, by two people of the evaluation institution. */
const journey = startJourney()
let hall: ArrangedFixture
let first: Page
let second: Page
const SHOTS = join(import.meta.dirname, '../.tmp/e2e/hall-papers')
const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  const { app } = journey.world
  hall = await anArrangedSitting(app, { candidates: 2 })
  const { organisationId } = hall.world.evaluation
  const like = staffOf('xu-heng')
  const people = [
    ['papers-one', '出卷人'],
    ['papers-two', '复核人'],
  ] as const
  await createDemoStaff(
    app,
    (await import('../db/seed/cast.ts')).DEMO_PASSWORD,
    people.map(([username, name]) => ({
      username,
      name,
      totpSecret: like.totpSecret,
      memberships: [{ role: 'evaluation_manager' as const, organisationId }],
    })),
  )
  const pages = []
  for (const [key] of people) {
    const page = await journey.visit('desk')
    await signInStaff(page.context(), journey.world, { ...like, key })
    pages.push(page)
  }
  ;[first, second] = pages as [Page, Page]
})
const at = (path: string) => `${journey.world.address}${path}`

test('导入：有错误的试卷整份不保存，并指出行和列；改好后导入', async () => {
  await first.goto(at(`/workbench/halls/papers/${hall.sittingId}`))
  await expectHeading(first, '试卷与阅卷')
  await first.getByRole('button', { name: '导入试卷' }).click()
  const dialog = first.getByRole('dialog', { name: '导入试卷' })
  await dialog.getByLabel('试卷名称').fill('理论知识试卷')
  const broken = paperJson()
  broken.items[3] = { ...broken.items[3], answer: 'X' } as never
  const choose = async (content: unknown) => {
    const { name, bytes } = fileOf(content, 'paper.json')
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: bytes })
    await dialog.getByRole('button', { name: '检查' }).click()
  }
  await choose(broken)
  await dialog.getByText('第 4 题「答案」「X」中有不存在的选项，请核对。').waitFor()
  await shot(first, 'import-faults')
  await choose(paperJson())
  await dialog.getByRole('button', { name: '导入 10 行' }).click()
  await first.getByText('待第二人复核').waitFor()
  await anApprovedPaper(journey.world.app, hall, 'ability', paperJson(true))
})

test('复核：导入人不能复核，第二人预览、看答案后通过，再封装', async () => {
  await first.getByText('试卷须由导入人以外的第二人复核').waitFor()
  await second.goto(at(`/workbench/halls/papers/${hall.sittingId}`))
  await second.getByRole('link', { name: '按考生所见预览' }).first().click()
  await second.getByText('单选题，10 分').first().waitFor()
  await shot(second, 'preview')
  await second.goBack()
  await second.getByRole('button', { name: '查看答案' }).first().click()
  await second.getByLabel('用途').fill('复核试卷')
  await second.getByRole('dialog').getByRole('button', { name: '查看答案' }).click()
  await second.getByRole('cell', { name: 'SELECT' }).waitFor()
  await shot(second, 'keys')
  await second.keyboard.press('Escape')
  await confirmAct(second, '复核通过', second)
  await second.getByText('已复核').nth(1).waitFor()
  await confirmAct(second, '封装试卷', second)
  await journey.world.settle()
  await second.getByText('4 / 4 份').waitFor()
  await expectAccessible(second)
  await shot(second, 'papers')
})

test('考后：结束机考、制作档案、回放作答轨迹', async () => {
  const { app } = journey.world
  await sql`update exams.sittings set state = 'open' where id = ${hall.sittingId}`.execute(app.db)
  app.clock.set(instantAt('2026-03-12', '09:00'))
  await sit(app, hall, 0, 'theory', ALL_RIGHT, { before: { 1: 'A', 5: ['D'] } })
  await sit(app, hall, 1, 'theory', { ...ALL_RIGHT, 10: undefined })
  await sql`update halls.attempts set state = 'absent' where part = 'ability'`.execute(app.db)
  app.clock.set(instantAt('2026-03-12', '18:00'))

  await first.goto(at(`/workbench/halls/archives/${hall.sittingId}`))
  await confirmAct(first, '结束机考', first)
  await first.getByText('已封存').waitFor()
  await first.getByRole('button', { name: '制作档案' }).click()
  await first.getByRole('dialog').getByRole('button', { name: '制作档案' }).click()
  await first.getByText('制作中').waitFor()
  await journey.world.settle()
  await first.getByText('已制作').waitFor()
  await expectAccessible(first)
  await shot(first, 'archive')

  await first
    .getByRole('row', { name: /已交卷/ })
    .first()
    .getByRole('link')
    .first()
    .click()
  await first.getByLabel('用途').fill('处理成绩申诉')
  await first.getByRole('button', { name: '开始回放' }).click()
  await first.getByText('记录完整').waitFor()
  const slider = first.getByLabel('轨迹位置')
  await slider.focus()
  await first.keyboard.press('End')
  await first.getByRole('status').getByText('交卷，共答').waitFor()
  await first.keyboard.press('Home')
  await first.getByRole('status').getByText('进入考试').waitFor()
  await first.getByLabel('只看').selectOption({ label: '第 1 题' })
  await first.keyboard.press('Tab')
  await first.getByRole('button', { name: '下一步' }).click()
  await expectAccessible(first)
  await shot(first, 'replay')
})

test('考生在手机上看自己的作答轨迹，不见试题内容', async () => {
  const { app, codes } = journey.world
  const person = hall.candidates[0]?.personId
  await sql`update exams.candidates set result = 'failed', theory_score_tenths = 1000, ability_score_tenths = 300
    where sitting_id = ${hall.sittingId}`.execute(app.db)
  await sql`update exams.sittings set state = 'scored', ended_on = '2026-03-12', published_at = ${app.clock.now()}
    where id = ${hall.sittingId}`.execute(app.db)
  const page = await journey.visit('phone')
  await signInLearner(page.context(), journey.world, '13900009999', () => codes.get('13900009999'))
  // Whose account it is: real-name registration is another journey's subject.
  await sql`
    insert into people.account_holders (account_id, person_id, kind)
    select id, ${person}::uuid, 'learner' from accounts."user" where phone_number like '%13900009999'`.execute(
    app.db,
  )
  await page.goto(at('/mine/attempts'))
  await page.getByText('理论知识考试').first().click()
  await page.getByText('记录完整').waitFor()
  await page.getByText('不显示试题内容').waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await expectAccessible(page)
  await shot(page, 'my-replay')
  expect(await page.content()).not.toContain('第 1 题，第 1 次保存：')
  expect(journey.errors().join('\n')).toBe('')
})
