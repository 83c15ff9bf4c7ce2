import { describe, expect, it } from 'vitest'
import { factsOf, questionFor } from './eligibility-questions.ts'

const choices = {
  degrees: ['大学本科'],
  schoolKinds: [],
  titleLevels: ['员级'],
  engineerLevels: ['初级'],
  skillLevels: [],
  employmentStatuses: ['在岗'],
  schoolClasses: [],
  occupations: [],
}

describe('questionFor', () => {
  it('has no question for what nobody can be asked', () => {
    expect(questionFor('judgements', choices)).toBeUndefined()
    expect(questionFor('参数:engineer.pass-mark', choices)).toBeUndefined()
  })

  it('asks for the list that the missing statement belongs to', () => {
    expect(questionFor('education[0].graduatesOn', choices)?.list).toBe('education')
    expect(questionFor('titles', choices)?.list).toBe('titles')
  })
})

describe('factsOf', () => {
  it('keeps a list nobody was asked about unknown, and a denied one empty', () => {
    expect(factsOf({ titles: [] }, 'ai')).toEqual({ titles: [] })
  })

  it('ties work and certificates to the occupation and leaves empty fields out', () => {
    expect(factsOf({ employment: [{ status: '在岗', from: '2024-01-01', to: '' }] }, 'ai')).toEqual({
      employment: [{ status: '在岗', from: '2024-01-01', occupation: 'ai' }],
    })
  })
})
