import { expect, it } from 'vitest'
import { whereUsed } from './where-used.ts'

it.each([
  ['workflow', 'training/enrol', { title: '报名', to: '/classes' }],
  ['workflow', 'training/unknown-verb', { title: '培训', to: '/classes' }],
  ['manual', '省厅职称工作', { title: '省厅职称工作' }],
  ['rule', 'hubei.audience', { title: '判定规则', to: '/eligibility' }],
  ['workflow', 'elsewhere', { title: '业务流程' }],
])('%s %s is shown in words of the trade', (kind, where, place) => {
  expect(whereUsed(kind, where)).toEqual(place)
})
