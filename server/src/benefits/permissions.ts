import { definePermissions, EVERYONE, SIGNED_IN } from '../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'education-hours.read': { title: '查看继续教育学时', roles: ['training_manager', ...SUPERVISORS] },
  'education-hours.print': {
    title: '打印学时证明',
    roles: ['training_manager', 'city_officer', 'provincial_officer'],
  },
  'titles.read': { title: '查看职称认定', roles: ['evaluation_manager', ...SUPERVISORS] },
  'titles.print': {
    title: '打印职称认定表',
    roles: ['evaluation_manager', 'city_officer', 'provincial_officer'],
  },
  'benefits.own': { title: '查看和打印本人学时与职称', roles: SIGNED_IN },
  'benefits.verify': { title: '查验学时证明和职称认定表', roles: EVERYONE },
})
