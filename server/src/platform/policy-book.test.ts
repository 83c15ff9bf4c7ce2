import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustLoadPolicy } from '../../../policy/cli/read-packs.ts'
import { openPolicyBook, publishPolicyText, sha256Of, verifyPolicyTexts } from './policy-book.ts'
import { aTestApp, type TestApp } from './testing/index.ts'

const FIGURE = (from: string, value: number) =>
  `参数: [{参数: hubei.yearly-target, 名称: x, 单位: 人, 条款: HB-1, 值: [{自: "${from}", 值: ${value}, 来源状态: confirmed, 来源: x}]}]`
const packs = mustLoadPolicy()

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())

const publish = (name: string, text: string) =>
  publishPolicyText(app.db, {
    path: `packs/hubei/revisions/${name}.yaml`,
    jurisdiction: 'hubei',
    text,
    fromOn: '2027-01-01',
    at: app.clock.now(),
  })
const values = (policy: TestApp['policy']) =>
  policy.parameters.find((one) => one.参数 === 'hubei.yearly-target')?.值.map((row) => row.值)

describe('another process', () => {
  test('sees a text within a second of its confirmation, and looks no more often', async () => {
    const book = openPolicyBook(app.db, () => packs)
    await book.refresh()
    await publish('one', FIGURE('2027-01-01', 2600))
    await book.refresh()
    expect(values(book.current())).toEqual([2000])
    await new Promise((done) => setTimeout(done, 1001))
    await book.refresh()
    expect(values(book.current())).toEqual([2000, 2600])
  })

  test('sees it at once when it asks at once, and in its own transaction', async () => {
    const book = openPolicyBook(app.db, () => packs)
    const edition = await publish('two', FIGURE('2028-01-01', 3000))
    expect((await book.asOf(app.db)).edition).toBe(edition)
    await Promise.all([book.refresh(), book.refresh({ now: true })])
    expect(values(book.current())).toEqual([2000, 2600, 3000])
  })
})

test('a receipt names its texts: of two that hold now, one held then', async () => {
  const named = packs.files.map(({ path, sha }) => ({ path, sha }))
  const one = { path: 'packs/hubei/revisions/one.yaml', sha: sha256Of(FIGURE('2027-01-01', 2600)) }
  const book = openPolicyBook(app.db, () => packs)
  expect(values((await book.ofReceipt({ packs: [...named, one] })) as TestApp['policy'])).toEqual([
    2000, 2600,
  ])
  expect(await book.ofReceipt({ packs: [{ ...one, sha: 'another text of that name' }] })).toBeUndefined()
})

test('all texts stand as they were hashed and fit the packs', async () => {
  expect(await verifyPolicyTexts(app.db, packs)).toEqual({ texts: 2, changed: [], misfit: null })
})

test('a text that no longer fits the packs is an error, never left out in silence', async () => {
  await publish('three', FIGURE('2027-06-01', 2800))
  const book = openPolicyBook(app.db, () => packs)
  await expect(book.refresh({ now: true })).rejects.toThrow('does not fit the packs of this release')
  expect((await verifyPolicyTexts(app.db, packs)).misfit).toContain('packs/hubei/revisions/three.yaml')
})
