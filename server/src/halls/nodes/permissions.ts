import { definePermissions } from '../../platform/api.ts'

export const may = definePermissions({
  'nodes.read': {
    title: '查看考点节点',
    roles: ['evaluation_manager', 'city_officer', 'provincial_officer', 'national_officer', 'auditor'],
  },
  'nodes.keep': { title: '登记考点节点、交接考场', roles: ['evaluation_manager'] },
  'nodes.open-keys': { title: '在考点节点用保管码解封试卷', roles: ['evaluation_manager', 'invigilator'] },
})
