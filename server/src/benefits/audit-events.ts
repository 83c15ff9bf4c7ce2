import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'education-hours.credited': {
    title: '计入继续教育学时',
    clause: 'HB-5.1',
    doc: 'By rule. data: number, year, hours, certificate.',
  },
  'education-hours.revoked': { title: '撤销已计学时', clause: 'HB-5.1', doc: 'data: number, reason.' },
  'hours-proof.issued': { title: '开具学时证明', clause: 'HB-5.1', doc: 'data: number, year, hours.' },
  'hours-proof.printed': { title: '打印学时证明', clause: 'HB-5.1', doc: 'data: number.' },
  'title.recognised': {
    title: '认定职称',
    clause: 'HB-5.2',
    doc: 'By rule; direct or a reference for the senior review. data: number, effect, titleLevel, certificate.',
  },
  'title.revoked': { title: '撤销职称认定', clause: 'HB-5.2', doc: 'data: number, reason.' },
  'title.printed': { title: '打印职称认定表', clause: 'HB-5.2', doc: 'data: number.' },
  'benefit-paper.checked': { title: '公众查验学时证明或职称认定表', clause: null, doc: 'data: found, kind.' },
  'benefits.exported': { title: '导出学时或职称名单', clause: null, doc: 'data: list, rows.' },
})
