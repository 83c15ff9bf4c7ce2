import { expect, it } from 'vitest'
import { whereUsed } from './where-used.ts'

it.each([
  ['training/enrol', { title: '报名', to: '/classes' }],
  ['training/unknown-verb', { title: '培训', to: '/classes' }],
  ['省厅职称工作', { title: '省厅职称工作' }],
  ['elsewhere', { title: '业务流程' }],
])('%s is shown in words of the trade', (where, place) => {
  expect(whereUsed(where)).toEqual(place)
})
