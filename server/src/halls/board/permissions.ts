import { definePermissions } from '../../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  // 巡考 and the province look in; they see everything and change nothing (HB-3.1, HB-3.2).
  'board.read': { title: '查看监考', roles: ['evaluation_manager', 'invigilator', ...SUPERVISORS] },
  'board.act': { title: '监考处置', roles: ['evaluation_manager', 'invigilator'] },
})
