import { definePermissions } from '../../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'door.read': {
    title: '查看考生入场',
    roles: ['evaluation_manager', 'invigilator', ...SUPERVISORS],
  },
  'door.keep': { title: '核对考生入场', roles: ['evaluation_manager', 'invigilator'] },
  'faces.look': {
    title: '查看考生登记照片和入场照片',
    roles: ['evaluation_manager', 'invigilator', ...SUPERVISORS],
  },
  'faces.register': { title: '为考生登记照片', roles: ['evaluation_manager', 'invigilator'] },
  'faces.own': { title: '登记本人照片、撤回人脸同意', roles: ['learner'] },
  'faces.count': {
    title: '查看存储人脸信息的人数',
    roles: ['provincial_officer', 'national_officer', 'auditor', 'administrator'],
  },
})
