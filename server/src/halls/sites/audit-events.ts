import { defineAuditEvents } from '../../platform/audit.ts'

const AH11 = 'AH-11'

export const events = defineAuditEvents({
  'site.registered': { title: '登记考点', clause: AH11, doc: 'data: number, name.' },
  'site.changed': { title: '修改考点信息', clause: AH11, doc: 'data: the changed fields.' },
  'site.closed': { title: '停用考点', clause: AH11, doc: 'data: reason.' },
  'hall.added': { title: '新增考场', clause: AH11, doc: 'data: name, rows, columns, seats.' },
  'hall.changed': {
    title: '修改考场',
    clause: AH11,
    doc: 'data: name, whether Safe Exam Browser is asked for.',
  },
  'hall.closed': { title: '停用考场', clause: AH11, doc: 'data: reason.' },
  'seats.saved': { title: '修改考位布局', clause: AH11, doc: 'data: usable, spare, broken, removed.' },
  'seats.imported': { title: '导入考位', clause: AH11, doc: 'data: halls, seats.' },
  'station.codes-issued': {
    title: '发放机器绑定码',
    clause: AH11,
    doc: 'data: seats, until. Never the codes.',
  },
  'station.bound': {
    title: '机器绑定考位',
    clause: AH11,
    doc: 'data: seat, again (a machine was bound before).',
  },
  'station.released': { title: '解除机器绑定', clause: AH11, doc: 'data: seats, reason.' },
  'sites-list.exported': { title: '导出考点、考场或考位', clause: null, doc: 'data: list, rows.' },
})
