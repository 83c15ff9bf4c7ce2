import { expect, test } from 'vitest'
import { draftOf } from './filing-values.ts'

test('an empty form is a draft: what is not filled is absent, the venue is in the own province', () => {
  expect(draftOf({}, '420000')).toEqual({
    title: '',
    occupationId: null,
    direction: null,
    level: null,
    evaluationOrganisationId: null,
    plannedLearners: null,
    plan: { venue: { provinceCode: '420000' } },
    assessmentPlan: { parts: [{ part: 'theory' }, { part: 'ability' }] },
  })
})

test('a field typed in and cleared again leaves nothing behind, also inside rows', () => {
  const draft = draftOf(
    {
      plannedLearners: null,
      plan: {
        classes: null,
        hours: { theoryOnline: null as never },
        teachers: [{ name: '周试验' }, null as never],
      },
      assessmentPlan: { examiners: null, parts: [{ form: '机考', minutes: null }] },
    },
    '420000',
  )
  expect(draft.plan).toEqual({
    hours: {},
    teachers: [{ name: '周试验' }, {}],
    venue: { provinceCode: '420000' },
  })
  expect(draft.assessmentPlan).toEqual({ parts: [{ form: '机考', part: 'theory' }, { part: 'ability' }] })
})
