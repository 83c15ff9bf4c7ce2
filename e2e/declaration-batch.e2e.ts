import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { WUHAN } from '../db/seed/way/way.ts'
import { readSheet, writeSheet } from '../server/src/platform/sheets.ts'
import { expectAccessible, expectHeading, openMenu, startJourney } from './journey.ts'
import { trained } from './stages.ts'

describe('a training institution declares its learners from an Excel list', () => {
  const journey = startJourney()
  let page: Page
  let rows: { certificateNumber: string; name: string }[]

  beforeAll(async () => {
    await trained(journey, [1, 3])
    const { way } = journey
    const list = await way.must(way.staff(WUHAN.training).read('exams.list-declarable', { size: 200 }))
    rows = list.rows.map((row: { number: string; holderName: string }) => ({
      certificateNumber: row.number,
      name: row.holderName,
    }))
    page = await journey.visitAs(WUHAN.training)
  })

  const dialog = () => page.getByRole('dialog', { name: '导入申报名单' })
  async function sheet(name: string, listed: typeof rows) {
    const columns = [
      { key: 'certificateNumber', title: '培训合格证书编号' },
      { key: 'name', title: '姓名' },
    ] as const
    const buffer = await writeSheet({ title: '等级申报名单', columns, rows: listed })
    return { name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer }
  }
  const upload = async (name: string, listed: typeof rows) => {
    const chooser = page.waitForEvent('filechooser')
    await dialog()
      .getByRole('button', { name: /选择 Excel 文件|换一个文件/ })
      .click()
    await (await chooser).setFiles(await sheet(name, listed))
  }

  it('takes the template from the page', async () => {
    await page.goto('/workbench')
    await openMenu(page, '申报批次')
    await page.getByRole('main').getByRole('link', { name: '组织申报' }).first().click()
    await expectHeading(page, '组织申报')
    await page.getByRole('button', { name: '导入名单' }).click()
    const saved = page.waitForEvent('download')
    await dialog().getByRole('button', { name: '下载模板' }).click()
    expect((await saved).suggestedFilename()).toBe('等级申报名单模板.xlsx')
    await expectAccessible(page)
  })

  it('is shown each bad row, and keeps the good ones only when it says so', async () => {
    await upload('名单.xlsx', [
      ...rows,
      { certificateNumber: 'PX-没有', name: '某人' },
      { ...rows[0], name: '别人' } as never,
    ])
    await dialog()
      .getByText(`共 ${rows.length + 2} 行，可以导入 ${rows.length} 行，有错误 2 行。`)
      .waitFor()
    await dialog()
      .getByText(/没有查到这份有效的培训合格证书/)
      .waitFor()
    const take = dialog().getByRole('button', { name: `导入 ${rows.length} 行` })
    expect(await take.isDisabled()).toBe(true)
    await expectAccessible(page)
    await dialog()
      .getByRole('checkbox', { name: /只导入没有错误的/ })
      .check()
    await take.click()
    await expectHeading(page, /向 .+ 申报/)
  })

  it('sees how far the deciding is, also after a reload, and cannot submit before its end', async () => {
    await page.getByText(`正在逐人核对申报条件：已核对 0 人，共 ${rows.length} 人。`).first().waitFor()
    expect(await page.getByRole('button', { name: '提交申报' }).count()).toBe(0)
    await expectAccessible(page)
    await page.reload()
    await page
      .getByText(/正在逐人核对申报条件/)
      .first()
      .waitFor()
    await journey.world.settle()
    await page.getByRole('button', { name: '提交申报' }).waitFor()
  })

  it('opens the explanation of a row, with its receipt decided again to the same bytes', async () => {
    const batch = page.url()
    await page
      .getByRole('row', { name: new RegExp(rows[0]?.name ?? '') })
      .getByRole('link')
      .first()
      .click()
    await expectHeading(page, /申报/)
    await page.getByRole('article', { name: '取得技术员职称' }).getByText('逐项条件与依据').click()
    await page.getByText('判定凭据').click()
    await page.getByRole('button', { name: '重新核算' }).click()
    await page.getByText(/得到逐字相同的结论/).waitFor()
    await expectAccessible(page)
    await page.goto(batch)
  })

  it('takes the result sheet: every row of the list with its verdict or what is wrong with it', async () => {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: /下载结果表/ }).click()
    const file = await (await saved).createReadStream()
    const bytes = Buffer.concat(await file.toArray())
    const columns = [
      { key: 'name', title: '姓名' },
      { key: 'outcome', title: '结论' },
      { key: 'clause', title: '依据条款' },
      { key: 'said', title: '说明' },
    ] as const
    const { rows: told } = await readSheet(bytes, { columns })
    expect(told).toHaveLength(rows.length + 2)
    expect(told.filter((one) => one.value.outcome === '未申报')).toHaveLength(2)
    expect(told.every((one) => one.value.said)).toBe(true)
  })

  it('threw nothing on the way', () => {
    expect(journey.errors().join('\n')).toBe('')
  })
})
