import { describe, expect, it } from 'vitest'
import type { AnswerValue } from '../attempts/entry.ts'
import { composePaper } from './compose-paper.ts'
import type { Key, PaperContent, PartialRule } from './paper.ts'
import { scoreAnswers, scoreItem } from './score-answers.ts'

const worth = (key: Key, value: AnswerValue, multiple: PartialRule = 'none', scoreTenths = 30) =>
  scoreItem({ scoreTenths }, key, { multiple }, value)

describe('a score', () => {
  const choice: Key = { kind: 'multiple', options: ['a', 'b', 'c'] }

  it.each<[string, AnswerValue, PartialRule, number]>([
    ['all of them', ['c', 'b', 'a'], 'none', 30],
    ['some, where incomplete earns nothing', ['a', 'b'], 'none', 0],
    ['some, where incomplete earns half', ['a'], 'half', 15],
    ['some, by the share that is right', ['a', 'b'], 'proportional', 20],
    ['one too many', ['a', 'b', 'c', 'd'], 'half', 0],
    ['a wrong one among right ones', ['a', 'd'], 'proportional', 0],
    ['one right option sent twice', ['a', 'a', 'a'], 'none', 0],
    ['nothing', [], 'half', 0],
    ['a text', 'a', 'half', 0],
    ['cleared', null, 'half', 0],
  ])('of a multiple choice: %s', (_, value, rule, tenths) => {
    expect(worth(choice, value, rule)).toBe(tenths)
  })

  it('of an item with a partial score of its own stands above the rule of the paper', () => {
    const own: Key = { ...choice, kind: 'multiple', partialTenths: 7 }
    expect(worth(own, ['a'], 'half')).toBe(7)
    expect(worth(own, ['a', 'x'], 'half')).toBe(0)
  })

  it('of a single choice and a judgement is all or nothing', () => {
    for (const kind of ['single', 'judgement'] as const) {
      expect(worth({ kind, accepted: ['a'] }, 'a')).toBe(30)
      expect(worth({ kind, accepted: ['a'] }, 'b')).toBe(0)
      expect(worth({ kind, accepted: ['a'] }, ['a'])).toBe(0)
    }
  })

  it('of blanks forgives width, capitals and spaces, and counts blank by blank in their order', () => {
    const key: Key = { kind: 'fill', blanks: [['SELECT'], ['INSERT', 'INSERT INTO']] }
    expect(worth(key, ['ｓｅｌｅｃｔ ', ' insert  into'])).toBe(30)
    expect(worth(key, ['select', 'update'])).toBe(15)
    expect(worth(key, ['insert', 'select'])).toBe(0)
    expect(worth(key, ['select'])).toBe(15)
    expect(worth({ ...key, caseSensitive: true }, ['select', 'INSERT'])).toBe(15)
    expect(worth({ kind: 'fill', blanks: [['a'], ['b'], ['c']] }, ['a', 'b', 'x'], 'none', 100)).toBe(66)
  })

  it('of a void item is full for everybody, answered or not', () => {
    expect(worth({ kind: 'void' }, null)).toBe(30)
  })

  it('leaves what people must mark to people, and a scenario to nobody', () => {
    const items = [
      { id: 'a', kind: 'single' as const, scoreTenths: 10 },
      { id: 'b', kind: 'long' as const, scoreTenths: 10 },
      { id: 'c', kind: 'scenario' as const, scoreTenths: 0 },
    ]
    const keys = {
      a: { kind: 'single' as const, accepted: ['x'] },
      b: { kind: 'marked' as const, reference: null },
    }
    const score = scoreAnswers(items, keys, { multiple: 'none' }, new Map([['a', { value: 'x' }]]))
    expect(score).toEqual({ objectiveTenths: 10, marked: 1, items: [{ item: 'a', scoreTenths: 10 }] })
  })
})

describe('a form', () => {
  const content: PaperContent = {
    seed: 's',
    groups: [
      { id: 'g1', title: '一' },
      { id: 'g2', title: '二' },
    ],
    items: Array.from({ length: 24 }, (_, n) => ({
      id: `q${n}`,
      number: n + 1,
      group: n < 20 ? 'g1' : 'g2',
      kind: n === 20 ? ('scenario' as const) : ('single' as const),
      stem: `${n}`,
      scoreTenths: 10,
      fixedOptions: n === 3,
      options: ['甲', '乙', '丙', '丁'].map((text, at) => ({ id: `o${n}${at}`, text })),
    })),
  }
  const head = { title: '卷', part: 'theory' as const, minutes: 90, totalTenths: 1000, forms: 6 }
  const form = (letter: string, forms = 6) => composePaper({ ...head, forms }, content, letter)
  const order = (paper: ReturnType<typeof form>) => paper.items.map((item) => item.id).join()

  it('has the same items in an order of its own, again and again', () => {
    const forms = [...'ABCDEF'].map((letter) => form(letter))
    expect(new Set(forms.map(order)).size).toBe(6)
    expect(form('C')).toEqual(forms[2])
    for (const paper of forms)
      expect(paper.items.map((item) => item.id).sort()).toEqual(content.items.map((item) => item.id).sort())
  })

  it('keeps groups apart, scenarios in order, fixed options in place, and tells no number of the authors', () => {
    const paper = form('B')
    expect(paper.items.slice(20).map((item) => item.id)).toEqual(['q20', 'q21', 'q22', 'q23'])
    const fixed = paper.items.find((item) => item.id === 'q3')
    expect(fixed?.options?.map((one) => one.text)).toEqual(['甲', '乙', '丙', '丁'])
    expect(JSON.stringify(paper)).not.toMatch(/number|fixedOptions|seed/)
    expect(paper.items.some((item) => item.options?.[0]?.text !== '甲')).toBe(true)
  })

  it('keeps its authors order where there is but one', () => {
    expect(order(form('A', 1))).toBe(content.items.map((item) => item.id).join())
  })
})
