import { definePermissions, EVERYONE } from '../platform/api.ts'

const EVALUATION = ['evaluation_manager'] as const
const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'declarations.read': {
    title: '查看等级申报',
    roles: ['training_manager', 'evaluation_manager', ...SUPERVISORS],
  },
  'declarations.prepare': { title: '组织学员等级申报', roles: ['training_manager'] },
  'declarations.own': { title: '办理本人的等级申报', roles: ['learner'] },
  'declarations.self-check': { title: '自查申报条件', roles: EVERYONE },
  'qualifications.confirm': { title: '确认考生资格', roles: EVALUATION },
  'qualifications.override': { title: '提出和复核例外认定', roles: EVALUATION },
  'qualifications.acknowledge': { title: '查收例外认定报告', roles: ['provincial_officer'] },
  'sittings.read': {
    title: '查看考核场次',
    roles: ['evaluation_manager', 'examiner', 'invigilator', ...SUPERVISORS],
  },
  'sittings.plan': { title: '安排考核场次', roles: EVALUATION },
  'sittings.run': { title: '开考、登记缺考违纪、结束考核', roles: ['evaluation_manager', 'invigilator'] },
  'scores.enter': { title: '录入成绩', roles: ['examiner'] },
  'scores.settle': { title: '裁定不一致的成绩', roles: ['evaluation_manager', 'examiner'] },
  'results.read': { title: '查看考核成绩', roles: ['evaluation_manager', ...SUPERVISORS] },
  'results.publish': { title: '公布和更正成绩', roles: EVALUATION },
  'results.own': { title: '查看本人成绩', roles: ['learner'] },
})
