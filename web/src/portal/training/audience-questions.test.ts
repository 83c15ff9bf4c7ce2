import { describe, expect, it } from 'vitest'
import {
  type Answers,
  type AudienceKind,
  type Choices,
  factOf,
  kindOfNeed,
  nextQuestion,
} from './audience-questions.ts'

const of: Choices = {
  degrees: ['大学专科', '大学本科'],
  schoolKinds: ['普通高校', '高等职业学校', '其他'],
  titleLevels: [],
  engineerLevels: [],
  skillLevels: ['高级工', '技师'],
  employmentStatuses: ['在岗', '拟从事', '灵活就业'],
  schoolClasses: [],
  occupations: [],
}
/** The names asked, one after another, when each is answered as given. */
function asked(kind: AudienceKind, answers: Answers): string[] {
  const said: Answers = {}
  const names: string[] = []
  for (let question = nextQuestion(kind, said, of); question; question = nextQuestion(kind, said, of)) {
    names.push(question.name)
    said[question.name] = answers[question.name] ?? '?'
  }
  return names
}

describe('the questions of the audience rule', () => {
  it('a need the person cannot state is nobody’s question', () => {
    expect(kindOfNeed('scores.theory')).toBeUndefined()
    expect(kindOfNeed('')).toBeUndefined()
    expect(kindOfNeed('education[0].schoolKind')).toBe('education')
  })
  it('whoever never worked, or only intends to, is not asked for dates', () => {
    expect(asked('employment', { status: 'none' })).toEqual(['status'])
    expect(asked('employment', { status: '拟从事' })).toEqual(['status'])
    expect(factOf('employment', { status: 'none' }, '2026-03-02')).toEqual({ none: true })
    expect(factOf('employment', { status: '拟从事' }, '2026-03-02')).toEqual({
      status: '拟从事',
      from: '2026-03-02',
    })
  })
  it('work that ended is stated with both days, not as none', () => {
    const said = { status: 'ended', from: '2020-01-01', to: '2024-12-31' }
    expect(asked('employment', said)).toEqual(['status', 'from', 'to'])
    expect(factOf('employment', said, '2026-03-02')).toEqual({
      status: '在岗',
      from: '2020-01-01',
      to: '2024-12-31',
    })
  })
  it('a student is asked for the kind of school, a graduate is not', () => {
    const student = { status: '在读', degree: '大学本科', schoolKind: '普通高校', graduatesOn: '2027-06-30' }
    expect(asked('education', student)).toEqual(['status', 'degree', 'schoolKind', 'graduatesOn'])
    expect(factOf('education', student, '2026-03-02')).toEqual(student)
    expect(asked('education', { status: '毕业' })).toEqual(['status', 'degree', 'graduatesOn'])
  })
  it('retirement is a yes or a no', () => {
    expect(factOf('retirement', { retired: 'no' }, '2026-03-02')).toEqual({ retired: false })
    expect(factOf('retirement', { retired: 'yes' }, '2026-03-02')).toEqual({ retired: true })
  })
  it('nobody in a skilled post has none', () => {
    expect(asked('skillPosts', { skillLevel: 'none' })).toEqual(['skillLevel'])
    expect(factOf('skillPosts', { skillLevel: 'none' }, '2026-03-02')).toEqual({ none: true })
    expect(asked('skillPosts', { skillLevel: '技师' })).toEqual(['skillLevel', 'from'])
  })
})
