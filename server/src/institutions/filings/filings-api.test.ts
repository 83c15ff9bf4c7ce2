import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aFiling, aListedInstitution } from '../fixtures.ts'
import { filingsApi } from './filings-api.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
})
afterAll(() => app.close())

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(64, 32), Buffer.from('\n%%EOF')])
const call = (actor: Actor, files: { name: string; bytes: Buffer }[] = []) => ({
  app,
  actor,
  ip: '127.0.0.1',
  files: files.map((one) => ({ ...one, field: 'file', mediaType: 'application/pdf' })),
})
async function read(actor: Actor, id: string) {
  const api = filingsApi['institutions.read-filing']
  const result = await api.handle(call(actor), { id })
  if (!result.ok) throw new Error(result.refusal.code)
  return api.output.parse(result.value)
}
async function titles(actor: Actor, filter: object = {}) {
  const api = filingsApi['institutions.list-filings']
  const result = await api.handle(call(actor), api.input.parse(filter))
  return result.ok ? api.output.parse(result.value) : undefined
}

test('a draft tells its author every gap, at its place, and why it cannot be sent', async () => {
  const { filingId, training } = await aFiling(app, { change: { level: null, direction: null } })
  const record = await read(training.actor, filingId)
  expect(record.problems[0]).toMatchObject({
    code: 'FILING_INCOMPLETE',
    facts: { problems: [{ path: 'level', message: '请选择等级' }] },
  })
  expect(record.actions.propose).toMatchObject({ allowed: false, because: { code: 'FILING_INCOMPLETE' } })
  expect(record.actions.edit).toEqual({ allowed: true })
})

test('a submitted filing shows each reader what is next, who has it and what the reader may do', async () => {
  const world = await aFiling(app, { state: 'submitted' })
  const officer = await read(world.city, world.filingId)
  expect(officer.next).toEqual({ what: '受理备案', who: '湖北省人社厅、武汉市人社局' })
  expect(officer.actions).toEqual({ receive: { allowed: true }, return: { allowed: true } })
  expect(officer.verdict.map((one) => one.outcome)).toEqual(['符合', '符合'])
  expect(officer.standard).toMatchObject({ hours: null, verified: false })
  const author = await read(world.training.actor, world.filingId)
  expect(author.actions.edit).toMatchObject({ allowed: false, because: { code: 'FILING_NOT_EDITABLE' } })
  expect(author.problems).toEqual([])
  const evaluator = await read(world.evaluation.actor, world.filingId)
  expect(evaluator.actions.agree).toMatchObject({ allowed: false, because: { code: 'FILING_NOT_PROPOSED' } })
})

test('an office’s list of what waits for it holds what it has not answered, and nobody else’s', async () => {
  const world = await aFiling(app, { state: 'submitted', change: { title: '等待受理的计划名称' } })
  const waiting = async (actor: Actor) =>
    (await titles(actor, { waiting: 'mine', q: '等待受理的计划' }))?.rows.map((row) => row.title)
  expect(await waiting(world.city)).toEqual(['等待受理的计划名称'])
  const receive = filingsApi['institutions.receive-filings']
  const done = await receive.handle(call(world.city), {
    filings: [
      { id: world.filingId, round: 1 },
      { id: world.filingId, round: 1 },
    ],
  })
  expect(done).toMatchObject({ ok: true, value: { received: 1, refused: [{ id: world.filingId }] } })
  expect(await waiting(world.city)).toEqual([])
  expect(await waiting(world.province)).toEqual(['等待受理的计划名称'])
  expect(await waiting(anActor('provincial_officer', { provinceCode: '340000', cityCode: null }))).toEqual([])
})

test('search finds a filing by its institution’s name; another institution’s drafts are not in the list', async () => {
  const training = await aListedInstitution(app, { name: '名称可搜学院' })
  const world = await aFiling(app, { state: 'submitted', training })
  const found = await titles(world.province, { q: '名称可搜' })
  expect(found?.rows.map((row) => row.organisation)).toEqual(['名称可搜学院'])
  const other = await aListedInstitution(app)
  expect((await titles(other.actor))?.total).toBe(0)
})

test('attachments: a draft takes them, refuses what is no document, and a submitted round keeps them readable', async () => {
  const world = await aFiling(app)
  const attach = filingsApi['institutions.attach-filing-file']
  const input = { id: world.filingId, kind: '培训大纲' as const }
  const script = { name: '大纲.pdf', bytes: Buffer.from('#!/bin/sh') }
  expect(await attach.handle(call(world.training.actor, [script]), input)).toMatchObject({
    ok: false,
    refusal: { code: 'FILE_TYPE_REFUSED' },
  })
  expect(await attach.handle(call(world.training.actor), input)).toMatchObject({
    refusal: { code: 'FILING_FILE_MISSING' },
  })
  const added = await attach.handle(call(world.training.actor, [{ name: '大纲.pdf', bytes: PDF }]), input)
  expect(added.ok).toBe(true)
  const fileId = added.ok ? added.value.id : ''
  const open = filingsApi['institutions.filing-file']
  expect(await open.handle(call(world.training.actor), { id: world.filingId, fileId })).toMatchObject({
    ok: true,
  })
  expect(await open.handle(call(world.city), { id: world.filingId, fileId })).toMatchObject({
    refusal: { code: 'FILING_NOT_FOUND' },
  })
  const remove = filingsApi['institutions.remove-filing-file']
  expect((await remove.handle(call(world.training.actor), { id: world.filingId, fileId })).ok).toBe(true)
  expect(await open.handle(call(world.training.actor), { id: world.filingId, fileId })).toMatchObject({
    refusal: { code: 'FILING_FILE_NOT_FOUND' },
  })
})

test('receipt and return are papers; before an answer there is none', async () => {
  const api = filingsApi['institutions.filing-receipt']
  const filed = await aFiling(app, { state: 'filed' })
  const paper = await api.handle(call(filed.training.actor), { id: filed.filingId, office: 'province' })
  expect(paper.ok && Buffer.from(paper.value.bytes).subarray(0, 4).toString()).toBe('%PDF')
  const returned = await aFiling(app, { state: 'returned' })
  expect(
    await api.handle(call(returned.training.actor), { id: returned.filingId, office: 'city' }),
  ).toMatchObject({ ok: true, value: { fileName: expect.stringContaining('补正通知书') } })
  expect(
    await api.handle(call(returned.training.actor), { id: returned.filingId, office: 'province' }),
  ).toMatchObject({ ok: false, refusal: { code: 'FILING_RECEIPT_NOT_FOUND' } })
})

test('the options of a new filing are the institution’s own listed levels, with who may assess them and its fees', async () => {
  const training = await aListedInstitution(app, { occupationIds: ['cloud'], levels: ['高级'] })
  const evaluation = await aListedInstitution(app, {
    catalogue: 'evaluation',
    occupationIds: ['cloud'],
    levels: ['高级'],
  })
  await aListedInstitution(app, {
    catalogue: 'evaluation',
    occupationIds: ['cloud'],
    levels: ['高级'],
    provinceCode: '340000',
    cityCode: '340100',
  })
  const api = filingsApi['institutions.filing-options']
  const result = await api.handle(call(training.actor), {})
  const options = result.ok ? api.output.parse(result.value) : undefined
  expect(options?.occupations).toEqual([
    {
      id: 'cloud',
      name: '云计算工程技术人员',
      levels: [
        expect.objectContaining({
          level: '高级',
          directions: [],
          hours: null,
          hoursVerified: false,
          evaluators: [{ id: evaluation.organisationId, name: evaluation.name }],
          fees: [],
        }),
      ],
    },
  ])
})
