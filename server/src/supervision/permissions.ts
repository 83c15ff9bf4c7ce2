import { definePermissions } from '../platform/api.ts'

export const may = definePermissions({
  'supervision.read-numbers': {
    title: '查看目标与完成情况',
    roles: [
      'training_manager',
      'evaluation_manager',
      'city_officer',
      'provincial_officer',
      'national_officer',
      'auditor',
    ],
  },
  'supervision.read-people': {
    title: '查看数字背后的人员名单',
    roles: ['training_manager', 'evaluation_manager', 'city_officer', 'provincial_officer', 'auditor'],
  },
  'supervision.set-target': { title: '设定年度目标', roles: ['provincial_officer'] },
})
