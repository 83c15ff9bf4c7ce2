import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../db/seed/cast.ts'
import { WUHAN } from '../db/seed/way/way.ts'
import { value } from '../server/src/exams/fixtures.ts'
import { aSatJoint, type SatJoint, setSittings } from '../server/src/halls/fixtures.ts'
import { scoreSitting } from '../server/src/halls/papers/score-sitting.ts'
import { createDemoStaff } from '../server/src/people/index.ts'
import { signInStaff } from './browser.ts'
import { confirmAct, expectAccessible, expectHeading, staffOf, startJourney } from './journey.ts'

/** A wrong key of a joint paper: two officers of the province change it for every sitting, the institution sees it. */
const journey = startJourney()
let joint: SatJoint
let officer: Page
let colleague: Page
let manager: Page
const SHOTS = join(import.meta.dirname, '../.tmp/e2e/joint-key')
const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
const at = (path: string) => `${journey.world.address}${path}`

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  const { app } = journey.world
  joint = await aSatJoint(app)
  for (const { manager: of, sittingId } of [joint.first, joint.other, joint.late])
    value(await scoreSitting(app, of, { sittingId }))
  // The late sitting is published, the other institution's reported.
  await setSittings(app, [joint.late], 'scored')
  await setSittings(app, [joint.first], 'scored')
  await setSittings(app, [joint.other], 'reported')
  await sql`update exams.candidates set result = 'failed', ability_score_tenths = 500`.execute(app.db)
  const like = staffOf('xu-heng')
  const { organisationId } = joint.first.world.evaluation
  await createDemoStaff(app, DEMO_PASSWORD, [
    {
      username: 'joint-manager',
      name: '许安',
      totpSecret: like.totpSecret,
      memberships: [{ role: 'evaluation_manager', organisationId }],
    },
  ])
  manager = await journey.visit('desk')
  await signInStaff(manager.context(), journey.world, { ...like, key: 'joint-manager' })
  officer = await journey.visitAs(WUHAN.province)
  colleague = await journey.visitAs(WUHAN.provinceSecond)
}, 120_000)

test('机构不能单独更正统考试卷的答案，页面说明由谁办理；预览只有实有的卷型', async () => {
  await manager.goto(at(`/workbench/halls/papers/${joint.first.sittingId}`))
  await expectHeading(manager, '试卷与阅卷')
  await manager.getByText('统考试卷，由省厅统一命题').waitFor()
  await manager.getByRole('button', { name: '查看答案' }).click()
  await manager.getByLabel('用途').fill('核对答案')
  await manager.getByRole('dialog').getByRole('button', { name: '查看答案' }).click()
  await manager.getByText('由省厅两人更正，各场次一并重新计分').waitFor()
  expect(await manager.getByRole('button', { name: '更正答案' }).count()).toBe(0)
  await shot(manager, 'not-alone')
  await manager.keyboard.press('Escape')
  await manager.getByRole('link', { name: '按考生所见预览' }).click()
  await manager.getByText('C 卷').first().waitFor()
  expect(await manager.getByRole('radio').count()).toBe(3)
})

test('省厅一人提出，第二人同意，各场次一并重新计分，已上报的场次列出原因', async () => {
  await officer.goto(at(`/workbench/halls/families/${joint.familyId}`))
  await officer.getByRole('button', { name: '查看答案' }).click()
  await officer.getByLabel('用途').fill('核对答案')
  await officer.getByRole('dialog').getByRole('button', { name: '查看答案' }).click()
  await officer.getByRole('button', { name: '更正答案' }).first().click()
  const dialog = officer.getByRole('dialog', { name: '更正第 1 题的答案' })
  await dialog.getByLabel('新答案').fill('AB')
  await dialog.getByLabel('理由').fill('参考答案漏列选项')
  await dialog.getByRole('button', { name: '提出更正' }).click()
  await officer.getByText('答案更正须由提出人以外的第二人复核').waitFor()
  await shot(officer, 'proposed')
  await colleague.goto(at(`/workbench/halls/families/${joint.familyId}`))
  await confirmAct(colleague, '同意更正', colleague)
  await journey.world.settle()
  await colleague.getByText('成绩变化 1 人').first().waitFor()
  await colleague.getByText('考核结果已经省级确认上报').first().waitFor()
  await colleague.getByRole('button', { name: '再次办理未办成的场次' }).waitFor()
  await expectAccessible(colleague)
  await shot(colleague, 'outcomes')
})

test('机构看到省厅的更正，成绩已公布的由第二人一并办理', async () => {
  const { app } = journey.world
  await manager.goto(at(`/workbench/halls/papers/${joint.first.sittingId}`))
  await manager.getByText('由省厅两人更正，全部场次一并重新计分').waitFor()
  await shot(manager, 'institution')
  // A second correction of the same act, so that there is something to decide together.
  await sql`
    insert into exams.score_corrections (sitting_id, candidate_id, part, from_tenths, to_tenths, from_result, reason,
      proposed_by, proposed_by_name, proposed_at, batch_id)
    select k.sitting_id, c.id, k.part, 1000, 900, 'failed', k.reason, k.proposed_by, k.proposed_by_name, k.proposed_at, k.batch_id
    from exams.score_corrections k join exams.candidates c on c.sitting_id = k.sitting_id and c.id <> k.candidate_id
    where k.sitting_id = ${joint.first.sittingId}`.execute(app.db)
  await manager.goto(at(`/workbench/exams/sittings/${joint.first.sittingId}`))
  await manager.getByText('引起 2 人成绩更正').waitFor()
  await shot(manager, 'together')
  await confirmAct(manager, '一并同意', manager)
  await manager.getByText('已更正').nth(1).waitFor()
  await expectAccessible(manager)
  expect(journey.errors().join('\n')).toBe('')
})
