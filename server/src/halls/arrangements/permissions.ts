import { definePermissions, EVERYONE } from '../../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'arrangements.read': {
    title: '查看考场编排',
    roles: ['evaluation_manager', 'invigilator', ...SUPERVISORS],
  },
  'arrangements.prepare': { title: '编排考场、监考和便利安排', roles: ['evaluation_manager'] },
  'draws.run': { title: '公布承诺、锁定名单、抽签', roles: ['evaluation_manager'] },
  'draws.public': { title: '查看抽签公示', roles: EVERYONE },
  'tickets.publish': { title: '发布和打印准考证', roles: ['evaluation_manager'] },
  'tickets.print': { title: '打印门贴和座次图', roles: ['evaluation_manager', 'invigilator'] },
  'tickets.own': { title: '查看本人准考证', roles: ['learner'] },
  'families.read': { title: '查看统考联考', roles: ['evaluation_manager', ...SUPERVISORS] },
  'families.run': { title: '组织统考联考', roles: ['provincial_officer'] },
  'families.join': { title: '参加统考联考', roles: ['evaluation_manager'] },
})
