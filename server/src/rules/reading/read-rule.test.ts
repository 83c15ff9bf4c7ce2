import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aRevision, must, type Officers, twoOfficers } from '../fixtures.ts'
import { workbenchApi } from '../workbench-api.ts'
import { readFigures, readRules } from './list-rules.ts'
import { readRevision } from './read-revision.ts'
import { readRule } from './read-rule.ts'

let app: TestApp
let officers: Officers
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  officers = await twoOfficers(app)
})
afterAll(() => app.close())

const all = { page: 1, size: 200 }
const rule = (id: string, actor = officers.first) => readRule(app, actor, { rule: id })

describe('refuses', () => {
  test('a rule of another province', async () => {
    expect(await rule('anhui.level-declaration')).toMatchObject({ refusal: { code: 'RULE_NOT_FOUND' } })
  })

  test('to offer a national rule for revision, but for what it leaves to the province', async () => {
    const national = must(await rule('engineer.declaration'))
    expect(national.revise).toMatchObject({ allowed: false, because: { code: 'RULE_NOT_OWN' } })
    expect(national.terms).toMatchObject([{ term: '培训凭证', revise: { allowed: true } }])
    expect(national.terms[0]?.fillings[0]?.lines.map((line) => line.text)).toEqual([
      '持有本职业本等级培训合格证书',
    ])
  })
})

test('a province sees its own rules and the national ones; who sees the nation, all', async () => {
  const places = (rows: { place: string }[]) => [...new Set(rows.map((row) => row.place))].sort()
  expect(places(await readRules(app, officers.first, all))).toEqual(['国家', '湖北省'])
  expect(places(await readRules(app, anActor('national_officer'), all))).toEqual(['国家', '安徽省', '湖北省'])
  expect((await readFigures(app, officers.first, all)).map((row) => row.name)).toContain('年度培养目标')
})

test('a rule says who revises it, and the form tells the reader of it at once', async () => {
  const { id } = await aRevision(app, officers)
  expect((await readRules(app, officers.first, { ...all, state: 'open' })).map((row) => row.rule)).toEqual([
    'hubei.audience',
  ])
  const shown = must(await rule('hubei.audience'))
  expect(shown.revise).toMatchObject({ allowed: false, because: { code: 'REVISION_ALREADY_OPEN' } })
  expect(shown.revisions).toMatchObject([{ id, state: 'proposed' }])

  const [mine, theirs] = [
    must(await readRevision(app, officers.first, id)),
    must(await readRevision(app, officers.second, id)),
  ]
  expect(mine.actions.confirm).toMatchObject({ allowed: false, because: { code: 'REVISION_SAME_PERSON' } })
  expect(theirs.actions.confirm).toEqual({ allowed: true })
  const names = (wording: typeof mine.before | null) => wording?.cases[0]?.paths.map((path) => path.id)
  expect(names(mine.before)).toContain('拟从事')
  expect(names(mine.after)).not.toContain('拟从事')
})

test('an undated draft is tried all the same, and says what it lacks', async () => {
  const { id, content } = await aRevision(app, officers, { state: 'drafted', rule: 'hubei.education-hours' })
  const call = { app, actor: officers.first, files: [], ip: '127.0.0.1' }
  const tried = must(await workbenchApi['rules.try-revision'].handle(call, { id, content }))
  expect(tried.problems.map((one) => one.message)).toEqual(['请填写施行日期', '请填写修订理由'])
  expect(tried.examples).toMatchObject({ changed: 0 })
  expect(tried.wording?.cases[0]?.paths[0]?.name).toBe('当年取得培训合格证书')
})
