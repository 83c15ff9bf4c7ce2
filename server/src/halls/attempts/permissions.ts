import { definePermissions, EVERYONE } from '../../platform/api.ts'

export const may = definePermissions({
  'halls.check-receipt': { title: '核对交卷回执', roles: EVERYONE },
  'halls.import-sealed-export': { title: '导入密封答案', roles: ['evaluation_manager', 'invigilator'] },
})
