import { definePermissions } from '../../platform/api.ts'

const EVALUATION = ['evaluation_manager'] as const

export const may = definePermissions({
  'papers.list': {
    title: '查看机考场次的试卷和档案进度',
    roles: ['evaluation_manager', 'examiner', 'city_officer', 'provincial_officer', 'auditor'],
  },
  'papers.read': { title: '查看试卷和封装情况', roles: EVALUATION },
  'papers.prepare': { title: '导入试卷', roles: EVALUATION },
  'papers.approve': { title: '复核试卷', roles: EVALUATION },
  'papers.joint-list': {
    title: '查看统考试卷的准备和封装进度',
    roles: ['provincial_officer', 'evaluation_manager', 'city_officer', 'national_officer', 'auditor'],
  },
  'papers.joint': { title: '导入、预览和复核统考试卷，更正统考试题答案', roles: ['provincial_officer'] },
  'papers.seal': { title: '封装考生试卷', roles: EVALUATION },
  'papers.score': { title: '计算机阅卷和答案更正', roles: EVALUATION },
})
