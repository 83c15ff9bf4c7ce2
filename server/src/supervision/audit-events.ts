import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'target.set': {
    title: '设定年度目标',
    clause: 'HB-1',
    doc: 'A province set or replaced a yearly target. data: year, cityCode, people, before, source.',
  },
  'numbers.people-read': {
    title: '查看统计数字背后的名单',
    clause: 'HB-3.1',
    doc: 'A supervisor opened or exported the people behind a figure. data: filters, count.',
  },
})
