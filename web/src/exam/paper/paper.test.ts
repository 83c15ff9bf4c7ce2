import { describe, expect, it } from 'vitest'
import type { Paper } from '../../../../server/src/halls/attempts/wire.ts'
import { sealAnswers } from '../answers/sealed-export.ts'
import { toBase64 } from './bytes.ts'
import { importPaperKey, openPaper } from './open-paper.ts'
import { countWords, isAnswered, mapState, points, questionsOf } from './question-map.ts'

const PAPER: Paper = {
  title: '理论知识考试',
  part: 'theory',
  form: 'A',
  minutes: 90,
  totalTenths: 1000,
  groups: [
    { id: 'g1', title: '一、单项选择题', note: '每题 1 分' },
    { id: 'g2', title: '二、案例分析题' },
  ],
  items: [
    { id: 'q1', group: 'g1', kind: 'single', stem: '…', scoreTenths: 10, options: [] },
    {
      id: 's1',
      group: 'g2',
      kind: 'scenario',
      stem: '某企业……',
      scoreTenths: 0,
      materials: [{ title: '日志', text: '…' }],
    },
    { id: 'q2', group: 'g2', kind: 'long', stem: '…', scoreTenths: 100 },
    {
      id: 'q3',
      group: 'g2',
      kind: 'fill',
      stem: '…',
      scoreTenths: 25,
      blanks: 2,
      materials: [{ title: '图', image: 'data:,' }],
    },
  ],
}

describe('a paper', () => {
  it('opens with its own key and with no other', async () => {
    const raw = crypto.getRandomValues(new Uint8Array(32))
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const plain = new TextEncoder().encode(JSON.stringify(PAPER))
    const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain))
    const cipher = toBase64(Uint8Array.from([...iv, ...body]))
    expect(await openPaper(cipher, await importPaperKey(toBase64(raw)))).toEqual(PAPER)
    const other = await importPaperKey(toBase64(crypto.getRandomValues(new Uint8Array(32))))
    await expect(openPaper(cipher, other)).rejects.toThrow()
  })

  it('numbers what takes an answer and lays a scenario’s materials beside its items', () => {
    const questions = questionsOf(PAPER)
    expect(questions.map((one) => [one.number, one.item.id, one.opensGroup, one.scenario])).toEqual([
      [1, 'q1', true, null],
      [2, 'q2', true, '某企业……'],
      [3, 'q3', false, '某企业……'],
    ])
    expect(questions.map((one) => one.materials.map((material) => material.title))).toEqual([
      [],
      ['日志'],
      ['日志', '图'],
    ])
  })

  it('counts blanks, spaces and nothing as unanswered', () => {
    expect([null, '', '  ', [], ['', ' ']].map(isAnswered)).toEqual([false, false, false, false, false])
    expect(['a', ['', 'x'], { fileId: 'f', name: 'n', sha256: 's' }].map(isAnswered)).toEqual([
      true,
      true,
      true,
    ])
    expect(mapState(true, true)).toBe('answered-marked')
  })

  it('counts characters as 字数 is counted', () => {
    expect(countWords('使用 Python 3.12 训练模型，准确率达 95%。')).toBe(13)
    expect(countWords(' \n ')).toBe(0)
    expect([10, 25].map(points)).toEqual(['1 分', '2.5 分'])
  })
})

describe('the sealed export', () => {
  it('opens under the lease’s key, and not when attempt, lease or time were changed', async () => {
    const by = { attempt: 'a-1', lease: 'secret', exportKey: 'key', madeAt: '2026-11-22T01:00:00.000Z' }
    const answers = {
      candidate: { name: '王芳', ticketNumber: '1' },
      seat: 'A-1',
      saves: [],
      answers: [{ item: 'q1', revision: 0, value: 'b' }],
    }
    const sealed = await sealAnswers(by, answers)
    expect(JSON.stringify(sealed)).not.toContain('secret')
    expect(await unseal(sealed, 'key')).toEqual(answers)
    await expect(unseal({ ...sealed, attempt: 'a-2' }, 'key')).rejects.toThrow()
    await expect(unseal({ ...sealed, madeAt: '2026-11-22T00:00:00.000Z' }, 'key')).rejects.toThrow()
    await expect(unseal(sealed, 'other')).rejects.toThrow()
  })
})

async function unseal(sealed: Awaited<ReturnType<typeof sealAnswers>>, exportKey: string): Promise<unknown> {
  const text = new TextEncoder()
  const bytes = Uint8Array.from(atob(sealed.body), (one) => one.charCodeAt(0))
  const material = await crypto.subtle.importKey('raw', text.encode(exportKey), 'HKDF', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: text.encode(sealed.attempt), info: text.encode(sealed.format) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  )
  const additionalData = text.encode(`${sealed.format}\n${sealed.attempt}\n${sealed.lease}\n${sealed.madeAt}`)
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData },
    key,
    bytes.subarray(12),
  )
  return JSON.parse(new TextDecoder().decode(plain))
}
