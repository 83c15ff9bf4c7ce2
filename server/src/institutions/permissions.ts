import { definePermissions, EVERYONE } from '../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'catalogue.read': { title: '查询目录和收费', roles: EVERYONE },
  'catalogue.maintain-occupations': { title: '维护职业目录', roles: ['national_officer'] },
  'catalogue.maintain': { title: '维护机构目录', roles: ['provincial_officer', 'national_officer'] },
  'catalogue.maintain-subsidies': {
    title: '维护补贴标准目录',
    roles: ['provincial_officer', 'national_officer'],
  },
  'fee.publish': { title: '公布收费标准', roles: ['training_manager', 'evaluation_manager'] },
  'fee.read-own': {
    title: '查看本机构收费标准',
    roles: ['training_manager', 'teacher', 'evaluation_manager'],
  },
  'filing.write': { title: '编制和提交备案', roles: ['training_manager'] },
  'filing.agree': { title: '商定考核计划和方案', roles: ['evaluation_manager'] },
  'filing.receive': { title: '受理备案', roles: ['city_officer', 'provincial_officer'] },
  'filing.read': {
    title: '查看备案',
    roles: ['training_manager', 'teacher', 'evaluation_manager', ...SUPERVISORS],
  },
  'setting.read': { title: '查看参数核实', roles: ['provincial_officer', 'national_officer', 'auditor'] },
  'setting.propose': { title: '提出和确认参数取值', roles: ['provincial_officer'] },
})
