import { definePermissions } from '../../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'sites.read': {
    title: '查看考点考场',
    roles: ['evaluation_manager', 'invigilator', ...SUPERVISORS],
  },
  'sites.keep': { title: '登记和维护考点考场', roles: ['evaluation_manager'] },
  'stations.bind': { title: '绑定考位机器', roles: ['evaluation_manager', 'invigilator'] },
})
