import { definePermissions, EVERYONE } from '../platform/api.ts'
import { STAFF_ROLES } from './organisations/organisation.ts'

const MANAGERS = ['administrator', 'training_manager', 'evaluation_manager'] as const
/** Who decides on facts: never the institution that trained the person. */
const VERIFIERS = ['evaluation_manager', 'examiner', 'city_officer', 'provincial_officer'] as const

export const may = definePermissions({
  'people.public': { title: '查看公开信息', roles: EVERYONE },
  'people.own': { title: '管理本人资料', roles: ['learner'] },
  'people.work': { title: '使用工作台', roles: STAFF_ROLES },
  'people.read-persons': {
    title: '查看人员资料',
    roles: [...VERIFIERS, 'training_manager', 'national_officer', 'auditor'],
  },
  'people.read-id-number': {
    title: '查看完整证件号码',
    roles: [
      'evaluation_manager',
      'training_manager',
      'city_officer',
      'provincial_officer',
      'national_officer',
    ],
  },
  'people.verify-facts': { title: '核验个人资料', roles: VERIFIERS },
  'people.manage-staff': { title: '管理工作人员', roles: MANAGERS },
  'people.read-organisations': {
    title: '查看单位',
    roles: ['administrator', 'auditor', 'city_officer', 'provincial_officer', 'national_officer'],
  },
  'people.change-organisation': { title: '修改单位资料', roles: MANAGERS },
  'people.register-organisation': { title: '登记单位', roles: ['administrator'] },
  'people.read-audit': { title: '查看操作日志', roles: ['auditor', 'administrator'] },
})
