import { expect, it } from 'vitest'
import { changesOf, wordsOfFact } from './verdict-words.ts'

it.each([
  ['titles[0]', '职称'],
  ['education[1]', '学历学位（第 2 条）'],
  ['activity.name', '申报的活动'],
  ['unheard[0]', 'unheard[0]'],
])('%s is said %s', (path, words) => {
  expect(wordsOfFact(path)).toBe(words)
})

it('names the day, the open figure and the unverified wording that can change a path', () => {
  const path = {
    outcome: '材料不足',
    opensOn: null,
    next: { on: '2027-03-01', state: '符合' },
    needs: [
      { at: '参数:skill.standard-edition', what: '职业标准的版本（待核实，须由省级确认）' },
      { at: 'titles', what: '职称' },
    ],
    steps: [{ unverified: true, note: null }],
  }
  expect(changesOf(path)).toEqual([
    '2027-03-01 起满足',
    '核定：职业标准的版本（待核实，须由省级确认）',
    '待核实的条件原文核实后可能变化',
  ])
  expect(changesOf({ ...path, opensOn: '2027-03-01', needs: [], steps: [] })).toEqual([])
  expect(changesOf({ ...path, next: null, needs: [], steps: [] })).toEqual([])
})
