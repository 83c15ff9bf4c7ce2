import { definePermissions } from '../../platform/api.ts'

export const may = definePermissions({
  'archives.read': {
    title: '查看机考档案和作答轨迹名单',
    roles: ['evaluation_manager', 'examiner', 'city_officer', 'provincial_officer', 'auditor'],
  },
  'archives.make': { title: '结束机考、制作档案', roles: ['evaluation_manager'] },
  'archives.download': {
    title: '下载机考档案',
    roles: ['evaluation_manager', 'provincial_officer', 'auditor'],
  },
  'attempts.replay': {
    title: '回放考生作答轨迹',
    roles: ['evaluation_manager', 'provincial_officer', 'auditor'],
  },
  'attempts.own-replay': { title: '回放本人作答轨迹', roles: ['learner'] },
})
