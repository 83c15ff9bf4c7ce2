import { describe, expect, it } from 'vitest'
import { fileNameIn, problemIn } from './api.ts'
import { errorListCsv } from './desk/error-list.ts'
import { fieldErrors } from './hooks.ts'

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const refusal = {
  code: 'CLASS_NOT_FILED',
  clause: 'HB-4.1',
  message: '无法提交：该班级尚未备案。',
  facts: {},
}

describe('what an answer of the server means', () => {
  it('a refusal keeps its sentence and its clause', async () => {
    expect(await problemIn(answer(409, { refusal }))).toEqual({
      kind: 'refusal',
      message: refusal.message,
      clause: 'HB-4.1',
      refusal,
    })
  })
  it('a record out of scope is not found', async () => {
    expect((await problemIn(answer(404, { refusal }))).kind).toBe('not-found')
  })
  it('no session asks for sign-in, in the words of the server where it gives some', async () => {
    expect(await problemIn(answer(401, {}))).toMatchObject({ kind: 'signed-out', message: '请先登录。' })
    expect(await problemIn(answer(401, { refusal }))).toMatchObject({ message: refusal.message })
  })
  it('no permission is not a refusal of the act', async () => {
    expect((await problemIn(answer(403, { refusal }))).kind).toBe('forbidden')
  })
  it('bad input names its fields', async () => {
    const problem = await problemIn(
      answer(400, { problems: [{ path: 'plan.title', message: '请填写名称' }] }),
    )
    expect(problem.kind).toBe('problems')
    expect(fieldErrors(problem)).toEqual({ 'plan.title': '请填写名称' })
  })
  it('bad input as a whole is the message itself', async () => {
    const problem = await problemIn(answer(413, { problems: [{ path: '', message: '文件过大' }] }))
    expect(problem.message).toBe('文件过大')
    expect(fieldErrors(problem)).toEqual({})
  })
  it('a bug gives the number to quote, also when the answer is no JSON', async () => {
    expect(await problemIn(answer(500, { number: 'a1b2', message: '编号 a1b2' }))).toMatchObject({
      kind: 'server',
      number: 'a1b2',
    })
    expect(await problemIn(new Response('<html>bad gateway</html>', { status: 502 }))).toMatchObject({
      kind: 'server',
      number: null,
    })
  })
})

it('reads the name of a file in both forms', () => {
  expect(fileNameIn("attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C.xlsx")).toBe('名册.xlsx')
  expect(fileNameIn('inline; filename="a.pdf"')).toBe('a.pdf')
  expect(fileNameIn(null)).toBeNull()
})

it('writes an error list that Excel opens and does not execute', () => {
  const csv = errorListCsv([
    { row: 3, column: '姓名', message: '=HYPERLINK("x")' },
    { row: 4, message: '重复' },
  ])
  expect(csv).toBe('\ufeff"行","列","问题"\r\n"3","姓名","\'=HYPERLINK(""x"")"\r\n"4","整行","重复"\r\n')
})
