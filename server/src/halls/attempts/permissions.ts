import { definePermissions, EVERYONE } from '../../platform/api.ts'

export const may = definePermissions({
  'halls.check-receipt': { title: '核对交卷回执', roles: EVERYONE },
})
