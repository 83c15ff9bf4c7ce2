import { describe, expect, test } from 'vitest'
import { assessmentPlan, trainingPlan } from './filing-plan.ts'

const gaps = (schema: typeof trainingPlan | typeof assessmentPlan, value: unknown) =>
  schema.safeParse(value).error?.issues.map((one) => one.message) ?? []

describe('what is still missing in a plan', () => {
  test('is named in words, each gap of a part nobody has begun too', () => {
    const said = [...gaps(trainingPlan, {}), ...gaps(assessmentPlan, { parts: [{ part: 'theory' }] })]
    expect(said).toContain('请选择市州')
    expect(said).toContain('请填写学时，没有的填 0')
    expect(said).toContain('请承诺不发放“培训贷”')
    expect(said).toContain('请填写考核方式')
    expect(said.filter((one) => /无效|undefined|Invalid/.test(one))).toEqual([])
  })

  test('is neither the textbook nor the notes, which may stay empty', () => {
    const paths = [trainingPlan, assessmentPlan].flatMap(
      (schema) => schema.safeParse({}).error?.issues.map((one) => one.path.join('.')) ?? [],
    )
    expect(paths).not.toContain('textbook')
    expect(paths).not.toContain('notes')
  })
})
