import { definePermissions } from '../../platform/api.ts'

export const may = definePermissions({
  'evidence.read': {
    title: '查看考试抓拍和录像',
    roles: [
      'evaluation_manager',
      'invigilator',
      'city_officer',
      'provincial_officer',
      'national_officer',
      'auditor',
    ],
  },
  'evidence.hold': {
    title: '保全考试画面',
    roles: ['evaluation_manager', 'city_officer', 'provincial_officer'],
  },
})
