import { describe, expect, it } from 'vitest'
import { backTo, inputOf, oneBack, type Said, sayAnswer } from './eligibility-state.ts'

const matters = [
  {
    id: 'hubei-engineer' as const,
    programme: '湖北数字技术工程师',
    provinceCode: '420000',
    title: '申报专业技术等级',
    about: '',
    occupations: [{ id: 'ai', name: '人工智能工程技术人员' }],
    levels: ['初级'],
  },
]
const said: Said = {
  programme: '湖北数字技术工程师',
  matter: 'hubei-engineer',
  occupationId: 'ai',
  level: '初级',
  answers: [
    ['title', '员级'],
    ['diploma', '大学本科'],
  ],
}

describe('inputOf', () => {
  it('asks nothing before everything is chosen', () => {
    const { level, ...half } = said
    expect(level).toBeDefined()
    expect(inputOf(half, matters)).toBeUndefined()
    expect(inputOf({ answers: [] }, matters)).toBeUndefined()
  })

  it('sends what was answered, by question', () => {
    expect(inputOf(said, matters)).toMatchObject({
      matter: 'hubei-engineer',
      answers: { title: '员级', diploma: '大学本科' },
      useOwn: false,
    })
  })
})

describe('going back', () => {
  it('takes the last answer back, then the level, the occupation, the matter', () => {
    const steps = [said]
    for (let i = 0; i < 6; i += 1) steps.push(oneBack(steps.at(-1) as Said))
    expect(steps.map((one) => [one.answers.length, one.level, one.occupationId, one.matter])).toEqual([
      [2, '初级', 'ai', 'hubei-engineer'],
      [1, '初级', 'ai', 'hubei-engineer'],
      [0, '初级', 'ai', 'hubei-engineer'],
      [0, undefined, 'ai', 'hubei-engineer'],
      [0, undefined, undefined, 'hubei-engineer'],
      [0, undefined, undefined, undefined],
      [0, undefined, undefined, undefined],
    ])
  })

  it('to a question forgets it and what came after', () => {
    expect(backTo(said, 'title').answers).toEqual([])
    expect(backTo(said, 'diploma').answers).toEqual([['title', '员级']])
  })
})

it('says spans of work as people write them', () => {
  expect(sayAnswer([{ from: '2020-01-01' }, { from: '2018-01-01', to: '2019-01-01' }])).toBe(
    '2020-01-01 至 今；2018-01-01 至 2019-01-01',
  )
  expect(sayAnswer([])).toBe('没有')
})
