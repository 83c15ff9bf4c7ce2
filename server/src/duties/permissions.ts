import { definePermissions, SIGNED_IN } from '../platform/api.ts'

const STAFF = SIGNED_IN.filter((role) => role !== 'learner')

export const may = definePermissions({
  'duties.read': { title: '查看待办', roles: STAFF },
  'duties.read-own': { title: '查看本人待办', roles: ['learner'] },
})
