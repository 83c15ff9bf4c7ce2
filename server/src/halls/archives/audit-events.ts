import { defineAuditEvents } from '../../platform/audit.ts'

const AH11 = 'AH-11'

export const events = defineAuditEvents({
  'hall.sitting-closed': {
    title: '结束机考',
    clause: 'AH-10',
    doc: 'Every attempt is closed. data: attempts, handedIn, timedOut, terminated, absent.',
  },
  'hall.heads-anchored': {
    title: '封存作答记录链头',
    clause: AH11,
    doc: 'The heads of all chains of a sitting, signed. data: attempts, entries, headsSha256, keyId, signature.',
  },
  'hall.archive-requested': {
    title: '申请制作机考档案',
    clause: AH11,
    doc: 'data: number, reason, includesKeys.',
  },
  'hall.archive-made': {
    title: '机考档案制作完成',
    clause: AH11,
    doc: 'data: number, manifestSha256, headsSha256, bytes.',
  },
  'hall.archive-downloaded': {
    title: '下载机考档案',
    clause: AH11,
    doc: 'data: number, manifestSha256, purpose.',
  },
  'hall-attempts.exported': {
    title: '导出答卷名单',
    clause: null,
    doc: 'data: rows.',
  },
  'attempt.replayed': {
    title: '回放作答轨迹',
    clause: AH11,
    doc: 'By staff. data: part, ticketNumber, purpose.',
  },
  'attempt.answer-file-opened': {
    title: '打开作答文件',
    clause: AH11,
    doc: 'By staff for a purpose, or by the candidate. data: part, item, file, sha256, purpose.',
  },
  'attempt.replayed-by-candidate': { title: '考生回放本人作答轨迹', clause: AH11, doc: 'data: part.' },
})
