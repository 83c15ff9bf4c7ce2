import { expect, test } from 'vitest'
import { changesBetween } from './filing-changes.ts'

const content = {
  title: '初级培训计划',
  plannedLearners: 120,
  plan: {
    hours: { theoryOnline: 40 },
    teachers: [{ name: '周试验', qualification: '副教授', subject: '算法' }],
  },
  assessmentPlan: { place: '东考场' },
  attachments: [{ name: '大纲.pdf', kind: '培训大纲', sha256: 'a' }],
}

test('equal rounds have no changes', () => {
  expect(changesBetween(content, structuredClone(content))).toEqual([])
})

test('each change is said in words, before and after', () => {
  const after = structuredClone(content)
  after.plan.hours.theoryOnline = 60
  after.plan.teachers.push({ name: '吴试验', qualification: '讲师', subject: '实训' })
  after.attachments = []
  expect(changesBetween(content, after)).toEqual([
    { field: '理论线上学时', before: '40', after: '60' },
    { field: '教师', before: '周试验（算法）', after: '周试验（算法）、吴试验（实训）' },
    { field: '附件', before: '大纲.pdf', after: '无' },
  ])
})

test('an attachment replaced by another of the same name is a change', () => {
  const after = structuredClone(content)
  after.attachments = [{ name: '大纲.pdf', kind: '培训大纲', sha256: 'b' }]
  expect(changesBetween(content, after)).toHaveLength(1)
})
