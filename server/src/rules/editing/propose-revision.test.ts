import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDutiesOf } from '../../duties/store.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aRevision, must, type Officers, revisionById, twoOfficers } from '../fixtures.ts'
import type { RevisionContent } from '../revision.ts'
import { proposeRevision } from './propose-revision.ts'
import { returnRevision } from './return-revision.ts'
import { saveRevision } from './save-revision.ts'

let app: TestApp
let officers: Officers
let id: string
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  officers = await twoOfficers(app)
  id = (await aRevision(app, officers, { state: 'written' })).id
})
afterAll(() => app.close())

async function withContent(changed: Partial<RevisionContent>) {
  const { saves, content } = await revisionById(app, id)
  must(await saveRevision(app, officers.first, { id, saves, content: { ...content, ...changed } }))
  const answer = await proposeRevision(app, officers.first, { id })
  const now = await revisionById(app, id)
  if (!answer.ok) must(await saveRevision(app, officers.first, { id, saves: now.saves, content }))
  return answer
}

const EXAMPLE = {
  name: '拟从事人员不再符合',
  rule: 'hubei.audience',
  params: {},
  on: null,
  facts: {
    retirement: { retired: false },
    education: [],
    skillPosts: [],
    employment: [{ status: '拟从事', from: '2026-01-01' }],
  },
}

describe('refuses', () => {
  test.each([
    ['no reason', { reason: '' }, '请填写修订理由'],
    ['no day', { fromOn: null }, '请填写施行日期'],
    ['a clause nobody knows', { basis: { kind: 'clause' as const, clause: 'HB-99' } }, '不在条款目录中'],
    [
      'a condition outside the closed set',
      { body: { 情形: [{ 路径: [{ 路径: 'A', 名称: 'A', 条件: { 长得好看: {} } }] }] } },
      '没有“长得好看”这个条件',
    ],
    [
      'a path nobody can walk',
      {
        body: {
          情形: [{ 排除: [{ 已退休: {} }], 路径: [{ 路径: 'A', 名称: 'A', 条件: { 已退休: {} } }] }],
        },
      },
      '没有人能走通这条路径',
    ],
  ])('%s', async (_, changed, words) => {
    expect(await withContent(changed)).toMatchObject({
      refusal: { code: 'REVISION_HAS_PROBLEMS', message: expect.stringContaining(words) },
    })
  })

  test('a day gone by', async () => {
    expect(await withContent({ fromOn: '2026-03-01' })).toMatchObject({
      refusal: { code: 'REVISION_DAY_PAST' },
    })
  })

  test('an example of the officer’s own that does not hold', async () => {
    expect(await withContent({ examples: [{ ...EXAMPLE, expected: '符合' }] })).toMatchObject({
      refusal: { code: 'REVISION_EXAMPLE_FAILS', facts: { expected: '符合', found: '不符合' } },
    })
  })
})

test('puts the text before the province’s desk, and a return puts it back there', async () => {
  expect(await withContent({ examples: [{ ...EXAMPLE, expected: '不符合' }] })).toMatchObject({ ok: true })
  const organisationId = officers.first.organisation?.id ?? ''
  const desk = async () =>
    (await openDutiesOf(app.db, { organisationId, role: 'provincial_officer' }, 10)).rows.map(
      (one) => one.kind,
    )
  expect(await desk()).toEqual(['revision.confirm'])
  must(await returnRevision(app, officers.second, { id, reason: '依据不足' }))
  expect(await desk()).toEqual(['revision.correct'])
  must(await proposeRevision(app, officers.first, { id }))
  expect(await desk()).toEqual(['revision.confirm'])
})
