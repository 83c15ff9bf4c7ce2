import { definePermissions } from '../platform/api.ts'

export const may = definePermissions({
  'rule.read': { title: '查看规则和修订', roles: ['provincial_officer', 'national_officer', 'auditor'] },
  'rule.revise': { title: '起草、提交和确认规则修订', roles: ['provincial_officer'] },
  'rule.affected': { title: '查看规则修订影响的人员', roles: ['provincial_officer', 'auditor'] },
})
