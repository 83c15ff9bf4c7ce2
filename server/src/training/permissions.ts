import { definePermissions, EVERYONE } from '../platform/api.ts'

export const may = definePermissions({
  'training.read-announcements': { title: '查看招生公告', roles: EVERYONE },
  'training.enrol': { title: '报名参加培训', roles: ['learner'] },
  'training.learn': { title: '学习本人课程、签到、查看本人培训证书', roles: ['learner'] },
  'training.read-classes': {
    title: '查看培训班',
    roles: [
      'training_manager',
      'teacher',
      'city_officer',
      'provincial_officer',
      'national_officer',
      'auditor',
      'administrator',
    ],
  },
  'training.manage-classes': { title: '开设和管理培训班、公告、课程表、教师', roles: ['training_manager'] },
  'training.decide-enrolments': { title: '录取学员', roles: ['training_manager'] },
  'training.teach': { title: '组织签到、登记考勤和结业考核成绩', roles: ['training_manager', 'teacher'] },
  'training.complete-classes': { title: '办理结业和颁发培训合格证书', roles: ['training_manager'] },
  'training.propose-certificate-change': { title: '提出培训证书更正或撤销', roles: ['training_manager'] },
  'training.decide-certificate-change': {
    title: '复核培训证书更正或撤销',
    roles: ['training_manager', 'city_officer', 'provincial_officer'],
  },
  'training.submit-report': { title: '报送培训报告', roles: ['training_manager'] },
  'training.read-reports': {
    title: '查看培训报告',
    roles: [
      'training_manager',
      'city_officer',
      'provincial_officer',
      'national_officer',
      'auditor',
      'administrator',
    ],
  },
  'training.decide-reports': { title: '接收或退回培训报告', roles: ['city_officer', 'provincial_officer'] },
  'training.review-class-names': { title: '核查培训班名称', roles: ['city_officer', 'provincial_officer'] },
  'training.read-register': {
    title: '查看实名制名册',
    roles: ['training_manager', 'city_officer', 'provincial_officer', 'national_officer', 'auditor'],
  },
})
