import { describe, expect, it } from 'vitest'
import { answerBefore, answersAt, clockGap, placesOf, type ReplayStep, timeLeft } from './replay-state.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 12, 1, 0, seconds)).toISOString()
const step = (seq: number, over: Partial<ReplayStep>): ReplayStep => ({
  seq,
  kind: 'answer',
  at: at(seq),
  clientAt: at(seq),
  item: null,
  revision: null,
  answer: null,
  words: '',
  file: null,
  deadlineAt: null,
  hash: '',
  ...over,
})
const steps = [
  step(1, { kind: 'start' }),
  step(2, { item: 'a', answer: 'A' }),
  step(3, { item: 'b', answer: 'C' }),
  step(4, { kind: 'event' }),
  step(5, { item: 'a', answer: 'B' }),
  step(6, { kind: 'hand_in' }),
]

describe('a replay', () => {
  it('follows one item with start and end around it, or everything', () => {
    expect(placesOf(steps, 'a')).toEqual([0, 1, 4, 5])
    expect(placesOf(steps, '')).toHaveLength(6)
  })

  it('knows what stood at each step and before it', () => {
    expect([...answersAt(steps, 2)]).toEqual([
      ['a', 'A'],
      ['b', 'C'],
    ])
    expect(answersAt(steps, 4).get('a')).toBe('B')
    expect(answerBefore(steps, 4)).toBe('A')
    expect(answerBefore(steps, 1)).toBeNull()
    expect(answerBefore(steps, 3)).toBeNull()
    const withFile = [
      ...[step(1, { item: 'q1', answer: '文件「一.pdf」' }), step(2, { kind: 'file', item: 'q1' })],
      step(3, { item: 'q1', answer: '文件「二.pdf」' }),
    ]
    expect(answerBefore(withFile, 2)).toBe('文件「一.pdf」')
  })

  it('says when the two clocks were apart, and how much time was left', () => {
    expect(clockGap(step(1, { clientAt: at(3) }))).toBeNull()
    expect(clockGap(step(1, { clientAt: at(61) }))).toBe(60)
    expect(clockGap(step(1, { clientAt: null }))).toBeNull()
    expect(timeLeft(step(1, { deadlineAt: at(3 + 3600) }))).toBe('1 小时 0 分 2 秒')
    expect(timeLeft(step(1, {}))).toBeNull()
  })
})
