import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aRevision, must, type Officers, revisionById, twoOfficers } from '../fixtures.ts'
import { draftRevision } from './draft-revision.ts'
import { saveRevision } from './save-revision.ts'
import { withdrawRevision } from './withdraw-revision.ts'

let app: TestApp
let officers: Officers
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  officers = await twoOfficers(app)
})
afterAll(() => app.close())

const begin = (kind: 'version' | 'filling' | 'parameter', rule: string, part = '') =>
  draftRevision(app, officers.first, { kind, rule, part })

describe('refuses', () => {
  test.each([
    ['a rule that does not exist', 'version', 'hubei.nothing', '', 'RULE_NOT_FOUND'],
    ['a national rule', 'version', 'engineer.declaration', '', 'RULE_NOT_OWN'],
    ['a rule of another province', 'version', 'anhui.level-declaration', '', 'RULE_NOT_FOUND'],
    [
      'a term nobody left to the province',
      'filling',
      'engineer.declaration',
      '工作年限',
      'TERM_NOT_DELEGATED',
    ],
    ['a national figure', 'parameter', 'engineer.pass-mark', '', 'FIGURE_NOT_OWN'],
    [
      'a figure still to be found, which is settled elsewhere',
      'parameter',
      'hubei.continuing-education-subject',
      '',
      'FIGURE_NOT_OWN',
    ],
  ] as const)('%s', async (_, kind, rule, part, code) => {
    expect(await begin(kind, rule, part)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('a second revision of the same text while one is open', async () => {
    const { id } = must(await begin('version', 'hubei.audience'))
    expect(await begin('version', 'hubei.audience')).toMatchObject({
      refusal: { code: 'REVISION_ALREADY_OPEN' },
    })
    must(await withdrawRevision(app, officers.second, { id, reason: '改由同事起草' }))
    const again = must(await begin('version', 'hubei.audience'))
    must(await withdrawRevision(app, officers.first, { id: again.id, reason: '试验结束' }))
  })

  test('a save that would overwrite a colleague’s', async () => {
    const { id, content } = await aRevision(app, officers, { state: 'drafted' })
    must(
      await saveRevision(app, officers.second, { id, saves: 1, content: { ...content, reason: '先保存' } }),
    )
    expect(await saveRevision(app, officers.first, { id, saves: 1, content })).toMatchObject({
      refusal: { code: 'REVISION_CHANGED_MEANWHILE' },
    })
    must(await withdrawRevision(app, officers.first, { id, reason: '试验结束' }))
    expect(await saveRevision(app, officers.first, { id, saves: 2, content })).toMatchObject({
      refusal: { code: 'REVISION_NOT_OPEN' },
    })
  })
})

test('a draft begins with the words in force, so that a form unchanged reads the same', async () => {
  const { content, title } = await aRevision(app, officers, { state: 'drafted' })
  expect(title).toBe('培育对象')
  const [only] = content.body.情形 as { 排除: unknown[]; 路径: { 路径: string; 条件: unknown }[] }[]
  expect(only?.排除).toEqual([{ 已退休: {}, 标签: '已退休人员' }])
  expect(only?.路径.map((one) => one.路径)).toEqual([
    '在岗',
    '拟从事',
    '新就业形态',
    '毕业学年学生',
    '在聘高技能人才',
  ])
  expect(only?.路径[0]?.条件).toEqual({ 从业状态: { 任一: ['在岗'] } })
})

test('a filling and a sourced figure of the province can be begun', async () => {
  const filling = must(await begin('filling', 'engineer.declaration', '培训凭证'))
  expect((await revisionById(app, filling.id)).content.body.条件).toMatchObject({ 培训合格证书: {} })
  const figure = must(await begin('parameter', 'hubei.yearly-target'))
  expect(await revisionById(app, figure.id)).toMatchObject({
    title: '年度培养目标',
    content: { body: { 值: 2000 } },
  })
})
